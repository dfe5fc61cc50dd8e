//! HTTP/1.1 by hand over one TCP connection.

mod head;
mod inflow;
mod outflow;
pub(crate) mod percent;
mod reply;

use bytes::BytesMut;
use tokio::net::TcpStream;

pub(crate) use head::{Head, Length};
pub(crate) use inflow::Broken;
pub(crate) use outflow::Delivery;
pub(crate) use reply::{Reply, reason};

/// A connection and what has been read of it beyond the last request.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: BytesMut,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream) -> Wire {
        Wire { stream, buffer: BytesMut::with_capacity(64 * 1024) }
    }
}
