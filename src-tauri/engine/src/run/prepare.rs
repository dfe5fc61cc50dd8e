//! Prepare: what an export needs before it can be planned - the audience as it is now, the fields and
//! lists of the account, and the checks that refuse a run before anything is sent.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures::{StreamExt as _, TryStreamExt as _};

use crate::destination::autopilot::Autopilot;
use crate::destination::ortto::Ortto;
use crate::destination::{Answer, Destination, List};
use crate::error::{Code, Error, Result};
use crate::keychain::Keychain;
use crate::model::{
    AccountField, Audience, AudienceKind, Connection, Export, ListId, Match, Membership, Product, Segment,
    SegmentRule, SegmentSet, Target,
};
use crate::source::{Audiences, Source};
use crate::stage::{Digest, Fingerprints};
use crate::store::{self, Store};

use super::account::Account;
use super::stopped::stopped;

/// The list of a chosen segment.
#[derive(Debug, Clone)]
pub(crate) struct ChosenList {
    /// The segment.
    pub segment: Segment,
    /// Its title.
    pub title: String,
    /// The list as our store knows it.
    pub ours: Option<store::list::List>,
    /// The list as the account has it.
    pub theirs: Option<List>,
    /// People on it now, once [`list_sizes`] has told.
    pub members: u64,
}

impl ChosenList {
    /// How receipts name it. A list that the store does not know yet comes after all that it does, in
    /// the order of the export, as it will once it is known: a preview plans as the run does.
    pub(crate) fn id(&self, place: usize) -> ListId {
        let unknown = ListId::MAX - SegmentSet::MOST as ListId + place as ListId;
        self.ours.as_ref().map_or(unknown, |list| list.id)
    }
}

/// Everything a plan is made from.
pub(crate) struct Prepared {
    pub export: Export,
    pub connection: Connection,
    pub account_id: i64,
    pub source: Arc<dyn Source>,
    /// The key column; `None`: a CustomerId is the row's place in the file, and says nothing of who
    /// stands there.
    pub key: Option<String>,
    pub rules: Vec<SegmentRule>,
    pub fields: Vec<AccountField>,
    pub lists: Vec<ChosenList>,
    /// Contacts in the account, where its contract has a size.
    pub contacts: Option<u64>,
    pub fingerprints: Fingerprints,
    /// Fingerprints of addresses that are excluded for good.
    pub forgotten: HashSet<Digest>,
    pub as_of: jiff::Timestamp,
}

impl Prepared {
    /// Takes the answer of [`list_sizes`].
    pub(crate) fn set_sizes(&mut self, sizes: Vec<u64>) {
        for (list, size) in self.lists.iter_mut().zip(sizes) {
            list.members = size;
        }
    }
}

/// The product behind a connection.
pub(crate) fn destination(product: Product) -> Arc<dyn Destination> {
    match product {
        Product::Autopilot => Arc::new(Autopilot),
        Product::Ortto => Arc::new(Ortto),
    }
}

/// How people get on the lists of an account, as far as that is known.
pub(crate) fn membership(connection: &Connection, destination: &dyn Destination) -> Membership {
    if destination.abilities().all_lists { Membership::Bulk } else { connection.membership }
}

/// Rows of the store that a run begins with.
#[derive(Clone)]
pub(crate) struct Rows {
    pub connection: Connection,
    pub account_id: i64,
    pub audience: Audience,
    pub segments: Vec<Segment>,
    pub install_key: [u8; 32],
}

/// Reads the rows that an export names.
pub(crate) async fn rows(store: &Store, export: &Export) -> Result<Rows> {
    let export = export.clone();
    store
        .read(move |conn| {
            let Some(connection) = export.connection else {
                return Err(Error::new(
                    Code::NoConsent,
                    format!(
                        "The export “{}” is detached from its connection, so nothing can be sent.",
                        export.name
                    ),
                )
                .help("Attach one with `segue export attach NAME --connection C`."));
            };
            let connection = store::connection::by_name_or_id(conn, &connection.to_string())?;
            Ok(Rows {
                account_id: store::connection::account(conn, connection.id)?,
                connection,
                audience: store::audience::by_name_or_id(conn, &export.audience.to_string())?,
                segments: export
                    .segments
                    .iter()
                    .map(|chosen| store::segment::by_name_or_id(conn, &chosen.segment.to_string()))
                    .collect::<Result<_>>()?,
                install_key: store::meta::install_key(conn)?,
            })
        })
        .await
}

