//! Two look at the same moment what is due, as a window and `segue tick` do: one has it.

use segue_engine::ScheduleChange;
use segue_engine::clock::Clock as _;
use segue_engine::model::{Status, SystemSchedule};
use serde_json::{Value, json};

use crate::hands::{Chance, Doer, Hands, daily, minutes, own};
use crate::window::Place;

const ROUNDS: usize = 50;

/// Two exports by their own schedule and one with the refresh, every six hours.
async fn place(hands: &Hands) -> Place {
    let place = Place::with_hands(2, hands).await;
    let engine = place.engine();
    let often = daily(&["00:00", "06:00", "12:00", "18:00"], "Europe/Stockholm");
    let ids = [place.export("One").await, place.export("Other").await].map(|id| id.to_string());
    engine.set_export_schedules(&ids, ScheduleChange::Set(own(often.clone()))).await.unwrap();
    place.export("Third").await;
    engine.set_system_schedule(SystemSchedule { on: true, recurrence: Some(often) }).await.unwrap();
    place
}

/// Each of the three ran once in each round, and well.
async fn each_once(place: &Place, rounds: usize) {
    let runs = place.engine().runs().await.unwrap();
    assert!(runs.iter().all(|run| run.status == Status::Successful), "{runs:?}");
    for name in ["One", "Other", "Third"] {
        assert_eq!(runs.iter().filter(|run| run.export == name).count(), rounds, "{name}");
    }
    let store = place.store();
    let twice = store.read(|conn| {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM run GROUP BY export_id, due_at HAVING count(*) > 1)";
        Ok(conn.query_row(sql, [], |row| row.get::<_, i64>(0))?)
    });
    assert_eq!(twice.await.unwrap(), 0, "runs of one due time");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_runs_what_is_due() {
    let hands = Hands::at("2026-03-26T04:00:00Z");
    let place = place(&hands).await;
    let doers = [Doer::new(place.engine()), Doer::new(place.engine())];
    for round in 1..=ROUNDS {
        hands.pass_to(doers[0].engine.next_times().await.unwrap().system.unwrap());
        let (one, other) = tokio::join!(doers[0].tick(), doers[1].tick());
        // Whoever came too late may have ended before the other had all.
        let rest = doers[0].tick().await;
        assert_eq!(one.len() + other.len() + rest.len(), 3, "round {round}");
    }
    each_once(&place, ROUNDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_window_and_a_tick_one_runs_what_is_due() {
    let hands = Hands::at("2026-03-26T04:00:00Z");
    let place = place(&hands).await;
    let mut window = place.window().await;
    let (doer, mut chance) = (Doer::new(place.engine()), Chance::new(50));
    for round in 1..=ROUNDS {
        hands.pass_to(doer.engine.next_times().await.unwrap().system.unwrap());
        for _ in 0..chance.below(8) {
            tokio::task::yield_now().await;
        }
        doer.tick().await;
        loop {
            let runs = window.ask("run_list", json!({ "part": { "offset": 0, "limit": 3 } })).await;
            let over = |run: &Value| !run["finished_at"].is_null();
            if runs["total"] == 3 * round && runs["rows"].as_array().unwrap().iter().all(over) {
                break;
            }
        }
    }
    hands.pass(minutes(1));
    assert!(hands.now() > "2026-04-06T00:00:00Z".parse().unwrap(), "over the switch of the clocks");
    window.close().await;
    each_once(&place, ROUNDS).await;
}
