//! A card as it is to be shown: its parts, what can be pressed below the last, and how it is posted.

use countersign_cards::Card;
use countersign_desk::ports::CardKey;
use countersign_domain::{
    notices::{Telling, Volume},
    view::View,
};
use teloxide::types::InlineKeyboardMarkup;

use crate::{
    keyboard::keyboard,
    layout::{Laid, lay},
    line::Turn,
};

/// A card as it is to be shown.
pub(crate) struct Drawing<'a> {
    pub(crate) view: &'a View,
    pub(crate) parts: Vec<Laid>,
    /// Below the last part.
    buttons: InlineKeyboardMarkup,
    none: InlineKeyboardMarkup,
    pub(crate) silent: bool,
    pub(crate) turn: Turn,
}

impl<'a> Drawing<'a> {
    /// What was drawn of a view.
    pub(crate) fn of(card: CardKey, view: &'a View, drawn: &Card, telling: &Telling) -> Self {
        Self {
            view,
            parts: lay(drawn),
            buttons: keyboard(&drawn.buttons),
            none: InlineKeyboardMarkup::default(),
            silent: telling.volume < Volume::Loud || card == CardKey::Board,
            turn: Turn::drawing(card.is_urgent()),
        }
    }

    /// What can be pressed below a part.
    pub(crate) const fn buttons_of(&self, place: usize) -> &InlineKeyboardMarkup {
        if place + 1 == self.parts.len() {
            &self.buttons
        } else {
            &self.none
        }
    }
}
