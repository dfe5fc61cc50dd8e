//! A run that died goes on with the next window.

use std::sync::Arc;
use std::time::Duration;

use segue_engine::clock::{Clock as _, SystemClock};
use segue_engine::model::{Progress, RunId, Stage};
use segue_engine::run::{Observer, RunOptions};
use segue_engine::store::Store;
use segue_engine::store::lease::{self, Holder};
use serde_json::json;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

use crate::window::Place;

struct Told(UnboundedSender<(RunId, Stage)>);

impl Observer for Told {
    fn on(&self, progress: &Progress) {
        self.0.send((progress.run, progress.stage)).ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_died_goes_on_by_itself() {
    let place = Place::new(600).await;
    let mut window = place.window().await;
    let saved = window.ask("export_save", place.draft("Weekly", &["All"]).await).await;
    window.close().await;

    // A process that dies while its requests are open: its runtime goes away under it.
    let (tell, mut told) = unbounded_channel();
    let (engine, export) = (place.engine(), saved["id"].as_str().unwrap().to_owned());
    let id = engine.export(&export).await.unwrap().id;
    let process = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    process.spawn(async move {
        let observer: Arc<dyn Observer> = Arc::new(Told(tell));
        let ended =
            engine.run_export(&export, RunOptions::default(), observer, CancellationToken::new()).await;
        panic!("it was to die, not to end: {ended:?}");
    });
    let run = loop {
        let (run, stage) = told.recv().await.expect("it begins");
        if stage == Stage::Read {
            // What is sent takes longer than this process lives.
            place.sandbox.set_latency(Duration::from_millis(300));
        }
        if stage == Stage::Deliver {
            break run;
        }
    };
    process.shutdown_background();

    // This process lives on, so that the lease is to be taken from it by hand.
    let store = Store::open(place.folder.path(), Arc::new(SystemClock)).unwrap();
    let pid = std::process::id();
    let holder = Holder {
        run,
        export: id,
        pid,
        pid_started: lease::process_started(pid).unwrap_or_default(),
        boot: SystemClock.boot_time().boot,
    };
    store.write(move |tx| lease::release(tx, &holder)).await.unwrap();
    place.sandbox.set_latency(Duration::ZERO);

    let mut window = place.window().await;
    let ended = window.event("run_ended", |_| true).await;
    assert_eq!((&ended["id"], &ended["status"]), (&json!(run), &json!("successful")), "{ended}");
    assert_eq!(place.sandbox.account().contacts.len(), 600);
    window.close().await;
}
