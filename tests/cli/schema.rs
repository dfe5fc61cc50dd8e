//! Holds answers to the schemas in docs/json. Reads as much of JSON Schema as stands there, and stops
//! at anything else, so that nothing is taken for checked that is not. Keys that a schema does not
//! name are refused: a document that grows needs a schema that grows.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::harness::Done;

/// Command and schema, by the page in docs/json.
static TABLE: LazyLock<Vec<(String, Schema)>> = LazyLock::new(|| {
    let page = fs::read_to_string(folder().join("README.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `segue ")?.split_once("` | ["));
    rows.map(|(command, rest)| (command.to_owned(), Schema::read(rest.split_once(']').unwrap().0))).collect()
});

static ERROR: LazyLock<Schema> = LazyLock::new(|| Schema::read("error"));

struct Schema(Value);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/json")
}

/// Holds what a command printed to its schemas, if it was told to print JSON.
pub(crate) fn hold(words: &[String], done: &Done) {
    let printed_json = words.iter().any(|word| word == "--json");
    if !printed_json || words.iter().any(|word| ["--help", "help", "--version"].contains(&word.as_str())) {
        return;
    }
    let schemas = TABLE.iter().filter(|(command, _)| is_of(words, command)).map(|(_, schema)| schema);
    for line in done.out.lines() {
        let Some(document) = read(words, line) else { continue };
        let wrong: Vec<String> = schemas.clone().map_while(|schema| schema.check(&document).err()).collect();
        let held = schemas.clone().count() > wrong.len();
        assert!(held, "{words:?} prints what no schema of it says: {wrong:?}: {line}");
    }
    for line in done.err.lines().filter(|line| line.starts_with('{')) {
        let event = read(words, line).unwrap();
        ERROR.check(&event).unwrap_or_else(|why| panic!("{words:?}: {why}"));
    }
}

/// `None` for what is nested deeper than a value may be, as a rule of somebody's may be.
fn read(words: &[String], line: &str) -> Option<Value> {
    match serde_json::from_str(line) {
        Ok(document) => Some(document),
        Err(error) if error.to_string().starts_with("recursion limit") => None,
        Err(error) => panic!("{words:?}: JSON ({error}), not {line:?}"),
    }
}

/// Whether these words are that command: its words come first, its flags anywhere.
fn is_of(words: &[String], command: &str) -> bool {
    let (flags, names): (Vec<&str>, Vec<&str>) = command.split(' ').partition(|word| word.starts_with("--"));
    words.iter().map(String::as_str).take(names.len()).eq(names)
        && flags.iter().all(|flag| words.iter().any(|word| word == flag))
}

impl Schema {
    fn read(name: &str) -> Self {
        let text = fs::read_to_string(folder().join(format!("{name}.schema.json"))).unwrap();
        Self(serde_json::from_str(&text).unwrap())
    }

    fn check(&self, document: &Value) -> Result<(), String> {
        self.node(&self.0, document, "").and_then(|()| self.closed(&self.0, document, ""))
    }

    fn resolve(&self, reference: &Value) -> &Value {
        let name = reference.as_str().and_then(|text| text.strip_prefix('#')).unwrap();
        self.0.pointer(name).unwrap_or_else(|| panic!("{name} is in the schema"))
    }

    fn node(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let Value::Object(keywords) = schema else {
            return if schema == &Value::Bool(true) {
                Ok(())
            } else {
                Err(format!("{at}: nothing may be here"))
            };
        };
        for (keyword, wanted) in keywords {
            let fits = match keyword.as_str() {
                "$schema" | "title" | "description" | "$defs" | "format" | "default" => Ok(()),
                "$ref" => self.node(self.resolve(wanted), value, at),
                "type" => is_type(wanted, value).then_some(()).ok_or(format!("{at}: not {wanted}")),
                "const" => (wanted == value).then_some(()).ok_or(format!("{at}: not {wanted}")),
                "enum" => list(wanted).contains(value).then_some(()).ok_or(format!("{at}: not of {wanted}")),
                "minimum" => at_least(value, wanted).then_some(()).ok_or(format!("{at}: below {wanted}")),
                "maximum" => at_least(wanted, value).then_some(()).ok_or(format!("{at}: above {wanted}")),
                "minLength" => at_least(&length(value), wanted)
                    .then_some(())
                    .ok_or(format!("{at}: shorter than {wanted}")),
                "maxLength" => at_least(wanted, &length(value))
                    .then_some(())
                    .ok_or(format!("{at}: longer than {wanted}")),
                "pattern" => is_like(wanted, value).then_some(()).ok_or(format!("{at}: not like {wanted}")),
                "required" => list(wanted)
                    .iter()
                    .find(|key| value.get(key.as_str().unwrap()).is_none())
                    .map_or(Ok(()), |key| Err(format!("{at}: {key} is missing"))),
                "properties" => {
                    let known = object(wanted).iter();
                    known
                        .filter_map(|(key, schema)| Some((key, schema, value.get(key)?)))
                        .try_for_each(|(key, schema, value)| self.node(schema, value, &format!("{at}/{key}")))
                }
                "additionalProperties" | "unevaluatedProperties" => Ok(()),
                "items" => value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .enumerate()
                    .try_for_each(|(place, item)| self.node(wanted, item, &format!("{at}/{place}"))),
                "anyOf" => self.ways(wanted, value, at).map(|_| ()),
                "oneOf" => match self.ways(wanted, value, at)? {
                    1 => Ok(()),
                    ways => Err(format!("{at}: fits in {ways} ways")),
                },
                "allOf" => list(wanted).iter().try_for_each(|schema| self.node(schema, value, at)),
                other => panic!("{at}: this test does not know the keyword {other}"),
            };
            fits?;
        }
        Ok(())
    }

