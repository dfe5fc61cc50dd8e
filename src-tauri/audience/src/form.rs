//! What a file is made of: its format, and what it is packed with.

use serde::{Deserialize, Serialize};

/// Both together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Form {
    pub(crate) format: Format,
    /// `None`: it is not packed.
    #[serde(default)]
    pub(crate) compression: Option<Compression>,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    /// Delimited text.
    #[default]
    Csv,
    /// Delimited text that the `model.json` of a CDM folder describes.
    Cdm,
    /// One JSON object a line.
    Ndjson,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// Of a text, by the name of its file and by what it begins with.
    pub(crate) fn detect(path: &str, text: &[u8]) -> Self {
        let path = path.to_ascii_lowercase();
        let inner = [".gz", ".zst"].iter().find_map(|packed| path.strip_suffix(packed)).unwrap_or(&path);
        let named = [".ndjson", ".jsonl", ".json"].iter().any(|ending| inner.ends_with(ending));
        if named || crate::json::looks_like(text) { Self::Ndjson } else { Self::Csv }
    }

    /// Whether it is text with delimiters.
    pub(crate) fn is_delimited(self) -> bool {
        matches!(self, Self::Csv | Self::Cdm)
    }

    /// What a place in such a file is called.
    pub(crate) fn unit(self) -> &'static str {
        if self == Self::Parquet { "row" } else { "line" }
    }

    /// Its name, for people and programs.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Cdm => "cdm",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
        }
    }
}

/// What a whole file is packed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Compression {
    /// One or more members of gzip.
    Gzip,
    /// One or more frames of Zstandard.
    Zstd,
}

impl Compression {
    /// By the first bytes of a file; its name does not count.
    pub(crate) fn detect(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            // The second is a frame to be skipped, with which some programs begin.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// Its name, for people and programs.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}
