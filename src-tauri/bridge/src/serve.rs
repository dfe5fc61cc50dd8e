//! Serve: commands come in as JSON lines, answers and events go out as JSON lines, until no more come.

use std::sync::Arc;

use segue_engine::Engine;
use segue_engine::error::{Code, Error, Result};
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::desk::{Desk, Events, Facts};
use crate::practice::Practice;
use crate::{Ask, Failure, Hello, PROTOCOL, Say, watch};

/// The longest line that is read.
const LONGEST: usize = 8 * 1024 * 1024;
/// Commands that are answered at the same time.
const AT_ONCE: usize = 64;
/// The id of an answer to a line that names none; the window counts from 1.
const NOBODY: u64 = 0;

/// Serves a window until its lines end or `stop` is tripped, and then until the runs under way have ended.
/// A tripped `stop` cancels those; what is in flight is finished.
///
/// # Errors
/// Where lines cannot be read. That nobody reads the answers is none: runs go on.
pub async fn serve(
    engine: Engine,
    facts: Facts,
    practice: Option<Arc<dyn Practice>>,
    input: impl AsyncBufRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    stop: CancellationToken,
) -> Result<()> {
    let (say, lines) = unbounded_channel();
    let writer = tokio::spawn(write(output, lines));
    let hello = Hello { version: env!("CARGO_PKG_VERSION").to_owned(), protocol: PROTOCOL };
    tell(&say, Say::Hello { hello });
    let (events, mut happened) = unbounded_channel();
    let forward = say.clone();
    let forwarding = tokio::spawn(async move {
        while let Some(event) = happened.recv().await {
            tell(&forward, Say::Event(event));
        }
    });
    let desk = Arc::new(Desk::new(engine, facts, Events::new(events), practice));
    // Before the first answer: what changes after it is told.
    let seen = desk.engine.others_version().await.ok();
    let watching = tokio::spawn(watch::changes(desk.engine.clone(), desk.events.clone(), seen));
    desk.practise().await;
    desk.go_on_with_dead_runs();
    let keeping = tokio::spawn(desk.schedules.clone().keep());
    let read = tokio::select! {
        read = answer_all(&desk, input, &say, &stop) => read,
        () = stop.cancelled() => Ok(()),
    };
    desk.schedules.stop();
    let stopping = tokio::spawn({
        let (desk, stop) = (Arc::clone(&desk), stop.clone());
        async move {
            stop.cancelled().await;
            desk.runs.stop();
        }
    });
    desk.schedules.ended().await;
    desk.runs.ended().await;
    stopping.abort();
    watching.abort();
    drop((desk, say));
    // Each holds a sender; once they are over every event and line is written.
    for task in [stopping, watching, keeping] {
        drop(task.await);
    }
    drop(forwarding.await);
    drop(writer.await);
    read
}

/// Answers each line on a task of its own, and returns once all that were read are answered.
async fn answer_all(
    desk: &Arc<Desk>,
    mut input: impl AsyncBufRead + Unpin,
    say: &UnboundedSender<Say>,
    stop: &CancellationToken,
) -> Result<()> {
    let (places, answering) = (Arc::new(Semaphore::new(AT_ONCE)), TaskTracker::new());
    loop {
        let line = match next_line(&mut input).await.map_err(|error| unreadable(&error))? {
            Line::End => break,
            Line::TooLong => {
                tell(say, refused(NOBODY, "A line is longer than 8 MB; it was passed over."));
                continue;
            }
            Line::Whole(line) if line.trim_ascii().is_empty() => continue,
            Line::Whole(line) => line,
        };
        let Ok(ask) = serde_json::from_slice::<Ask>(&line) else {
            tell(say, refused(id_of(&line), "A line is no command; it was passed over."));
            continue;
        };
        let place = Arc::clone(&places).acquire_owned().await.map_err(Error::internal)?;
        let (desk, say, stop) = (Arc::clone(desk), say.clone(), stop.clone());
        answering.spawn(async move {
            let id = ask.id;
            let mut task = tokio::spawn(async move { desk.answer(ask).await });
            tokio::select! {
                answer = &mut task => tell(&say, answer.unwrap_or_else(|_| broken(id))),
                () = stop.cancelled() => task.abort(),
            }
            drop(place);
        });
    }
    answering.close();
    answering.wait().await;
    Ok(())
}

/// A line of the window.
enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

async fn next_line(input: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Line> {
    let (mut line, mut too_long) = (Vec::new(), false);
    loop {
        let buffer = input.fill_buf().await?;
        if buffer.is_empty() {
            // What is left without its end was cut off, unless it is whole all the same.
            return Ok(if line.is_empty() && !too_long { Line::End } else { ended(line, too_long) });
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        too_long = too_long || line.len() + piece.len() > LONGEST;
        if !too_long {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(ended(line, too_long));
        }
    }
}

fn ended(line: Vec<u8>, too_long: bool) -> Line {
    if too_long { Line::TooLong } else { Line::Whole(line) }
}

/// The id of a line that is no command, if it has one.
fn id_of(line: &[u8]) -> u64 {
    let value: Option<Value> = serde_json::from_slice(line).ok();
    value.and_then(|value| value.get("id").and_then(Value::as_u64)).unwrap_or(NOBODY)
}

fn refused(id: u64, message: &str) -> Say {
    Say::Failed { id, error: Failure::from(Error::new(Code::Usage, message)) }
}

/// The answer to a command on which Segue itself broke.
fn broken(id: u64) -> Say {
    Say::Failed { id, error: Failure::from(Error::internal("a command stopped half way")) }
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::internal(format!("the window's commands cannot be read ({error})"))
}

/// Nobody may read any more; then nobody misses it.
fn tell(say: &UnboundedSender<Say>, line: Say) {
    drop(say.send(line));
}

/// Writes lines as they come, and flushes whenever none waits.
async fn write(mut output: impl AsyncWrite + Unpin, mut lines: UnboundedReceiver<Say>) {
    while let Some(say) = lines.recv().await {
        let Ok(mut line) = serde_json::to_vec(&say) else {
            tracing::error!("A line has no JSON form.");
            continue;
        };
        line.push(b'\n');
        let written = match output.write_all(&line).await {
            Ok(()) if lines.is_empty() => output.flush().await,
            written => written,
        };
        if written.is_err() {
            tracing::info!("The window has gone; what follows is said to nobody.");
            return;
        }
    }
}
