//! Topics: in a forum each position has one of its own.

use std::sync::{Mutex, PoisonError};

use countersign_cards::chat::thread_name;
use countersign_domain::view::View;
use teloxide::{
    prelude::Requester as _,
    types::{ChatFullInfoKind, ChatFullInfoPublicKind, ChatId},
};

use crate::{api::Fault, line::Turn, room::TelegramRoom};

/// Whether a chat has topics that the bot may make; `None` until that was asked.
#[derive(Default)]
pub(crate) struct Topics(Mutex<Option<bool>>);

impl Topics {
    fn known(&self) -> Option<bool> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes it; `None` when it is to be asked again.
    pub(crate) fn note(&self, may: Option<bool>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = may;
    }
}

impl TelegramRoom {
    /// A new topic for what is shown; `None` where there are no topics, or none can be made just now:
    /// then it is shown in the chat itself.
    pub(crate) async fn topic_for(&self, view: &View) -> Option<i32> {
        let View::Position(card) = view else {
            return None;
        };
        if !self.has_topics().await {
            return None;
        }
        let chat = self.chat();
        let name = thread_name(card, &self.wire.locale);
        let call = self.wire.bot.create_forum_topic(ChatId(chat), name);
        let made = self
            .wire
            .counted(&self.budget, Turn::drawing(false), call.into_future());
        match made.await {
            Ok(topic) => Some(topic.thread_id.0.0),
            Err(fault) => {
                if matches!(fault, Fault::Lost(_) | Fault::Refused(_)) {
                    self.topics.note(Some(false));
                }
                tracing::warn!(chat, %fault, "a position has no topic; its card is shown in the chat");
                None
            }
        }
    }

    /// Asked once. Only a supergroup can have topics.
    async fn has_topics(&self) -> bool {
        let chat = ChatId(self.chat());
        if !chat.is_channel_or_supergroup() {
            return false;
        }
        if let Some(known) = self.topics.known() {
            return known;
        }
        let call = self.wire.bot.get_chat(chat);
        match self.wire.called(call.into_future()).await {
            Ok(told) => {
                let is_forum = is_forum(&told.kind);
                self.topics.note(Some(is_forum));
                is_forum
            }
            Err(fault) => {
                tracing::warn!(chat = chat.0, %fault, "whether a chat has topics is not known");
                false
            }
        }
    }
}

/// True for a chat that has topics.
pub(crate) fn is_forum(kind: &ChatFullInfoKind) -> bool {
    let ChatFullInfoKind::Public(public) = kind else {
        return false;
    };
    matches!(&public.kind, ChatFullInfoPublicKind::Supergroup(group) if group.is_forum)
}
