//! The flags of `export add` and `export edit`.

use clap::{Args, ValueEnum};
use segue_engine::ExportSettings;
use segue_engine::model::LeaverPolicy;

/// What stands under `export add --help`.
pub(super) const ADD_HELP: &str = "\
TARGET is a field of the account (Email, FirstName, LastName, Company, …), or custom:NAME for a
custom field; COLUMN is a column of the audience. Email is required. Each segment becomes a list of
its own name, or of the title LIST.

Examples:
  segue export add Weekly --connection Newsletter --audience Customers \\
      --match Email=Email --match FirstName=Name --segment Stockholm --segment Regulars=VIP
  segue export add Consented --connection Newsletter --audience Customers \\
      --match Email=Email --segment Stockholm --only-if Newsletter=yes";

/// What stands under `export edit --help`.
pub(super) const EDIT_HELP: &str = "\
Examples:
  segue export edit Weekly --match Company=Employer --unmatch LastName
  segue export edit Weekly --segment Malmö --drop-segment Stockholm --leavers keep";

/// A pair `LEFT=RIGHT`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair(String, String);

/// The flags that adding requires, and those that it shares with editing.
#[derive(Debug, Args)]
pub(crate) struct AddSettings {
    /// Send COLUMN as TARGET; Email is required, others as often as needed
    #[arg(long = "match", value_name = "TARGET=COLUMN", required = true, value_parser = pair)]
    matching: Vec<Pair>,
    /// Send the people of segment S, to the list LIST or the one of its name
    #[arg(long = "segment", value_name = "S[=LIST]", required = true)]
    segments: Vec<String>,
    #[command(flatten)]
    shared: Shared,
}

/// The flags of editing: whatever is named changes.
#[derive(Debug, Args)]
pub(crate) struct EditSettings {
    /// Send COLUMN as TARGET
    #[arg(long = "match", value_name = "TARGET=COLUMN", value_parser = pair)]
    matching: Vec<Pair>,
    /// Send the people of segment S, to the list LIST or the one of its name
    #[arg(long = "segment", value_name = "S[=LIST]")]
    segments: Vec<String>,
    #[command(flatten)]
    shared: Shared,
    /// Send TARGET no longer; what the account has stays
    #[arg(long, value_name = "TARGET")]
    unmatch: Vec<String>,
    /// Take the segment out; its people stay on the list
    #[arg(long, value_name = "S")]
    pub(super) drop_segment: Vec<String>,
    /// Take everybody off the lists of the dropped segments whom this export put there, first
    #[arg(long, requires = "drop_segment")]
    pub(super) empty_lists: bool,
}

#[derive(Debug, Args)]
struct Shared {
    /// Send only people whose COLUMN says VALUE
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = pair)]
    only_if: Option<Pair>,
    /// What happens to people who leave the segments (default: remove from the list)
    #[arg(long, value_name = "POLICY")]
    leavers: Option<Leavers>,
    /// The most distinct valid addresses (default 100000)
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Hold the leavers of a list that would lose more than this share (default 50)
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    max_loss: Option<u8>,
    /// Clear TARGET in the account where the cell is blank, instead of skipping it
    #[arg(long, value_name = "TARGET")]
    clear_blank: Vec<String>,
    /// Where a value does not fit TARGET, leave out the value instead of the person
    #[arg(long, value_name = "TARGET")]
    leave_out_unfit: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Leavers {
    Remove,
    Keep,
}

impl Shared {
    fn with(self, matching: Vec<Pair>, segments: &[String], known: &[String]) -> ExportSettings {
        ExportSettings {
            matching: matching.into_iter().map(|Pair(target, column)| (target, column)).collect(),
            segments: segments.iter().map(|text| choice(text, known)).collect(),
            only_if: self.only_if.map(|Pair(column, value)| (column, value)),
            leavers: self.leavers.map(|policy| match policy {
                Leavers::Remove => LeaverPolicy::Remove,
                Leavers::Keep => LeaverPolicy::Keep,
            }),
            limit: self.limit,
            max_loss: self.max_loss,
            clear_blank: self.clear_blank,
            leave_out_unfit: self.leave_out_unfit,
            ..ExportSettings::default()
        }
    }
}

impl AddSettings {
    /// As the engine takes them; `known` are the names of segments.
    pub(super) fn settings(self, known: &[String]) -> ExportSettings {
        self.shared.with(self.matching, &self.segments, known)
    }
}

impl EditSettings {
    /// As the engine takes them; `known` are the names of segments.
    pub(super) fn settings(self, known: &[String]) -> ExportSettings {
        let Self { matching, segments, shared, unmatch, drop_segment, .. } = self;
        let shared = shared.with(matching, &segments, known);
        ExportSettings { unmatch, drop_segments: drop_segment, ..shared }
    }
}

/// Split at the first `=`: a target has none, a column or value may.
fn pair(text: &str) -> Result<Pair, String> {
    match text.split_once('=') {
        Some((left, right)) if !left.is_empty() && !right.is_empty() => {
            Ok(Pair(left.to_owned(), right.to_owned()))
        }
        _ => Err("two words with = between them".to_owned()),
    }
}

/// A segment and, after `=`, the title of its list. A name may hold the sign as well: the longest
/// that there is counts.
fn choice(text: &str, known: &[String]) -> (String, Option<String>) {
    let is_known = |name: &str| known.iter().any(|known| known == name);
    let split = |at: usize| {
        let (segment, list) = text.split_at(at);
        (segment, list.strip_prefix('=').unwrap_or(list))
    };
    let signs = text.match_indices('=').map(|(at, _)| split(at));
    let found = match signs.clone().rev().find(|(segment, _)| is_known(segment)) {
        _ if is_known(text) => None,
        Some(found) => Some(found),
        None => signs.clone().next(),
    };
    match found {
        Some((segment, list)) => (segment.to_owned(), Some(list.to_owned())),
        None => (text.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_split_at_the_first_sign() {
        assert_eq!(pair("custom:NPS=a=b"), Ok(Pair("custom:NPS".into(), "a=b".into())));
        assert!(pair("Email").is_err() && pair("=x").is_err() && pair("x=").is_err(), "both sides");
    }

    #[test]
    fn a_segment_may_name_its_list() {
        let known = ["VIP", "=1+1", "a=b", "a"].map(str::to_owned);
        let choice = |text: &str| {
            let (segment, list) = choice(text, &known);
            format!("{segment} -> {}", list.as_deref().unwrap_or("its own"))
        };
        assert_eq!(choice("VIP"), "VIP -> its own");
        assert_eq!(choice("VIP=Best"), "VIP -> Best");
        assert_eq!(choice("=1+1"), "=1+1 -> its own");
        assert_eq!(choice("=1+1=x=y"), "=1+1 -> x=y");
        assert_eq!(choice("a=b"), "a=b -> its own", "the longest name that there is");
        assert_eq!(choice("a=c"), "a -> c");
        assert_eq!(choice("nobody=x=y"), "nobody -> x=y");
    }
}
