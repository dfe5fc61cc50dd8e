//! Origin: scheme, host and port that requests go to (cli.md `--base-url`; reliability.md 6.3, X06).

use std::fmt;

use url::{Host, Url};

use crate::error::{Code, Error, Result};

/// Scheme, host and port, in canonical form: no path, no trailing slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    text: String,
    host: String,
    loopback: bool,
}

impl Origin {
    /// Reads and checks a base URL: `https`, or `http` for loopback addresses; nothing but scheme,
    /// host and port.
    ///
    /// # Errors
    /// `bad_url` with one sentence on what is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        let small = text.trim().to_ascii_lowercase();
        if !small.starts_with("https://") && !small.starts_with("http://") {
            return Err(refuse("A base URL begins with https://."));
        }
        let url = Url::parse(&small).map_err(|error| refuse(&format!("This is no base URL: {error}.")))?;
        if !url.username().is_empty() || url.password().is_some() || small.contains('@') {
            return Err(refuse("A base URL has no user name and no password."));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("A base URL is only scheme, host and port; the path is Segue's."));
        }
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) if ip.is_loopback() => true,
            Some(Host::Ipv6(ip)) if ip.is_loopback() => true,
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => {
                return Err(refuse(
                    "A base URL names its host; an IP address is taken only for this computer.",
                ));
            }
            None => return Err(refuse("A base URL has a host.")),
        };
        if url.scheme() == "http" && !loopback {
            return Err(refuse(
                "http is taken only for this computer, for example http://127.0.0.1:8080; use https.",
            ));
        }
        // Ports below 1024 are other services': a request must not speak to a mail or shell server.
        if !loopback && url.port().is_some_and(|port| port < 1024) {
            return Err(refuse(
                "This port belongs to another service; https is on 443, or on a port from 1024.",
            ));
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        let origin = match url.port() {
            Some(port) => format!("{}://{host}:{port}", url.scheme()),
            None => format!("{}://{host}", url.scheme()),
        };
        // What is shown and agreed to must be what was typed: no dots, digits or letters that the
        // parser turns into another host (`0x7f.1`, full-width dots, other scripts).
        let typed = small.strip_suffix('/').unwrap_or(&small);
        let usual = if url.scheme() == "https" { ":443" } else { ":80" };
        if typed != origin && typed.strip_suffix(usual) != Some(&origin) {
            return Err(refuse(&format!(
                "The host is not in its plain form; if {origin} is meant, write that."
            )));
        }
        Ok(Self { text: origin, host, loopback })
    }

    /// The host: a name, or a loopback address.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether requests stay on this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// The origin as text, for example `https://api2.autopilothq.com`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn refuse(sentence: &str) -> Error {
    Error::new(Code::BadUrl, sentence).help("Nothing was sent. An example: https://api2.autopilothq.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_origins_are_taken() {
        for (text, wanted, loopback) in [
            ("https://api2.autopilothq.com", "https://api2.autopilothq.com", false),
            (" HTTPS://Api2.AutopilotHQ.com/ ", "https://api2.autopilothq.com", false),
            ("https://api2.autopilothq.com:443", "https://api2.autopilothq.com", false),
            ("https://gateway.example:8443/", "https://gateway.example:8443", false),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example", false),
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010", true),
            ("http://127.0.0.1:80", "http://127.0.0.1", true),
            ("http://localhost:4010/", "http://localhost:4010", true),
            ("http://[::1]:4010", "http://[::1]:4010", true),
            ("https://127.0.0.1:22", "https://127.0.0.1:22", true),
        ] {
            let origin = Origin::parse(text).unwrap();
            assert_eq!((origin.as_str(), origin.is_loopback()), (wanted, loopback), "{text}");
            assert_eq!(Origin::parse(origin.as_str()).unwrap(), origin);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "evil",
            "//evil",
            "ftp://evil",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "https:///evil",
            "https:evil.example",
            "https:/evil.example",
            "http://evil.example",
            "http://api2.autopilothq.com",
            "https://api.vendor.com@evil",
            "https://user:pass@evil.example",
            "https://@evil.example",
            "https://evil.example/v1",
            "https://evil.example/?a=b",
            "https://evil.example?",
            "https://evil.example#a",
            "https://evil.example/..",
            "https://evil.example//",
            "https://169.254.169.254",
            "https://10.0.0.1",
            "https://8.8.8.8",
            "https://0x7f.1",
            "http://0x7f.1:4010",
            "http://127.1",
            "http://2130706433",
            "https://[fe80::1]",
            "https://[::ffff:127.0.0.1]",
            "http://[::]:80",
            "http://0.0.0.0:80",
            "https://evil.example:22",
            "https://evil.example:80",
            "https://evil.example:0",
            "https://evil.example:99999",
            "https://evil\u{3002}example",
            "https://b\u{fc}cher.example",
            "https://evil\\.example",
            "https://evil.ex\tample",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://localhost.",
            "https://evil.example:",
            "https://ev il.example",
            "https://evil.example%2f",
            "https://%65vil.example",
            "http://localhost%00.evil.example",
        ] {
            let error = Origin::parse(text).map(|origin| origin.text).expect_err(text);
            assert_eq!(error.code, Code::BadUrl, "{text}");
            assert!(error.message.ends_with('.'), "{}", error.message);
        }
    }
}
