//! Ortto: what its API does with a request (`destination-api.md` 3).
//!
//! Where the pages are silent, the sandbox takes the reading that shows a careless client up:
//! - the same person twice in a batch, or the same tag in `tags` and `unset_tags`, is 400: the
//!   pages leave open what happens, so nobody may send it;
//! - a batch of which all rows are skipped is 200 with no `people`; one of which none is good and
//!   none skipped is 400;
//! - what is merged by e-mail or external id needs that value, and a new person needs one of the
//!   two; an address or external id of another person makes a row invalid;
//! - an option that a select field does not have makes a row invalid;
//! - archived people are merged and stay archived; `person/get`, `tags/get` and the totals leave
//!   them out, `person/get-by-ids` does not;
//! - `person/subscriptions` leaves out whom nobody knows.

mod account;
mod asked;
mod ban;
mod calls;
mod control;
mod crowd;
mod distort;
mod merge;
mod note;
mod refusal;

use crate::api::Key;
use crate::asked::Told;
use crate::outcome::Outcome;

pub(crate) use account::Account;
pub use account::{DisplayType, FieldView, NewField, OrttoView, PersonView, TagView};
pub(crate) use asked::{Asked, is_path};
pub(crate) use ban::Ban;
pub(crate) use control::answer;
pub(crate) use crowd::Crowd;
pub(crate) use distort::bend_people;
pub use note::MergeNote;
pub(crate) use refusal::{Refusal, too_fast};

use asked::{Body, Call};

/// Carries the request out.
pub(crate) fn carry_out(account: &mut Account, asked: Asked, told: Told<'_>) -> Outcome {
    answer_call(account, asked, told).unwrap_or_else(|refusal| refusal.outcome(told.seq))
}

fn answer_call(account: &mut Account, asked: Asked, told: Told<'_>) -> Result<Outcome, Refusal> {
    match told.key {
        Key::Missing | Key::Wrong => return Err(Refusal::new(401, "The API key is missing or not valid")),
        Key::Right => {}
    }
    let call = asked.call.ok_or_else(|| Refusal::new(404, "There is no such path"))?;
    if told.method != "POST" {
        return Err(Refusal::new(405, "The method is not allowed here"));
    }
    let body = match asked.body {
        // Said of a missing body (destination-api.md 3.4).
        Body::Missing => return Err(Refusal::new(404, "The body is missing")),
        Body::TooLarge => return Err(Refusal::new(413, "The body is over 2 MB")),
        Body::Malformed(reason) => return Err(Refusal::new(400, reason)),
        Body::Json(body) => body,
    };
    account.turn();
    match call {
        Call::Merge => merge::merge(account, body, told),
        Call::Get => calls::get(account, body),
        Call::ByIds => calls::by_ids(account, body),
        Call::Subscriptions => calls::subscriptions(account, body),
        Call::CustomFields => calls::custom_fields(account, body),
        Call::CreateField => calls::create_field(account, body),
        Call::Tags => calls::tags(account, body),
    }
}
