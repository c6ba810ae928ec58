//! Which message shows a card on a surface.

use countersign_desk::ports::{CardKey, MessageRef};
use countersign_domain::{ids::DeskId, operator::Surface};
use sqlx::{AnyConnection, Row as _};

use crate::fault::Fault;

/// Notes the message that shows a card, on the desk of an outbox row.
pub(crate) async fn write(
    conn: &mut AnyConnection,
    outbox_id: i64,
    (card, surface): (CardKey, Surface),
    message: &MessageRef,
) -> Result<(), Fault> {
    let sql = "insert into messages (desk_id, card, surface, message) \
               select desk_id, $2, $3, $4 from outbox where id = $1 \
               on conflict (desk_id, card, surface) do update set message = excluded.message";
    sqlx::query(sql)
        .bind(outbox_id)
        .bind(card.to_string())
        .bind(surface.as_str())
        .bind(message.0.clone())
        .execute(conn)
        .await?;
    Ok(())
}

/// The message that shows a card on a surface.
pub(crate) async fn read(
    conn: &mut AnyConnection,
    desk: DeskId,
    (card, surface): (CardKey, Surface),
) -> Result<Option<MessageRef>, Fault> {
    let sql = "select message from messages where desk_id = $1 and card = $2 and surface = $3";
    let row = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(card.to_string())
        .bind(surface.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| row.try_get(0).map(MessageRef)).transpose()?)
}
