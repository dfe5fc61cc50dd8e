//! The loft: a Pigeon account as the suite holds it.

use segue_engine::destination::Destination;

use super::super::stage::{Fault, Person, Stage};
use super::Pigeon;
use super::account::{Account, Bird, KEY, Server};

/// An account with its server.
pub(crate) struct Loft(Server);

impl Loft {
    pub(crate) async fn start() -> Self {
        Self(Server::start())
    }
}

impl Stage for Loft {
    fn destination(&self) -> &dyn Destination {
        &Pigeon
    }

    fn origin(&self) -> String {
        self.0.origin()
    }

    fn key(&self) -> String {
        KEY.to_owned()
    }

    fn define(&self) -> Vec<String> {
        self.0.lock().traits = vec![("Wing span", "number"), ("Färg", "words"), ("Homing", "yes_no")];
        self.0.lock().traits.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    fn seed(&self, email: &str, may_be_mailed: bool) {
        let bird = Bird { email: email.to_owned(), silent: !may_be_mailed, ..Bird::default() };
        self.0.lock().birds.insert(email.to_lowercase(), bird);
    }

    fn suppress(&self, email: &str) -> bool {
        self.0.lock().barred.insert(email.to_lowercase());
        true
    }

    fn permission(&self) -> &'static str {
        "silent"
    }

    fn people(&self) -> Vec<Person> {
        let Account { birds, flocks, .. } = &*self.0.lock();
        let mut people: Vec<Person> = birds
            .values()
            .map(|bird| Person {
                id: String::new(),
                email: bird.email.clone(),
                fields: bird.traits.clone(),
                lists: bird.flocks.iter().map(|number| flocks[number - 1].clone()).collect(),
                may_be_mailed: !bird.silent,
            })
            .collect();
        people.sort_by(|one, other| one.email.cmp(&other.email));
        people
    }

    fn play(&self, fault: Fault) -> bool {
        if matches!(fault, Fault::ListsIgnored | Fault::PermitsMail) {
            return false;
        }
        self.0.lock().fault = Some(fault);
        true
    }

    fn rest(&self) {
        self.0.lock().fault = None;
    }
}
