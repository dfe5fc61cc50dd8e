//! Path: segments of a URL's path, percent-encoded (destination-api.md 4.11).

use super::{Method, Request};

/// A request without a body, that can be repeated, to `/v1` and these segments.
pub(super) fn bare(method: Method, segments: &[&str]) -> Request {
    Request { method, path: join(segments), body: None, repeatable: true }
}

/// `/v1/…` with every segment encoded: all but unreserved characters, so that `+`, `/`, `#`, blanks
/// and letters of other scripts arrive as they are.
pub(super) fn join(segments: &[&str]) -> String {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut path = String::from("/v1");
    for segment in segments {
        path.push('/');
        for octet in segment.bytes() {
            if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
                path.push(char::from(octet));
            } else {
                path.push('%');
                path.extend([octet >> 4, octet & 15].iter().filter_map(|&digit| HEX.get(usize::from(digit))));
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn every_segment_is_encoded() {
        assert_eq!(join(&["lists"]), "/v1/lists");
        assert_eq!(join(&["contact", "a+b/c#d?e@f.se"]), "/v1/contact/a%2Bb%2Fc%23d%3Fe%40f.se");
        assert_eq!(
            join(&["list", "contactlist_build your", "contact", "å@x.se"]),
            "/v1/list/contactlist_build%20your/contact/%C3%A5%40x.se"
        );
        assert_eq!(join(&["contact", "%2e%&=;"]), "/v1/contact/%252e%25%26%3D%3B");
    }
}
