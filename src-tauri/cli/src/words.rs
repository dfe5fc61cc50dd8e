//! The one table that turns codes into words for people. What is not in it is shown as its code,
//! with blanks for underscores, so that a newer engine is never mute here.

use segue_engine::model::{Outcome, Stage, Status, Trigger};

/// Why somebody was left out, refused or held: code and words.
const REASONS: &[(&str, &str)] = &[
    // Invalid: the address
    ("missing_identity", "no e-mail address"),
    ("malformed_email", "not an e-mail address"),
    ("two_addresses", "more than one address in the cell"),
    ("forbidden_character", "the address has a character that no address has"),
    ("too_long", "too long"),
    ("address_lost", "was sent before, but the address is no longer usable; stays on the list"),
    // Invalid: a value
    ("not_integer", "not a whole number"),
    ("not_an_integer", "not a whole number"),
    ("not_a_number", "not a number"),
    ("not_float", "not a number"),
    ("not_boolean", "neither yes nor no"),
    ("not_date", "not a date"),
    ("not_a_boolean", "neither yes nor no"),
    ("not_a_date", "not a date"),
    ("control_character", "has a control character"),
    ("does_not_fit", "does not fit its field"),
    ("unfit", "does not fit its field"),
    ("not_a_time", "not a moment with its time zone"),
    ("not_a_phone_number", "not a telephone number"),
    ("no_country_code", "a telephone number without its country code"),
    ("not_a_choice", "none of the field's choices"),
    ("out_of_range", "too large or too small for its field"),
    // Duplicate
    ("same_address", "another profile with the same address goes"),
    ("duplicate", "another profile with the same address goes"),
    // Excluded
    ("forgotten", "was forgotten on request"),
    ("suppressed", "stands on the suppression list"),
    ("opted_out", "opted out in the account"),
    ("no_consent", "has not said yes"),
    ("address_changed", "the address changed; the new one is there, the old one leaves"),
    ("gone_in_account", "was deleted in the account"),
    // Rejected and not attempted
    ("refused", "the account refused this person"),
    ("rejected", "the account refused this person"),
    ("refused_before", "was refused twice with the same contents"),
    ("not_confirmed", "the account has not confirmed this person yet"),
    ("canceled", "the run was stopped first"),
    ("stopped", "the run stopped first"),
    ("outcome_unknown", "sent, but no answer came"),
    // Leavers
    ("guard", "the list would lose too many people at once"),
    // A run's end
    ("over_limit", "more addresses than the limit"),
    ("busy", "another process is running this export"),
    ("counts_disagree", "the numbers do not add up"),
    ("key_refused", "the account refused the API key"),
    ("unreachable", "the account could not be reached"),
    ("opt_out_undone", "the account lets people be mailed again who had opted out"),
    ("list_gone", "a list that Segue filled is gone from the account"),
    ("list_taken", "a list is taken by another segment"),
    ("source_changed", "the data changed while it was read"),
    ("replaced", "a newer run took its place"),
];

/// A reason in words: `code`, `code:FIELD`, `code: words` and plain words are all understood.
pub(crate) fn reason(text: &str) -> String {
    let Some(code) = code_of(text) else { return text.to_owned() };
    let rest = text.strip_prefix(code).unwrap_or_default().trim_start_matches(':').trim();
    let known = REASONS.iter().find(|(name, _)| *name == code).map(|(_, words)| (*words).to_owned());
    // Words that the engine wrote itself are better than the table's.
    if rest.contains(' ') {
        return rest.to_owned();
    }
    let words = known.unwrap_or_else(|| code.replace('_', " "));
    if rest.is_empty() { words } else { format!("{rest}: {words}") }
}

/// The code at the beginning of a reason, if there is one.
pub(crate) fn code_of(text: &str) -> Option<&str> {
    let code = text.split(':').next().unwrap_or_default();
    let is_code =
        !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    is_code.then_some(code)
}

/// A status as the pages name it.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Queued => "Queued",
        Status::Processing => "Processing",
        Status::Successful => "Successful",
        Status::CompletedWithErrors => "Completed with errors",
        Status::Skipped => "Skipped",
        Status::Failed => "Failed",
        Status::Canceled => "Canceled",
        Status::NotStarted => "Not started",
    }
}

/// What a run is doing.
pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "Reading",
        Stage::Match => "Matching",
        Stage::Compare => "Comparing",
        Stage::Deliver => "Sending",
        Stage::Leavers => "Taking leavers off",
        Stage::Verify => "Verifying",
        Stage::Done => "Done",
    }
}

/// What began a run, after “begun by”.
pub(crate) fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Manual => "hand",
        Trigger::CommandLine => "the command line",
        Trigger::Schedule => "its own schedule",
        Trigger::SystemRefresh => "the system refresh",
    }
}

/// The class of a person.
pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Created => "created",
        Outcome::Updated => "updated",
        Outcome::Unchanged => "unchanged",
        Outcome::Invalid => "invalid",
        Outcome::Duplicate => "duplicate",
        Outcome::Excluded => "excluded",
        Outcome::Rejected => "rejected",
        Outcome::NotAttempted => "not attempted",
        Outcome::LeaverRemoved => "leaver, removed",
        Outcome::LeaverKept => "leaver, kept",
        Outcome::LeaverHeld => "leaver, held",
        Outcome::LeaverFailed => "leaver, not removed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_words_in_every_form() {
        assert_eq!(reason("opted_out"), "opted out in the account");
        assert_eq!(reason("not_integer:custom:Rating"), "custom:Rating: not a whole number");
        assert_eq!(reason("list_gone: The list is gone."), "The list is gone.");
        assert_eq!(reason("something_new"), "something new");
        assert_eq!(reason("The key was refused."), "The key was refused.");
        assert_eq!(reason(""), "");
    }

    #[test]
    fn no_code_stands_twice_in_the_table() {
        let mut codes: Vec<_> = REASONS.iter().map(|(code, _)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), REASONS.len(), "one code, one wording");
    }
}
