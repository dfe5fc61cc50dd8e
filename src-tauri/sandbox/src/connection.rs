//! The requests of one connection, one after the other.

use std::time::Instant;

use serde_json::json;
use tokio::net::TcpStream;

use crate::control;
use crate::exchange;
use crate::shared::Shared;
use crate::wire::{Broken, Delivery, Head, Reply, Wire};

/// Room for a large seed.
const CONTROL_CAP: usize = 512 * 1024 * 1024;

/// Serves a connection to its end. A client that goes away is noticed only in reading and
/// writing, never while a request is carried out: the vendor carries out what it has received
/// (`destination-api.md` 2.4).
pub(crate) async fn serve(shared: &Shared, stream: TcpStream, conn: u64) {
    // Without it a reply may wait 40 ms for the client's acknowledgement of the one before.
    drop(stream.set_nodelay(true));
    let mut wire = Wire::new(stream);
    loop {
        let head = match wire.head().await {
            Ok(Some(head)) => head,
            Ok(None) | Err(Broken::Gone) => return,
            Err(broken) => {
                drop(wire.send(&unreadable(&broken), Delivery::Whole, false).await);
                return;
            }
        };
        let at = Instant::now();
        // Whoever else is on this computer has no business in an account that is kept.
        let go_on = if control::is_control(&head.path) && shared.lock().log.is_none() {
            controlled(shared, &mut wire, &head).await
        } else {
            exchange::exchange(shared, &mut wire, conn, &head, at).await
        };
        if !go_on {
            return;
        }
    }
}

async fn controlled(shared: &Shared, wire: &mut Wire, head: &Head) -> bool {
    let (reply, keep_alive) = match wire.body(head, CONTROL_CAP).await {
        Ok(body) => (control::answer(shared, head, &body), head.keeps_alive()),
        Err(broken) => (unreadable(&broken), false),
    };
    wire.send(&reply, Delivery::Whole, keep_alive).await.unwrap_or(false)
}

/// The answer to what is no request.
pub(crate) fn unreadable(broken: &Broken) -> Reply {
    let (status, message) = broken.told();
    Reply::json(status, &json!({"error": crate::wire::reason(status), "message": message}))
}
