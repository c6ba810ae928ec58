//! A ticket and everything that came of it.

use countersign_desk::ports::Story;
use countersign_domain::ids::{DeskId, TicketId};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    tables::{executions, exit_states, orders, positions, signals, tickets},
};

/// The story of a ticket; empty when there is none.
pub(crate) async fn of(
    conn: &mut AnyConnection,
    desk: DeskId,
    id: TicketId,
) -> Result<Story, Fault> {
    let mut story = Story {
        ticket: tickets::one(conn, desk, id).await?,
        ..Story::default()
    };
    let Some(ticket) = &story.ticket else {
        return Ok(story);
    };
    if let Some(signal) = ticket.signal {
        let signal = signals::one(conn, desk, signal).await?;
        story.signal = signal.map(|signal| (*signal).clone());
    }
    story.orders = orders::of_ticket(conn, desk, id).await?;
    story.position = positions::of_ticket(conn, desk, id).await?;
    let Some(position) = story.position.as_ref().map(|position| position.id) else {
        return Ok(story);
    };
    for order in orders::of_position(conn, desk, position).await? {
        if story.orders.iter().all(|known| known.id != order.id) {
            story.orders.push(order);
        }
    }
    story
        .orders
        .sort_by_key(|order| (order.created_at, order.id));
    let state = exit_states::of_position(conn, desk, position).await?;
    story.exit_state = state.unwrap_or_default();
    story.executions = executions::of_position(conn, desk, position).await?;
    Ok(story)
}
