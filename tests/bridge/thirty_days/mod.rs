//! Thirty days of schedules as shipped, in virtual time: four zones with three switches of their clocks, sleeps,
//! deaths, clocks that are set wrong and right again, a network that is lost, pauses. Afterwards the history is
//! held against a model of its own.

#![allow(clippy::print_stdout, reason = "shown where the test fails")]

mod check;
mod model;

use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use segue_engine::ScheduleChange;
use segue_engine::clock::Clock as _;
use segue_engine::model::{Day, Every, ExportId, Progress, Recurrence, SystemSchedule};
use segue_engine::run::Observer;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

use self::model::{Book, times};
use crate::hands::{Chance, Doer, Hands, daily, hours, minutes, own};
use crate::window::Place;

const FROM: &str = "2026-03-07T00:00:00Z";
const TO: &str = "2026-04-06T00:00:00Z";

struct Told(UnboundedSender<()>);

impl Observer for Told {
    fn on(&self, _: &Progress) {
        self.0.send(()).ok();
    }
}

/// What happened, for whoever reads a failure.
#[derive(Debug, Default)]
struct Happened {
    looks: u32,
    sleeps: u32,
    deaths: u32,
    jumps: u32,
    pauses: u32,
    outages: u32,
}

struct Month {
    hands: Hands,
    place: Place,
    main: Runtime,
    chance: Chance,
    own: Vec<(ExportId, Book)>,
    system: Book,
    with_refresh: Vec<ExportId>,
    happened: Happened,
}

impl Month {
    fn new(seed: u64) -> Self {
        let hands = Hands::at(FROM);
        let main = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (from, to): (Timestamp, Timestamp) = (FROM.parse().unwrap(), TO.parse().unwrap());
        let new_york = Recurrence {
            every: Every::Week,
            on: vec![Day::Mon, Day::Wed, Day::Sat, Day::Sun],
            ..daily(&["02:15", "18:00"], "America/New_York")
        };
        let recurrences = [
            daily(&["02:30", "08:00"], "Europe/Stockholm"),
            new_york,
            daily(&["01:45", "12:00", "23:59"], "Australia/Lord_Howe"),
        ];
        let refresh = daily(&["06:00", "18:30"], "Asia/Kolkata");
        let books =
            |recurrence| Book::new(times(recurrence, from - hours(24 * 40), to + hours(24 * 40)), from);
        let (place, own, with_refresh) = main.block_on(async {
            let place = Place::with_hands(5, &hands).await;
            let engine = place.engine();
            let mut exports = Vec::new();
            for (nth, recurrence) in recurrences.iter().enumerate() {
                let id = place.export(&format!("Own {nth}")).await;
                let change = ScheduleChange::Set(own(recurrence.clone()));
                engine.set_export_schedules(&[id.to_string()], change).await.unwrap();
                exports.push((id, books(recurrence)));
            }
            let with = vec![place.export("With the refresh").await, place.export("And another").await];
            let schedule = SystemSchedule { on: true, recurrence: Some(refresh.clone()) };
            engine.set_system_schedule(schedule).await.unwrap();
            (place, exports, with)
        });
        let system = books(&refresh);
        let (chance, happened) = (Chance::new(seed), Happened::default());
        Self { hands, place, main, chance, own, system, with_refresh, happened }
    }

    /// Lives through the month.
    fn live(&mut self) {
        let to: Timestamp = TO.parse().unwrap();
        while self.hands.now() < to {
            match self.chance.below(40) {
                0 | 1 => {
                    self.happened.sleeps += 1;
                    let asleep = minutes(self.chance.within(30, 3 * 24 * 60));
                    self.say(format!("sleeps {asleep:#}"));
                    self.hands.pass(asleep);
                }
                2 => self.pause(),
                3 => self.jump(),
                _ => self.wait(),
            }
            let died = self.chance.below(8) == 0;
            self.look(died);
            if died {
                self.look(false);
            }
        }
    }

    /// Until something is due, as the window waits; sometimes not as long.
    fn wait(&mut self) {
        let engine = self.place.engine();
        let next = self.main.block_on(async { engine.next_times().await.unwrap() });
        let next = next.soonest().unwrap();
        let left = next.duration_since(self.hands.now());
        let short = self.chance.below(10) == 0;
        self.hands.pass(if short { left / 2 } else { left });
    }

    /// What happens, shown where the test fails.
    fn say(&self, what: impl std::fmt::Display) {
        println!("{} {what}", self.hands.now());
    }

    fn look(&mut self, dies: bool) {
        self.say(if dies { "looks, and dies" } else { "looks" });
        let now = self.hands.now();
        for (_, book) in &mut self.own {
            book.look(now, dies);
        }
        self.system.look(now, dies);
        self.happened.looks += 1;
        self.tick(dies);
    }

