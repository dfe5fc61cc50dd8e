//! Contacts put in the account past the vendor's door.

use serde_json::Value;

use crate::Error;
use crate::contents::Row;
use crate::faults::Faults;
use crate::shared::State;

/// Writes contacts with their `lists`; the contradictions and refused addresses of the faults do
/// not count here, only the form of a row does.
pub(crate) fn seed(state: &mut State, contacts: Vec<Value>) -> Result<Vec<String>, Error> {
    let plain = Faults::default();
    let mut ids = Vec::with_capacity(contacts.len());
    for (index, contact) in contacts.into_iter().enumerate() {
        let refuse = |reason: &str| Error::Seed { index, reason: reason.to_owned() };
        let Value::Object(mut fields) = contact else {
            return Err(refuse("it is no object"));
        };
        let lists = match fields.remove("lists") {
            None => Vec::new(),
            Some(lists) => serde_json::from_value::<Vec<String>>(lists)
                .map_err(|_| refuse("lists is no array of titles or ids"))?,
        };
        let fields = fields.into_iter().map(|(name, value)| (name.into(), value)).collect();
        let row = Row { fields };
        state.accounts.classic.check(&row, &plain).map_err(|reason| refuse(&reason))?;
        let at = state.accounts.classic.merge(row, &plain, true);
        for list in lists {
            let known = state
                .accounts
                .classic
                .find_list(&list)
                .or_else(|| state.accounts.classic.find_title(&list))
                .unwrap_or_else(|| state.accounts.classic.create_list(&list));
            state.accounts.classic.join(known, at);
        }
        ids.extend(state.accounts.classic.contact(at).map(|contact| contact.id.clone()));
    }
    Ok(ids)
}
