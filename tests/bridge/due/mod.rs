//! What is due comes once, whatever the clock, the processes and the schedules do meanwhile.

mod refresh;

use segue_engine::clock::Clock as _;
use segue_engine::model::{ExportId, RunId, ScheduleMode, Status, Trigger};
use segue_engine::store::lease::{self, Holder};
use segue_engine::{Engine, ScheduleChange};

use crate::hands::{Doer, Hands, daily, hours, minutes, own};
use crate::window::Place;

/// An hour before the export Daily comes due, every day at 08:00 and 20:00 UTC.
async fn daily_at_eight() -> (Hands, Place, Engine, ExportId) {
    let hands = Hands::at("2026-03-10T07:00:00Z");
    let place = Place::with_hands(3, &hands).await;
    let (engine, id) = (place.engine(), place.export("Daily").await);
    set(&engine, id, ScheduleChange::Set(own(daily(&["08:00", "20:00"], "UTC")))).await;
    (hands, place, engine, id)
}

async fn set(engine: &Engine, id: ExportId, change: ScheduleChange) {
    engine.set_export_schedules(&[id.to_string()], change).await.unwrap();
}

/// What is due now, and whether it is late.
async fn due(engine: &Engine) -> Vec<(String, bool)> {
    let due = engine.take_due().await.unwrap();
    due.into_iter().map(|due| (due.at.to_string(), due.late)).collect()
}

fn at(moment: &str) -> Vec<(String, bool)> {
    vec![(moment.to_owned(), false)]
}

fn late(moment: &str) -> Vec<(String, bool)> {
    vec![(moment.to_owned(), true)]
}

/// Whoever has something is done with it.
async fn done(place: &Place) {
    let store = place.store();
    let done = store.write(|tx| {
        tx.execute("UPDATE due SET state = 'done' WHERE state = 'taken'", [])?;
        Ok(())
    });
    done.await.unwrap();
}

fn nothing() -> Vec<(String, bool)> {
    Vec::new()
}

/// A run of the export that this process has under way, by a clock that somebody moved.
struct Running<'a>(&'a Place, &'a Hands, Holder);

impl<'a> Running<'a> {
    async fn begin(place: &'a Place, hands: &'a Hands, export: ExportId) -> Self {
        let pid = std::process::id();
        let pid_started = lease::process_started(pid).unwrap_or_default();
        let holder = Holder { run: RunId::new(), export, pid, pid_started, boot: hands.boot_time().boot };
        let running = Self(place, hands, holder);
        running.beat().await;
        running
    }

    async fn beat(&self) {
        let (holder, now) = (self.2.clone(), self.1.boot_time().millis);
        self.0.store().write(move |tx| lease::acquire(tx, 1, &holder, now)).await.unwrap();
    }

