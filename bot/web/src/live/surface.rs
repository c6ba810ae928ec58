//! The surface that the desk draws on.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    notices::Telling,
    operator::{Room, Surface},
    view::View,
};
use tokio::sync::Notify;

/// Alarms that open pages show at the most.
const ALARMS: usize = 5;

/// The web console as one of the desk's chats.
///
/// It keeps nothing that lasts: a drawing wakes the open pages, which then show the state as it is
/// stored. Alarms of this process stay in memory, because some of them could not be stored.
#[derive(Default)]
pub struct WebSurface {
    drawn: Notify,
    alarms: Mutex<Vec<(CardKey, View)>>,
}

impl WebSurface {
    /// A surface that nobody looks at yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends when the desk has drawn something since the last time.
    pub(crate) async fn drawn(&self) {
        self.drawn.notified().await;
    }

    /// The newest alarms, newest first.
    pub(crate) fn alarms(&self) -> Vec<(CardKey, View)> {
        let alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        alarms.iter().rev().cloned().collect()
    }

    fn remember(&self, card: CardKey, view: &View) {
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        alarms.retain(|(known, _)| *known != card);
        alarms.push((card, view.clone()));
        if alarms.len() > ALARMS {
            alarms.remove(0);
        }
    }
}

#[async_trait]
impl Chat for WebSurface {
    fn room(&self) -> Room {
        Room::of(Surface::Web)
    }

    /// Never fails and never waits: pages that are open redraw themselves, others are drawn when
    /// they are opened.
    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        _: Option<&MessageRef>,
        _: &Telling,
    ) -> Result<MessageRef, ChatError> {
        if matches!(view, View::Alarm { .. }) {
            self.remember(card, view);
        }
        self.drawn.notify_one();
        Ok(MessageRef(card.to_string()))
    }
}
