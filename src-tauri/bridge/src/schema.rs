//! The schema of all commands in ui/src/bindings: made from the types, and held to them here; the page's
//! TypeScript is made from it (`npm run bindings` in ui/).

use std::path::Path;
use std::{env, fs};

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use segue_engine::model::{PersonRecord, Run, SystemSchedule};
use segue_engine::store::audit::Entry;
use segue_engine::{Diagnostics, Forgotten, Imported};
use serde_json::{Map, Value, json};

use crate::list::commands;
use crate::views::*;
use crate::{Event, Failure};

/// What the page sends is described as it is read, what it gets as it is written.
fn described() -> Value {
    let mut read = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut written = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut list = Map::new();
    macro_rules! each {
        ($($file:ident { $($name:ident($request:ty) -> $answer:ty;)* })*) => {
            $($(
                let request = read.subschema_for::<$request>();
                let answer = written.subschema_for::<$answer>();
                list.insert(stringify!($name).to_owned(), json!({ "request": request, "answer": answer }));
            )*)*
        };
    }
    commands!(each);
    let event = written.subschema_for::<Event>();
    let failure = written.subschema_for::<Failure>();
    let (read, mut all) = (definitions(&mut read), definitions(&mut written));
    for (name, schema) in read {
        let twin = all.insert(name.clone(), schema.clone());
        // Defaults make a key optional on the way in; a type that goes both ways needs one form.
        if let Some(twin) = twin.filter(|twin| *twin != schema) {
            all.insert(name, twin);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "commands": list,
        "event": event,
        "failure": failure,
        "$defs": all,
    })
}

fn definitions(generator: &mut SchemaGenerator) -> Map<String, Value> {
    generator.take_definitions(true)
}

#[test]
fn the_schema_is_that_of_the_types() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings/commands.schema.json");
    let made = format!("{}\n", serde_json::to_string_pretty(&described()).unwrap());
    if env::var_os("SEGUE_WRITE_SCHEMAS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &made).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == made,
        "{} is stale: SEGUE_WRITE_SCHEMAS=1 cargo test --profile ci --workspace schema, then npm run bindings in ui/",
        file.display()
    );
}
