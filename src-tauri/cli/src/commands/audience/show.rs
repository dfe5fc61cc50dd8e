//! An audience as it is printed.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{Audience, AudienceKind, Column, ColumnType, FileFound};
use segue_engine::suggest::{Reason, Suggestions};
use serde::Serialize;

use crate::table::{Head, Table, count, moment, number};

/// An audience as it is printed: without what it keeps for its own next reading.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown<'a> {
    id: String,
    name: &'a str,
    /// Where its data is.
    kind: &'a AudienceKind,
    /// What was found in the data.
    survey: ShownSurvey<'a>,
    created_at: Timestamp,
    /// When its data was last read in full.
    refreshed_at: Timestamp,
    /// What may be matched; only where one audience is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<&'a Suggestions>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ShownSurvey<'a> {
    /// Changes when the data does.
    version: &'a str,
    /// Profiles.
    rows: u64,
    /// In the order of the file.
    columns: &'a [Column],
    /// The files, and how they were read.
    files: &'a [FileFound],
    /// Names in the file of memberships.
    segments: &'a [String],
}

/// The document.
pub(super) fn document(audience: &Audience) -> Shown<'_> {
    let survey = &audience.survey;
    Shown {
        id: audience.id.to_string(),
        name: &audience.name,
        kind: &audience.kind,
        survey: ShownSurvey {
            version: &survey.version,
            rows: survey.rows,
            columns: &survey.columns,
            files: &survey.files,
            segments: &survey.segments,
        },
        created_at: audience.created_at,
        refreshed_at: audience.refreshed_at,
        suggestions: None,
    }
}

/// The document of one audience, with what may be matched.
pub(super) fn with_suggestions<'a>(audience: &'a Audience, suggestions: &'a Suggestions) -> Shown<'a> {
    Shown { suggestions: Some(suggestions), ..document(audience) }
}

/// What may be matched, one line each; nothing where there is nothing to say.
pub(super) fn suggested(suggestions: &Suggestions) -> String {
    let fields = suggestions.fields.iter().map(|field| {
        let why = match field.reason {
            Reason::Name => "",
            Reason::Contents => " (by its contents)",
        };
        format!("  {} ← {}{why}\n", field.target, field.column)
    });
    let only_if = suggestions
        .only_if
        .iter()
        .map(|consent| format!("  --only-if \"{}={}\"\n", consent.column, consent.value));
    let lines: String = fields.chain(only_if).collect();
    if lines.is_empty() { lines } else { format!("\n\nSuggested:\n{}", lines.trim_end()) }
}

/// After adding: what was found, and what to do next.
pub(super) fn added(audience: &Audience) -> String {
    format!(
        "{}\n\nNext: segue segment add NAME --audience \"{}\" --where \"…\"",
        whole(audience),
        audience.name
    )
}

/// One row each.
pub(super) fn list(audiences: &[Audience]) -> String {
    if audiences.is_empty() {
        return "There is no audience yet; add one: segue audience add files NAME PATH…".to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Name"),
        Head::Text("Kind"),
        Head::Number("Profiles"),
        Head::Number("Columns"),
        Head::Text("Refreshed"),
    ]);
    for audience in audiences {
        let AudienceKind::Files(_) = &audience.kind;
        table.row([
            audience.name.clone(),
            "files".to_owned(),
            number(audience.survey.rows),
            number(audience.survey.columns.len() as u64),
            moment(audience.refreshed_at),
        ]);
    }
    table.to_string()
}

/// Everything about one.
pub(super) fn whole(audience: &Audience) -> String {
    let AudienceKind::Files(files) = &audience.kind;
    let survey = &audience.survey;
    let key = files.key.as_deref().unwrap_or("the row's place in the file");
    let mut text = format!(
        "“{}”: {} in {}, identified by {key}.\n",
        audience.name,
        count(survey.rows, "profile", "profiles"),
        count(survey.files.len() as u64, "file", "files"),
    );
    for file in &survey.files {
        text.push_str(&format!("  {}: {}\n", file.path, written(file)));
    }
    if let Some(memberships) = &files.memberships {
        let segments = count(survey.segments.len() as u64, "segment", "segments");
        text.push_str(&format!("  {memberships}: memberships of {segments}\n"));
    }
    text.push('\n');
    text.push_str(&columns(audience));
    text
}

/// How a file is written; what its format always has alike is left out.
fn written(file: &FileFound) -> String {
    let mut words = vec![match &file.compression {
        Some(compression) => format!("{} in {compression}", file.format),
        None => file.format.clone(),
    }];
    if let Some(c) = file.delimiter {
        words.push(file.encoding.clone());
        words.push(format!("delimiter {}", delimiter(c)));
        words.push(if file.header { "with a header" } else { "without a header" }.to_owned());
    }
    if file.quoted_breaks {
        words.push("line breaks inside cells".to_owned());
    }
    words.join(", ")
}

fn columns(audience: &Audience) -> String {
    let mut table = Table::new(&[
        Head::Text("Column"),
        Head::Text("Type"),
        Head::Number("Filled"),
        Head::Text("Samples"),
    ]);
    let rows = audience.survey.rows;
    for column in &audience.survey.columns {
        table.row([
            column.name.clone(),
            kind(column.kind).to_owned(),
            share(column.filled, rows),
            column.samples.join(" · "),
        ]);
    }
    table.to_string()
}

/// A part of the rows in percent; never 100 or 0 while something is missing or there.
fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let percent = (part as f64 * 100.0 / whole as f64).round() as u64;
    let percent = if part < whole { percent.min(99) } else { percent };
    format!("{} %", if part > 0 { percent.max(1) } else { percent })
}

fn delimiter(c: char) -> String {
    if c == '\t' { "tab".to_owned() } else { format!("“{c}”") }
}

fn kind(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Float => "number",
        ColumnType::Boolean => "yes or no",
        ColumnType::Date => "date",
        ColumnType::Timestamp => "time",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_matched_stands_in_lines() {
        use segue_engine::suggest::{SuggestedConsent, SuggestedField};
        let field = |target: &str, column: &str, reason| SuggestedField {
            target: target.to_owned(),
            column: column.to_owned(),
            reason,
        };
        let consent = SuggestedConsent { column: "Samtycke".to_owned(), value: "ja".to_owned() };
        let suggestions = Suggestions {
            fields: vec![
                field("Email", "Kontakt", Reason::Contents),
                field("FirstName", "Förnamn", Reason::Name),
            ],
            only_if: vec![consent],
        };
        assert_eq!(
            suggested(&suggestions),
            "\n\nSuggested:\n  Email ← Kontakt (by its contents)\n  FirstName ← Förnamn\n  --only-if \"Samtycke=ja\""
        );
        assert_eq!(suggested(&Suggestions::default()), "", "nothing to say");
    }

    #[test]
    fn a_share_is_never_rounded_into_a_lie() {
        assert_eq!(share(0, 10), "0 %");
        assert_eq!(share(1, 1_000), "1 %");
        assert_eq!(share(999, 1_000), "99 %");
        assert_eq!(share(10, 10), "100 %");
    }
}
