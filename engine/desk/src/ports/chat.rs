//! Chat surfaces: outgoing only. Presses and commands call the desk's verbs.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use countersign_domain::{
    ids::{OverrideId, PositionId, TicketId},
    notices::Telling,
    operator::Room,
    view::View,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Which card of a desk. A card is redrawn, never patched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKey {
    /// The one card of a ticket, through order, position and exit.
    Ticket(TicketId),
    /// A position by itself, in the rooms of chat platforms.
    Position(PositionId),
    /// An override or a looser limit that was asked for, in the rooms of chat platforms.
    Override(OverrideId),
    /// The desk at a glance: one in each room of a chat platform.
    Board,
    /// The end of a day.
    Report(Date),
    /// An alarm, by its place in the event log: sequence and index.
    Alarm(u64, u32),
    /// That an alarm which nobody answered went on: the alert's number, and which time, from 0.
    Call(u32, u32),
    /// What quiet hours held back, from when until when in Unix microseconds: each room has its own.
    Digest(i64, i64),
}

impl CardKey {
    /// True for a room that is to show it.
    pub const fn belongs_in(self, room: Room) -> bool {
        match self {
            Self::Position(_) | Self::Override(_) | Self::Board => room.surface.is_platform(),
            Self::Ticket(_)
            | Self::Report(_)
            | Self::Alarm(..)
            | Self::Call(..)
            | Self::Digest(..) => true,
        }
    }

    /// True for what a person has to know now: it may use what a room keeps back for that.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Alarm(..) | Self::Call(..))
    }
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ticket(id) => write!(f, "ticket:{id}"),
            Self::Position(id) => write!(f, "position:{id}"),
            Self::Override(id) => write!(f, "override:{id}"),
            Self::Board => f.write_str("board"),
            Self::Report(date) => write!(f, "report:{date}"),
            Self::Alarm(seq, index) => write!(f, "alarm:{seq}:{index}"),
            Self::Call(number, time) => write!(f, "call:{number}:{time}"),
            Self::Digest(from, until) => write!(f, "digest:{from}:{until}"),
        }
    }
}

/// A room's own name of a message that it posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageRef(pub String);

/// Why a card could not be drawn, sorted by what the caller may do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// Final: this room will never draw this card like that.
    #[error("room refused: {0}")]
    Refused(String),
    /// Try again later, not before so many seconds when it says so.
    #[error("room unreachable: {0}")]
    Unreachable(String, Option<u32>),
    /// This card is to be drawn after so many seconds; others can be drawn before.
    #[error("the card has to wait for {0} s")]
    NotYet(u32),
    /// The room has another number on its platform now; everything that lives is shown there anew.
    #[error("room has another number now: {0}")]
    Moved(i64),
    /// The room takes no cards until a person mends it: an alarm says so elsewhere.
    #[error("room takes no cards: {0}")]
    Lost(String),
    /// The platform does not know the bot, in no room of it: another token has to be given.
    #[error("no room takes cards: {0}")]
    NoToken(String),
}

/// A room that shows cards.
#[async_trait]
pub trait Chat: Send + Sync {
    /// Which room.
    fn room(&self) -> Room;

    /// True for a room that is drawn in at once, and fails only for good; false for one that has a
    /// loop of its own, since drawing in it may take its time.
    fn is_at_hand(&self) -> bool {
        true
    }

    /// How long until a card may be drawn here: the room's rate budget. What is urgent may use what
    /// the budget keeps back for it.
    fn pause(&self, _urgent: bool) -> Duration {
        Duration::ZERO
    }

    /// The same of one card, where a room draws some cards less often than others. What waits is
    /// drawn later, as it is then.
    fn pause_before(&self, card: CardKey) -> Duration {
        self.pause(card.is_urgent())
    }

    /// How long until a card of something held that stands there may be drawn anew for the sake of prices
    /// alone, which leaves to others what they may need; [`Duration::MAX`] for a card that never is.
    fn pause_before_figures(&self, _message: &MessageRef) -> Duration {
        self.pause(false)
    }

    /// Takes the next card that the room would draw again although nothing of it was decided, such as
    /// one whose countdown has come to its next step. Asked when nothing else can be drawn, and
    /// forgotten with the process.
    fn take_wanted(&self, _now: Timestamp) -> Option<CardKey> {
        None
    }

    /// Shows a card, or draws it anew in the message that already shows it; answers with the
    /// message. Drawing the same view twice is harmless. How loudly, and in which language,
    /// `telling` says; a volume is never [`Volume::Off`](countersign_domain::notices::Volume::Off) here.
    ///
    /// # Errors
    ///
    /// [`ChatError::Refused`]: draw it plainly, once. [`ChatError::Unreachable`]: try again.
    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError>;

    /// Shows, in the place of a card whose drawing the room refused, what it is about and nothing else:
    /// nothing that was drawn there before can be pressed any more.
    ///
    /// # Errors
    ///
    /// As [`Chat::draw`].
    async fn draw_plainly(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        self.draw(card, view, message, telling).await
    }
}
