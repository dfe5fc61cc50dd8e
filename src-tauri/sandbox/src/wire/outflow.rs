//! Writing replies, whole or broken as a fault wants.

use std::io;
use std::time::Duration;

use futures::FutureExt;
use tokio::io::AsyncWriteExt;
use tokio::time::sleep;

use super::{Reply, Wire};

/// How a reply gets onto the wire (`reliability.md` 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    /// One byte of the body each so often (N11).
    Slow(Duration),
    /// `Content-Length` promises more than follows (N12).
    Truncated,
    /// The last chunk never comes (N13).
    ChunkedCut,
    /// No last chunk, and no end before the client's (N14).
    Endless,
    /// The same reply twice (N30).
    Twice,
    /// An informational head first (N29).
    Interim(u16),
    /// Whole, then closed after that long without a word (N09).
    CloseIdle(Duration),
}

impl Delivery {
    /// Whether a client that reads to the end gets the whole reply.
    pub(crate) fn is_whole(self) -> bool {
        !matches!(self, Delivery::Truncated | Delivery::ChunkedCut | Delivery::Endless)
    }
}

impl Wire {
    /// Whether the client has closed its end already.
    pub(crate) fn is_gone(&self) -> bool {
        let mut byte = [0_u8; 1];
        matches!(self.stream.peek(&mut byte).now_or_never(), Some(Ok(0) | Err(_)))
    }

    /// Writes the reply; true when the connection may carry another request.
    pub(crate) async fn send(
        &mut self,
        reply: &Reply,
        delivery: Delivery,
        keep_alive: bool,
    ) -> io::Result<bool> {
        match delivery {
            Delivery::Whole => {
                self.stream.write_all(&reply.bytes(keep_alive)).await?;
                Ok(keep_alive)
            }
            Delivery::Twice => {
                let mut bytes = reply.bytes(true);
                bytes.extend_from_within(..);
                self.stream.write_all(&bytes).await?;
                Ok(keep_alive)
            }
            Delivery::Interim(status) => {
                self.stream.write_all(&Reply::bare(status).head("")).await?;
                self.stream.write_all(&reply.bytes(keep_alive)).await?;
                Ok(keep_alive)
            }
            Delivery::CloseIdle(wait) => {
                self.stream.write_all(&reply.bytes(true)).await?;
                sleep(wait).await;
                Ok(false)
            }
            Delivery::Slow(pause) => {
                let length = format!("Content-Length: {}\r\n", reply.body.len());
                self.stream.write_all(&reply.head(&length)).await?;
                for byte in &reply.body {
                    sleep(pause).await;
                    self.stream.write_all(&[*byte]).await?;
                }
                Ok(keep_alive)
            }
            Delivery::Truncated => {
                let length = format!("Content-Length: {}\r\n", reply.body.len().max(1));
                self.stream.write_all(&reply.head(&length)).await?;
                self.stream.write_all(half(&reply.body)).await?;
                Ok(false)
            }
            Delivery::ChunkedCut => {
                self.stream.write_all(&reply.head("Transfer-Encoding: chunked\r\n")).await?;
                self.chunk(&reply.body).await?;
                Ok(false)
            }
            Delivery::Endless => {
                self.stream.write_all(&reply.head("Transfer-Encoding: chunked\r\n")).await?;
                let padding = [b' '; 16 * 1024];
                loop {
                    self.chunk(&padding).await?;
                }
            }
        }
    }

    /// Closes with a TCP reset instead of an orderly end.
    pub(crate) fn reset(&self) {
        // Where the system refuses the option, the client sees an orderly close instead.
        drop(self.stream.set_zero_linger());
    }

    async fn chunk(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(()); // an empty chunk would be the last one
        }
        let mut framed = format!("{:x}\r\n", bytes.len()).into_bytes();
        framed.extend_from_slice(bytes);
        framed.extend_from_slice(b"\r\n");
        self.stream.write_all(&framed).await
    }
}

fn half(body: &[u8]) -> &[u8] {
    body.get(..body.len() / 2).unwrap_or_default()
}
