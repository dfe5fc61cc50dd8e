//! Percent-encoding in the segments of a path (RFC 3986 2.1).

/// The segment with its escapes undone; `None` when an escape is cut short or is no UTF-8.
///
/// Ids of lists may hold blanks and addresses `+`, `/` and `#` (`destination-api.md` 2.1, 4.11);
/// a bare `+` stands for itself, it is a blank in forms only.
pub(crate) fn decode(segment: &str) -> Option<String> {
    if !segment.contains('%') {
        return Some(segment.to_owned());
    }
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_halves_refused() {
        assert_eq!(decode("a%2Bb+c%2f%C3%A5").as_deref(), Some("a+b+c/å"));
        assert_eq!(decode("a%2"), None);
        assert_eq!(decode("a%zz"), None);
        assert_eq!(decode("%ff"), None);
    }
}
