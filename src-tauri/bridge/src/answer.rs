//! Answer: each command of the list goes to its function, and what came of it to a line.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{PersonRecord, Run, SystemSchedule};
use segue_engine::store::audit::Entry;
use segue_engine::{Diagnostics, Forgotten, Imported};

use crate::list::commands;
use crate::views::*;
use crate::{Ask, Desk, Failure, Say};

impl Desk {
    /// Answers one command. Whatever is wrong with it is an answer too.
    pub async fn answer(&self, ask: Ask) -> Say {
        let Ask { id, command, request } = ask;
        match dispatch(self, &command, &request).await {
            Ok(answer) => Say::Answer { id, answer },
            Err(error) => {
                tracing::info!(command, code = ?error.code, "A command was refused.");
                Say::Failed { id, error: Failure::from(error) }
            }
        }
    }
}

/// The commands of one group; each future is boxed, so that the largest does not make all large.
macro_rules! group {
    ($desk:ident, $command:ident, $ask:ident, $file:ident { $($name:ident($request:ty) -> $answer:ty;)* }) => {
        $(if $command == stringify!($name) {
            let request: $request = read($command, $ask)?;
            let answer: $answer = Box::pin(crate::commands::$file::$name($desk, request)).await?;
            return written(&answer);
        })*
    };
}

macro_rules! all {
    ($($file:ident $commands:tt)*) => {
        async fn dispatch(desk: &Desk, command: &str, ask: &Value) -> Result<Value> {
            $(group!(desk, command, ask, $file $commands);)*
            Err(Error::new(Code::Usage, "The window asked for something that this version cannot do.")
                .help("Close all windows of Segue and start it again."))
        }
    };
}
commands!(all);

/// The request, or which field of it is wrong; never a value, which may be somebody's.
fn read<T: DeserializeOwned>(command: &str, request: &Value) -> Result<T> {
    let broken = |error| Error::internal(format!("a request has no JSON ({error})"));
    let fault = match T::deserialize(request) {
        Ok(request) => return Ok(request),
        Err(fault) => fault.to_string(),
    };
    // Laid out with a field a line, so that the line of the fault names the field.
    let text = serde_json::to_string_pretty(request).map_err(broken)?;
    let line = serde_json::from_str::<T>(&text).err().map_or(0, |error| error.line());
    let field = line.checked_sub(1).and_then(|at| text.lines().nth(at)).and_then(field_of);
    // What is said of a value holds the value; names of fields do not.
    let what = match (field, fault.starts_with("missing field")) {
        (Some(field), false) => format!("its field `{field}` is wrong"),
        _ if fault.contains("field `") => fault.split(", expected").next().unwrap_or_default().to_owned(),
        _ => "it is not of the form that is asked for".to_owned(),
    };
    Err(Error::new(Code::Usage, format!("The request of {command} cannot be read: {what}.")))
}

/// The name before the colon of a line of JSON.
fn field_of(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start().strip_prefix('"')?.split_once("\":")?;
    Some(name)
}

fn written<T: Serialize>(answer: &T) -> Result<Value> {
    serde_json::to_value(answer).map_err(|error| Error::internal(format!("an answer has no JSON ({error})")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fault(request: &Value) -> String {
        let error = read::<RunPeopleRequest>("run_people", request).unwrap_err();
        assert_eq!(error.code, Code::Usage);
        error.message
    }

    #[test]
    fn the_field_is_named_and_its_value_is_not() {
        let part = json!({ "offset": 0, "limit": 10 });
        let whole = json!({ "run": "r", "part": part });
        assert!(read::<RunPeopleRequest>("run_people", &whole).is_ok());
        let wrong = fault(&json!({ "run": "r", "outcome": "anna@example.com", "part": part }));
        assert_eq!(wrong, "The request of run_people cannot be read: its field `outcome` is wrong.");
        let deep = fault(&json!({ "run": "r", "part": { "offset": "anna@example.com", "limit": 1 } }));
        assert!(deep.contains("`offset`") && !deep.contains("anna"), "{deep}");
        let missing = fault(&json!({ "run": "r" }));
        assert!(missing.contains("missing field `part`"), "{missing}");
        let strange = fault(&json!({ "run": "r", "part": part, "password": "secret" }));
        assert!(strange.contains("`password`") && !strange.contains("secret"), "{strange}");
        assert!(fault(&json!("anna@example.com")).contains("not of the form"));
    }
}
