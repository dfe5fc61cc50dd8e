//! In flight: so many pieces of work at a time as may be open. After the first failure nothing new
//! begins and nothing more is sent, but what is on the wire is heard and booked before the run ends:
//! a stop or Ctrl-C leaves nobody whose fate the account knows and we do not.

use futures::stream::{FuturesUnordered, StreamExt as _};

use crate::error::{Code, Result};

use super::account::Account;

/// Does all the work, at most `most()` pieces at a time; the first error, once everything is quiet.
pub(super) async fn all<W>(
    account: &Account,
    work: impl IntoIterator<Item = W>,
    most: impl Fn() -> usize,
) -> Result<()>
where
    W: Future<Output = Result<()>>,
{
    let mut work = work.into_iter();
    let mut open = FuturesUnordered::new();
    let mut outcome: Result<()> = Ok(());
    loop {
        while outcome.is_ok() && open.len() < most() {
            let Some(next) = work.next() else { break };
            open.push(next);
        }
        match open.next().await {
            None => return outcome,
            Some(Ok(())) => {}
            Some(Err(error)) => {
                account.halt();
                // Those that were held back by the halt are no reason, unless the user canceled.
                let is_better = match &outcome {
                    Ok(()) => true,
                    Err(first) => {
                        first.code == Code::Canceled && error.code != Code::Canceled && !account.is_canceled()
                    }
                };
                if is_better {
                    outcome = Err(error);
                }
            }
        }
    }
}
