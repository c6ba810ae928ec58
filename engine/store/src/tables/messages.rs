//! Which message shows a card in a room.

use countersign_desk::ports::{CardKey, MessageRef};
use countersign_domain::{ids::DeskId, operator::Room};
use sqlx::{AnyConnection, Row as _};

use crate::fault::Fault;

/// Notes the message that shows a card, on the desk of an outbox row.
pub(crate) async fn write(
    conn: &mut AnyConnection,
    outbox_id: i64,
    (card, room): (CardKey, Room),
    message: &MessageRef,
) -> Result<(), Fault> {
    let sql = "insert into messages (desk_id, card, room, message) \
               select desk_id, $2, $3, $4 from outbox where id = $1 \
               on conflict (desk_id, card, room) do update set message = excluded.message";
    sqlx::query(sql)
        .bind(outbox_id)
        .bind(card.to_string())
        .bind(room.to_string())
        .bind(message.0.clone())
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes the message that shows a card now.
pub(crate) async fn note(
    conn: &mut AnyConnection,
    desk: DeskId,
    (card, room): (CardKey, Room),
    message: &MessageRef,
) -> Result<(), Fault> {
    let sql = "insert into messages (desk_id, card, room, message) values ($1, $2, $3, $4) \
               on conflict (desk_id, card, room) do update set message = excluded.message";
    sqlx::query(sql)
        .bind(desk.to_string())
        .bind(card.to_string())
        .bind(room.to_string())
        .bind(message.0.clone())
        .execute(conn)
        .await?;
    Ok(())
}

/// The message that shows a card in a room.
pub(crate) async fn read(
    conn: &mut AnyConnection,
    desk: DeskId,
    (card, room): (CardKey, Room),
) -> Result<Option<MessageRef>, Fault> {
    let sql = "select message from messages where desk_id = $1 and card = $2 and room = $3";
    let row = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(card.to_string())
        .bind(room.to_string())
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| row.try_get(0).map(MessageRef)).transpose()?)
}
