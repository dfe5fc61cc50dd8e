//! Which bytes mean which letters. Files whose delimiters, quotes and line ends are single ASCII bytes
//! are cut into records as they are, and only their cells are decoded; the others (UTF-16 above all)
//! are decoded as they are read.

use std::borrow::Cow;
use std::io::{self, Read};

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    pub(crate) const UTF_8: Self = Self(encoding_rs::UTF_8);
    pub(crate) const WINDOWS_1252: Self = Self(encoding_rs::WINDOWS_1252);
    const UTF_16LE: Self = Self(encoding_rs::UTF_16LE);
    const UTF_16BE: Self = Self(encoding_rs::UTF_16BE);

    /// The encoding of this label; `None` if it is unknown.
    pub(crate) fn of_label(label: &str) -> Option<Self> {
        let encoding = encoding_rs::Encoding::for_label(label.trim().as_bytes())?;
        (encoding != encoding_rs::REPLACEMENT && encoding != encoding_rs::X_USER_DEFINED)
            .then_some(Self(encoding))
    }

    /// Its label, for people and for [`Self::of_label`].
    pub(crate) fn label(self) -> String {
        self.0.name().to_lowercase()
    }

    pub(crate) fn is_utf8(self) -> bool {
        self == Self::UTF_8
    }

    /// Whether records can be cut without decoding: every byte below 0x80 is that ASCII character.
    pub(crate) fn cut_raw(self) -> bool {
        self.is_utf8() || self.0.is_single_byte()
    }

    /// The text of these bytes; `None` if they are not valid.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let text = self.0.decode_without_bom_handling_and_without_replacement(bytes)?;
        // The bytes that Windows-1252 leaves open come out as control characters: another encoding.
        let open = self == Self::WINDOWS_1252 && text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c));
        (!open).then_some(text)
    }

    /// Whether these bytes of a record are valid.
    pub(crate) fn decode_strict(self, bytes: &[u8]) -> bool {
        if self.is_utf8() || !self.cut_raw() {
            std::str::from_utf8(bytes).is_ok()
        } else {
            self.decode(bytes).is_some()
        }
    }

    /// The UTF-8 of a cell; raw cells of files that are decoded as they are read are that already.
    pub(crate) fn decode_cell(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        if self.is_utf8() || !self.cut_raw() || bytes.is_ascii() {
            return Cow::Borrowed(bytes);
        }
        match self.0.decode_without_bom_handling(bytes).0 {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        }
    }

    /// The text of a cell, with marks where it is not valid.
    pub(crate) fn decode_lossy(self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(&self.decode_cell(bytes)).into_owned()
    }

    /// The text of the beginning of a file, without what is cut off at its end.
    pub(crate) fn decode_head(self, bytes: &[u8]) -> Vec<u8> {
        let mut text = String::with_capacity(bytes.len() * 3 / 2 + 16);
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let (_, _, _) = decoder.decode_to_string(bytes, &mut text, false);
        text.into_bytes()
    }
}

/// How the bytes at the beginning of a file are to be read: the encoding (`None`: UTF-8 unless it
/// proves otherwise) and the length of the byte order mark.
pub(crate) fn detect(head: &[u8]) -> (Option<Encoding>, usize) {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::UTF_8), 3),
        [0xFF, 0xFE, ..] => (Some(Encoding::UTF_16LE), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::UTF_16BE), 2),
        _ => (utf16_by_nul(head), 0),
    }
}

/// UTF-16 without a mark: text in Latin letters has a NUL in nearly every second byte, always on the
/// same side.
fn utf16_by_nul(head: &[u8]) -> Option<Encoding> {
    let head = head.get(..head.len().min(4096) & !1).unwrap_or_default();
    let nul = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (nul(0), nul(1), head.len() / 2);
    if half == 0 {
        None
    } else if even == 0 && odd * 10 >= half * 7 {
        Some(Encoding::UTF_16LE)
    } else if odd == 0 && even * 10 >= half * 7 {
        Some(Encoding::UTF_16BE)
    } else {
        None
    }
}

/// A reader of the UTF-8 that the bytes of another reader mean.
pub(crate) struct Decoded<R> {
    input: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    drained: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads `input`, which stands after the byte order mark.
    pub(crate) fn new(input: R, encoding: Encoding, block: usize) -> Self {
        Self {
            input,
            decoder: encoding.0.new_decoder_without_bom_handling(),
            raw: vec![0; block.max(16)],
            text: Vec::new(),
            given: 0,
            drained: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = self.input.read(&mut self.raw)?;
        self.drained = count == 0;
        let raw = self.raw.get(..count).unwrap_or_default();
        let room = self
            .decoder
            .max_utf8_buffer_length_without_replacement(count)
            .unwrap_or(count.saturating_mul(4))
            .max(16);
        self.text.resize(room, 0);
        let (result, _, written) =
            self.decoder.decode_to_utf8_without_replacement(raw, &mut self.text, self.drained);
        if matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.drained {
            self.refill()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(rest) {
            *to = *from;
        }
        self.given += count;
        Ok(count)
    }
}
