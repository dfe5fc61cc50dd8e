//! Audiences, segments, connections, exports and lists, and what keeps them from each other's names.

use jiff::Timestamp;
use segue_engine::error::{Code, Error};
use segue_engine::model::{
    Audience, AudienceId, AudienceKind, Blank, Connection, ConnectionId, Consent, Export, ExportId,
    ExportSegment, Files, LeaverPolicy, Match, Membership, OnlyIf, Product, Segment, SegmentCount, SegmentId,
    SegmentRule, Survey, Target, Unfit,
};
use segue_engine::store::list::{self, NewList};
use segue_engine::store::segment_count::{self, Known};
use segue_engine::store::{Store, audience, connection, export, segment};

use super::open;

fn now() -> Timestamp {
    "2026-03-01T12:00:00.123456789Z".parse().unwrap()
}

struct Objects {
    audience: Audience,
    segment: Segment,
    connection: Connection,
    export: Export,
    account: i64,
}

/// One of each, stored.
fn stored(store: &Store) -> Objects {
    let audience = Audience {
        id: AudienceId::new(),
        name: "Customers".to_owned(),
        kind: AudienceKind::Files(Files { paths: vec!["/tmp/å b.csv".to_owned()], ..Files::default() }),
        survey: Survey { version: "1".to_owned(), rows: 7, ..Survey::default() },
        created_at: now(),
        refreshed_at: now(),
    };
    let segment = Segment {
        id: SegmentId::new(),
        name: "Adults".to_owned(),
        audience: audience.id,
        rule: SegmentRule::condition("Age >= 18"),
        created_at: now(),
    };
    let consent = Consent {
        given_at: now(),
        given_by: "anna".to_owned(),
        statements: "1".to_owned(),
        origin: "https://a".to_owned(),
    };
    let connection = Connection {
        id: ConnectionId::new(),
        name: "Autopilot".to_owned(),
        product: Product::Autopilot,
        origin: "https://a".to_owned(),
        rate: 4,
        contract_size: Some(10_000),
        key_fingerprint: Some("f1".to_owned()),
        consent: Some(consent),
        export_user: "anna on LAPTOP-7".to_owned(),
        membership: Membership::Unknown,
        created_at: now(),
    };
    let email = Match {
        target: Target::from(Target::EMAIL.to_owned()),
        column: "E-post".to_owned(),
        blank: Blank::Skip,
        unfit: Unfit::Invalid,
    };
    let export = Export {
        id: ExportId::new(),
        name: "Spring".to_owned(),
        connection: Some(connection.id),
        audience: audience.id,
        matching: vec![email],
        segments: vec![ExportSegment { segment: segment.id, title: Some("Våren".to_owned()) }],
        only_if: Some(OnlyIf { column: "Consent".to_owned(), value: "yes".to_owned() }),
        leavers: LeaverPolicy::Keep,
        limit: Export::LIMIT,
        max_loss: Export::MAX_LOSS,
        created_at: now(),
        schedule: segue_engine::model::Schedule::with_refresh(),
    };
    let rows = (audience.clone(), segment.clone(), connection.clone(), export.clone());
    let account = store
        .write_blocking(move |tx| {
            let (audience, segment, connection, export) = rows;
            audience::insert(tx, &audience)?;
            segment::insert(tx, &segment)?;
            let account = connection::insert(tx, &connection)?;
            export::insert(tx, &export)?;
            Ok(account)
        })
        .unwrap();
    Objects { audience, segment, connection, export, account }
}

