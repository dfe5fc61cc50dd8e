//! Packed files, unpacked as they are read: nothing is written to disk, and memory holds no more than
//! the window of the packing.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};

use flate2::read::MultiGzDecoder;

use crate::form::Compression;

/// Files that unpack to less are never refused for their size.
const HARMLESS: u64 = 256 << 20;
/// How many times its size a file may unpack to. Tables with mostly empty columns reach a hundred or
/// two; what exceeds this was made to exhaust whoever unpacks it.
const MOST_TIMES: u64 = 500;
/// The largest window, as a power of two: what the `zstd` program takes without being told.
const WINDOW: u32 = 27;

/// Why a file cannot be unpacked, as the payload of an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// What it holds is not what was packed.
    Damaged,
    /// Its end is missing.
    CutOff,
    /// It unpacks to far more than files of profiles do.
    Bomb,
}

impl Unfit {
    /// The reason that an error carries.
    pub(crate) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }

    /// The error that carries this reason.
    pub(crate) fn error(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "packed data is damaged",
            Self::CutOff => "packed data is cut off",
            Self::Bomb => "packed data unpacks to too much",
        })
    }
}

impl std::error::Error for Unfit {}

/// The most that a file of this size may unpack to.
pub(crate) fn too_much(bytes: u64) -> u64 {
    bytes.saturating_mul(MOST_TIMES).max(HARMLESS)
}

/// The contents of a packed file.
pub(crate) struct Unpacked {
    input: Box<dyn Read + Send>,
    most: u64,
    given: u64,
}

impl Unpacked {
    /// Unpacks `file` from its beginning.
    pub(crate) fn new(file: File, compression: Compression) -> io::Result<Self> {
        let most = too_much(file.metadata()?.len());
        let input: Box<dyn Read + Send> = match compression {
            Compression::Gzip => Box::new(MultiGzDecoder::new(BufReader::new(file))),
            Compression::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::new(file)?;
                decoder.window_log_max(WINDOW)?;
                Box::new(decoder)
            }
        };
        Ok(Self { input, most, given: 0 })
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer).map_err(reason)?;
        self.given += count as u64;
        if self.given > self.most { Err(Unfit::Bomb.error()) } else { Ok(count) }
    }
}

/// Errors of the disk have a number of the system; all others are the packing's.
fn reason(error: io::Error) -> io::Error {
    match error.kind() {
        _ if error.raw_os_error().is_some() => error,
        io::ErrorKind::Interrupted => error,
        io::ErrorKind::UnexpectedEof => Unfit::CutOff.error(),
        _ => Unfit::Damaged.error(),
    }
}
