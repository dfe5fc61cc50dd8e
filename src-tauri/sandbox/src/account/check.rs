//! What makes a row bad (`destination-api.md` 2.5 is silent; the plainest reading of 2.2).

use serde_json::Value;

use super::{Account, contact, custom, key};
use crate::contents::Row;
use crate::{Faults, NoEmail};

impl Account {
    /// Why the account would refuse the row.
    pub(crate) fn check(&self, row: &Row<'_>, faults: &Faults) -> Result<(), String> {
        check_email(row, faults)?;
        for (name, value) in &row.fields {
            match name.as_ref() {
                "Email" => {}
                "custom" => self.check_custom(value)?,
                "unsubscribed" | "Unsubscribed" => {
                    if !value.is_boolean() {
                        return Err(format!("{name} is not true or false"));
                    }
                }
                "_autopilot_list" => {
                    if !value.is_string() {
                        return Err("_autopilot_list is not a list id".to_owned());
                    }
                }
                "_NewEmail" => self.check_rename(row, value)?,
                // The one standard field whose name promises a number.
                "NumberOfEmployees" if value.is_number() => {}
                // Keys beyond the tables are ignored: the vendor has some undocumented ones.
                other => {
                    let text = value.is_string() || value.is_null();
                    if !text && contact::standard(other).is_some() {
                        return Err(format!("{name} is not a text"));
                    }
                }
            }
        }
        Ok(())
    }

    fn check_custom(&self, custom: &Value) -> Result<(), String> {
        let custom = match custom {
            Value::Null => return Ok(()),
            Value::Object(custom) => custom,
            _ => return Err("custom is not an object".to_owned()),
        };
        for (name, value) in custom {
            let (told, field) =
                custom::parse(name).ok_or_else(|| format!("{name} is not of the form type--Name"))?;
            if self.defined(&field).is_some_and(|have| have != told) {
                return Err(format!("{name} is not the type of the field"));
            }
            if !is_blank(value) && !told.fits(value) {
                return Err(format!("the value of {name} does not fit its type"));
            }
        }
        Ok(())
    }

    fn check_rename(&self, row: &Row<'_>, value: &Value) -> Result<(), String> {
        let new = value.as_str().filter(|new| is_address(new)).ok_or("_NewEmail is no address")?;
        let other = self.by_key.get(&key(new));
        let own = row.text("Email").and_then(|email| self.by_key.get(&key(email)));
        if other.is_some() && other != own {
            return Err("_NewEmail belongs to another contact".to_owned());
        }
        Ok(())
    }
}

fn check_email(row: &Row<'_>, faults: &Faults) -> Result<(), String> {
    match row.get("Email") {
        None | Some(Value::Null) if faults.no_email == NoEmail::Accepted => Ok(()),
        None | Some(Value::Null) => Err("Email is missing".to_owned()),
        Some(Value::String(email)) if is_address(email) => {
            if faults.bad_addresses.is_empty() {
                return Ok(());
            }
            let email = key(email);
            if faults.bad_addresses.iter().any(|bad| key(bad) == email) {
                return Err(format!("Email is refused: {email}"));
            }
            Ok(())
        }
        Some(_) => Err("Email is no address".to_owned()),
    }
}

/// Something on both sides of an `@`; what more the vendor asks is not known.
fn is_address(text: &str) -> bool {
    text.trim().rsplit_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
}

/// Blank and null clear a field.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}
