//! The faults of `people` in a merge's reply (`destination-api.md` 5.2).

use serde_json::{Value, json};

use crate::distort::edit;
use crate::faults::Kind;
use crate::mix::mix;
use crate::outcome::Outcome;

/// Changes the reply as the fault wants. Rows are left out where the reply is made.
pub(crate) fn bend_people(kind: &Kind, outcome: &mut Outcome) {
    match kind {
        Kind::PeopleShuffled { seed } => edit(outcome, |body| {
            if let Some(Value::Array(people)) = body.get_mut("people") {
                shuffle(people, *seed);
            }
        }),
        Kind::ExtraKeys {} => edit(outcome, |body| {
            body.insert("a_new_key".to_owned(), json!({"of": ["the", "vendor"], "count": "7"}));
            if let Some(Value::Array(people)) = body.get_mut("people") {
                for person in people.iter_mut().filter_map(Value::as_object_mut) {
                    person.insert("warnings".to_owned(), Value::Null);
                }
            }
        }),
        _ => {}
    }
}

/// Another order, the same for the same seed.
fn shuffle(people: &mut Vec<Value>, seed: u64) {
    let before = people.clone();
    let mut keyed: Vec<(u64, Value)> =
        std::mem::take(people).into_iter().zip(0_u64..).map(|(one, n)| (mix(seed ^ mix(n)), one)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    people.extend(keyed.into_iter().map(|(_, one)| one));
    if *people == before && !people.is_empty() {
        people.rotate_left(1);
    }
}
