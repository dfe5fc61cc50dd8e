//! A connection as it is printed; the key never is.

use segue_engine::model::{Connection, Product};

use crate::table::{Head, Table, moment, number};

/// After adding.
pub(super) fn added(connection: &Connection) -> String {
    format!(
        "“{0}” is added; the account accepts the key. Runs act as {1}.\n\nNext: segue export add NAME --connection \"{0}\" --audience A --match Email=COLUMN --segment S",
        connection.name, connection.export_user,
    )
}

/// One row each.
pub(super) fn list(connections: &[Connection]) -> String {
    if connections.is_empty() {
        return "There is no connection yet; add one: segue connection add ortto NAME --agree".to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Name"),
        Head::Text("Type"),
        Head::Text("Account at"),
        Head::Number("Requests a second"),
        Head::Number("Contract size"),
        Head::Text("Agreed"),
    ]);
    for connection in connections {
        table.row([
            connection.name.clone(),
            match connection.product {
                Product::Autopilot => "Autopilot",
                Product::Ortto => "Ortto",
            }
            .to_owned(),
            connection.origin.clone(),
            rate(connection.rate),
            connection.contract_size.map_or_else(|| "–".to_owned(), number),
            connection.consent.as_ref().map_or_else(
                || if connection.key_fingerprint.is_none() { "no; needs its key" } else { "no" }.to_owned(),
                |consent| format!("{}, {}", moment(consent.given_at), consent.given_by),
            ),
        ]);
    }
    table.to_string()
}

fn rate(rate: u32) -> String {
    if rate == 0 { "no limit".to_owned() } else { number(u64::from(rate)) }
}
