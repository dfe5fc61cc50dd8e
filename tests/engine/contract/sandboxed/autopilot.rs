//! The classic account.

use segue_engine::destination::{self, Destination};
use segue_sandbox::{
    AccountView, BadRow, BulkList, ContactView, CustomField, Faults, FieldType, Kind, Sandbox,
};
use serde_json::{Value, json};

use super::super::stage::{Fault, Mixed, Person, Stage};
use super::{answer, pick, rule, sandbox};

/// A classic account of the sandbox.
pub(crate) struct Autopilot(Sandbox);

impl Autopilot {
    pub(crate) async fn start() -> Self {
        Self(sandbox().await)
    }
}

impl Stage for Autopilot {
    fn destination(&self) -> &dyn Destination {
        &destination::autopilot::Autopilot
    }

    fn origin(&self) -> String {
        self.0.origin().to_owned()
    }

    fn key(&self) -> String {
        self.0.key().to_owned()
    }

    fn define(&self) -> Vec<String> {
        let types =
            [FieldType::String, FieldType::Integer, FieldType::Float, FieldType::Boolean, FieldType::Date];
        types
            .into_iter()
            .map(|field_type| {
                let name = format!("Some {field_type:?} å");
                self.0.define(CustomField { name: name.clone(), field_type, deleted: false, hidden: false });
                name
            })
            .collect()
    }

    fn seed(&self, email: &str, may_be_mailed: bool) {
        self.0.seed(vec![json!({ "Email": email, "unsubscribed": !may_be_mailed })]).unwrap();
    }

    fn suppress(&self, _email: &str) -> bool {
        false
    }

    fn permission(&self) -> &'static str {
        "unsubscribed"
    }

    fn people(&self) -> Vec<Person> {
        let account = self.0.account();
        let mut people: Vec<Person> =
            account.contacts.iter().map(|contact| person(&account, contact)).collect();
        people.sort_by(|one, other| one.email.cmp(&other.email));
        people
    }

    fn play(&self, fault: Fault) -> bool {
        let plain = Faults::default();
        let faults = match fault {
            Fault::Answer { status, headers, body } => {
                Faults { faults: answer(status, headers, body), ..plain }
            }
            Fault::Cut => Faults { faults: rule(Kind::ResetAfter {}), ..plain },
            Fault::OtherOrder => Faults { faults: rule(Kind::ExtraKeys {}), ..plain },
            Fault::BadRow(email, mixed) => {
                let bad_row = match mixed {
                    Mixed::Whole => BadRow::RefusesAll,
                    Mixed::Part => BadRow::RefusesPart,
                    Mixed::Silent => BadRow::Silent,
                };
                Faults { bad_addresses: vec![email], bad_row, ..plain }
            }
            Fault::Unnamed(email) => Faults { faults: rule(Kind::MapMissing(pick(email))), ..plain },
            Fault::ListsIgnored => Faults { bulk_list: BulkList::Ignored, ..plain },
            Fault::PermitsMail => return false,
        };
        self.0.set_faults(faults);
        true
    }

    fn rest(&self) {
        self.0.set_faults(Faults::default());
    }
}

/// Custom fields travel as `type--Name--With--Blanks`; those that nobody defined are strangers to every key.
fn person(account: &AccountView, contact: &ContactView) -> Person {
    let customs = contact.custom.iter().map(|(name, value)| {
        let field = account.custom_fields.iter().find(|field| field.name == *name).unwrap();
        let Ok(Value::String(word)) = serde_json::to_value(field.field_type) else { panic!("{name}") };
        (format!("{word}--{}", name.replace(' ', "--")), value.clone())
    });
    let hidden = contact.hidden.iter().map(|(name, value)| (format!("hidden {name}"), value.clone()));
    let fields = contact.fields.clone().into_iter();
    let title = |id: &String| account.lists.iter().find(|list| list.list_id == *id).unwrap().title.clone();
    Person {
        id: contact.contact_id.clone(),
        email: contact.email.clone().unwrap(),
        fields: fields.chain(customs).chain(hidden).collect(),
        lists: contact.lists.iter().map(title).collect(),
        may_be_mailed: !contact.unsubscribed,
    }
}
