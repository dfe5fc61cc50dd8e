//! CDM folders: a `model.json` says which files hold the rows of an entity, and how they are written
//! (customer-insights.md 5.4). Nothing in it is trusted: only regular files below its folder are read,
//! and nothing is ever fetched.

mod declared;
mod entity;
mod location;
mod model;

use std::path::Path;

use segue_engine::error::Result;

use self::model::Model;
use crate::stamp::Stamp;
use crate::words::bad_file;

pub(crate) use declared::Declared;
pub(crate) use entity::{Entity, Partition};

/// The name of the file.
const MODEL: &str = "model.json";

/// A model that was read, and the files of one of its entities.
#[derive(Debug)]
pub(crate) struct Described {
    /// The path of the model.
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    /// The files, in the order of the model, and how each is written.
    pub(crate) files: Vec<(String, Partition)>,
}

/// What a path stands for, if it is part of a CDM folder: the folder with a `model.json`, that file
/// itself, or, where the model has several entities, the folder beside it that is called as one of
/// them.
///
/// # Errors
/// `bad_file`, if the model is not one, does not say which entity is meant, or names a file that is
/// not there or not below its folder.
pub(crate) fn at(path: &str) -> Result<Option<Described>> {
    let place = Path::new(path);
    if place.file_name().is_some_and(|name| name == MODEL) && !place.is_dir() {
        return described(path, Model::read(path)?, None).map(Some);
    }
    if !place.is_dir() {
        return Ok(None);
    }
    if let Some(model) = model_in(place) {
        return described(&model, Model::read(&model)?, None).map(Some);
    }
    let beside = place.parent().and_then(model_in);
    let (Some(model), Some(name)) = (beside, place.file_name().and_then(|name| name.to_str())) else {
        return Ok(None);
    };
    match Model::read(&model) {
        Ok(read) if read.0.has(name) => described(&model, read, Some(name)).map(Some),
        // A folder of files like any other; it is not said that the model has to do with it.
        _ => Ok(None),
    }
}

/// The path of the model in a folder; one that is a link to nowhere is missed later.
fn model_in(folder: &Path) -> Option<String> {
    let model = folder.join(MODEL);
    std::fs::symlink_metadata(&model).ok()?;
    model.into_os_string().into_string().ok()
}

fn described(path: &str, (model, stamp): (Model, Stamp), wanted: Option<&str>) -> Result<Described> {
    let entity = model.entity(path, wanted)?;
    let shape = entity.shape(path, model.culture())?;
    if entity.partitions.is_empty() {
        return Err(bad_file(path, "names no files that hold its rows: the entity has no partitions")
            .help("Export it again, and download the folder whole."));
    }
    let files = location::files(path, &entity.partitions)?;
    let mut all = Vec::with_capacity(files.len());
    for (place, (file, partition)) in files.into_iter().zip(&entity.partitions).enumerate() {
        all.push((file, partition.written(path, place, &shape)?));
    }
    Ok(Described { path: path.to_owned(), stamp, files: all })
}
