//! Carries a plan out: writes the files and starts the scheduler's own program. Either all of it is there
//! afterwards, or what was there before.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Plan, Step};

/// What keeps a plan from being carried out, as the end of a sentence.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// A file cannot be written or removed.
    File(PathBuf, io::Error),
    /// The scheduler's own program cannot be started.
    Missing(&'static str, io::Error),
    /// It refused, with its words.
    Refused(&'static str, String),
}

/// Sets the entries up, or anew.
pub(crate) fn install(plan: &Plan) -> Result<(), Trouble> {
    let before: Vec<Option<Vec<u8>>> = plan.files.iter().map(|(path, _)| fs::read(path).ok()).collect();
    let done = write_all(plan).and_then(|()| carry_out(&plan.install));
    if done.is_err() {
        if before.iter().all(Option::is_none) {
            drop(carry_out(&plan.uninstall));
        }
        for ((path, _), before) in plan.files.iter().zip(&before) {
            // What cannot be put back is told by the trouble that there is already.
            drop(match before {
                Some(bytes) => fs::write(path, bytes),
                None => fs::remove_file(path),
            });
        }
        drop(carry_out(&plan.gone));
    } else if plan.copied {
        remove_all(plan)?;
    }
    done
}

/// Takes the entries away; whether there were any is no matter. Where the scheduler refuses to let go of one, its files
/// are gone all the same.
pub(crate) fn uninstall(plan: &Plan) -> Result<(), Trouble> {
    let there = match &plan.there {
        Some(step) => start(step).is_ok(),
        None => plan.files.iter().any(|(path, _)| path.exists()),
    };
    let ended = plan.uninstall.iter().try_for_each(start);
    remove_all(plan)?;
    carry_out(&plan.gone)?;
    if there { ended } else { Ok(()) }
}

fn write_all(plan: &Plan) -> Result<(), Trouble> {
    plan.files.iter().try_for_each(|(path, bytes)| {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(path, bytes))
            .map_err(|error| Trouble::File(path.clone(), error))
    })
}

fn remove_all(plan: &Plan) -> Result<(), Trouble> {
    plan.files.iter().try_for_each(|(path, _)| match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Trouble::File(path.clone(), error)),
        _ => Ok(()),
    })
}

fn carry_out(steps: &[Step]) -> Result<(), Trouble> {
    steps.iter().try_for_each(|step| match start(step) {
        Err(trouble) if step.must => Err(trouble),
        _ => Ok(()),
    })
}

fn start(step: &Step) -> Result<(), Trouble> {
    let output = Command::new(step.program)
        .args(&step.words)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Trouble::Missing(step.program, error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it did not say why");
    Err(Trouble::Refused(step.program, said.trim_end_matches('.').to_owned()))
}
