//! Lists as receipts and plans name them: a JSON array of `list.id`.

/// A list as receipts name it: `list.id` of the store; negative in a preview for a list that is not
/// there yet.
pub type ListId = i64;

/// Lists as JSON.
#[must_use]
pub fn json_of(lists: &[ListId]) -> String {
    let items: Vec<String> = lists.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(","))
}

/// Lists from JSON; what is not a number is passed over.
#[must_use]
pub fn parse_lists(lists: &str) -> Vec<ListId> {
    lists.trim_matches(['[', ']']).split(',').filter_map(|list| list.trim().parse().ok()).collect()
}
