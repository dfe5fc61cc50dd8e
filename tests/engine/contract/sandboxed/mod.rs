//! The products that are sold, each at its own account of the sandbox.

mod autopilot;
mod ortto;

use std::collections::BTreeMap;

use segue_sandbox::{Act, Kind, On, Pick, Rule, Sandbox, Settings, Texts};

pub(crate) use autopilot::Autopilot;
pub(crate) use ortto::Ortto;

/// A sandbox on a port that the system chooses.
async fn sandbox() -> Sandbox {
    let key = Some("0123456789abcdef0123456789abcdef".to_owned());
    Sandbox::start(Settings { key, ..Settings::default() }).await.unwrap()
}

/// A rule for every request.
fn rule(kind: Kind) -> Vec<Rule> {
    vec![Rule { on: On::default(), act: kind.into() }]
}

/// The rule that answers every request so and carries none out.
fn answer(status: u16, headers: Vec<(&'static str, String)>, body: String) -> Vec<Rule> {
    let headers: BTreeMap<String, Texts> =
        headers.into_iter().map(|(name, value)| (name.to_owned(), Texts::One(value))).collect();
    let kind = Kind::Answer { status, headers, body: Some(body) };
    vec![Rule { on: On::default(), act: Act { kind, applied: Some(false) } }]
}

/// The row of this address.
fn pick(email: String) -> Pick {
    Pick { emails: vec![email], first: None }
}
