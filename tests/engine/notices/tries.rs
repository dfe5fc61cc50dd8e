//! Trying again: what may pass, three times, with pauses.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use segue_engine::error::{Code, Error, Result};
use segue_engine::notify::tries::{PAUSES, repeat};

/// Tries against these answers, and gives back how it ended, the tries and the pauses.
async fn tried(answers: &[Result<()>]) -> (Result<()>, usize, Vec<Duration>) {
    let (tries, pauses) = (Cell::new(0), RefCell::new(Vec::new()));
    let ended = repeat(
        &PAUSES,
        |length| {
            pauses.borrow_mut().push(length);
            std::future::ready(())
        },
        || {
            tries.set(tries.get() + 1);
            std::future::ready(answers[tries.get() - 1].clone())
        },
    );
    let ended = ended.await;
    (ended, tries.get(), pauses.into_inner())
}

#[tokio::test]
async fn what_may_pass_is_tried_three_times() {
    let away = || Err(Error::new(Code::Unreachable, "away").retryable());
    let refused = || Err(Error::new(Code::Destination, "refused"));
    let [first, second] = PAUSES;
    for (answers, well, tries, paused) in [
        (vec![Ok(())], true, 1, vec![]),
        (vec![refused()], false, 1, vec![]),
        (vec![away(), Ok(())], true, 2, vec![first]),
        (vec![away(), refused()], false, 2, vec![first]),
        (vec![away(), away(), Ok(())], true, 3, vec![first, second]),
        (vec![away(), away(), away()], false, 3, vec![first, second]),
    ] {
        let (ended, tried, pauses) = tried(&answers).await;
        assert_eq!((ended.is_ok(), tried, pauses), (well, tries, paused), "{answers:?}");
    }
}