    async fn end(self) {
        self.0.store().write(move |tx| lease::release(tx, &self.2)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_due_time_comes_once() {
    let (hands, place, engine, _) = daily_at_eight().await;
    assert_eq!(due(&engine).await, nothing(), "the first look");
    hands.pass(minutes(59));
    assert_eq!(due(&engine).await, nothing());
    hands.pass(minutes(1));
    assert_eq!(due(&engine).await, at("2026-03-10T08:00:00Z"));
    assert_eq!(due(&engine).await, nothing(), "it is taken");
    assert_eq!(due(&place.engine()).await, nothing(), "also for others");
    done(&place).await;
    assert_eq!(due(&engine).await, nothing());
    hands.pass(hours(12));
    let (one, other) = (place.engine(), place.engine());
    let (mut one, other) = tokio::join!(due(&one), due(&other));
    one.extend(other);
    assert_eq!(one, at("2026-03-10T20:00:00Z"), "two look at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn times_that_were_missed_are_one_and_late() {
    let (hands, place, engine, _) = daily_at_eight().await;
    hands.pass(minutes(61));
    assert_eq!(due(&engine).await, at("2026-03-10T08:00:00Z"), "a minute is not late");
    done(&place).await;
    hands.pass(hours(12) + minutes(2));
    assert_eq!(due(&engine).await, late("2026-03-10T20:00:00Z"), "three are");
    done(&place).await;
    hands.pass(hours(24 * 3));
    assert_eq!(due(&engine).await, late("2026-03-13T20:00:00Z"), "of six the last");
    done(&place).await;
    assert_eq!(due(&engine).await, nothing());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_process_took_and_left_comes_again() {
    let (hands, place, engine, id) = daily_at_eight().await;
    hands.pass(hours(1));
    assert_eq!(due(&engine).await, at("2026-03-10T08:00:00Z"));
    place.die().await;
    assert!(engine.is_due().await.unwrap());
    assert_eq!(due(&engine).await, late("2026-03-10T08:00:00Z"));
    place.die().await;
    let ended = Doer::new(place.engine()).tick().await;
    let run = ended[0].run.as_ref().unwrap();
    assert_eq!(
        (ended.len(), run.status, run.trigger, run.late),
        (1, Status::Successful, Trigger::Schedule, true)
    );
    // It died between the end of the run and saying so.
    let store = place.store();
    let left = store.write(|tx| {
        tx.execute("UPDATE due SET state = 'taken', boot = 'another'", [])?;
        Ok(())
    });
    left.await.unwrap();
    assert!(Doer::new(place.engine()).tick().await.is_empty());
    assert!(!engine.is_due().await.unwrap());
    assert_eq!(engine.runs().await.unwrap().len(), 1);
    assert_eq!(engine.runs().await.unwrap()[0].export_id, id);
}

#[tokio::test(flavor = "multi_thread")]
async fn times_that_come_due_meanwhile_are_one_run_afterwards() {
    let (hands, place, engine, id) = daily_at_eight().await;
    let running = Running::begin(&place, &hands, id).await;
    for _ in 0..2 {
        hands.pass(hours(12));
        running.beat().await;
        assert_eq!(due(&engine).await, nothing());
        assert!(engine.pending_exports().await.unwrap().contains(&id));
    }
    running.end().await;
    assert_eq!(due(&engine).await, late("2026-03-10T20:00:00Z"));
    assert!(engine.pending_exports().await.unwrap().is_empty());
    // One that another was quicker than goes into the one that came since.
    hands.pass_to("2026-03-11T08:00:00Z".parse().unwrap());
    assert_eq!(due(&engine).await, nothing(), "the one before is under way");
    let store = place.store();
    let back = store.write(|tx| {
        let taken = segue_engine::store::due::open(tx)?.into_iter().find(|open| open.taken.is_some());
        segue_engine::store::due::give_back(tx, taken.unwrap().due.no)
    });
    back.await.unwrap();
    assert_eq!(due(&engine).await, late("2026-03-11T08:00:00Z"));
    done(&place).await;
    assert_eq!(due(&engine).await, nothing());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_schedule_wants_nothing_of_what_waits() {
    let (hands, place, engine, id) = daily_at_eight().await;
    let changes = [
        ScheduleChange::Off,
        ScheduleChange::Keep,
        ScheduleChange::Set(own(daily(&["08:00", "20:00", "21:00"], "UTC"))),
    ];
    for (day, change) in changes.into_iter().enumerate() {
        hands.pass_to(format!("2026-03-1{}T07:30:00Z", day + 1).parse().unwrap());
        due(&engine).await;
        done(&place).await;
        let running = Running::begin(&place, &hands, id).await;
        hands.pass(minutes(31));
        running.beat().await;
        assert_eq!(due(&engine).await, nothing());
        set(&engine, id, change).await;
        running.end().await;
        assert_eq!(due(&engine).await, nothing(), "day {day}");
    }
    hands.pass_to("2026-03-13T21:00:00Z".parse().unwrap());
    assert_eq!(due(&engine).await, late("2026-03-13T21:00:00Z"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_drops_what_waits_and_what_passes() {
    let (hands, place, engine, id) = daily_at_eight().await;
    let running = Running::begin(&place, &hands, id).await;
    hands.pass(hours(1));
    running.beat().await;
    assert_eq!(due(&engine).await, nothing());
    engine.pause_schedules(true).await.unwrap();
    running.end().await;
    hands.pass(hours(50));
    assert_eq!(due(&engine).await, nothing());
    assert!(engine.next_times().await.unwrap().exports.is_empty());
    engine.pause_schedules(false).await.unwrap();
    assert_eq!(due(&engine).await, nothing());
    hands.pass_to("2026-03-12T20:00:00Z".parse().unwrap());
    assert_eq!(due(&engine).await, at("2026-03-12T20:00:00Z"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_removed_is_not_run() {
    let (hands, place, engine, id) = daily_at_eight().await;
    let running = Running::begin(&place, &hands, id).await;
    hands.pass(hours(1));
    running.beat().await;
    assert_eq!(due(&engine).await, nothing());
    engine.remove_export(&id.to_string()).await.unwrap();
    running.end().await;
    assert!(Doer::new(place.engine()).tick().await.is_empty());
    assert!(!engine.is_due().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_doubles_nothing() {
    for back in [hours(1), hours(24 * 3652)] {
        let (hands, place, engine, _) = daily_at_eight().await;
        hands.pass(minutes(61));
        assert_eq!(due(&engine).await, at("2026-03-10T08:00:00Z"));
        done(&place).await;
        hands.set(-back);
        assert_eq!(due(&engine).await, nothing(), "{back:#}");
        hands.pass(hours(1));
        if back == hours(1) {
            assert_eq!(due(&engine).await, nothing(), "08:00 has been");
        } else {
            // Nobody can know better than the clock.
            assert_eq!(due(&engine).await, nothing());
            hands.pass(hours(12));
            assert_eq!(due(&engine).await.len(), 1);
            done(&place).await;
            hands.pass(-hours(12));
        }
        hands.set(back);
        due(&engine).await;
        done(&place).await;
        hands.pass_to("2026-03-10T20:00:00Z".parse().unwrap());
        assert_eq!(due(&engine).await, at("2026-03-10T20:00:00Z"), "{back:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_ahead_loses_nothing() {
    for ahead in [hours(1), hours(24 * 3652)] {
        let (hands, place, engine, _) = daily_at_eight().await;
        hands.pass(minutes(61));
        assert_eq!(due(&engine).await, at("2026-03-10T08:00:00Z"));
        done(&place).await;
        hands.set(ahead);
        let early = due(&engine).await;
        assert_eq!(early.len(), usize::from(ahead > hours(12)), "{early:?}");
        done(&place).await;
        hands.set(-ahead);
        assert_eq!(due(&engine).await, nothing());
        for next in ["2026-03-10T20:00:00Z", "2026-03-11T08:00:00Z"] {
            hands.pass_to(next.parse().unwrap());
            assert_eq!(due(&engine).await, at(next), "{ahead:#}");
            done(&place).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn schedules_go_along_with_a_configuration() {
    let (hands, place, engine, id) = daily_at_eight().await;
    let new = place.export("New").await;
    let copy = engine.duplicate_export("Daily", "Copy").await.unwrap();
    let mode =
        |export: &segue_engine::model::Export| (export.schedule.mode, export.schedule.recurrence.is_some());
    assert_eq!(mode(&engine.export(&new.to_string()).await.unwrap()), (ScheduleMode::System, false));
    assert_eq!(mode(&copy), (ScheduleMode::Off, true), "it runs when somebody runs it");
    set(&engine, id, ScheduleChange::Off).await;
    set(&engine, id, ScheduleChange::Keep).await;
    let refresh =
        segue_engine::model::SystemSchedule { on: true, recurrence: Some(daily(&["06:00"], "Asia/Kolkata")) };
    engine.set_system_schedule(refresh.clone()).await.unwrap();
    let file = place.folder.path().join("configuration.json");
    engine.export_configuration(&file).await.unwrap();

    let other = Place::with_hands(3, &hands).await;
    let other = Engine::open(
        &other.folder.path().join("other"),
        std::sync::Arc::new(other.customers.clone()),
        other.keychain.clone(),
        std::sync::Arc::new(hands.clone()),
    )
    .unwrap();
    other.import_configuration(&file).await.unwrap();
    assert_eq!(other.system_schedule().await.unwrap(), refresh);
    for name in ["Daily", "New", "Copy"] {
        let (one, same) = (engine.export(name).await.unwrap(), other.export(name).await.unwrap());
        assert_eq!(one.schedule, same.schedule, "{name}");
    }
    assert_eq!(due(&other).await, nothing(), "times before the import do not count");
}
