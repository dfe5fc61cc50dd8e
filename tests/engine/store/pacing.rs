//! Leases and send stamps.

use segue_engine::clock::BootTime;
use segue_engine::model::{ExportId, RunId};
use segue_engine::store::lease::{self, Claim, Holder};
use segue_engine::store::stamp::{self, Stamp};
use segue_engine::store::{Store, audit};

use super::open;

fn holder() -> Holder {
    let pid = std::process::id();
    Holder {
        run: RunId::new(),
        export: ExportId::new(),
        pid,
        pid_started: lease::process_started(pid).unwrap_or_default(),
        boot: "boot".to_owned(),
    }
}

fn acquire(store: &Store, wish: &Holder, now_ms: i64) -> Claim {
    let wish = wish.clone();
    store.write_blocking(move |tx| lease::acquire(tx, 1, &wish, now_ms)).unwrap()
}

#[test]
fn one_run_of_an_account_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let (first, second) = (holder(), holder());
    assert_eq!(acquire(&store, &first, 1_000), Claim::Acquired);
    assert_eq!(acquire(&store, &second, 1_000), Claim::HeldBy(first.clone()));
    assert_eq!(acquire(&store, &first, 1_000), Claim::Acquired, "its own is no obstacle");
    let alive = |run| store.read_blocking(|conn| lease::is_alive(conn, run, "boot", 1_000)).unwrap();
    assert!(alive(first.run) && alive(second.run) && !alive(RunId::new()), "one has it, one waits");
    let (other, own) = (second.clone(), first.clone());
    store.write_blocking(move |tx| lease::release(tx, &other)).unwrap();
    assert_eq!(acquire(&store, &second, 1_000), Claim::HeldBy(first), "only the holder gives it back");
    store.write_blocking(move |tx| lease::release(tx, &own)).unwrap();
    assert_eq!(acquire(&store, &second, 1_000), Claim::Acquired);
}

#[test]
fn who_waits_stands_in_line_and_an_export_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let (first, second, third) = (holder(), holder(), holder());
    let again = Holder { run: RunId::new(), ..second.clone() };
    assert_eq!(acquire(&store, &first, 1_000), Claim::Acquired);
    assert_eq!(acquire(&store, &second, 1_000), Claim::HeldBy(first.clone()));
    assert_eq!(acquire(&store, &third, 1_000), Claim::HeldBy(first.clone()));
    assert_eq!(acquire(&store, &again, 1_000), Claim::HeldBy(second.clone()), "it waits already");
    store.write_blocking(move |tx| lease::release(tx, &first)).unwrap();
    assert_eq!(acquire(&store, &third, 1_000), Claim::HeldBy(second.clone()), "first come, first served");
    assert_eq!(acquire(&store, &second, 1_000), Claim::Acquired);
    let (old, other) = (second.clone(), RunId::new());
    assert!(store.write_blocking(move |tx| lease::becomes(tx, &old, other)).unwrap());
    let renamed = Holder { run: other, ..second };
    assert_eq!(acquire(&store, &third, 1_000), Claim::HeldBy(renamed.clone()));
    store.write_blocking(move |tx| lease::release(tx, &renamed)).unwrap();
    assert_eq!(acquire(&store, &third, 1_000), Claim::Acquired);
}

#[test]
fn a_lease_of_the_dead_is_free() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let now = 1_000_000;
    let mut stale = vec![
        (Holder { boot: "earlier".to_owned(), ..holder() }, now, "another boot"),
        (holder(), now - lease::STALE_AFTER_MS - 1, "no heartbeat"),
        (holder(), now + 1, "a heartbeat that is yet to come"),
    ];
    if cfg!(target_os = "linux") {
        // Above the largest number that Linux gives out.
        stale.push((Holder { pid: 4_194_305, ..holder() }, now, "no such process"));
        stale.push((
            Holder { pid_started: "1".to_owned(), ..holder() },
            now,
            "another process of that number",
        ));
    }
    for (dead, heartbeat, why) in stale {
        let wish = dead.clone();
        store
            .write_blocking(move |tx| {
                lease::acquire(tx, 1, &wish, heartbeat)?;
                Ok(())
            })
            .unwrap();
        let next = holder();
        assert_eq!(acquire(&store, &next, now), Claim::Acquired, "{why}");
        let (old, new) = (dead, next.clone());
        assert!(!store.write_blocking(move |tx| lease::heartbeat(tx, &old, now)).unwrap(), "{why}");
        assert!(store.write_blocking(move |tx| lease::heartbeat(tx, &new, now)).unwrap(), "{why}");
        store.write_blocking(move |tx| lease::release(tx, &next)).unwrap();
    }
}

#[test]
fn a_heartbeat_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let (first, second) = (holder(), holder());
    acquire(&store, &first, 0);
    let beating = first.clone();
    assert!(store.write_blocking(move |tx| lease::heartbeat(tx, &beating, 50_000)).unwrap());
    assert_eq!(acquire(&store, &second, 100_000), Claim::HeldBy(first));
}

#[test]
fn stamps_outlive_a_restart_and_not_a_boot() {
    let dir = tempfile::tempdir().unwrap();
    let now = |boot: &str, millis| BootTime { boot: boot.to_owned(), millis };
    let store = open(dir.path()).unwrap();
    store
        .write_blocking(|tx| {
            stamp::insert(tx, 1, "boot", 7, &[99_000, 99_900])?;
            stamp::insert(tx, 1, "boot", 8, &[100_050])?;
            stamp::insert(tx, 1, "boot", 8, &[1_000])?;
            stamp::insert(tx, 2, "boot", 7, &[99_950])?;
            stamp::insert(tx, 1, "earlier", 7, &[99_990])
        })
        .unwrap();
    drop(store);
    let store = open(dir.path()).unwrap();
    let recent = store.read_blocking(|conn| stamp::recent(conn, 1, &now("boot", 100_100), 1_000, 7)).unwrap();
    assert_eq!(recent, [Stamp { millis: 99_900, own: true }, Stamp { millis: 100_050, own: false }]);
    assert!(store.read_blocking(|conn| stamp::of_another_boot(conn, 1, "boot")).unwrap());
    let left = store
        .write_blocking(move |tx| {
            stamp::prune(tx, 1, &now("boot", 100_100))?;
            stamp::forget_other_boots(tx, 1, "boot")?;
            Ok(tx.query_row("SELECT count(*) FROM stamp", [], |row| row.get::<_, i64>(0))?)
        })
        .unwrap();
    assert_eq!(left, 4);
    assert!(!store.read_blocking(|conn| stamp::of_another_boot(conn, 1, "boot")).unwrap());
}

#[test]
fn the_audit_log_keeps_its_order() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let entry = |action: &str| audit::Entry {
        at: "2026-03-01T12:00:00.25Z".parse().unwrap(),
        actor: "anna".to_owned(),
        action: action.to_owned(),
        subject: "Spring".to_owned(),
        detail: String::new(),
    };
    let entries = [entry("export.add"), entry("export.rename"), entry("export.add")];
    let added = entries.clone();
    store.write_blocking(move |tx| added.iter().try_for_each(|entry| audit::append(tx, entry))).unwrap();
    assert_eq!(store.read_blocking(audit::all).unwrap(), entries);
}
