//! How an act is written in JSON: a name, a name with parameters, or an answer in short form.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{Act, Kind};

impl<'de> Deserialize<'de> for Act {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Act, D::Error> {
        let (name, mut parameters) = match Value::deserialize(from)? {
            Value::String(name) => (name, Map::new()),
            Value::Object(map) if map.get("status").is_some_and(Value::is_number) => {
                ("answer".to_owned(), map)
            }
            Value::Object(map) => named(map).map_err(D::Error::custom)?,
            _ => return Err(D::Error::custom("`do` takes a name or an object")),
        };
        let applied = match parameters.remove("applied") {
            None => None,
            Some(Value::Bool(told)) => Some(told),
            Some(_) => return Err(D::Error::custom("`applied` takes true or false")),
        };
        let kind = serde_json::from_value(json!({ name: parameters })).map_err(D::Error::custom)?;
        Ok(Act { kind, applied })
    }
}

fn named(map: Map<String, Value>) -> Result<(String, Map<String, Value>), &'static str> {
    let mut entries = map.into_iter();
    match (entries.next(), entries.next()) {
        (Some((name, Value::Object(parameters))), None) => Ok((name, parameters)),
        (Some(_), None) => Err("the parameters of an act are an object"),
        _ => Err("`do` takes one act, or `status` with its company"),
    }
}

impl Serialize for Act {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(&self.kind).map_err(S::Error::custom)?;
        if let (Some(applied), Some(parameters)) =
            (self.applied, value.get_mut(Kind::name(&self.kind)).and_then(Value::as_object_mut))
        {
            parameters.insert("applied".to_owned(), Value::Bool(applied));
        }
        value.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> Result<Act, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    #[test]
    fn the_three_forms_are_read() {
        assert_eq!(read(json!("hang")), Ok(Kind::Hang { ms: None }.into()));
        let act = read(json!({"hang": {"ms": 5, "applied": false}})).unwrap();
        assert_eq!(act, Act { kind: Kind::Hang { ms: Some(5) }, applied: Some(false) });
        let act = read(json!({"status": 503, "applied": true})).unwrap();
        assert!(act.applies());
        assert!(!read(json!({"status": 503})).unwrap().applies());
        assert!(read(json!({"status": 200})).unwrap().applies());
    }

    #[test]
    fn a_wrong_form_names_the_key() {
        assert!(read(json!("hangs")).unwrap_err().contains("`hangs`"));
        assert!(read(json!({"hang": {"mss": 5}})).unwrap_err().contains("`mss`"));
        assert!(read(json!({"status": 503, "text": ""})).unwrap_err().contains("`text`"));
        assert!(read(json!({"redirect": {}})).unwrap_err().contains("`to`"));
        assert!(read(json!({"hang": {}, "html": {}})).is_err());
        assert!(read(json!({"hang": 5})).is_err());
        assert!(read(json!({"hang": {"applied": 1}})).unwrap_err().contains("`applied`"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for form in [
            json!({"status": 429, "headers": {"Retry-After": ["1", "9"]}, "body": "no"}),
            json!({"map_missing": {"emails": ["a@b"]}}),
            json!({"reset_after": {"applied": false}}),
            json!("drop_rows"),
        ] {
            let act = read(form).unwrap();
            assert_eq!(read(serde_json::to_value(&act).unwrap()), Ok(act));
        }
    }
}
