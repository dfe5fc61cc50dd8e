//! Words: what a notice says outside, in English and Swedish, and as JSON for programs. Names of exports and counts
//! are all that is in it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::model::{Notice, NoticeKind, NoticeLanguage};

/// What is said: one line, and more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// One line.
    pub subject: String,
    /// Whole sentences.
    pub text: String,
}

/// What a notice says.
#[must_use]
pub fn message(notice: &Notice, language: NoticeLanguage) -> Message {
    match language {
        NoticeLanguage::En => english(notice),
        NoticeLanguage::Sv => swedish(notice),
    }
}

/// What a trial says: somebody asked for it to see whether it arrives.
#[must_use]
pub fn trial(language: NoticeLanguage) -> Message {
    let (subject, text) = match language {
        NoticeLanguage::En => (
            "A trial from Segue",
            "This is a trial: notices from Segue arrive here. Nothing has happened to any export.",
        ),
        NoticeLanguage::Sv => (
            "Ett test från Segue",
            "Det här är ett test: aviseringar från Segue kommer fram hit. Ingenting har hänt med någon export.",
        ),
    };
    Message { subject: subject.to_owned(), text: text.to_owned() }
}

/// The body of a webhook. `text` is what Slack, Teams and their like show; the rest is for programs.
#[must_use]
pub fn body(notice: &Notice, language: NoticeLanguage) -> Value {
    json!({
        "text": shown(&message(notice, language).text),
        "kind": notice.kind,
        "export": notice.export,
        "run": notice.run,
        "at": notice.at,
        "counts": { "people": notice.people, "before": notice.before, "not_done": notice.not_done },
    })
}

/// The body of a webhook that is a trial.
#[must_use]
pub fn trial_body(language: NoticeLanguage, at: Timestamp) -> Value {
    json!({ "text": shown(&trial(language).text), "kind": "trial", "at": at })
}

fn english(notice: &Notice) -> Message {
    let name = format!("“{}”", plain(&notice.export));
    let people = counted(notice.people, "person", "people");
    let not_done = match notice.not_done {
        0 => String::new(),
        count => format!(" {} could not be dealt with.", counted(count, "person", "people")),
    };
    let (subject, text) = match notice.kind {
        NoticeKind::Failed => (
            format!("{name} failed"),
            format!(
                "The export {name} failed.{not_done} Open Segue to see why, what was sent and what to do."
            ),
        ),
        NoticeKind::Skipped => (
            format!("{name} was skipped"),
            format!(
                "The export {name} was skipped, since its data could not be read. Nothing was sent. Open Segue to see what is wrong with the data."
            ),
        ),
        NoticeKind::Waiting => (
            format!("{name} waits for your decision"),
            format!(
                "The export {name} would have taken too many people off a list or tag at once, so nobody was taken off it. New and changed people were sent. Open Segue to decide."
            ),
        ),
        NoticeKind::Errors => (
            format!("{name} was completed with errors"),
            format!(
                "The export {name} was completed with errors.{not_done} Open Segue to see which and why."
            ),
        ),
        NoticeKind::PeopleChanged => (
            format!("{name}: the number of people has changed a lot"),
            format!(
                "The export {name} now has {people} in its segments; in the runs before it was about {}. Open Segue and check the data and the segments if you did not expect that.",
                number(notice.before)
            ),
        ),
        NoticeKind::Recovered => (
            format!("{name} works again"),
            format!("The export {name} was successful again, with {people} in its segments."),
        ),
    };
    Message { subject, text }
}

fn swedish(notice: &Notice) -> Message {
    let name = format!("”{}”", plain(&notice.export));
    let people = counted(notice.people, "person", "personer");
    let not_done = match notice.not_done {
        0 => String::new(),
        count => format!(" {} kunde inte hanteras.", counted(count, "person", "personer")),
    };
    let (subject, text) = match notice.kind {
        NoticeKind::Failed => (
            format!("{name} misslyckades"),
            format!(
                "Exporten {name} misslyckades.{not_done} Öppna Segue för att se varför, vad som skickades och vad du kan göra."
            ),
        ),
        NoticeKind::Skipped => (
            format!("{name} hoppades över"),
            format!(
                "Exporten {name} hoppades över, eftersom dess data inte kunde läsas. Ingenting skickades. Öppna Segue för att se vad som är fel med data."
            ),
        ),
        NoticeKind::Waiting => (
            format!("{name} väntar på ditt beslut"),
            format!(
                "Exporten {name} skulle ha tagit bort för många personer från en lista eller tagg på en gång, så ingen togs bort från den. Nya och ändrade personer har skickats. Öppna Segue för att bestämma."
            ),
        ),
        NoticeKind::Errors => (
            format!("{name} slutfördes med fel"),
            format!(
                "Exporten {name} slutfördes med fel.{not_done} Öppna Segue för att se vad det gäller och varför."
            ),
        ),
        NoticeKind::PeopleChanged => (
            format!("{name}: antalet personer har ändrats mycket"),
            format!(
                "Exporten {name} har nu {people} i sina segment; i körningarna före var det ungefär {}. Öppna Segue och kontrollera data och segment om du inte väntade dig det.",
                number(notice.before)
            ),
        ),
        NoticeKind::Recovered => (
            format!("{name} fungerar igen"),
            format!("Exporten {name} lyckades igen, med {people} i sina segment."),
        ),
    };
    Message { subject, text }
}

/// A name on one line, whatever it was made of.
fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Text without the brackets in which chats take orders, such as to call everybody of a channel.
fn shown(text: &str) -> String {
    text.replace('<', "‹").replace('>', "›")
}

fn counted(count: u64, one: &str, more: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { more })
}

/// A number with a narrow blank between thousands, as the command line prints it: `100 000`.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
