//! Reading: everybody of the chosen segments, matched and made unique.

use std::sync::Arc;

use futures::StreamExt as _;

use crate::destination::Destination;
use crate::error::{Code, Error, Result};
use crate::source::Selection;
use crate::stage::{FieldPlan, Matcher, OnlyIfPlan, People};

use super::prepare::Prepared;

/// Reads, and once more where a file changed meanwhile: whatever writes it is often done by then
/// (product.md rule 15).
///
/// # Errors
/// Those of reading; `source_changed` where it changed again.
pub(crate) async fn once_more<T, F>(read: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    match read().await {
        Err(error) if error.code == Code::SourceChanged => {
            tracing::info!("A source changed while it was read; it is read once more.");
            read().await
        }
        done => done,
    }
}

/// Reads and matches everybody of the chosen segments.
pub(crate) async fn read_people(
    prepared: &Prepared,
    destination: &Arc<dyn Destination>,
    keep_left_out: bool,
) -> Result<People> {
    let export = &prepared.export;
    let mut columns: Vec<String> = Vec::new();
    let mut place = |column: &str| {
        columns.iter().position(|known| known == column).unwrap_or_else(|| {
            columns.push(column.to_owned());
            columns.len() - 1
        })
    };
    let mut email = 0;
    let mut plans = Vec::new();
    for matched in &export.matching {
        let column = place(&matched.column);
        if matched.target.is_email() {
            email = column;
            continue;
        }
        let field = prepared.fields.iter().find(|field| field.target == matched.target);
        let field = field.ok_or_else(|| Error::internal("a matched field was not checked"))?.clone();
        plans.push(FieldPlan {
            target: matched.target.to_string(),
            column,
            clear: destination.blank(field.kind),
            field,
            blank: matched.blank,
            unfit: matched.unfit,
        });
    }
    let only_if = export
        .only_if
        .as_ref()
        .map(|only_if| OnlyIfPlan { column: place(&only_if.column), value: only_if.value.clone() });
    let selection = Selection { segments: prepared.rules.clone(), columns, as_of: prepared.as_of };
    let values = Arc::clone(destination);
    let mut matcher = Matcher::new(
        email,
        plans,
        only_if,
        selection.columns.len(),
        selection.segments.len(),
        prepared.fingerprints.clone(),
        move |cell: &str, field, json: &mut String| match values.value(cell, field) {
            Ok(value) => {
                json.push_str(&value);
                Ok(())
            }
            Err(misfit) => Err(misfit.reason),
        },
    )
    .without(prepared.forgotten.clone());
    let people = People::new(export.limit, keep_left_out);
    let mut people = if prepared.key.is_some() { people } else { people.by_place() };
    let mut batches = prepared.source.people(&selection).await?;
    while let Some(batch) = batches.next().await {
        matcher.add(&batch?, &mut people)?;
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// How often it is read where it changes so many times, and what comes of it.
    async fn reads(changes: u32, code: Code) -> (u32, Option<Code>) {
        let times = Cell::new(0);
        let done = once_more(|| async {
            times.set(times.get() + 1);
            if times.get() <= changes { Err(Error::new(code, "no")) } else { Ok(()) }
        })
        .await;
        (times.get(), done.err().map(|error| error.code))
    }

    #[tokio::test]
    async fn a_file_that_changes_is_read_once_more_and_then_refused() {
        assert_eq!(reads(0, Code::SourceChanged).await, (1, None));
        assert_eq!(reads(1, Code::SourceChanged).await, (2, None));
        assert_eq!(reads(2, Code::SourceChanged).await, (2, Some(Code::SourceChanged)));
        assert_eq!(reads(1, Code::BadFile).await, (1, Some(Code::BadFile)), "nothing else");
    }
}