fn fails(
    store: &Store,
    write: impl FnOnce(&rusqlite::Transaction<'_>) -> segue_engine::error::Result<()> + Send + 'static,
) -> Error {
    store.write_blocking(write).unwrap_err()
}

#[test]
fn each_comes_back_as_it_was_stored() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let objects = stored(&store);
    store
        .read_blocking(|conn| {
            let found = audience::by_name_or_id(conn, "Customers")?;
            assert_eq!(
                (found.id, found.kind, found.survey),
                (objects.audience.id, objects.audience.kind, objects.audience.survey)
            );
            assert_eq!(found.refreshed_at, now());
            assert_eq!(audience::all(conn)?.len(), 1);
            assert_eq!(segment::by_name_or_id(conn, &objects.segment.id.to_string())?, objects.segment);
            assert_eq!(segment::all(conn)?, std::slice::from_ref(&objects.segment));
            assert_eq!(connection::by_name_or_id(conn, "Autopilot")?, objects.connection);
            assert_eq!(connection::all(conn)?, std::slice::from_ref(&objects.connection));
            assert_eq!(connection::account(conn, objects.connection.id)?, objects.account);
            assert_eq!(export::by_name_or_id(conn, "Spring")?, objects.export);
            assert_eq!(export::all(conn)?, std::slice::from_ref(&objects.export));
            assert_eq!(
                segment::by_name_or_id(conn, "adults").unwrap_err().code,
                Code::NotFound,
                "names are exact"
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn names_and_keys_are_taken_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let Objects { audience, segment, connection, export, .. } = stored(&store);
    let taken = [
        fails(&store, move |tx| audience::insert(tx, &Audience { id: AudienceId::new(), ..audience })),
        fails(&store, move |tx| segment::insert(tx, &Segment { id: SegmentId::new(), ..segment })),
        fails(&store, move |tx| export::insert(tx, &Export { id: ExportId::new(), ..export })),
    ];
    assert!(taken.iter().all(|error| error.code == Code::NameTaken && error.message.contains("already")));
    let same_key = Connection { id: ConnectionId::new(), name: "Second".to_owned(), ..connection };
    let error = fails(&store, move |tx| connection::insert(tx, &same_key).map(drop));
    assert_eq!(error.code, Code::NameTaken);
    assert!(error.message.contains("This key already belongs to connection “Autopilot”"));
}

#[test]
fn connections_without_a_key_stand_side_by_side_until_they_get_theirs() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let connection = stored(&store).connection;
    let waiting = |name: &str| Connection {
        id: ConnectionId::new(),
        name: name.to_owned(),
        key_fingerprint: None,
        consent: None,
        ..connection.clone()
    };
    let (one, two) = (waiting("One"), waiting("Two"));
    let (first, second) = (one.clone(), two.clone());
    store
        .write_blocking(move |tx| {
            connection::insert(tx, &first)?;
            connection::insert(tx, &second)
        })
        .unwrap();
    for waits in [&one, &two] {
        let found = store.read_blocking(|conn| connection::by_name_or_id(conn, &waits.name)).unwrap();
        assert_eq!(&found, waits);
    }
    let taken = Connection { key_fingerprint: Some("f1".to_owned()), ..one.clone() };
    let error = fails(&store, move |tx| connection::update(tx, &taken));
    assert_eq!(error.code, Code::NameTaken, "a key is one connection's");
    let gets = Connection { key_fingerprint: Some("f2".to_owned()), ..one };
    let update = gets.clone();
    store.write_blocking(move |tx| connection::update(tx, &update)).unwrap();
    assert_eq!(store.read_blocking(|conn| connection::by_name_or_id(conn, "One")).unwrap(), gets);
}

#[test]
fn what_is_in_use_stays_and_names_its_users() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let Objects { audience, segment, connection, export, .. } = stored(&store);
    let (a, s, c) = (audience.clone(), segment.clone(), connection.clone());
    for (error, users) in [
        (fails(&store, move |tx| audience::delete(tx, &a)), "segment “Adults” and export “Spring”"),
        (fails(&store, move |tx| segment::delete(tx, &s)), "export “Spring”"),
        (fails(&store, move |tx| connection::delete(tx, &c)), "export “Spring”"),
    ] {
        assert_eq!(error.code, Code::InUse);
        assert!(error.message.contains(users), "{}", error.message);
    }
    store
        .write_blocking(move |tx| {
            export::update(tx, &Export { connection: None, ..export.clone() })?;
            connection::delete(tx, &connection)?;
            export::delete(tx, export.id)?;
            segment::delete(tx, &segment)?;
            audience::delete(tx, &audience)
        })
        .unwrap();
    assert!(store.read_blocking(audience::all).unwrap().is_empty());
}

#[test]
fn changes_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let Objects { segment, connection, export, account, .. } = stored(&store);
    let renamed = Connection { name: "Mail".to_owned(), rate: 0, contract_size: None, ..connection.clone() };
    let edited =
        Segment { name: "Grown-ups".to_owned(), rule: SegmentRule::json("{\"rowsets\": []}"), ..segment };
    let (new_connection, new_segment) = (renamed.clone(), edited.clone());
    let renewed = store
        .write_blocking(move |tx| {
            connection::update(tx, &new_connection)?;
            connection::set_membership(tx, new_connection.id, Membership::Bulk)?;
            assert_eq!(connection::membership(tx, new_connection.id)?, Membership::Bulk);
            segment::update(tx, &new_segment)?;
            export::rename(tx, &export, "Summer")?;
            connection::renew_account(tx, new_connection.id, now())
        })
        .unwrap();
    assert_ne!(renewed, account);
    store
        .read_blocking(|conn| {
            assert_eq!(connection::by_name_or_id(conn, "Mail")?, Connection { consent: None, ..renamed });
            assert_eq!(connection::account(conn, connection.id)?, renewed);
            assert_eq!(segment::by_name_or_id(conn, "Grown-ups")?, edited);
            assert_eq!(export::by_name_or_id(conn, "Summer")?.segments.len(), 1);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_row_edited_by_hand_refuses_that_object_only() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let Objects { segment, .. } = stored(&store);
    let other = Segment { id: SegmentId::new(), name: "Others".to_owned(), ..segment };
    store
        .write_blocking(move |tx| {
            segment::insert(tx, &other)?;
            Ok(tx.execute("UPDATE segment SET created_at = 'yesterday' WHERE name = 'Adults'", [])?)
        })
        .unwrap();
    let names: Vec<String> =
        store.read_blocking(segment::all).unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Others"]);
    let error = store.read_blocking(|conn| segment::by_name_or_id(conn, "Adults")).unwrap_err();
    assert_eq!(error.code, Code::Database);
}

#[test]
fn a_list_belongs_to_one_segment() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let Objects { segment, account, .. } = stored(&store);
    let new = NewList {
        account,
        segment: segment.id,
        vendor_id: Some("contactlist_1".to_owned()),
        title: "Adults".to_owned(),
        made_by_us: true,
        created_at: now(),
    };
    let first = new.clone();
    let made = store.write_blocking(move |tx| list::insert(tx, &first)).unwrap();
    let same_list = NewList { segment: SegmentId::new(), ..new.clone() };
    let error = fails(&store, move |tx| list::insert(tx, &same_list).map(drop));
    assert_eq!(error.code, Code::ListTaken);
    assert!(error.message.contains("segment “Adults”"), "{}", error.message);
    let same_segment = NewList { vendor_id: Some("contactlist_2".to_owned()), ..new };
    assert_eq!(fails(&store, move |tx| list::insert(tx, &same_segment).map(drop)).code, Code::ListTaken);
    let old = made.clone();
    store.write_blocking(move |tx| list::replace(tx, &old, "contactlist_9", "Adults", false)).unwrap();
    store
        .read_blocking(|conn| {
            let found = list::by_segment(conn, account, segment.id)?.unwrap();
            assert_eq!((found.id, found.vendor_id.as_deref()), (made.id, Some("contactlist_9")));
            assert!(list::by_vendor_id(conn, account, "contactlist_1")?.is_none());
            assert_eq!(list::all(conn, account)?, [found]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_count_goes_with_its_segment() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let objects = stored(&store);
    let count = SegmentCount { members: 3, not_in_audience: Some(1), counted_at: now() };
    let known = Known {
        segment: objects.segment.id,
        rule: objects.segment.rule.clone(),
        version: [9; 32],
        dated: true,
        count,
    };
    let put = |known: &Known| {
        let known = known.clone();
        store.write_blocking(move |tx| segment_count::put(tx, &known)).unwrap();
    };
    put(&known);
    let again = Known { count: SegmentCount { members: 4, not_in_audience: None, ..count }, ..known.clone() };
    put(&again);
    put(&Known { segment: SegmentId::new(), ..known });
    let all = || store.read_blocking(segment_count::all).unwrap();
    assert_eq!(all().into_values().collect::<Vec<_>>(), [again], "the last of those that are there");
    let (export, removed) = (objects.export.id, objects.segment);
    store
        .write_blocking(move |tx| {
            export::delete(tx, export)?;
            segment::delete(tx, &removed)
        })
        .unwrap();
    assert!(all().is_empty());
}
