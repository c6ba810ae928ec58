//! What every drawing needs: the language, the marks and the present.

use countersign_cards::{Locale, Tone};
use countersign_domain::{money::Usd, ticket::Ticket};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::{access::seal::Bound, console::Room, live::marks::Marks};

/// What draws.
#[derive(Clone, Copy)]
pub(crate) struct Ink<'a> {
    pub(crate) locale: &'a Locale,
    pub(crate) marks: &'a Marks,
    /// The desk's time.
    pub(crate) now: Timestamp,
    /// A yes to a ticket that could lose more than this is typed.
    typed_above: Option<Usd>,
}

impl<'a> Ink<'a> {
    pub(crate) fn of(room: &'a Room, now: Timestamp) -> Self {
        Self {
            locale: room.locale(),
            marks: &room.marks,
            now,
            typed_above: room.desk.settings().typed_above,
        }
    }

    /// True where a yes has to come with the ticket's contracts.
    pub(crate) fn asks_to_type(&self, ticket: &Ticket) -> bool {
        self.typed_above
            .is_some_and(|bound| ticket.terms.worst_loss > bound)
    }

    /// A sentence or a label.
    pub(crate) fn say(&self, key: &str) -> String {
        self.locale.say(key)
    }

    /// A form that counts once, for exactly this.
    pub(crate) fn form(&self, path: &str, bound: &Bound<'_>, inside: &Markup) -> Markup {
        html! {
            form method="post" action=(path) class={ "act act-" (bound.act) } {
                input type="hidden" name="seal" value=(self.marks.seal(bound));
                (inside)
            }
        }
    }

    /// The milliseconds until then, as the viewer's clock is when the part leaves.
    pub(crate) fn left(&self, end: Timestamp) -> String {
        self.marks.left(end)
    }

    /// The same as minutes and seconds, for a page without a script: `1:23`.
    pub(crate) fn clock(&self, end: Timestamp) -> String {
        self.marks.clock(end)
    }
}

/// Text in which no line breaks between a minus and its amount.
pub(crate) fn unbroken(text: &str) -> Markup {
    html! {
        @for (place, word) in text.split(' ').enumerate() {
            @if place > 0 { " " }
            @if word.contains("−$") { span.amount { (word) } } @else { (word) }
        }
    }
}

/// The class that goes with a tone.
pub(crate) const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "neutral",
        Tone::Attention => "attention",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Critical => "critical",
    }
}
