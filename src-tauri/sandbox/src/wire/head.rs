//! The head of a request.

/// A request line and its headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) method: String,
    /// The target without its query.
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    http_1_0: bool,
}

/// How the body's end is told (RFC 9112 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Known(usize),
    Chunked,
}

impl Head {
    /// Reads a head that ends with its blank line; the error says what is wrong with it.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Head, &'static str> {
        let text = std::str::from_utf8(bytes).map_err(|_| "the head is not UTF-8")?;
        let mut lines = text.trim_end_matches("\r\n").split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err("the request line is malformed");
        };
        let http_1_0 = match version {
            "HTTP/1.1" => false,
            "HTTP/1.0" => true,
            _ => return Err("the version is not HTTP/1.1"),
        };
        if method.is_empty() || !target.starts_with('/') {
            return Err("the request line is malformed");
        }
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':').ok_or("a header line has no colon")?;
            if name.is_empty() || name.contains(char::is_whitespace) {
                return Err("a header name is malformed");
            }
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let path = target.split('?').next().unwrap_or_default().to_owned();
        Ok(Head { method: method.to_owned(), path, headers, http_1_0 })
    }

    /// The first header of this name; `name` is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn length(&self) -> Result<Length, &'static str> {
        if let Some(coding) = self.header("transfer-encoding") {
            return if coding.eq_ignore_ascii_case("chunked") {
                Ok(Length::Chunked)
            } else {
                Err("only chunked is understood as transfer coding")
            };
        }
        match self.header("content-length") {
            None => Ok(Length::Known(0)),
            Some(digits) => digits.parse().map(Length::Known).map_err(|_| "Content-Length is not a number"),
        }
    }

    /// Whether the client means to send another request on this connection.
    pub(crate) fn keeps_alive(&self) -> bool {
        match self.header("connection") {
            Some(word) if word.eq_ignore_ascii_case("close") => false,
            Some(word) if word.eq_ignore_ascii_case("keep-alive") => true,
            _ => !self.http_1_0,
        }
    }

    pub(crate) fn waits_for_continue(&self) -> bool {
        self.header("expect").is_some_and(|word| word.eq_ignore_ascii_case("100-continue"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read() {
        let head =
            Head::parse(b"POST /v1/contacts?x=1 HTTP/1.1\r\nContent-Length: 12\r\nX-Y:  z \r\n\r\n").unwrap();
        assert_eq!((head.method.as_str(), head.path.as_str()), ("POST", "/v1/contacts"));
        assert_eq!(head.header("x-y"), Some("z"));
        assert_eq!(head.length(), Ok(Length::Known(12)));
        assert!(head.keeps_alive());
    }

    #[test]
    fn what_is_no_head_is_refused() {
        for bytes in [
            &b"GET / HTTP/2\r\n\r\n"[..],
            b"GET /\r\n\r\n",
            b"GET x HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
            b"GET / HTTP/1.1\r\nbad name: 1\r\n\r\n",
            b"\xff\r\n\r\n",
        ] {
            assert!(Head::parse(bytes).is_err());
        }
    }
}
