//! The sample: everything to try Segue with, made by one click and gone by another.

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Product;
use segue_engine::{NewConnection, NewSample, SampleExport};

use crate::practice::Practice;
use crate::views::{Done, Named, Nothing, Sample};
use crate::{Desk, Noun};

const MATCHING: [(&str, &str); 5] = [
    ("Email", "Email"),
    ("FirstName", "FirstName"),
    ("LastName", "LastName"),
    ("Phone", "Phone"),
    ("MailingCity", "City"),
];

pub(crate) async fn sample_add(desk: &Desk, _: Nothing) -> Result<Sample> {
    // A double click is one click.
    let _turn = desk.sample.lock().await;
    let practice = desk.practice()?;
    if let Some(sample) = shown(desk).await? {
        return Ok(sample);
    }
    // What is left of one that was half made, or of which parts were removed by hand.
    clear(desk, practice).await?;
    let made = make(desk, practice).await;
    if made.is_err() {
        practice.remove().await?;
    }
    desk.events.changed(&Noun::ALL);
    made?;
    shown(desk).await?.ok_or_else(|| Error::internal("the sample is not there after it was made"))
}

pub(crate) async fn sample_remove(desk: &Desk, _: Nothing) -> Result<Done> {
    let _turn = desk.sample.lock().await;
    clear(desk, desk.practice()?).await?;
    desk.events.changed(&Noun::ALL);
    Ok(Done {})
}

async fn clear(desk: &Desk, practice: &dyn Practice) -> Result<()> {
    desk.engine.remove_sample().await?;
    // The files last: a sample without files could not be read, files without a sample are nobody's.
    practice.remove().await
}

async fn make(desk: &Desk, practice: &dyn Practice) -> Result<()> {
    let customers = practice.customers().await?;
    let account = practice.start().await?;
    let owned = |(one, other): (&str, &str)| (one.to_owned(), other.to_owned());
    let new = NewSample {
        name: "Sample customers".to_owned(),
        file: customers.file.display().to_string(),
        segments: customers.segments,
        connection: NewConnection {
            name: "Practice account".to_owned(),
            product: Product::Autopilot,
            region: None,
            base_url: Some(account.origin),
            rate: Some(0),
            contract_size: None,
            key: account.key,
            // Nobody's data is sent to anybody: the people and the account are made up.
            agree: true,
            user: desk.facts.user.clone(),
        },
        connection_id: account.connection,
        export: SampleExport {
            name: "Sample export".to_owned(),
            matching: MATCHING.map(owned).to_vec(),
            only_if: owned(("Unsubscribed", "no")),
        },
    };
    desk.engine.add_sample(new).await.map(drop)
}

/// The sample with the names that its parts have now; `None` where there is none, or its audience or its
/// connection was removed by hand.
pub(super) async fn shown(desk: &Desk) -> Result<Option<Sample>> {
    let Some(sample) = desk.engine.sample().await? else { return Ok(None) };
    let audience = there(desk.engine.audience(&sample.audience.to_string()).await)?;
    let connection = there(desk.engine.connection(&sample.connection.to_string()).await)?;
    let export = there(desk.engine.export(&sample.export.to_string()).await)?;
    let (Some(audience), Some(connection)) = (audience, connection) else { return Ok(None) };
    Ok(Some(Sample {
        audience: Named { id: audience.id.to_string(), name: audience.name },
        connection: Named { id: connection.id.to_string(), name: connection.name },
        export: export.map(|export| Named { id: export.id.to_string(), name: export.name }),
    }))
}

fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(object) => Ok(Some(object)),
        Err(error) if error.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