    /// A process of its own does what is due. `dies`: it is gone after so many words of its runs.
    fn tick(&mut self, dies: bool) {
        if self.chance.below(4) == 0 {
            let nth = usize::try_from(self.chance.below(5)).unwrap();
            let name = format!("Name{}", self.chance.below(1000));
            self.place.customers.change(|rows| rows[nth][2] = name);
        }
        let process = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (tell, mut told) = unbounded_channel();
        let engine = self.place.engine();
        let mut doer = Doer::new(engine.clone());
        doer.observer = Arc::new(Told(tell));
        let words = if dies { self.chance.below(30) } else { u64::MAX };
        if self.chance.below(60) == 0 {
            self.lose_network(&process, doer);
        } else {
            let doing = process
                .spawn(async move { doer.engine.tick(&doer, &CancellationToken::new()).await.map(drop) });
            self.main.block_on(async {
                for _ in 0..words {
                    if told.recv().await.is_none() {
                        break;
                    }
                }
                if !dies {
                    doing.await.unwrap().unwrap();
                }
            });
        }
        process.shutdown_timeout(std::time::Duration::from_secs(5));
        if dies {
            self.happened.deaths += 1;
            self.main.block_on(async {
                // What it had queued is written, as it would be before a death or not at all.
                engine.set_note("died", "").await.unwrap();
                self.place.die().await;
            });
        }
    }

    /// Nothing gets through until somebody has tried in vain; or nobody tried.
    fn lose_network(&mut self, process: &Runtime, doer: Doer) {
        self.happened.outages += 1;
        let rule = serde_json::json!({ "faults": [{ "on": {}, "do": "reset_before" }] });
        self.place.sandbox.clear_record();
        self.place.sandbox.set_faults(serde_json::from_value(rule).unwrap());
        let doing = process.spawn(async move { doer.tick().await });
        while !doing.is_finished() && self.place.sandbox.record().is_empty() {
            std::thread::yield_now();
        }
        self.place.sandbox.set_faults(segue_sandbox::Faults::default());
        self.main.block_on(doing).unwrap();
    }

    fn pause(&mut self) {
        self.happened.pauses += 1;
        // Whatever came due before is done.
        self.look(false);
        let engine = self.place.engine();
        self.main.block_on(engine.pause_schedules(true)).unwrap();
        for _ in 0..3 {
            let paused = minutes(self.chance.within(1, 20 * 60));
            self.hands.pass(paused);
            self.say("paused");
            self.tick(false);
        }
        self.main.block_on(engine.pause_schedules(false)).unwrap();
        let now = self.hands.now();
        self.own.iter_mut().for_each(|(_, book)| book.resume(now));
        self.system.resume(now);
    }

    /// Somebody sets the clock wrong, by minutes or by days, and right again after some looks.
    fn jump(&mut self) {
        self.happened.jumps += 1;
        let off = match self.chance.below(3) {
            0 => minutes(self.chance.within(-90, 90)),
            1 => minutes(self.chance.within(-26 * 60, 26 * 60)),
            _ => minutes(self.chance.within(-9 * 24 * 60, 9 * 24 * 60)),
        };
        self.look(false);
        self.say(format!("set by {off:#}"));
        self.hands.set(off);
        for _ in 0..self.chance.below(3) {
            self.tick(false);
            let on = minutes(self.chance.within(1, 120));
            self.hands.pass(on);
        }
        self.tick(false);
        let wrong = self.hands.now();
        self.hands.set(-off);
        self.say("set right");
        let now = self.hands.now();
        self.own.iter_mut().for_each(|(_, book)| book.corrected(wrong, now));
        self.system.corrected(wrong, now);
    }
}

fn month(seed: u64) {
    let began = Instant::now();
    let mut month = Month::new(seed);
    month.live();
    let runs = month.check();
    println!("seed {seed}: {:?}", began.elapsed());
    assert!(runs > 100, "{runs} runs in thirty days");
}

#[test]
fn thirty_days_of_seed_1() {
    month(1);
}

#[test]
fn thirty_days_of_seed_2() {
    month(2);
}

#[test]
fn thirty_days_of_seed_3() {
    month(3);
}

#[test]
fn the_model_knows_when_clocks_are_changed() {
    let between = |from: &str, to: &str| (from.parse().unwrap(), to.parse().unwrap());
    let stockholm = daily(&["02:30"], "Europe/Stockholm");
    let (from, to) = between("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z");
    let spring: Vec<String> = times(&stockholm, from, to).iter().map(Timestamp::to_string).collect();
    assert_eq!(spring, ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]);
    let (from, to) = between("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z");
    let autumn: Vec<String> = times(&stockholm, from, to).iter().map(Timestamp::to_string).collect();
    assert_eq!(autumn, ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]);
    assert!(SignedDuration::ZERO < to.duration_since(from));
}
