//! Where a card stands: its messages, and their thread.

use countersign_desk::ports::MessageRef;

/// The messages of one card of a channel. Written as `channel/id,id`, of a thread with `@thread` behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The messages, first to last.
    pub(crate) messages: Vec<u64>,
    /// The thread that they are in; `None` in the channel itself.
    pub(crate) thread: Option<u64>,
}

impl Place {
    /// Nowhere, when the card stands in another channel.
    pub(crate) fn read(message: Option<&MessageRef>, channel: u64) -> Self {
        let parts = message.and_then(|it| it.0.split_once('/'));
        let Some((_, place)) = parts.filter(|(there, _)| *there == channel.to_string()) else {
            return Self::default();
        };
        let (ids, thread) = match place.split_once('@') {
            Some((ids, thread)) => (ids, thread.parse().ok()),
            None => (place, None),
        };
        Self {
            messages: ids.split(',').filter_map(|id| id.parse().ok()).collect(),
            thread,
        }
    }

    pub(crate) fn written(&self, channel: u64) -> MessageRef {
        let ids: Vec<String> = self.messages.iter().map(u64::to_string).collect();
        let thread = self.thread.map(|thread| format!("@{thread}"));
        let thread = thread.unwrap_or_default();
        MessageRef(format!("{channel}/{}{thread}", ids.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_is_nowhere_in_another_channel() {
        for thread in [None, Some(7)] {
            let place = Place {
                messages: vec![12, 13],
                thread,
            };
            let written = place.written(100);
            assert_eq!(Place::read(Some(&written), 100), place);
            assert_eq!(Place::read(Some(&written), 200), Place::default());
        }
        assert_eq!(Place::read(None, 100), Place::default());
    }
}
