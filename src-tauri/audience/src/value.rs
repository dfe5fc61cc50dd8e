//! What a cell may be besides text. One set of readers decides the type of a column and makes its
//! values, so that a column never fails to convert after it was typed.

use segue_engine::model::ColumnType;

/// The types that every value of a column so far can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Possible(u8);

impl Possible {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const INTEGER: Self = Self(1);
    pub(crate) const FLOAT: Self = Self(2);
    pub(crate) const BOOLEAN: Self = Self(4);
    const DATE: Self = Self(8);
    pub(crate) const TIMESTAMP: Self = Self(16);
    /// A number whose decimals begin with a comma.
    const COMMA: Self = Self(32);
    /// Where a comma can begin decimals.
    pub(crate) const ALL: Self = Self(63);
    /// Where it cannot.
    pub(crate) const POINT: Self = Self(31);

    /// Those that are in both.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, kind: Self) -> bool {
        self.and(kind) == kind
    }

    /// Whether all are numbers, and at least one of them only by its decimal comma.
    pub(crate) fn has_commas(self) -> bool {
        self.has(Self::COMMA) && !self.has(Self::FLOAT)
    }

    /// The same after commas were made points.
    #[must_use]
    pub(crate) fn pointed(self) -> Self {
        if self.has_commas() { Self::FLOAT } else { self.and(Self::POINT) }
    }

    /// Whether only text is left.
    pub(crate) fn only_text(self) -> bool {
        self == Self::NONE
    }

    /// What a cell that is not blank can be.
    pub(crate) fn of(cell: &[u8]) -> Self {
        match cell.first() {
            Some(b'0'..=b'9' | b'-') => {
                if integer(cell).is_some() {
                    Self::INTEGER.or(Self::FLOAT).or(Self::COMMA)
                } else if float(cell).is_some() {
                    if cell.contains(&b'.') { Self::FLOAT } else { Self::FLOAT.or(Self::COMMA) }
                } else if date(cell).is_some() {
                    Self::DATE.or(Self::TIMESTAMP)
                } else if timestamp(cell).is_some() {
                    Self::TIMESTAMP
                } else if pointed(cell).is_some_and(|cell| float(&cell).is_some()) {
                    Self::COMMA
                } else {
                    Self::NONE
                }
            }
            Some(b't' | b'T' | b'f' | b'F') if boolean(cell).is_some() => Self::BOOLEAN,
            _ => Self::NONE,
        }
    }

    /// The type of a column with these possibilities that has at least one value.
    pub(crate) fn narrowest(self) -> ColumnType {
        if self.has(Self::INTEGER) {
            ColumnType::Integer
        } else if self.has(Self::FLOAT) {
            ColumnType::Float
        } else if self.has(Self::BOOLEAN) {
            ColumnType::Boolean
        } else if self.has(Self::DATE) {
            ColumnType::Date
        } else if self.has(Self::TIMESTAMP) {
            ColumnType::Timestamp
        } else {
            ColumnType::Text
        }
    }
}

/// Whether nothing but white space is in a cell.
#[inline]
pub(crate) fn is_blank(cell: &[u8]) -> bool {
    match cell.first() {
        None => true,
        // Nearly every cell begins with a visible ASCII character.
        Some(0x21..=0x7e) => false,
        Some(_) => std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty()),
    }
}

/// A whole number below 2^53 as it would be printed again: no plus, no leading zero, no `-0`.
pub(crate) fn integer(cell: &[u8]) -> Option<i64> {
    let (negative, digits) = match cell {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    match digits {
        [] => return None,
        [b'0'] if negative => return None,
        [b'0', _, ..] => return None,
        _ if digits.len() > 16 => return None,
        _ => {}
    }
    let mut value = 0_i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    (value < 1 << 53).then_some(if negative { -value } else { value })
}

/// A finite number; whole ones only if they are an [`integer`], so that no digit is lost.
pub(crate) fn float(cell: &[u8]) -> Option<f64> {
    #[allow(clippy::cast_precision_loss)]
    if let Some(whole) = integer(cell) {
        return Some(whole as f64);
    }
    let unsigned = cell.strip_prefix(b"-").unwrap_or(cell);
    let count = unsigned.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (whole, rest) = unsigned.split_at_checked(count)?;
    if whole.is_empty() || (whole.len() > 1 && whole.first() == Some(&b'0')) {
        return None;
    }
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let count = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if count == 0 {
                return None;
            }
            fraction.get(count..)?
        }
        [b'e' | b'E', ..] => rest,
        // Digits alone are an integer, or too large for one.
        _ => return None,
    };
    let fits = match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', power @ ..] | [b'e' | b'E', power @ ..] => {
            !power.is_empty() && power.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    };
    if !fits {
        return None;
    }
    let value: f64 = std::str::from_utf8(cell).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// The same with a point in place of the only comma; `None` if there is another number of commas, or a
