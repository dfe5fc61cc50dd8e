//! The refresh of everything, the exports that run with it, and those that cannot.

use segue_engine::model::{AudienceKind, Files, RefreshState, Run, SegmentRule, Status, Trigger};
use segue_engine::{Ended, Engine, ScheduleChange};

use super::{daily_at_eight, set};
use crate::hands::{Doer, Hands, daily, hours, minutes, own};
use crate::window::Place;

/// Two audiences with an export each, which run with the refresh.
async fn two_audiences() -> (Hands, Place, Engine) {
    let hands = Hands::at("2026-03-10T07:00:00Z");
    let place = Place::with_hands(3, &hands).await;
    let engine = place.engine();
    let files = Files { key: Some("CustomerId".to_owned()), ..Files::default() };
    engine.add_audience("Members", AudienceKind::Files(files)).await.unwrap();
    engine.add_segment("Members all", "Members", &SegmentRule::condition("true")).await.unwrap();
    place.export("Of customers").await;
    place.export_of("Of members", "Members", "Members all").await;
    (hands, place, engine)
}

fn runs(mut ended: Vec<Ended>) -> Vec<(String, Status, Trigger, bool)> {
    ended.sort_by(|one, other| one.name.cmp(&other.name));
    let told = |run: Run| (run.status, run.trigger, run.late);
    let runs = ended.into_iter().map(|one| {
        let (status, trigger, late) = told(one.run.unwrap());
        (one.name, status, trigger, late)
    });
    runs.collect()
}