/// The key of a connection.
pub(crate) fn key_of(keychain: &dyn Keychain, connection: &Connection) -> Result<secrecy::SecretString> {
    if connection.key_fingerprint.is_none() {
        return Err(Error::new(
            Code::NoConsent,
            format!(
                "The connection “{}” was imported: it has no API key yet, and nobody has agreed to send people there; nothing was sent.",
                connection.name
            ),
        )
        .help("Give it its key and agree to the data privacy statements: `segue connection set-key NAME --agree`."));
    }
    keychain.get(&connection.id.to_string())?.ok_or_else(|| {
        Error::new(Code::NoKeyStore, format!("The API key of “{}” is not in the key store.", connection.name))
            .help("Enter it again with `segue connection set-key`.")
    })
}

/// Opens the audience, asks the account for fields and lists, and checks that they fit the export.
pub(crate) async fn prepare(
    store: &Store,
    audiences: &dyn Audiences,
    account: &Account,
    export: Export,
    rows: Rows,
    new_lists: bool,
) -> Result<Prepared> {
    check_consent(&rows.connection)?;
    let name = rows.connection.name.clone();
    let destination = Arc::clone(&account.destination);
    let (source, mut fields, theirs, contacts) = tokio::try_join!(
        audiences.open(&rows.audience),
        async {
            let answer = account.call(&destination.fields(), |reply| destination.read_fields(reply)).await?;
            accepted(answer, &name, destination.name(), "its fields")
        },
        async {
            let answer = account.call(&destination.lists(), |reply| destination.read_lists(reply)).await?;
            accepted(answer, &name, destination.name(), "its lists")
        },
        async {
            if rows.connection.contract_size.is_none() {
                return Ok(None);
            }
            let answer =
                account.call(&destination.contacts(), |reply| destination.read_contacts(reply)).await?;
            accepted(answer, &name, destination.name(), "how many contacts it holds").map(Some)
        },
    )?;
    keep_survey(store, &rows.audience, source.as_ref()).await?;
    name_by_key(&export, &mut fields);
    check_matching(&export, source.as_ref(), &fields, destination.as_ref())?;
    let account_id = rows.account_id;
    let (ours, forgotten) = store
        .read(move |conn| Ok((store::list::all(conn, account_id)?, store::forgotten::all(conn)?)))
        .await?;
    let lists = choose(&export, rows.segments, &ours, &theirs, (new_lists, destination.as_ref()))?;
    let AudienceKind::Files(files) = &rows.audience.kind;
    Ok(Prepared {
        key: files.key.clone(),
        rules: lists.iter().map(|list| list.segment.rule.clone()).collect(),
        export,
        connection: rows.connection,
        account_id,
        source,
        fields,
        lists,
        contacts,
        fingerprints: Fingerprints::new(rows.install_key),
        forgotten,
        as_of: store.clock().now(),
    })
}

/// Keeps what was found in data that is not as it was, so that the next reading need not find it out
/// anew.
pub(crate) async fn keep_survey(store: &Store, audience: &Audience, source: &dyn Source) -> Result<()> {
    if source.survey().version == audience.survey.version {
        return Ok(());
    }
    let (id, survey, now) = (audience.id, Arc::clone(source.survey()), store.clock().now());
    store.write(move |tx| store::audience::update_survey(tx, id, &survey, now)).await
}

/// People on each chosen list of the account now, in the order of the export; 0 where there is none
/// yet. Asked while the people are read.
///
/// # Errors
/// As [`prepare`].
pub(crate) async fn list_sizes(account: &Account, prepared: &Prepared) -> Result<Vec<u64>> {
    let name = prepared.connection.name.as_str();
    // Owned, so that whoever waits for it may do so on any thread.
    let lists: Vec<Option<List>> = prepared.lists.iter().map(|list| list.theirs.clone()).collect();
    let sizes = lists.into_iter().map(|list| async move {
        match list {
            None => Ok(0),
            Some(List { members: Some(members), .. }) => Ok(members),
            Some(list) => roster_size(account, &list, name).await,
        }
    });
    futures::stream::iter(sizes).buffered(4).try_collect().await
}

