//! Where a card stands: its messages, and their topic.

use countersign_desk::ports::MessageRef;

/// The messages of one card in a chat. Written as `chat/id,id`, of a topic with `@topic` behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The messages, first to last.
    pub(crate) messages: Vec<i32>,
    /// The topic that they are in; `None` outside of topics.
    pub(crate) topic: Option<i32>,
}

impl Place {
    /// Nowhere, when the card stands in another chat.
    pub(crate) fn read(message: Option<&MessageRef>, chat: i64) -> Self {
        let parts = message.and_then(|it| it.0.split_once('/'));
        let Some((_, place)) = parts.filter(|(there, _)| *there == chat.to_string()) else {
            return Self::default();
        };
        let (ids, topic) = match place.split_once('@') {
            Some((ids, topic)) => (ids, topic.parse().ok()),
            None => (place, None),
        };
        Self {
            messages: ids.split(',').filter_map(|id| id.parse().ok()).collect(),
            topic,
        }
    }

    pub(crate) fn written(&self, chat: i64) -> MessageRef {
        let ids: Vec<String> = self.messages.iter().map(i32::to_string).collect();
        let topic = self.topic.map(|topic| format!("@{topic}"));
        let topic = topic.unwrap_or_default();
        MessageRef(format!("{chat}/{}{topic}", ids.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_is_nowhere_in_another_chat() {
        for topic in [None, Some(7)] {
            let place = Place {
                messages: vec![12, 13],
                topic,
            };
            let written = place.written(-100);
            assert_eq!(Place::read(Some(&written), -100), place);
            assert_eq!(Place::read(Some(&written), -200), Place::default());
        }
        assert_eq!(Place::read(None, -100), Place::default());
    }
}