/// point.
pub(crate) fn pointed(cell: &[u8]) -> Option<Vec<u8>> {
    let place = memchr::memchr(b',', cell)?;
    let mut pointed = cell.to_vec();
    *pointed.get_mut(place)? = b'.';
    let again = cell.get(place + 1..).unwrap_or_default();
    (memchr::memchr(b',', again).is_none() && memchr::memchr(b'.', cell).is_none()).then_some(pointed)
}

/// `true` or `false` in any letter case.
pub(crate) fn boolean(cell: &[u8]) -> Option<bool> {
    if cell.eq_ignore_ascii_case(b"true") {
        Some(true)
    } else if cell.eq_ignore_ascii_case(b"false") {
        Some(false)
    } else {
        None
    }
}

/// A day as `yyyy-mm-dd`, in days since 1970.
pub(crate) fn date(cell: &[u8]) -> Option<i32> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell else { return None };
    let year = digits(&[*y1, *y2, *y3, *y4])?;
    days(year, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?)
}

/// A moment in ISO 8601 (`yyyy-mm-dd`, then `T` or a blank and a time of day, then maybe a zone), in
/// microseconds since 1970; without a zone it is taken as UTC. A day alone is its beginning.
pub(crate) fn timestamp(cell: &[u8]) -> Option<i64> {
    let (day, rest) = cell.split_at_checked(10)?;
    let midnight = i64::from(date(day)?) * 86_400_000_000;
    let rest = match rest {
        [] => return Some(midnight),
        [b'T' | b't' | b' ', rest @ ..] => rest,
        _ => return None,
    };
    let (hours, rest) = two(rest)?;
    let (minutes, mut rest) = two(rest.strip_prefix(b":")?)?;
    let (mut seconds, mut micros) = (0, 0);
    if let Some(after) = rest.strip_prefix(b":") {
        (seconds, rest) = two(after)?;
        if let [b'.' | b',', fraction @ ..] = rest {
            let count = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if count == 0 || count > 9 {
                return None;
            }
            for place in 0..6 {
                let digit = if place < count { fraction.get(place).map_or(0, |byte| byte - b'0') } else { 0 };
                micros = micros * 10 + i64::from(digit);
            }
            rest = fraction.get(count..)?;
        }
    }
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let offset = zone(rest)?;
    Some(midnight + (hours * 3600 + minutes * 60 + seconds - offset * 60) * 1_000_000 + micros)
}

/// The minutes east of UTC.
fn zone(text: &[u8]) -> Option<i64> {
    let (sign, rest) = match text {
        [] | [b'Z' | b'z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = two(rest)?;
    let minutes = match rest {
        [] => 0,
        _ => match two(rest.strip_prefix(b":").unwrap_or(rest))? {
            (minutes, []) => minutes,
            _ => return None,
        },
    };
    (hours <= 18 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

fn two(text: &[u8]) -> Option<(i64, &[u8])> {
    let (head, rest) = text.split_at_checked(2)?;
    Some((i64::from(digits(head)?), rest))
}

fn digits(text: &[u8]) -> Option<i32> {
    text.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i32::from(byte - b'0')))
}

/// Days from 1970-01-01 in the Gregorian calendar, for years 1 to 9999.
fn days(year: i32, month: i32, day: i32) -> Option<i32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year < 1 || day < 1 || day > last {
        return None;
    }
    // Years that begin in March put the leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_the_calendar() {
        assert_eq!(date(b"1970-01-01"), Some(0));
        assert_eq!(date(b"2000-02-29"), Some(11_016));
        assert_eq!(date(b"1969-12-31"), Some(-1));
        assert_eq!(date(b"0001-01-01"), Some(-719_162));
        assert_eq!(date(b"9999-12-31"), Some(2_932_896));
        for wrong in ["2023-02-29", "2023-00-10", "2023-13-01", "0000-01-01", "2023-1-01", "20230101"] {
            assert_eq!(date(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn moments_with_and_without_zone() {
        assert_eq!(timestamp(b"1970-01-02"), Some(86_400_000_000));
        assert_eq!(timestamp(b"1970-01-01T00:00:01.5Z"), Some(1_500_000));
        assert_eq!(timestamp(b"1970-01-01 02:00+02:00"), Some(0));
        assert_eq!(timestamp(b"1970-01-01T00:00:00-0130"), Some(5_400_000_000));
        for wrong in ["1970-01-01T24:00", "1970-01-01T1:00", "1970-01-01T10:00:61", "1970-01-01T10:00+2"] {
            assert_eq!(timestamp(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_keep_every_digit() {
        assert_eq!(integer(b"9007199254740991"), Some((1 << 53) - 1));
        for wrong in ["9007199254740992", "0701", "+1", "-0", "", "-", "1 ", "12a"] {
            assert_eq!(integer(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(float(b"0.5"), Some(0.5));
        assert_eq!(float(b"1e3"), Some(1000.0));
        for wrong in ["1e309", "00.5", ".5", "5.", "1e", "NaN", "9007199254740993", "1,5"] {
            assert_eq!(float(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
