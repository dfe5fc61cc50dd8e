//! The account of Ortto.

use segue_engine::destination::{self, Destination};
use segue_sandbox::{
    DisplayType, Faults, Kind, MixedBatch, NewField, OrttoFaults, Permission, PersonView, Sandbox,
};
use serde_json::json;

use super::super::stage::{Fault, Mixed, Person, Stage};
use super::{answer, pick, rule, sandbox};

/// An Ortto account of the sandbox.
pub(crate) struct Ortto(Sandbox);

impl Ortto {
    pub(crate) async fn start() -> Self {
        let stage = Self(sandbox().await);
        stage.rest();
        stage
    }
}

/// The types of fields that values can be sent to.
const TYPES: [DisplayType; 14] = [
    DisplayType::Text,
    DisplayType::LargeText,
    DisplayType::Email,
    DisplayType::Link,
    DisplayType::SingleSelect,
    DisplayType::MultiSelect,
    DisplayType::Integer,
    DisplayType::Decimal,
    DisplayType::Currency,
    DisplayType::Date,
    DisplayType::Time,
    DisplayType::Bool,
    DisplayType::Phone,
    DisplayType::Geo,
];

/// No ban: the suite asks wrongly more often in a moment than a run may (destination-api.md 3.3).
fn plain() -> Faults {
    Faults { ortto: OrttoFaults { ban_seconds: Some(0), ..OrttoFaults::default() }, ..Faults::default() }
}

impl Stage for Ortto {
    fn destination(&self) -> &dyn Destination {
        &destination::ortto::Ortto
    }

    fn origin(&self) -> String {
        self.0.origin().to_owned()
    }

    fn key(&self) -> String {
        self.0.key().to_owned()
    }

    fn define(&self) -> Vec<String> {
        TYPES
            .into_iter()
            .map(|display_type| {
                let name = format!("Some {display_type:?} å");
                let selects = matches!(display_type, DisplayType::SingleSelect | DisplayType::MultiSelect);
                let values = selects.then(|| ["Blå", "Röd"].map(str::to_owned).to_vec());
                let field = NewField { display_type, name: name.clone(), values, track_changes: None };
                self.0.define_ortto(field).unwrap();
                name
            })
            .collect()
    }

    fn seed(&self, email: &str, may_be_mailed: bool) {
        self.0.seed_ortto(vec![json!({"fields": {"str::email": email, "bol::p": may_be_mailed}})]).unwrap();
    }

    fn suppress(&self, email: &str) -> bool {
        self.0.suppress_ortto(email);
        true
    }

    fn permission(&self) -> &'static str {
        "bol::p"
    }

    fn people(&self) -> Vec<Person> {
        let mut people: Vec<Person> = self.0.ortto().people.into_iter().map(person).collect();
        people.sort_by(|one, other| one.email.cmp(&other.email));
        people
    }

    fn play(&self, fault: Fault) -> bool {
        let plain = plain();
        let faults = match fault {
            Fault::Answer { status, headers, body } => {
                Faults { faults: answer(status, headers, body), ..plain }
            }
            Fault::Cut => Faults { faults: rule(Kind::ResetAfter {}), ..plain },
            Fault::OtherOrder => Faults { faults: rule(Kind::PeopleShuffled { seed: 1 }), ..plain },
            Fault::BadRow(email, mixed) => {
                let mixed = match mixed {
                    Mixed::Whole => MixedBatch::RefusesAll,
                    Mixed::Part => MixedBatch::Partial,
                    Mixed::Silent => return false,
                };
                let ortto = OrttoFaults { mixed, ..plain.ortto };
                Faults { bad_addresses: vec![email], ortto, ..Faults::default() }
            }
            Fault::Unnamed(email) => Faults { faults: rule(Kind::PeopleShort(pick(email))), ..plain },
            Fault::ListsIgnored => return false,
            Fault::PermitsMail => {
                let ortto = OrttoFaults { permission: Permission::ResetKnown, ..plain.ortto };
                Faults { ortto, ..Faults::default() }
            }
        };
        self.0.set_faults(faults);
        true
    }

    fn rest(&self) {
        self.0.set_faults(plain());
    }
}

fn person(person: PersonView) -> Person {
    let email = person.email().unwrap().to_owned();
    let fields = person.fields.into_iter().filter(|(key, _)| key != "str::email").collect();
    Person {
        id: person.person_id,
        email,
        fields,
        lists: person.tags.into_iter().collect(),
        may_be_mailed: person.email_permission,
    }
}
