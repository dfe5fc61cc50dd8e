//! Ortto, what Autopilot is today (destination-api.md, section 3).

mod contacts;
mod encoder;
mod fields;
mod lists;
mod merged;
mod post;
#[cfg(test)]
mod tests;
mod value;
mod words;

use std::collections::HashMap;

use super::{Abilities, Answer, ById, Call, Destination, List, Misfit, Reply, Request, Roster, RowAnswer};
use crate::error::Result;
use crate::model::{AccountField, Target};

/// Where accounts live: the word for a region and its origin. A key works in its own region only, and `global`
/// is the one where nothing else is said (destination-api.md 3).
pub const REGIONS: [(&str, &str); 3] = [
    ("global", "https://api.ap3api.com"),
    ("au", "https://api.au.ap3api.com"),
    ("eu", "https://api.eu.ap3api.com"),
];
/// Requests a second, where `--rate` says nothing else (destination-api.md 4.2).
pub const RATE: u32 = 8;

/// An Ortto account.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ortto;

impl Destination for Ortto {
    fn name(&self) -> &'static str {
        "Ortto"
    }

    fn origins(&self) -> &'static [(&'static str, &'static str)] {
        &REGIONS
    }

    fn rate(&self) -> u32 {
        RATE
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            batch: 100,
            // Less than 2 MB (destination-api.md 3.3).
            bytes: 1_800_000,
            // Many merges by address at a time begin to fail there (destination-api.md 3.3).
            in_flight: 2,
            page: lists::PAGE,
            asked: 100,
            all_lists: true,
            sized_lists: true,
            later: true,
            may_undo_opt_outs: true,
        }
    }

    fn key_header(&self) -> &'static str {
        "X-Api-Key"
    }

    fn test(&self) -> Request {
        fields::ask()
    }

    fn read_test(&self, reply: &Reply) -> Answer<()> {
        fields::read(reply).map(|_| ())
    }

    fn lists(&self) -> Request {
        lists::all()
    }

    fn read_lists(&self, reply: &Reply) -> Answer<Vec<List>> {
        lists::read_all(reply)
    }

    fn same_title(&self, one: &str, other: &str) -> bool {
        lists::same_title(one, other)
    }

    fn unusable_title(&self, title: &str) -> Option<String> {
        lists::unusable_title(title)
    }

    fn fields(&self) -> Request {
        fields::ask()
    }

    fn read_fields(&self, reply: &Reply) -> Answer<Vec<AccountField>> {
        fields::read(reply)
    }

    fn roster(&self, list: &List, bookmark: Option<&str>) -> Request {
        lists::roster(list, bookmark)
    }

    fn read_roster(&self, reply: &Reply) -> Answer<Roster> {
        lists::read_roster(reply)
    }

    fn upsert(&self, call: &Call<'_>, fields: &[AccountField]) -> Result<Request> {
        encoder::merge(call, fields)
    }

    fn read_upsert(&self, call: &Call<'_>, reply: &Reply) -> Answer<Vec<RowAnswer>> {
        merged::read(call, reply)
    }

    fn opted_out(&self, emails: &[&str]) -> Request {
        contacts::opted_out(emails)
    }

    fn read_opted_out(&self, emails: &[&str], reply: &Reply) -> Answer<Vec<bool>> {
        contacts::read_opted_out(emails, reply)
    }

    fn contacts(&self) -> Request {
        contacts::all()
    }

    fn read_contacts(&self, reply: &Reply) -> Answer<u64> {
        contacts::read_total(reply)
    }

    fn value(&self, cell: &str, field: &AccountField) -> std::result::Result<Box<str>, Misfit> {
        value::of(cell, field)
    }

    /// `null` empties a field of any type under the strategy that overwrites (destination-api.md 3.2).
    fn unusable(&self, target: &Target) -> Option<String> {
        fields::unusable(target)
    }

    fn by_id(&self) -> Option<&dyn ById> {
        Some(self)
    }
}

impl ById for Ortto {
    fn owners(&self, ids: &[&str]) -> Request {
        contacts::owners(ids)
    }

    fn read_owners(&self, reply: &Reply) -> Answer<HashMap<String, String>> {
        contacts::read_owners(reply)
    }
}
