//! Classic Autopilot (destination-api.md, section 2).

mod contacts;
mod encoder;
mod fields;
mod lists;
mod pairs;
mod path;
mod reply;
#[cfg(test)]
mod tests;
mod value;

use super::{Answer, Contact, Destination, List, Made, Misfit, Reply, Request, Roster, Row, RowAnswer};
use crate::error::Result;
use crate::model::{AccountField, FieldType, Target};

/// The origin of the vendor, where `--base-url` says nothing else.
pub const ORIGIN: &str = "https://api2.autopilothq.com";
/// Requests a second, where `--rate` says nothing else (destination-api.md 4.2).
pub const RATE: u32 = 4;

/// A classic Autopilot account.
#[derive(Debug, Clone, Copy, Default)]
pub struct Autopilot;

impl Destination for Autopilot {
    fn batch_size(&self) -> usize {
        100
    }

    fn in_flight(&self) -> usize {
        8
    }

    fn key_header(&self) -> &'static str {
        "autopilotapikey"
    }

    fn lists(&self) -> Request {
        lists::all()
    }

    fn read_lists(&self, reply: &Reply) -> Answer<Vec<List>> {
        lists::read_all(reply)
    }

    fn fields(&self) -> Request {
        fields::ask()
    }

    fn read_fields(&self, reply: &Reply) -> Answer<Vec<AccountField>> {
        fields::read(reply)
    }

    fn make_list(&self, title: &str) -> Request {
        lists::make(title)
    }

    fn read_made(&self, title: &str, reply: &Reply) -> Answer<Made> {
        lists::read_made(title, reply)
    }

    fn roster(&self, list: &str, bookmark: Option<&str>) -> Request {
        lists::roster(list, bookmark)
    }

    fn read_roster(&self, reply: &Reply) -> Answer<Roster> {
        lists::read_roster(reply)
    }

    fn member(&self, list: &str, email: &str) -> Request {
        lists::member(list, email)
    }

    fn read_member(&self, reply: &Reply) -> Answer<bool> {
        lists::read_member(reply)
    }

    fn upsert(&self, rows: &[Row<'_>], fields: &[AccountField]) -> Result<Request> {
        encoder::bulk(rows, fields)
    }

    fn read_upsert(&self, emails: &[&str], reply: &Reply) -> Answer<Vec<RowAnswer>> {
        contacts::read_bulk(emails, reply)
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

    fn contact(&self, email: &str) -> Request {
        contacts::one(email)
    }

    fn read_contact(&self, reply: &Reply) -> Answer<Option<Contact>> {
        contacts::read_one(reply)
    }

    fn contacts(&self) -> Request {
        contacts::all()
    }

    fn read_contacts(&self, reply: &Reply) -> Answer<u64> {
        contacts::read_total(reply)
    }

    fn value(&self, cell: &str, kind: FieldType) -> std::result::Result<Box<str>, Misfit> {
        value::of(cell, kind)
    }

    fn blank(&self, kind: FieldType) -> &'static str {
        value::blank(kind)
    }

    fn unusable(&self, target: &Target) -> Option<String> {
        fields::unusable(target)
    }
}
