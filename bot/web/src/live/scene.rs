//! The scene: everything that the desk page shows, as of one moment.

use std::sync::Arc;

use countersign_desk::{
    ports::{CardKey, StoreError, StoredEvent},
    seen::Seen,
};
use countersign_domain::{
    ids::TicketId,
    operator::Operator,
    view::{BoardView, TicketView, View},
};

use crate::{
    console::Room,
    fault::{Fault, stranger},
};

/// Everything that the desk page shows.
pub(crate) struct Scene {
    pub(crate) board: BoardView,
    pub(crate) seen: Arc<Seen>,
    /// The newest events, oldest first.
    pub(crate) events: Vec<StoredEvent>,
    /// Alarms of this process, newest first.
    pub(crate) alarms: Vec<(CardKey, View)>,
    /// Who looks, when they are on the allow-list.
    pub(crate) operator: Option<Arc<Operator>>,
}

impl Scene {
    /// Looks at the desk now.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: the pages say so and go on trying.
    pub(crate) async fn look(room: &Room) -> Result<Self, StoreError> {
        let board = room.desk.board().await?;
        let seen = room.desk.seen().await?;
        let events = room.hub.feed.newest(&room.desk, seen.seq).await?;
        Ok(Self {
            operator: seen.operator(&room.identity).cloned(),
            alarms: room.surface.alarms(),
            board,
            seen,
            events,
        })
    }

    /// The desk now, for a page.
    ///
    /// # Errors
    ///
    /// [`Fault::Store`], and [`Fault::Refused`] for somebody on no list: they read nothing.
    pub(crate) async fn shown(room: &Room) -> Result<Self, Fault> {
        let scene = Self::look(room).await.map_err(|error| {
            tracing::warn!(%error, "the console could not read the desk");
            Fault::Store
        })?;
        scene.permitted()
    }

    /// Itself, for somebody who may read.
    ///
    /// # Errors
    ///
    /// [`Fault::Refused`] for somebody on no list.
    pub(crate) fn permitted(self) -> Result<Self, Fault> {
        if self.operator.is_some() {
            return Ok(self);
        }
        Err(stranger(self.board.header.now))
    }

    /// A living ticket with its signal; what came of it shows elsewhere on the page.
    pub(crate) fn ticket(&self, id: TicketId) -> Option<TicketView> {
        let ticket = self.seen.tickets.get(&id)?;
        let signal = ticket.signal.and_then(|id| self.seen.signals.get(&id));
        Some(TicketView {
            header: self.board.header.clone(),
            ticket: ticket.as_ref().clone(),
            signal: signal.map(|signal| signal.as_ref().clone()),
            entry: None,
            position: None,
        })
    }
}
