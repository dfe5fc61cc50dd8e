//! The history of a month, held against the model: nothing ran twice, nothing was lost, and what was late says so.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use segue_engine::model::{Status, Trigger};

use super::Month;
use super::model::Wanted;

impl Month {
    /// Holds the history against the model.
    pub(super) fn check(self) -> usize {
        self.main.block_on(async {
            let engine = self.place.engine();
            let runs = engine.runs().await.unwrap();
            let store = self.place.store();
            let due = store.read(|conn| {
                let mut asked = conn.prepare("SELECT id, due_at FROM run")?;
                let rows =
                    asked.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
                Ok(rows.collect::<Result<HashMap<_, _>, _>>()?)
            });
            let due = due.await.unwrap();
            let mut replaced = HashSet::new();
            let mut of_due: BTreeMap<(String, Timestamp), Vec<bool>> = BTreeMap::new();
            for run in &runs {
                let about = format!("{run:?}; {:?}", self.happened);
                assert!(run.counts.add_up(), "{about}");
                assert!(run.status.is_final(), "{about}");
                let at: Timestamp = due[&run.id.to_string()].parse().unwrap();
                // A run whose process went away under it may have said that it stopped; the next one of its
                // export replaces it (product.md rule 11).
                if run.resumable || run.reason.starts_with("Replaced") {
                    replaced.insert((run.export_id.to_string(), at));
                    continue;
                }
                assert_eq!(run.status, Status::Successful, "{about}");
                let own = self.own.iter().find(|(id, _)| *id == run.export_id);
                let (book, trigger) =
                    own.map_or((&self.system, Trigger::SystemRefresh), |(_, book)| (book, Trigger::Schedule));
                assert!(book.has(at), "nothing is due at {at}: {about}");
                assert_eq!(run.trigger, trigger, "{about}");
                of_due.entry((run.export_id.to_string(), at)).or_default().push(run.late);
            }
            for (key, late) in &of_due {
                assert_eq!(late.len(), 1, "{key:?} ran twice; {:?}", self.happened);
            }
            let own = self.own.iter().map(|(id, book)| (id, book));
            for (id, book) in own.chain(self.with_refresh.iter().map(|id| (id, &self.system))) {
                for (at, wanted) in &book.wanted {
                    let key = (id.to_string(), *at);
                    let Some(late) = of_due.get(&key) else {
                        assert!(replaced.contains(&key), "{id} at {at} is lost; {:?}", self.happened);
                        continue;
                    };
                    let late = late[0];
                    assert!(
                        *wanted == Wanted::Run || late == (*wanted == Wanted::Late),
                        "{id} at {at}: {wanted:?}; {:?}",
                        self.happened
                    );
                }
            }
            assert!(!engine.is_due().await.unwrap(), "something is left");
            assert!(engine.dead_runs().await.unwrap().is_empty());
            println!("{} runs; {:?}", runs.len(), self.happened);
            runs.len()
        })
    }
}
