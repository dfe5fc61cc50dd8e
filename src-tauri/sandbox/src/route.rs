//! The paths of the vendor's API (`destination-api.md` 2.1).

use crate::wire::percent;

/// A path under `/v1`, its segments decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// `/contact`
    Contact,
    /// `/contact/{id or email}`
    OneContact(String),
    /// `/contact/{id or email}/unsubscribe`
    Unsubscribe(String),
    /// `/contacts`, `/contacts/{bookmark}`
    Contacts(Option<String>),
    /// `/contacts/custom_fields`
    CustomFields,
    /// `/lists`
    Lists,
    /// `/list`
    List,
    /// `/list/{id}`
    OneList(String),
    /// `/list/{id}/contacts`, `/list/{id}/contacts/{bookmark}`
    Roster(String, Option<String>),
    /// `/list/{id}/contact/{id or email}`
    Member(String, String),
    /// `/account`
    Account,
    /// `/smart_segments`
    Segments,
    /// `/smart_segments/{id}/contacts`, with or without a bookmark
    SegmentRoster,
    /// `/triggers`
    Triggers,
    /// `/trigger/{id}/contact/{id}`
    Trigger,
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Astray {
    /// There is no such path.
    Unknown,
    /// A segment's percent-encoding is broken.
    Malformed,
}

impl Route {
    pub(crate) fn parse(path: &str) -> Result<Route, Astray> {
        let rest = path.strip_prefix("/v1/").ok_or(Astray::Unknown)?;
        let mut segments = Vec::new();
        for segment in rest.split('/') {
            segments.push(percent::decode(segment).ok_or(Astray::Malformed)?);
        }
        if segments.iter().any(String::is_empty) {
            return Err(Astray::Unknown);
        }
        let words: Vec<&str> = segments.iter().map(String::as_str).collect();
        let own = |text: &str| text.to_owned();
        Ok(match *words {
            ["contact"] => Route::Contact,
            ["contact", who] => Route::OneContact(own(who)),
            ["contact", who, "unsubscribe"] => Route::Unsubscribe(own(who)),
            ["contacts"] => Route::Contacts(None),
            ["contacts", "custom_fields"] => Route::CustomFields,
            ["contacts", bookmark] => Route::Contacts(Some(own(bookmark))),
            ["lists"] => Route::Lists,
            ["list"] => Route::List,
            ["list", list] => Route::OneList(own(list)),
            ["list", list, "contacts"] => Route::Roster(own(list), None),
            ["list", list, "contacts", bookmark] => Route::Roster(own(list), Some(own(bookmark))),
            ["list", list, "contact", who] => Route::Member(own(list), own(who)),
            ["account"] => Route::Account,
            ["smart_segments"] => Route::Segments,
            ["smart_segments", _, "contacts"] | ["smart_segments", _, "contacts", _] => Route::SegmentRoster,
            ["triggers"] => Route::Triggers,
            ["trigger", _, "contact", _] => Route::Trigger,
            _ => return Err(Astray::Unknown),
        })
    }

    /// The contact that the path names.
    pub(crate) fn contact(&self) -> Option<&str> {
        match self {
            Route::OneContact(who) | Route::Unsubscribe(who) | Route::Member(_, who) => Some(who),
            _ => None,
        }
    }

    /// The list that the path names.
    pub(crate) fn list(&self) -> Option<&str> {
        match self {
            Route::OneList(list) | Route::Roster(list, _) | Route::Member(list, _) => Some(list),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded_after_the_path_was_cut() {
        assert_eq!(
            Route::parse("/v1/list/contactlist_a%20b/contact/x%2Fy%40z"),
            Ok(Route::Member("contactlist_a b".into(), "x/y@z".into()))
        );
        assert_eq!(Route::parse("/v1/contacts/custom_fields"), Ok(Route::CustomFields));
        assert_eq!(Route::parse("/v1/contact/%2"), Err(Astray::Malformed));
        for unknown in ["/v1/contact/", "/v2/contact", "/", "/v1/list/a/b/c"] {
            assert_eq!(Route::parse(unknown), Err(Astray::Unknown));
        }
    }
}