fn with_refresh(name: &str, status: Status, late: bool) -> (String, Status, Trigger, bool) {
    (name.to_owned(), status, Trigger::SystemRefresh, late)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audience_that_cannot_be_read_stops_its_exports_only() {
    let (hands, place, engine) = two_audiences().await;
    place.customers.lose(Some("Members"));
    engine.ask_refresh().await.unwrap();
    engine.ask_refresh().await.unwrap();
    let ended = Doer::new(place.engine()).tick().await;
    let expected = [
        with_refresh("Of customers", Status::Successful, false),
        with_refresh("Of members", Status::Skipped, false),
    ];
    assert_eq!(runs(ended), expected);
    let skipped = engine.runs().await.unwrap().into_iter().find(|run| run.status == Status::Skipped).unwrap();
    assert!(skipped.reason.contains("not there any more"), "{}", skipped.reason);
    let refresh = engine.last_refresh().await.unwrap().unwrap();
    let states: Vec<_> = refresh.audiences.iter().map(|one| (one.name.as_str(), one.state)).collect();
    assert!(states.contains(&("Customers", RefreshState::Successful)), "{states:?}");
    assert!(states.contains(&("Members", RefreshState::Failed)), "{states:?}");
    assert_eq!((refresh.status(), refresh.due_at), (Status::CompletedWithErrors, None));
    assert!(Doer::new(place.engine()).tick().await.is_empty(), "two wishes are one refresh");

    place.customers.lose(None);
    let system = segue_engine::model::SystemSchedule { on: true, recurrence: Some(daily(&["06:00"], "UTC")) };
    engine.set_system_schedule(system).await.unwrap();
    hands.pass(hours(24 * 2));
    let ended = Doer::new(place.engine()).tick().await;
    let expected = ["Of customers", "Of members"].map(|name| with_refresh(name, Status::Successful, true));
    assert_eq!(runs(ended), expected, "of two missed times one, late");
    assert_eq!(
        engine.last_refresh().await.unwrap().unwrap().due_at.unwrap().to_string(),
        "2026-03-12T06:00:00Z"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_is_canceled_runs_nothing() {
    let (hands, place, engine) = two_audiences().await;
    for (nth, name) in ["Customers", "Members"].into_iter().enumerate() {
        let held = place.customers.hold(name).await;
        engine.ask_refresh().await.unwrap();
        let (doer, mut told) = Doer::telling(place.engine());
        let doing = tokio::spawn(async move { doer.tick().await });
        while told.recv().await.unwrap().audiences[nth].state != RefreshState::Reading {}
        engine.cancel_refresh().await.unwrap();
        drop(held);
        assert!(doing.await.unwrap().is_empty(), "canceled while {name} are read");
        let refresh = engine.last_refresh().await.unwrap().unwrap();
        assert_eq!((refresh.status(), refresh.finished_at.is_some()), (Status::Canceled, true));
        assert_eq!(refresh.audiences[1].state, RefreshState::Canceled);
        hands.pass(minutes(1));
    }
    assert!(engine.runs().await.unwrap().is_empty());
    // One that waits is gone without a word.
    engine.ask_refresh().await.unwrap();
    engine.cancel_refresh().await.unwrap();
    assert!(!engine.is_due().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_whose_process_died_is_done_again_and_each_export_runs_once() {
    let (hands, place, engine) = two_audiences().await;
    engine.ask_refresh().await.unwrap();
    assert_eq!(engine.take_due().await.unwrap().len(), 1);
    engine.ask_refresh().await.unwrap();
    assert!(Doer::new(place.engine()).tick().await.is_empty(), "it is under way, and joined");
    place.die().await;
    let ended = Doer::new(place.engine()).tick().await;
    let expected = ["Of customers", "Of members"].map(|name| with_refresh(name, Status::Successful, true));
    assert_eq!(runs(ended), expected);
    // After its end its exports died as well: each goes on, and none twice.
    hands.pass(minutes(1));
    engine.ask_refresh().await.unwrap();
    let due = engine.take_due().await.unwrap();
    let (doer, cancel) = (Doer::new(place.engine()), tokio_util::sync::CancellationToken::new());
    assert!(engine.carry_out(due, &doer, &cancel).await.unwrap().is_empty());
    assert_eq!(engine.take_due().await.unwrap().len(), 2);
    place.die().await;
    assert_eq!(Doer::new(place.engine()).tick().await.len(), 2);
    assert_eq!(engine.runs().await.unwrap().len(), 4);
    assert!(!engine.is_due().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_cannot_begin_stands_in_the_history() {
    let (hands, place, engine, id) = daily_at_eight().await;
    hands.pass(hours(1));
    let told = |ended: Vec<Ended>| {
        let run = ended.into_iter().next().unwrap().run.unwrap();
        (run.status, run.trigger, run.late, run.reason)
    };
    let (status, trigger, late, _) = told(Doer::new(place.engine()).tick().await);
    assert_eq!((status, trigger, late), (Status::Successful, Trigger::Schedule, false));

    place.customers.lose(Some("Customers"));
    hands.pass(hours(12));
    let (status, trigger, late, reason) = told(Doer::new(place.engine()).tick().await);
    assert_eq!((status, trigger, late), (Status::Failed, Trigger::Schedule, false));
    assert!(reason.contains("not there any more"), "{reason}");
    place.customers.lose(None);

    let connection = engine.connection("Newsletter").await.unwrap();
    let key =
        segue_engine::keychain::Keychain::get(place.keychain.as_ref(), &connection.id.to_string()).unwrap();
    segue_engine::keychain::Keychain::delete(place.keychain.as_ref(), &connection.id.to_string()).unwrap();
    hands.pass(hours(24));
    let (status, trigger, late, reason) = told(Doer::new(place.engine()).tick().await);
    assert_eq!((status, trigger, late), (Status::Failed, Trigger::Schedule, true));
    assert!(reason.contains("key"), "{reason}");
    segue_engine::keychain::Keychain::set(place.keychain.as_ref(), &connection.id.to_string(), &key.unwrap())
        .unwrap();

    engine.detach_export(&id.to_string()).await.unwrap();
    hands.pass(hours(24));
    let (status, trigger, late, _) = told(Doer::new(place.engine()).tick().await);
    assert_eq!((status, trigger, late), (Status::Failed, Trigger::Schedule, true));
    assert_eq!(engine.runs().await.unwrap().len(), 4);
    assert!(!engine.is_due().await.unwrap(), "each is over");
    set(&engine, id, ScheduleChange::Set(own(daily(&["09:00"], "UTC")))).await;
    engine.attach_export(&id.to_string(), "Newsletter").await.unwrap();
    hands.pass(hours(24));
    assert_eq!(told(Doer::new(place.engine()).tick().await).0, Status::Successful);
}
