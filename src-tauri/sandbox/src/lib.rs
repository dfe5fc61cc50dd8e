//! An emulator of the classic Autopilot API, in memory, with faults on request.
//!
//! It knows the wire and nothing of the engine: every rule comes from the tables of
//! `destination-api.md` 2.1-2.5 (the vendor's pages, recorded replies, published clients), and
//! where those contradict each other [`Faults`] holds a switch. It listens on 127.0.0.1 only and
//! speaks HTTP/1.1 by its own small loop over TCP, because half of the faults of `reliability.md`
//! 2.1 live below what a web framework lets a handler reach.
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
//!
//! # Control
//! Under `/_sandbox/`, outside the vendor's API: no key, no delay, no rate, never recorded.
//! `GET record` (JSON lines), `DELETE record`, `GET open`, `GET account`, `PUT faults`,
//! `PUT settings`, `POST contacts`, `POST custom_fields`, `DELETE contacts/{email}`,
//! `DELETE lists/{id}`.

mod account;
mod connection;
mod contents;
mod control;
mod distort;
mod error;
mod exchange;
mod faults;
mod kept;
mod log;
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
    Act, BadRow, BulkList, DeleteContact, DeleteList, DuplicateList, Faults, Kind, Names, NoEmail, On, Pick,
    Rule, Texts,
};
pub use kept::{Kept, KeptAccount};
pub use record::Request;
pub use sandbox::Sandbox;
pub use settings::Settings;
