//! Paging by bookmark (`destination-api.md` 2.1): 100 a page, and no bookmark on the last.

use serde_json::{Map, Value, json};

use super::{Account, Contact};

const PAGE: usize = 100;

/// Some contacts, and the id to go on from.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    contacts: Vec<&'a Contact>,
    total: usize,
    more: bool,
}

impl Account {
    /// The page after `bookmark` of the whole account or of one list; `None` for a bookmark that
    /// is no contact's id.
    pub(crate) fn page(&self, list: Option<usize>, bookmark: Option<&str>) -> Option<Page<'_>> {
        let from = match bookmark {
            None => 0,
            Some(id) => self.by_id.get(id)? + 1,
        };
        let (mut contacts, total): (Vec<&Contact>, usize) = match list {
            None => {
                let rest = self.contacts.iter().skip(from).flatten();
                (rest.take(PAGE + 1).collect(), self.total())
            }
            Some(list) => {
                let members = &self.list(list)?.members;
                let rest = members.range(from..).filter_map(|&at| self.contact(at));
                (rest.take(PAGE + 1).collect(), members.len())
            }
        };
        let more = contacts.len() > PAGE;
        contacts.truncate(PAGE);
        Some(Page { contacts, total, more })
    }

    /// The page in the vendor's form.
    pub(crate) fn read_page(&self, page: &Page<'_>) -> Value {
        let mut shown = Map::new();
        let contacts: Vec<Value> = page.contacts.iter().map(|one| self.read(one)).collect();
        shown.insert("contacts".to_owned(), Value::Array(contacts));
        shown.insert("total_contacts".to_owned(), json!(page.total));
        if let Some(last) = page.contacts.last().filter(|_| page.more) {
            shown.insert("bookmark".to_owned(), json!(last.id));
        }
        Value::Object(shown)
    }
}
