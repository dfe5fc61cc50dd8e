//! What a fault makes of the reply that the vendor would have given.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::account;
use crate::api::Refuser;
use crate::faults::{Act, Kind};
use crate::ortto;
use crate::outcome::{Form, Outcome};
use crate::vendor::bulk_reply;
use crate::wire::{Delivery, Reply};

/// What happens on the wire in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The reply is written so.
    Reply(Delivery),
    /// The connection is reset.
    Reset,
    /// Nothing is written; the connection closes after that long, or when the client closes.
    Silence(Option<Duration>),
}

/// Changes `outcome` as the act wants and says how it ends. `named` is kept true: what the changed
/// reply names as taken.
pub(crate) fn distort(act: &Act, key: &str, refuser: Refuser, outcome: &mut Outcome) -> Ending {
    let delivery = match &act.kind {
        Kind::ResetBefore {} | Kind::ResetAfter {} => return Ending::Reset,
        Kind::Hang { ms } => return Ending::Silence(ms.map(Duration::from_millis)),
        Kind::SlowBody { ms } => Delivery::Slow(Duration::from_millis(*ms)),
        Kind::Truncate {} => Delivery::Truncated,
        Kind::ChunkedCut {} => Delivery::ChunkedCut,
        Kind::EndlessBody {} => Delivery::Endless,
        Kind::DoubleReply {} => Delivery::Twice,
        Kind::Interim { status } => Delivery::Interim(*status),
        Kind::CloseIdle { ms } => Delivery::CloseIdle(Duration::from_millis(*ms)),
        Kind::Answer { status, headers, body } => {
            answer(outcome, *status, body.as_deref(), key, refuser);
            for (name, values) in headers {
                outcome.reply.set(name, values.all());
            }
            Delivery::Whole
        }
        Kind::Redirect { status, to } => {
            let mut reply = Reply::bare(*status);
            reply.set("Location", [to.clone()]);
            replace(outcome, reply);
            Delivery::Whole
        }
        Kind::Html {} => {
            let page = "<!DOCTYPE html><title>Sign in</title><h1>Welcome to the guest network</h1>";
            replace(outcome, Reply::typed(200, "text/html; charset=utf-8", page));
            Delivery::Whole
        }
        Kind::Empty {} => {
            replace(outcome, Reply::typed(200, "application/json", ""));
            Delivery::Whole
        }
        Kind::Null {} => {
            replace(outcome, Reply::json(200, &Value::Null));
            Delivery::Whole
        }
        Kind::Array {} => {
            replace(outcome, Reply::json(200, &json!([])));
            Delivery::Whole
        }
        Kind::HugeBody { bytes } => {
            edit(outcome, |body| {
                body.insert("padding".to_owned(), json!("x".repeat(*bytes)));
            });
            Delivery::Whole
        }
        Kind::Limit507 {} => {
            replace(outcome, refuser.refuse(507, "Storage is full, review contact limits"));
            Delivery::Whole
        }
        Kind::Forbidden403 {} => {
            replace(outcome, refuser.refuse(403, "The account has expired"));
            Delivery::Whole
        }
        // A fault of one form of reply does nothing to the others.
        kind => {
            match outcome.form {
                Form::Plain => {}
                Form::Map => bend_map(kind, outcome),
                Form::People => ortto::bend_people(kind, outcome),
            }
            Delivery::Whole
        }
    };
    Ending::Reply(delivery)
}

fn replace(outcome: &mut Outcome, reply: Reply) {
    outcome.reply = reply;
    outcome.named.clear();
}

fn answer(outcome: &mut Outcome, status: u16, body: Option<&str>, key: &str, refuser: Refuser) {
    match body {
        Some(text) => {
            let text = text.replace("{key}", key);
            let kind = if text.starts_with('<') { "text/html" } else { "application/json" };
            replace(outcome, Reply::typed(status, kind, text));
        }
        None if status < 300 => {
            outcome.reply.status = status;
            if status != 200 {
                outcome.named.clear();
            }
        }
        None => replace(outcome, refuser.refuse(status, "A fault of the sandbox")),
    }
}

/// The faults of `email_contact_map` (`reliability.md` N17, A20-A23).
fn bend_map(kind: &Kind, outcome: &mut Outcome) {
    match kind {
        Kind::NoMap {} => {
            edit(outcome, |body| {
                body.remove("email_contact_map");
            });
            outcome.named.clear();
        }
        Kind::ForeignMap {} => {
            edit_map(outcome, |map| {
                let ids = std::mem::take(map).into_iter().enumerate();
                map.extend(ids.map(|(n, (_, id))| (format!("stranger{n}@example.org"), id)));
            });
            outcome.named.clear();
        }
        Kind::MapCase {} => edit_map(outcome, |map| {
            let pairs = std::mem::take(map).into_iter();
            map.extend(pairs.map(|(email, id)| (format!(" {} ", email.to_uppercase()), id)));
        }),
        Kind::MapNull {} => edit_map(outcome, |map| {
            map.values_mut().for_each(|id| *id = Value::Null);
        }),
        Kind::MapMissing(pick) => {
            let mut index = 0..;
            outcome.named.retain(|(email, _)| {
                let index = index.next().unwrap_or_default();
                !pick.has(index, &account::key(email))
            });
            outcome.reply = bulk_reply(&outcome.named);
        }
        Kind::MapTwice {} => {
            let mut twice = outcome.named.clone();
            twice.extend_from_within(..);
            outcome.reply = bulk_reply(&twice);
        }
        Kind::ExtraKeys {} => edit(outcome, |body| {
            if let Some(Value::Array(ids)) = body.get_mut("contact_ids") {
                ids.reverse();
            }
            body.insert("a_new_key".to_owned(), json!({"of": ["the", "vendor"], "count": "7"}));
            body.insert("warnings".to_owned(), Value::Null);
        }),
        _ => {}
    }
}

/// Changes the reply's body, if it is an object.
pub(crate) fn edit(outcome: &mut Outcome, how: impl FnOnce(&mut Map<String, Value>)) {
    if let Ok(Value::Object(mut body)) = serde_json::from_slice(&outcome.reply.body) {
        how(&mut body);
        let changed = Reply::json(outcome.reply.status, &body);
        outcome.reply.body = changed.body;
    }
}

fn edit_map(outcome: &mut Outcome, how: impl FnOnce(&mut Map<String, Value>)) {
    edit(outcome, |body| {
        if let Some(Value::Object(map)) = body.get_mut("email_contact_map") {
            how(map);
        }
    });
}