/// People on a list of the account.
pub(crate) async fn roster_size(account: &Account, list: &List, name: &str) -> Result<u64> {
    let destination = &account.destination;
    let answer =
        account.call(&destination.roster(list, None), |reply| destination.read_roster(reply)).await?;
    Ok(accepted(answer, name, destination.name(), "the size of a list")?.total)
}

/// The value of an accepted answer, or the error that stops a run.
pub(crate) fn accepted<T>(answer: Answer<T>, connection: &str, product: &str, what: &str) -> Result<T> {
    match answer {
        Answer::Accepted(value) => Ok(value),
        Answer::Stop(stop) => Err(stopped(&stop, connection, product)),
        Answer::Missing { .. } => Err(Error::new(
            Code::ListGone,
            format!("A list that Segue fills is gone from the account of “{connection}”; nobody was sent."),
        )
        .help("Restore the list in the account, or choose another title for the segment.")),
        Answer::Refused { status, text } => Err(Error::new(
            Code::Destination,
            format!("The account of “{connection}” refused to tell {what} (HTTP {status}): {text}"),
        )),
        Answer::Unnamed | Answer::Wait(_) | Answer::Unknown { .. } => {
            Err(Error::new(Code::Unreachable, format!("The account of “{connection}” did not tell {what}."))
                .retryable())
        }
    }
}

pub(super) fn check_consent(connection: &Connection) -> Result<()> {
    let agreed = connection.consent.as_ref().is_some_and(|consent| consent.origin == connection.origin);
    if agreed {
        return Ok(());
    }
    Err(Error::new(
        Code::NoConsent,
        format!("Nobody has agreed to send people to “{}”, so nothing was sent.", connection.name),
    )
    .help("Read the data privacy statements and agree with `segue connection set-key NAME --agree`."))
}

/// A field may be named by its key too (cli.md, `--match`): then it stands for itself under that name.
fn name_by_key(export: &Export, fields: &mut Vec<AccountField>) {
    for Match { target, .. } in &export.matching {
        let Target::Standard(name) = target else { continue };
        if fields.iter().any(|field| field.target == *target) {
            continue;
        }
        let named = fields.iter().find(|field| field.key == *name);
        if let Some(field) = named.map(|field| AccountField { target: target.clone(), ..field.clone() }) {
            fields.push(field);
        }
    }
}

fn check_matching(
    export: &Export,
    source: &dyn Source,
    fields: &[AccountField],
    destination: &dyn Destination,
) -> Result<()> {
    check_columns(export, source)?;
    check_targets(export, destination)?;
    check_once(export, fields)?;
    let missing = export
        .matching
        .iter()
        .map(|matched| &matched.target)
        .find(|target| !target.is_email() && !fields.iter().any(|field| field.target == **target));
    let Some(target) = missing else { return Ok(()) };
    let help = if matches!(target, Target::Custom(_)) || destination.by_id().is_some() {
        "Make the field in the account first, or drop it with `segue export edit NAME --unmatch TARGET`."
    } else {
        "The standard fields are those of the user guide, such as FirstName, LastName and Company; others are custom:NAME."
    };
    Err(Error::new(Code::BadMatching, format!("The account has no field “{target}”; nothing was sent."))
        .help(help))
}

/// Checks that no field is matched twice, be it under two names.
fn check_once(export: &Export, fields: &[AccountField]) -> Result<()> {
    let mut seen: HashMap<&str, &Target> = HashMap::new();
    for field in fields.iter().filter(|field| export.matching.iter().any(|one| one.target == field.target)) {
        if let Some(other) = seen.insert(&field.key, &field.target) {
            return Err(Error::new(
                Code::BadMatching,
                format!(
                    "“{other}” and “{}” are the same field of the account; nothing was sent.",
                    field.target
                ),
            )
            .help("Drop one of them with `segue export edit NAME --unmatch TARGET`."));
        }
    }
    Ok(())
}

