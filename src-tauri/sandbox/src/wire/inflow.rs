//! Reading requests off a connection.

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::head::Length;
use super::{Head, Wire};

const HEAD_CAP: usize = 64 * 1024;

/// Why a request could not be read whole.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The client went away.
    Gone,
    /// The body is larger than the cap.
    TooLarge,
    /// It is not HTTP/1.1.
    Malformed(&'static str),
}

impl Broken {
    /// The status for it, and the words.
    pub(crate) fn told(&self) -> (u16, &'static str) {
        match self {
            Broken::TooLarge => (413, "the body is too large"),
            Broken::Malformed(why) => (400, why),
            Broken::Gone => (400, "the request was cut short"),
        }
    }
}

impl Wire {
    /// The next head; `None` when the client closed between two requests.
    pub(crate) async fn head(&mut self) -> Result<Option<Head>, Broken> {
        let mut searched = 0;
        loop {
            if let Some(end) = blank_line(&self.buffer, searched) {
                let head = self.buffer.split_to(end);
                return Head::parse(&head).map(Some).map_err(Broken::Malformed);
            }
            if self.buffer.len() > HEAD_CAP {
                return Err(Broken::Malformed("the head is too large"));
            }
            // The blank line may straddle two reads by up to three bytes.
            searched = self.buffer.len().saturating_sub(3);
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) if self.buffer.is_empty() => return Ok(None),
                Ok(0) | Err(_) => return Err(Broken::Gone),
                Ok(_) => {}
            }
        }
    }

    /// The body that belongs to `head`, of at most `cap` bytes.
    pub(crate) async fn body(&mut self, head: &Head, cap: usize) -> Result<Bytes, Broken> {
        let length = head.length().map_err(Broken::Malformed)?;
        if head.waits_for_continue() && length != Length::Known(0) {
            let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
            self.stream.write_all(go_on).await.map_err(|_| Broken::Gone)?;
        }
        match length {
            Length::Known(length) if length > cap => Err(Broken::TooLarge),
            Length::Known(length) => {
                self.fill(length).await?;
                Ok(self.buffer.split_to(length).freeze())
            }
            Length::Chunked => self.chunks(cap).await,
        }
    }

    /// Waits until the client has closed, throwing away what it still sends.
    pub(crate) async fn closed(&mut self) {
        let mut waste = [0_u8; 1024];
        while !matches!(self.stream.read(&mut waste).await, Ok(0) | Err(_)) {}
    }

    async fn fill(&mut self, length: usize) -> Result<(), Broken> {
        self.buffer.reserve(length.saturating_sub(self.buffer.len()));
        while self.buffer.len() < length {
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) | Err(_) => return Err(Broken::Gone),
                Ok(_) => {}
            }
        }
        Ok(())
    }

    async fn line(&mut self) -> Result<String, Broken> {
        loop {
            if let Some(end) = self.buffer.iter().position(|&byte| byte == b'\n') {
                let line = self.buffer.split_to(end + 1);
                return std::str::from_utf8(&line)
                    .map(|text| text.trim_end().to_owned())
                    .map_err(|_| Broken::Malformed("a chunk's line is not text"));
            }
            if self.buffer.len() > HEAD_CAP {
                return Err(Broken::Malformed("a chunk's line is too large"));
            }
            let more = self.buffer.len() + 1;
            self.fill(more).await?;
        }
    }

    async fn chunks(&mut self, cap: usize) -> Result<Bytes, Broken> {
        let mut whole = BytesMut::new();
        loop {
            let line = self.line().await?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(digits, 16)
                .map_err(|_| Broken::Malformed("a chunk's size is not a number"))?;
            if size == 0 {
                while !self.line().await?.is_empty() {}
                return Ok(whole.freeze());
            }
            if size > cap.saturating_sub(whole.len()) {
                return Err(Broken::TooLarge);
            }
            self.fill(size + 2).await?;
            whole.extend_from_slice(&self.buffer.split_to(size));
            if self.buffer.split_to(2).as_ref() != b"\r\n" {
                return Err(Broken::Malformed("a chunk does not end where it said"));
            }
        }
    }
}

fn blank_line(buffer: &[u8], from: usize) -> Option<usize> {
    let rest = buffer.get(from..)?;
    rest.windows(4).position(|four| four == b"\r\n\r\n").map(|at| from + at + 4)
}
