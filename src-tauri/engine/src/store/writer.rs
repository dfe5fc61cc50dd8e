//! The one thread that writes. It takes everything that waits, runs each job in a savepoint of its
//! own, commits once, and only then answers: the cost of reaching the disk is shared, and a job that
//! fails spoils no other.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Code, Error, Result};

/// The most jobs of one commit, so that no other process waits long for its turn.
const GROUP: usize = 512;

const SAVE: &str = "SAVEPOINT job";
const KEEP: &str = "RELEASE job";
const UNDO: &str = "ROLLBACK TO job; RELEASE job";

/// The writing thread; dropping it finishes what is queued and closes the connection.
pub(super) struct Writer {
    // Behind a lock only to be shared between threads whatever the standard library's queue allows.
    queue: Option<Mutex<Sender<Box<dyn Job>>>>,
    thread: Option<JoinHandle<()>>,
    commits: Arc<AtomicU64>,
}

impl Writer {
    /// Connects, then starts the thread; `connect` is used again after a commit that failed.
    pub(super) fn start(connect: impl Fn() -> Result<Connection> + Send + 'static) -> Result<Self> {
        let conn = connect()?;
        let (queue, jobs) = channel();
        let commits = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&commits);
        let thread = std::thread::Builder::new()
            .name("segue-writer".to_owned())
            .spawn(move || serve(&jobs, conn, &connect, &counter))
            .map_err(|_| Error::internal("the thread that writes to the database did not start"))?;
        Ok(Self { queue: Some(Mutex::new(queue)), thread: Some(thread), commits })
    }

    /// Queues a job; `reply` gets its result once the commit that holds it is on the disk.
    pub(super) fn queue<T, F, R>(&self, work: F, reply: R) -> Result<()>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
        R: FnOnce(Result<T>) + Send + 'static,
    {
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.send(Box::new(Call { work, reply })).map_err(|_| gone())
    }

    /// Commits so far.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            thread.join().ok();
        }
    }
}

/// The error when the writing thread is no more.
pub(super) fn gone() -> Error {
    Error::internal("the thread that writes to the database has ended")
}

/// A job with the place its result goes to.
trait Job: Send {
    /// Does the work; the answer is kept until the commit.
    fn run(self: Box<Self>, tx: &Transaction<'_>) -> Done;
    /// Answers without doing the work.
    fn refuse(self: Box<Self>, error: Error);
}

/// A job that was run: whether it failed, and how to tell its caller what became of the commit.
struct Done {
    failed: bool,
    answer: Box<dyn FnOnce(Result<()>) + Send>,
}

struct Call<F, R> {
    work: F,
    reply: R,
}

impl<T, F, R> Job for Call<F, R>
where
    T: Send + 'static,
    F: FnOnce(&Transaction<'_>) -> Result<T> + Send,
    R: FnOnce(Result<T>) + Send + 'static,
{
    fn run(self: Box<Self>, tx: &Transaction<'_>) -> Done {
        let Self { work, reply } = *self;
        let result = catch_unwind(AssertUnwindSafe(|| work(tx)))
            .unwrap_or_else(|_| Err(Error::internal("a change of the database stopped half way")));
        let failed = result.is_err();
        Done {
            failed,
            answer: Box::new(move |commit| reply(result.and_then(|value| commit.map(|()| value)))),
        }
    }

    fn refuse(self: Box<Self>, error: Error) {
        (self.reply)(Err(error));
    }
}

/// The thread's loop: ends when the store is gone and the queue is empty.
fn serve(
    jobs: &Receiver<Box<dyn Job>>,
    conn: Connection,
    connect: &impl Fn() -> Result<Connection>,
    commits: &AtomicU64,
) {
    let mut conn = Some(conn);
    while let Ok(first) = jobs.recv() {
        let mut group = VecDeque::from([first]);
        group.extend(jobs.try_iter().take(GROUP - 1));
        while !group.is_empty() {
            let mut open = match conn.take().map_or_else(connect, Ok) {
                Ok(open) => open,
                Err(error) => {
                    refuse_all(&mut group, &error);
                    break;
                }
            };
            // After a commit that failed nobody knows what the disk holds: the connection is dead,
            // and the next job reads the truth through a new one (reliability.md F03).
            if commit_group(&mut open, &mut group, commits) {
                conn = Some(open);
            }
        }
    }
}

/// Runs the group in one transaction; jobs that it leaves in the group need another. False if the
/// connection is not to be used again.
fn commit_group(conn: &mut Connection, group: &mut VecDeque<Box<dyn Job>>, commits: &AtomicU64) -> bool {
    let tx = match conn.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(tx) => tx,
        Err(error) => {
            let error = Error::from(error);
            refuse_all(group, &error);
            return error.code == Code::Database && error.retryable;
        }
    };
    let mut done = Vec::with_capacity(group.len());
    while let Some(job) = group.pop_front() {
        if let Err(error) = tx.execute_batch(SAVE) {
            let error = Error::from(error);
            job.refuse(error.clone());
            answer_all(done, &Err(error));
            return false;
        }
        let job = job.run(&tx);
        let end = if job.failed { UNDO } else { KEEP };
        done.push(job);
        // A full disk or a fault of it makes SQLite undo the whole transaction at once.
        if tx.is_autocommit() {
            answer_all(done, &Err(undone()));
            return true;
        }
        if let Err(error) = tx.execute_batch(end) {
            answer_all(done, &Err(Error::from(error)));
            return false;
        }
    }
    let commit = tx.commit().map_err(Error::from);
    let sound = commit.is_ok();
    if sound {
        commits.fetch_add(1, Ordering::Relaxed);
    }
    answer_all(done, &commit);
    sound
}

fn answer_all(done: Vec<Done>, commit: &Result<()>) {
    for job in done {
        (job.answer)(commit.clone());
    }
}

fn refuse_all(group: &mut VecDeque<Box<dyn Job>>, error: &Error) {
    for job in group.drain(..) {
        job.refuse(error.clone());
    }
}

/// The error of jobs that were undone with another that the disk refused.
fn undone() -> Error {
    Error::new(
        Code::DataFolder,
        "The disk with the data folder is full or faulty; nothing was stored and nothing more was sent.",
    )
    .help("Free some space, then run the export again: it goes on from here.")
    .retryable()
}
