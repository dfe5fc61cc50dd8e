//! Classic Autopilot (destination-api.md, section 2).

mod contacts;
mod encoder;
mod fields;
mod lists;
#[cfg(test)]
mod tests;
mod value;

use super::{
    Abilities, Answer, Call, Destination, List, Made, Misfit, Reply, Request, Roster, RowAnswer, Singly,
};
use crate::error::Result;
use crate::model::{AccountField, FieldType, Target};

/// A classic Autopilot account.
#[derive(Debug, Clone, Copy, Default)]
pub struct Autopilot;

impl Destination for Autopilot {
    fn name(&self) -> &'static str {
        "Autopilot (classic)"
    }

    fn origins(&self) -> &'static [(&'static str, &'static str)] {
        &[("global", "https://api2.autopilothq.com")]
    }

    fn rate(&self) -> u32 {
        4
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            batch: 100,
            // Less than 1 MB (destination-api.md 5.1).
            bytes: 900_000,
            in_flight: 8,
            page: 100,
            asked: 1,
            all_lists: false,
            sized_lists: false,
            later: false,
            may_undo_opt_outs: false,
        }
    }

    fn key_header(&self) -> &'static str {
        "autopilotapikey"
    }

    fn test(&self) -> Request {
        lists::all()
    }

    fn read_test(&self, reply: &Reply) -> Answer<()> {
        lists::read_all(reply).map(|_| ())
    }

    fn lists(&self) -> Request {
        lists::all()
    }

    fn read_lists(&self, reply: &Reply) -> Answer<Vec<List>> {
        lists::read_all(reply)
    }

    fn make_list(&self, title: &str) -> Option<Request> {
        Some(lists::make(title))
    }

    fn read_made(&self, title: &str, reply: &Reply) -> Answer<Made> {
        lists::read_made(title, reply)
    }

    fn fields(&self) -> Request {
        fields::ask()
    }

    fn read_fields(&self, reply: &Reply) -> Answer<Vec<AccountField>> {
        fields::read(reply)
    }

    fn roster(&self, list: &List, bookmark: Option<&str>) -> Request {
        lists::roster(&list.id, bookmark)
    }

    fn read_roster(&self, reply: &Reply) -> Answer<Roster> {
        lists::read_roster(reply)
    }

    fn upsert(&self, call: &Call<'_>, fields: &[AccountField]) -> Result<Request> {
        encoder::bulk(call.rows, fields)
    }

    fn read_upsert(&self, call: &Call<'_>, reply: &Reply) -> Answer<Vec<RowAnswer>> {
        contacts::read_bulk(call.rows, reply)
    }

    fn opted_out(&self, emails: &[&str]) -> Request {
        contacts::one(emails.first().copied().unwrap_or_default())
    }

    fn read_opted_out(&self, _emails: &[&str], reply: &Reply) -> Answer<Vec<bool>> {
        contacts::read_opted_out(reply)
    }

    fn contacts(&self) -> Request {
        contacts::all()
    }

    fn read_contacts(&self, reply: &Reply) -> Answer<u64> {
        contacts::read_total(reply)
    }

    fn value(&self, cell: &str, field: &AccountField) -> std::result::Result<Box<str>, Misfit> {
        value::of(cell, field.kind)
    }

    fn blank(&self, kind: FieldType) -> &'static str {
        value::blank(kind)
    }

    fn unusable(&self, target: &Target) -> Option<String> {
        fields::unusable(target)
    }

    fn singly(&self) -> Option<&dyn Singly> {
        Some(self)
    }
}

impl Singly for Autopilot {
    fn member(&self, list: &str, email: &str) -> Request {
        lists::member(list, email)
    }

    fn read_member(&self, reply: &Reply) -> Answer<bool> {
        lists::read_member(reply)
    }

    fn join(&self, list: &str, email: &str) -> Request {
        lists::join(list, email)
    }

    fn read_join(&self, reply: &Reply) -> Answer<bool> {
        lists::read_join(reply)
    }

    fn leave(&self, list: &str, email: &str) -> Request {
        lists::leave(list, email)
    }

    fn read_leave(&self, reply: &Reply) -> Answer<bool> {
        lists::read_leave(reply)
    }
}
