//! A reply before it is written.

use bytes::Bytes;
use serde::Serialize;

/// Status, headers and body; `Content-Length` and framing are added when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn json<T: Serialize + ?Sized>(status: u16, body: &T) -> Reply {
        // A value of ours always has a JSON form; the empty body is for the type's sake.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Reply::typed(status, "application/json", body)
    }

    pub(crate) fn typed(status: u16, kind: &str, body: impl Into<Bytes>) -> Reply {
        let headers = vec![("Content-Type".to_owned(), kind.to_owned())];
        Reply { status, headers, body: body.into() }
    }

    pub(crate) fn bare(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// Sets a header, over one of the same name.
    pub(crate) fn set(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        self.headers.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }

    /// The bytes of the head, with the framing lines given.
    pub(crate) fn head(&self, framing: &str) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            // A header of a fault rule must not be able to end the head.
            let value = value.replace(['\r', '\n'], " ");
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(framing);
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// The whole reply in one piece.
    pub(crate) fn bytes(&self, keep_alive: bool) -> Vec<u8> {
        let mut framing = String::new();
        // 204 and 304 carry no body by definition (RFC 9110 6.4.1).
        let bodiless = matches!(self.status, 100..=199 | 204 | 304);
        if !bodiless {
            framing.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        if !keep_alive {
            framing.push_str("Connection: close\r\n");
        }
        let mut bytes = self.head(&framing);
        if !bodiless {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

/// The reason phrase, which the vendor repeats in its error bodies (`destination-api.md` 2.5).
pub(crate) fn reason(status: u16) -> &'static str {
    match status {
        103 => "Early Hints",
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "Payload Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        _ => "Status",
    }
}
