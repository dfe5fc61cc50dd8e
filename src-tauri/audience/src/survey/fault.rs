//! What is wrong with a file, in a sentence with its name and line.

use std::fs::File;

use segue_engine::error::Error;

use crate::csv::{Fault, FaultKind};
use crate::form::{Form, Format};
use crate::layout::contents;
use crate::stamp::unreadable;
use crate::unpack::Unfit;
use crate::words::{bad_file, name};

/// The error for a fault; `names` are the columns in the order of the file.
pub(crate) fn sentence(path: &str, format: Format, fault: &Fault, names: &[String]) -> Error {
    let line = fault.line + 1;
    let unit = format.unit();
    // Of some files model.json says how they are written.
    let said = format == Format::Cdm;
    let save = if said {
        "Save the file in the encoding that model.json says."
    } else {
        "Save the file as UTF-8, or name its encoding with --encoding."
    };
    let column = |place: usize| match names.get(place) {
        Some(text) => format!("column {}", name(text)),
        None => format!("column {}", place + 1),
    };
    match fault.kind {
        FaultKind::OpenQuote => bad_file(path, &format!("has a quote in line {line} that is never closed"))
            .help("Close the quote, or double it where it is part of the text."),
        FaultKind::AfterQuote(cells) => bad_file(
            path,
            &format!("has text after a closing quote in line {line}, {}", column(cells.saturating_sub(1))),
        )
        .help("Quotes within a quoted cell must be doubled."),
        FaultKind::TooLong => bad_file(path, &format!("has a record in {unit} {line} that is longer than 16 MB"))
            .help("Check that this is a file of profiles and that its lines end."),
        FaultKind::Ragged { found, expected } => bad_file(
            path,
            &format!("has {found} {} in line {line} where {expected} are expected", cells(found)),
        )
        .help(if said {
            "Correct the line: a cell that holds the delimiter must stand in quotes. If all lines are like this, \
             model.json has other attributes or another delimiter than the file."
        } else {
            "Correct the line: a cell that holds the delimiter must stand in quotes. If all lines are like this, \
             name the delimiter with --delimiter."
        }),
        FaultKind::Nul => bad_file(path, &format!("has a NUL character in {unit} {line}"))
            .help("Remove it; text has none."),
        FaultKind::Encoding => bad_file(path, &format!("has bytes in line {line} that are not valid in its encoding"))
            .help(save),
        FaultKind::NoObject => bad_file(path, &format!("has something else than one JSON object in line {line}"))
            .help("Write one object a line, for example {\"CustomerId\": \"1\", \"Email\": \"a@example.com\"}."),
        FaultKind::TwiceInObject(place) => {
            bad_file(path, &format!("has {} twice in the object in line {line}", column(place)))
                .help("Write each key once in an object.")
        }
        FaultKind::OutOfTime(place) => bad_file(
            path,
            &format!("has a time in {unit} {line}, {} that no calendar has", column(place)),
        )
        .help("Correct it; years go from 1 to 9999."),
        FaultKind::Misfit(place, kind) => bad_file(
            path,
            &format!("has a value in {unit} {line}, {} that is not {kind}, which model.json says it is", column(place)),
        )
        .help("Correct the value, or the dataType of the attribute in model.json."),
        FaultKind::BlankKey => bad_file(path, &format!("has no value in the key column in {unit} {line}"))
            .help("Give every row a key, or choose another column with --key."),
        FaultKind::Unfit(Unfit::Damaged) => {
            bad_file(path, &format!("is damaged: it cannot be read from {unit} {line} on"))
                .help("Copy or download it again.")
        }
        FaultKind::Unfit(Unfit::CutOff) => {
            bad_file(path, &format!("is cut off: it cannot be read from {unit} {line} on"))
                .help("Copy or download it again, whole.")
        }
        FaultKind::Unfit(Unfit::Bomb) => bad_file(path, "unpacks to more than 500 times its size")
            .help("Check where it comes from. If it is what it should be, unpack it and add the unpacked file."),
        FaultKind::Io(std::io::ErrorKind::InvalidData) => {
            bad_file(path, "has bytes that are not valid in its encoding")
                .help(save)
        }
        FaultKind::Io(kind) => unreadable(path, kind),
    }
}

/// A packed file that is damaged shows itself as damaged text first: it is whole only if it can be
/// unpacked to its end.
pub(crate) fn looked_into(path: &str, form: Form, fault: Fault) -> Fault {
    if form.compression.is_none() || matches!(fault.kind, FaultKind::Unfit(_) | FaultKind::Io(_)) {
        return fault;
    }
    let whole = File::open(path)
        .and_then(|file| contents(file, form))
        .and_then(|mut input| std::io::copy(&mut input, &mut std::io::sink()));
    match whole {
        Ok(_) => fault,
        Err(error) => Fault { kind: FaultKind::from(&error), ..fault },
    }
}

fn cells(count: usize) -> &'static str {
    if count == 1 { "cell" } else { "cells" }
}