/// Checks that every column which the export names is there (T12).
pub(crate) fn check_columns(export: &Export, source: &dyn Source) -> Result<()> {
    for matched in &export.matching {
        check_column(source, &matched.column)?;
    }
    export.only_if.as_ref().map_or(Ok(()), |only_if| check_column(source, &only_if.column))
}

/// Checks that every target can be matched at all, before the account is asked (T13).
pub(crate) fn check_targets(export: &Export, destination: &dyn Destination) -> Result<()> {
    for Match { target, .. } in &export.matching {
        if !target.is_email()
            && let Some(why) = destination.unusable(target)
        {
            return Err(Error::new(Code::BadMatching, format!("“{target}” cannot be matched: {why}")));
        }
    }
    Ok(())
}

/// Checks that there is a column of this name.
pub(crate) fn check_column(source: &dyn Source, column: &str) -> Result<()> {
    let columns = &source.survey().columns;
    if columns.iter().any(|found| found.name == column) {
        return Ok(());
    }
    let names: Vec<&str> = columns.iter().map(|found| found.name.as_str()).take(30).collect();
    Err(Error::new(Code::BadMatching, format!("The audience has no column “{column}”; nothing was sent."))
        .help(format!("Its columns are: {}.", names.join(", "))))
}

fn choose(
    export: &Export,
    segments: Vec<Segment>,
    ours: &[store::list::List],
    theirs: &[List],
    (new_lists, destination): (bool, &dyn Destination),
) -> Result<Vec<ChosenList>> {
    let mut chosen: Vec<ChosenList> = Vec::with_capacity(segments.len());
    for (segment, choice) in segments.into_iter().zip(&export.segments) {
        let title = choice.title.as_deref().unwrap_or(&segment.name);
        // A list that makes itself is called what the first call says.
        let title = if destination.abilities().all_lists { title.trim() } else { title }.to_owned();
        let known = ours.iter().find(|list| list.segment == segment.id).cloned();
        let id = known.as_ref().and_then(|list| list.vendor_id.as_deref());
        let by_id = id.and_then(|id| theirs.iter().find(|list| list.id == id));
        let found = match (by_id, id) {
            (Some(list), _) => Some(list.clone()),
            (None, Some(_)) if !new_lists => {
                return Err(Error::new(
                    Code::ListGone,
                    format!("The list “{title}” is gone from the account; nobody was sent."),
                )
                .help(
                    "Restore it in the account, or have it made anew: `segue export run NAME --new-lists`.",
                ));
            }
            (None, _) => only_of_title(theirs, &title, destination)?,
        };
        if found.is_none()
            && let Some(why) = destination.unusable_title(&title)
        {
            return Err(Error::new(
                Code::ListTaken,
                format!("The list “{title}” cannot be made: {why} Nothing was sent."),
            )
            .help("Give the segment another title: `--segment SEGMENT=TITLE`."));
        }
        let taken = found.as_ref().and_then(|list| {
            let elsewhere = ours
                .iter()
                .any(|other| other.vendor_id.as_deref() == Some(&list.id) && other.segment != segment.id);
            let here =
                chosen.iter().any(|other| other.theirs.as_ref().is_some_and(|theirs| theirs.id == list.id));
            (elsewhere || here).then_some(())
        });
        let same_title = chosen.iter().any(|other| destination.same_title(&other.title, &title));
        if taken.is_some() || same_title {
            return Err(Error::new(
                Code::ListTaken,
                format!("The list “{title}” already belongs to another segment; nothing was sent."),
            )
            .help("Give this segment a list of its own: `--segment SEGMENT=TITLE`."));
        }
        chosen.push(ChosenList { segment, title, ours: known, theirs: found, members: 0 });
    }
    Ok(chosen)
}

/// The account's list of a title, if there is one; two cannot be told apart (A10).
fn only_of_title(theirs: &[List], title: &str, destination: &dyn Destination) -> Result<Option<List>> {
    let mut same = theirs.iter().filter(|list| destination.same_title(&list.title, title));
    let first = same.next().cloned();
    if same.next().is_none() {
        return Ok(first);
    }
    Err(Error::new(
        Code::ListTaken,
        format!("The account has several lists called “{title}”; nothing was sent."),
    )
    .help("Rename all but one in the account, or give the segment another title: `--segment SEGMENT=TITLE`."))
}
