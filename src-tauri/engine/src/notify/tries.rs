//! Tries: what may pass by itself is tried again, three times in all. What was refused is not.

use std::time::Duration;

use crate::error::Result;

/// The pauses between tries: three tries, and nobody waits long for what a notice is about.
pub const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(10)];

/// Tries, and tries again after each of these pauses for as long as the error is one that may pass. The caller
/// brings how to pause, so that no test waits.
///
/// # Errors
/// That of the last try.
pub async fn repeat<T, P, Q>(
    pauses: &[Duration],
    pause: impl Fn(Duration) -> P,
    attempt: impl Fn() -> T,
) -> Result<()>
where
    T: Future<Output = Result<()>>,
    P: Future<Output = Q>,
{
    for length in pauses {
        match attempt().await {
            Err(error) if error.retryable => pause(*length).await,
            done => return done,
        };
    }
    attempt().await
}
