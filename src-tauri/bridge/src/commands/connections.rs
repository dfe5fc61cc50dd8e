//! Connections: accounts, their keys and the consent to send people there. No key is ever in an answer.

use std::collections::HashMap;

use segue_engine::error::Result;
use segue_engine::model::{Connection, ConnectionId, ConnectionUse, Target};
use segue_engine::{ConnectionSettings, NewConnection};

use super::field_names::shown;
use crate::views::{
    AccountFieldRow, AccountFound, AccountShape, ConnectRequest, ConnectionDraft, ConnectionRow,
    ConnectionSetRequest, Done, KeyState, Nothing, One, Rename, SetKeyRequest,
};
use crate::{Desk, Noun};

pub(crate) async fn connection_list(desk: &Desk, _: Nothing) -> Result<Vec<ConnectionRow>> {
    let connections = desk.engine.connections().await?;
    let mut uses = desk.engine.connection_uses().await?;
    let practice = desk.engine.practice_connection().await?;
    Ok(connections.into_iter().map(|connection| row(connection, &mut uses, practice)).collect())
}

pub(crate) async fn connection_connect(desk: &Desk, request: ConnectRequest) -> Result<AccountFound> {
    let ConnectRequest { product, region, key, base_url, agree } = request;
    let base_url = base_url.as_deref().filter(|url| !url.trim().is_empty());
    desk.engine.look_into_account(product, (region.as_deref(), base_url), key.secret(), agree).await
}

pub(crate) async fn connection_add(desk: &Desk, draft: ConnectionDraft) -> Result<ConnectionRow> {
    let new = NewConnection {
        name: draft.name,
        product: draft.product,
        region: draft.region,
        base_url: draft.base_url.filter(|url| !url.trim().is_empty()),
        rate: draft.rate,
        contract_size: draft.contract_size,
        key: draft.key.secret(),
        agree: draft.agree,
        user: desk.facts.user.clone(),
    };
    let connection = desk.engine.add_connection(new).await?;
    told(desk, connection).await
}

pub(crate) async fn connection_test(desk: &Desk, One { id }: One) -> Result<AccountFound> {
    let found = desk.engine.look_again(&id).await;
    // A refused key is known to be refused from now on.
    desk.events.changed(&[Noun::Connections]);
    found
}

pub(crate) async fn connection_rename(desk: &Desk, Rename { id, name }: Rename) -> Result<ConnectionRow> {
    let connection = desk.engine.rename_connection(&id, &name).await?;
    told(desk, connection).await
}

pub(crate) async fn connection_set(desk: &Desk, request: ConnectionSetRequest) -> Result<ConnectionRow> {
    let ConnectionSetRequest { id, rate, contract_size } = request;
    let connection = desk.engine.set_connection(&id, ConnectionSettings { rate, contract_size }).await?;
    told(desk, connection).await
}

pub(crate) async fn connection_set_key(desk: &Desk, request: SetKeyRequest) -> Result<ConnectionRow> {
    let SetKeyRequest { id, key, agree } = request;
    let (connection, _) = desk.engine.set_connection_key(&id, key.secret(), agree, &desk.facts.user).await?;
    told(desk, connection).await
}

pub(crate) async fn connection_withdraw(desk: &Desk, One { id }: One) -> Result<ConnectionRow> {
    let connection = desk.engine.withdraw_consent(&id).await?;
    told(desk, connection).await
}

pub(crate) async fn connection_remove(desk: &Desk, One { id }: One) -> Result<Done> {
    desk.engine.remove_connection(&id).await?;
    desk.events.changed(&[Noun::Connections, Noun::Audit]);
    Ok(Done {})
}

pub(crate) async fn account_shape(desk: &Desk, One { id }: One) -> Result<AccountShape> {
    let shape = desk.engine.account_shape(&id).await?;
    let fields = shape.fields.into_iter().map(|field| AccountFieldRow {
        target: field.target.to_string(),
        name: shown(&field.target),
        custom: matches!(field.target, Target::Custom(_)),
        kind: field.kind,
    });
    Ok(AccountShape { fields: fields.collect(), lists: shape.lists })
}

/// The row of a connection that was just changed, after telling that it was.
async fn told(desk: &Desk, connection: Connection) -> Result<ConnectionRow> {
    desk.events.changed(&[Noun::Connections, Noun::Exports, Noun::Audit]);
    let mut uses = desk.engine.connection_uses().await?;
    let practice = desk.engine.practice_connection().await?;
    Ok(row(connection, &mut uses, practice))
}

fn row(
    connection: Connection,
    uses: &mut HashMap<ConnectionId, ConnectionUse>,
    practice: Option<ConnectionId>,
) -> ConnectionRow {
    let used = uses.remove(&connection.id);
    let (heard, exports) = used.map_or((None, Vec::new()), |used| (used.heard, used.exports));
    let has_key = connection.key_fingerprint.is_some();
    ConnectionRow {
        practice: Some(connection.id) == practice,
        has_key,
        used_by: exports,
        key: match heard {
            _ if !has_key => KeyState::Missing,
            Some(heard) if !heard.accepted => KeyState::Refused,
            // No key is stored before the account took it.
            _ => KeyState::Accepted,
        },
        tested_at: heard.filter(|_| has_key).map(|heard| heard.at),
        connection,
    }
}