    /// In how many ways a value fits; the errors of all where in none.
    fn ways(&self, schemas: &Value, value: &Value, at: &str) -> Result<usize, String> {
        let tried: Vec<_> = list(schemas).iter().map(|schema| self.node(schema, value, at)).collect();
        match tried.iter().filter(|way| way.is_ok()).count() {
            0 => Err(tried.into_iter().filter_map(Result::err).collect::<Vec<_>>().join(" and ")),
            ways => Ok(ways),
        }
    }

    /// Whether every key of every object is named.
    fn closed(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        match value {
            Value::Array(items) => {
                let all = self.parts(schema, value, "items");
                items.iter().enumerate().try_for_each(|(place, item)| {
                    all.iter().try_for_each(|schema| self.closed(schema, item, &format!("{at}/{place}")))
                })
            }
            Value::Object(members) => {
                let named = self.parts(schema, value, "properties");
                let open = self.parts(schema, value, "additionalProperties");
                if named.is_empty() && open.is_empty() {
                    return Ok(()); // any value at all
                }
                members.iter().try_for_each(|(key, value)| {
                    let at = format!("{at}/{key}");
                    let mut schemas = named
                        .iter()
                        .filter_map(|named| named.get(key))
                        .chain(open.iter().copied())
                        .peekable();
                    if schemas.peek().is_none() {
                        return Err(format!("{at}: the schema does not name it"));
                    }
                    schemas.try_for_each(|schema| self.closed(schema, value, &at))
                })
            }
            _ => Ok(()),
        }
    }

    /// Everything that the parts of a schema which this value fits say under a keyword.
    fn parts<'a>(&'a self, schema: &'a Value, value: &Value, keyword: &str) -> Vec<&'a Value> {
        let Value::Object(keywords) = schema else { return Vec::new() };
        let mut found: Vec<&Value> =
            keywords.get(keyword).into_iter().filter(|part| !part.is_boolean()).collect();
        if let Some(reference) = keywords.get("$ref") {
            found.extend(self.parts(self.resolve(reference), value, keyword));
        }
        for choice in ["allOf", "anyOf", "oneOf"] {
            for part in keywords.get(choice).into_iter().flat_map(list) {
                if self.node(part, value, "").is_ok() {
                    found.extend(self.parts(part, value, keyword));
                }
            }
        }
        found
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

fn at_least(value: &Value, bound: &Value) -> bool {
    value.as_f64().zip(bound.as_f64()).is_none_or(|(value, bound)| value >= bound)
}

/// The length of a text; nothing for anything else, which a length says nothing of.
fn length(value: &Value) -> Value {
    value.as_str().map_or(Value::Null, |text| text.chars().count().into())
}

/// Whether a text fits a pattern; that of a time of day is the only one that stands in a schema.
fn is_like(pattern: &Value, value: &Value) -> bool {
    assert_eq!(pattern, "^([01][0-9]|2[0-3]):[0-5][0-9]$", "this test does not know the pattern");
    let two = |text: &str, most: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse().is_ok_and(|n: u8| n <= most)
    };
    let parts = value.as_str().and_then(|text| text.split_once(':'));
    parts.is_some_and(|(hour, minute)| two(hour, 23) && two(minute, 59))
}

fn is_type(wanted: &Value, value: &Value) -> bool {
    match wanted {
        Value::Array(any) => any.iter().any(|wanted| is_type(wanted, value)),
        Value::String(name) => match name.as_str() {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            other => panic!("this test does not know the type {other}"),
        },
        other => panic!("{other} is a type"),
    }
}

#[test]
fn a_document_that_does_not_fit_is_found() {
    let schema = |text: &str| Schema(serde_json::from_str(text).unwrap());
    let run = schema(
        r##"{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"counts":{"$ref":"#/$defs/Counts"}},
            "$defs":{"Counts":{"type":"object","properties":{"new":{"type":"integer","minimum":0}}}}}"##,
    );
    let of = |text: &str| run.check(&serde_json::from_str(text).unwrap());
    assert_eq!(of(r#"{"id":"a","counts":{"new":1}}"#), Ok(()));
    for (text, why) in [
        (r#"{}"#, "\"id\" is missing"),
        (r#"{"id":1}"#, "/id: not \"string\""),
        (r#"{"id":"a","counts":{"new":-1}}"#, "/counts/new: below 0"),
        (r#"{"id":"a","counts":{"old":1}}"#, "/counts/old: the schema does not name it"),
        (r#"[]"#, "\"id\" is missing"),
    ] {
        assert!(of(text).unwrap_err().contains(why), "{text}: {:?}", of(text));
    }
    let kind = schema(
        r#"{"oneOf":[{"type":"object","required":["kind"],"properties":{"kind":{"const":"a"},"more":true}},
                     {"type":"object","required":["kind"],"properties":{"kind":{"const":"b"}}}]}"#,
    );
    let of = |text: &str| kind.check(&serde_json::from_str(text).unwrap()).is_ok();
    assert!(of(r#"{"kind":"a","more":1}"#) && of(r#"{"kind":"b"}"#));
    assert!(!of(r#"{"kind":"b","more":1}"#) && !of(r#"{"kind":"c"}"#));
}

#[test]
fn every_command_that_prints_json_has_a_schema() {
    let commands: Vec<&str> = TABLE.iter().map(|(command, _)| command.as_str()).collect();
    let help = super::harness::Desk::new().run(&["--help"]).out;
    let nouns =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let nouns: Vec<&str> = nouns.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(nouns.len() > 8, "{help}");
    // What these print is no document.
    for noun in nouns.iter().filter(|noun| !["sandbox", "help", "completions", "man"].contains(noun)) {
        assert!(commands.iter().any(|command| command.split(' ').next() == Some(noun)), "{noun}");
    }
}
