//! An audience in memory, whose rows a test may change.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Audience, SegmentRule};
use segue_engine::source::{Audiences, Source};
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};

use crate::table::{Table, version};

/// The columns of every row.
pub(crate) const COLUMNS: [&str; 5] = ["CustomerId", "Email", "FirstName", "LastName", "City"];

/// Rows that a test may change; the audience is read as it is then.
#[derive(Clone, Default)]
pub(crate) struct Customers {
    rows: Arc<Mutex<Arc<Vec<Vec<String>>>>>,
    lost: Arc<Mutex<Option<String>>>,
    held: Arc<Mutex<Option<String>>>,
    gate: Arc<RwLock<()>>,
}

impl Customers {
    /// Customers 1 to `count`, every tenth in Umeå and the others in Stockholm.
    pub(crate) fn new(count: usize) -> Self {
        let rows = (1..=count).map(|n| {
            let city = if n % 10 == 0 { "Umeå" } else { "Stockholm" };
            vec![
                n.to_string(),
                format!("p{n}@example.com"),
                format!("First{n}"),
                format!("Last{n}"),
                city.to_owned(),
            ]
        });
        let customers = Self::default();
        customers.set(rows.collect());
        customers
    }

    pub(crate) fn set(&self, rows: Vec<Vec<String>>) {
        *self.rows.lock().unwrap() = Arc::new(rows);
    }

    /// Changes the rows.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Vec<Vec<String>>)) {
        let mut rows = Vec::clone(&self.now());
        change(&mut rows);
        self.set(rows);
    }

    /// The audience of this name cannot be read from now on; `None`: each can.
    pub(crate) fn lose(&self, audience: Option<&str>) {
        *self.lost.lock().unwrap() = audience.map(str::to_owned);
    }

    /// Holds up whoever opens the audience of this name, until it is dropped.
    pub(crate) async fn hold(&self, audience: &str) -> OwnedRwLockWriteGuard<()> {
        *self.held.lock().unwrap() = Some(audience.to_owned());
        Arc::clone(&self.gate).write_owned().await
    }

    fn now(&self) -> Arc<Vec<Vec<String>>> {
        Arc::clone(&self.rows.lock().unwrap())
    }
}

#[async_trait]
impl Audiences for Customers {
    async fn open(&self, audience: &Audience) -> Result<Arc<dyn Source>> {
        let held = self.held.lock().unwrap().as_ref() == Some(&audience.name);
        if held {
            drop(self.gate.read().await);
        }
        if self.lost.lock().unwrap().as_ref() == Some(&audience.name) {
            return Err(Error::new(Code::BadFile, "The file is not there any more."));
        }
        let rows = self.now();
        let version = version(&rows);
        Ok(Arc::new(Table::new(COLUMNS.map(str::to_owned).to_vec(), Some(0), rows, version)))
    }

    async fn versions(&self, _: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        vec![Some(version(&self.now())); rules.len()]
    }
}
