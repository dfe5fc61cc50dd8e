//! What a request's body says, read once and borrowed from it.

mod row;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use row::Row;

use crate::record;
use crate::route::Route;

/// The rows of a body, and what the record keeps of them.
#[derive(Debug, Default)]
pub(crate) struct Contents<'a> {
    /// The contacts to write.
    pub(crate) rows: Vec<Row<'a>>,
    /// `name` of a list to make.
    pub(crate) name: Option<String>,
    /// Set when the body is not of the form that its path wants.
    pub(crate) malformed: Option<String>,
    pub(crate) emails: Vec<String>,
    pub(crate) list_id: Option<String>,
    pub(crate) fields: Vec<String>,
    pub(crate) opt_ins: usize,
    pub(crate) row_hashes: Vec<u64>,
}

#[derive(Deserialize)]
struct Bulk<'a> {
    #[serde(borrow)]
    contacts: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Single<'a> {
    #[serde(borrow)]
    contact: Row<'a>,
}

#[derive(Deserialize)]
struct NewList {
    name: String,
}

impl<'a> Contents<'a> {
    /// Reads the body in the form that the route wants; other routes take none.
    pub(crate) fn read(route: Option<&Route>, method: &str, body: &'a [u8]) -> Contents<'a> {
        let mut contents = Contents::default();
        let read = match route {
            Some(Route::Contacts(None)) if method == "POST" => contents.read_bulk(body),
            Some(Route::Contact) => {
                serde_json::from_slice::<Single<'a>>(body).map(|single| contents.rows.push(single.contact))
            }
            Some(Route::List) => serde_json::from_slice::<NewList>(body).map(|list| {
                contents.name = Some(list.name);
                contents.fields.push("name".to_owned());
            }),
            _ => Ok(()),
        };
        contents.malformed = read.err().map(|error| error.to_string());
        contents.note_rows();
        if let Some(who) = route.and_then(Route::contact) {
            contents.emails.push(who.to_owned());
        }
        if let Some(list) = route.and_then(Route::list) {
            contents.list_id = Some(list.to_owned());
        }
        contents
    }

    fn read_bulk(&mut self, body: &'a [u8]) -> serde_json::Result<()> {
        let bulk: Bulk<'a> = serde_json::from_slice(body)?;
        self.rows.reserve(bulk.contacts.len());
        for raw in bulk.contacts {
            self.row_hashes.push(record::hash(raw.get().as_bytes()));
            // A row that is no object is a bad row, not a bad body.
            self.rows.push(serde_json::from_str(raw.get()).unwrap_or_default());
        }
        Ok(())
    }

    fn note_rows(&mut self) {
        let mut names = BTreeSet::new();
        let mut list: Option<Option<&str>> = None;
        for row in &self.rows {
            if let Some(email) = row.text("Email") {
                self.emails.push(email.to_owned());
            }
            for (name, value) in &row.fields {
                match value {
                    Value::Object(custom) if name == "custom" => {
                        names.extend(custom.keys().map(|key| Cow::Borrowed(key.as_str())));
                    }
                    _ => {
                        if !names.contains(name) {
                            names.insert(name.clone());
                        }
                    }
                }
            }
            if row.get("unsubscribed") == Some(&Value::Bool(false)) {
                self.opt_ins += 1;
            }
            let its = row.text("_autopilot_list");
            list = match list {
                None => Some(its),
                Some(so_far) if so_far == its => Some(its),
                Some(_) => Some(None),
            };
        }
        self.list_id = list.flatten().map(str::to_owned);
        self.fields.extend(names.into_iter().map(Cow::into_owned));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bulk(body: &str) -> Contents<'_> {
        Contents::read(Some(&Route::Contacts(None)), "POST", body.as_bytes())
    }

    #[test]
    fn a_bulk_body_is_noted() {
        let contents = bulk(
            r#"{"contacts":[
                {"Email":"b@x","custom":{"string--A":1},"_autopilot_list":"l"},
                {"Email":"a@x","LastName":"\u00e5","unsubscribed":false,"_autopilot_list":"l"}
            ]}"#,
        );
        assert_eq!(contents.malformed, None);
        assert_eq!(contents.emails, ["b@x", "a@x"]);
        assert_eq!(contents.fields, ["Email", "LastName", "_autopilot_list", "string--A", "unsubscribed"]);
        assert_eq!((contents.list_id.as_deref(), contents.opt_ins), (Some("l"), 1));
        assert_eq!(contents.row_hashes.len(), 2);
    }

    #[test]
    fn two_lists_are_no_list() {
        let contents = bulk(r#"{"contacts":[{"_autopilot_list":"l"},{"Email":"a@x"}]}"#);
        assert_eq!(contents.list_id, None);
    }

    #[test]
    fn a_row_that_is_no_object_is_kept_as_an_empty_row() {
        assert_eq!(bulk(r#"{"contacts":[7,{"Email":"a@x"}]}"#).rows.len(), 2);
        for body in ["", "[]", r#"{"contacts":7}"#, "{"] {
            assert!(bulk(body).malformed.is_some(), "{body}");
        }
    }
}
