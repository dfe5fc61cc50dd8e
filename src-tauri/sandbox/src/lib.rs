//! An emulator of the classic Autopilot API and of the Ortto API, in memory, with faults on request.
//!
//! It knows the wire and nothing of the engine: every rule comes from the tables of
//! `destination-api.md` 2.1-2.5 and 3.1-3.5 (the vendor's pages, recorded replies, published
//! clients), and where those contradict each other [`Faults`] holds a switch. It listens on 127.0.0.1 only and
//! speaks HTTP/1.1 by its own small loop over TCP, because half of the faults of `reliability.md`
//! 2.1 live below what a web framework lets a handler reach.
//!
//! Both APIs are served at once, with one key: classic takes it in `autopilotapikey`, Ortto in
//! `X-Api-Key`. They share the wire, the faults and the record; each has its own account, and its
//! own door for the rate.
//!
//! An account that is to outlive its process is [`Kept`] in a folder; it has no faults and no control.
//!
//! # Faults
//! A rule is `{"on": {...}, "do": ACT}`. ACT is a name (`"hang"`), a name with its parameters
//! (`{"hang": {"ms": 500}}`), or an answer in short form (`{"status": 503, "applied": true}`).
//! Every act takes `applied`: whether the account carries the request out all the same.
//! The first rule that fires decides; each rule counts the requests that match it from 1.
//!
//! | act | parameters | what the client sees | `applied` unless told |
//! | --- | --- | --- | --- |
//! | `answer` | `status`, `headers`, `body` (`{key}` becomes the key) | that status | below 300 only |
//! | `redirect` | `status` (302), `to` | a redirect | no |
//! | `reset_before` | | TCP reset, the body is not read | never |
//! | `reset_after` | | body read whole, then TCP reset | yes |
//! | `hang` | `ms` (for ever) | no answer, then the connection closes | yes |
//! | `slow_body` | `ms` (1000) | the reply's body one byte each `ms` | yes |
//! | `truncate` | | `Content-Length` larger than what follows, then close | yes |
//! | `chunked_cut` | | chunked reply without its last chunk, then close | yes |
//! | `huge_body` | `bytes` (5 MiB) | valid JSON with that much padding | yes |
//! | `endless_body` | | a chunked body without end | yes |
//! | `double_reply` | | the reply twice over | yes |
//! | `interim` | `status` (103) | an informational head, then the reply | yes |
//! | `close_idle` | `ms` (0) | the reply, then the connection closes unannounced | yes |
//! | `html` | | 200, a captive portal's page | no |
//! | `empty`, `null`, `array` | | 200 with no body, `null`, `[]` | yes |
//! | `no_map` | | bulk reply without `email_contact_map` | yes |
//! | `foreign_map` | | the map names addresses nobody sent | yes |
//! | `map_case` | | the map's keys in capitals, with blanks around | yes |
//! | `map_missing` | `emails`, `first` (1) | those rows are stored and not named | yes |
//! | `map_null` | | the ids in the map are `null` | yes |
//! | `map_twice` | | each address twice in the map | yes |
//! | `extra_keys` | | unknown keys, `contact_ids` in reverse | yes |
//! | `drop_rows` | `emails`, `first` (1) | those rows are named and not stored | yes |
//! | `people_shuffled` | `seed` (0) | Ortto: `people` in another order, the same for a seed | yes |
//! | `people_short` | `emails`, `first` (1) | Ortto: those rows are stored and not in `people` | yes |
//! | `row_invalid` | `emails`, `first` (1) | Ortto: those rows are `invalid` | yes |
//! | `limit_507` | | 507 in the API's form | no |
//! | `forbidden_403` | | 403 in the API's form | no |
//!
//! `no_map` to `map_twice` do nothing to Ortto's replies; `extra_keys` and `drop_rows` do there
//! what they do to the map. A `status` from 400 on has the error body of its API: of Ortto that
//! of 429 is `{"error": {"code", "message", "try-in-seconds"}}`. `bad_addresses` are invalid rows
//! of Ortto too, and `rate` counts for each API by itself.
//!
//! What stands for Ortto for as long as it is told, under `ortto` in the faults
//! ([`OrttoFaults`]): `permission` (`kept`, `reset_known`), `mixed` (`partial`, `refuses_all`),
//! `concurrency`, `async_only`, `busy` (`too_many`, `unavailable`), `async_later`,
//! `contact_limit`, `try_in_seconds`, `ban_seconds`, `suppressed`, `fields`.
//!
//! # Control
//! Under `/_sandbox/`, outside the vendor's API: no key, no delay, no rate, never recorded.
//! `GET record` (JSON lines), `DELETE record`, `GET open`, `GET account`, `PUT faults`,
//! `PUT settings`, `POST contacts`, `POST custom_fields`, `DELETE contacts/{email}`,
//! `DELETE lists/{id}`.
//!
//! Of the Ortto account: `GET ortto` (all of it, see [`OrttoView`]), `POST ortto/people` (rows of
//! `person/merge` with or without `archived`), `PUT ortto/people/{id or e-mail}` (`email`,
//! `archived`, `email_permission`, `sms_permission`, `fields`), `DELETE ortto/people/{id or
//! e-mail}`, `POST ortto/suppressed` (addresses), `DELETE ortto/suppressed/{e-mail}`,
//! `POST ortto/fields` (bodies of `person/custom-field/create`), `DELETE ortto/fields/{id}`,
//! `POST ortto/settle` (carries out what `async_later` holds back).

mod account;
mod api;
mod asked;
mod connection;
mod contents;
mod control;
mod distort;
mod error;
mod exchange;
mod faults;
mod kept;
mod log;
mod mix;
mod ortto;
mod outcome;
mod rate;
mod record;
mod route;
mod running;
mod sandbox;
mod settings;
mod shared;
mod vendor;
mod wire;

pub use account::{AccountView, ContactView, CustomField, FieldType, ListView};
pub use error::Error;
pub use faults::{
    Act, BadRow, BulkList, Busy, DeleteContact, DeleteList, DuplicateList, Faults, Kind, MixedBatch, Names,
    NoEmail, On, OrttoFaults, Permission, Pick, Rule, Texts,
};
pub use kept::{Kept, KeptAccount};
pub use ortto::{DisplayType, FieldView, MergeNote, NewField, OrttoView, PersonView, TagView};
pub use record::Request;
pub use sandbox::Sandbox;
pub use settings::Settings;
