//! The sheet that a card is drawn on.

use countersign_domain::view::Header;
use jiff::Timestamp;

use crate::{
    button::Action,
    card::{Button, Card, Column, Field, Line, Mention, Style, Table, Tone},
    locale::Locale,
    pen::Pen,
    people::verbatim,
    say, words,
};

/// A card in the making, and the pen that writes on it.
pub(super) struct Sheet<'a> {
    pub(super) pen: Pen<'a>,
    card: Card,
}

impl<'a> Sheet<'a> {
    /// A card with its banner and nothing else.
    pub(super) fn new(header: &Header, locale: &'a Locale) -> Self {
        let banner = say!(
            locale,
            "banner",
            mode = words::mode(header.mode, locale),
            account = verbatim(&header.account.0),
            desk = verbatim(&header.name)
        );
        Self {
            pen: Pen {
                locale,
                now: header.now,
            },
            card: Card {
                tone: Tone::Neutral,
                banner,
                title: String::new(),
                mention: None,
                lead: Vec::new(),
                fields: Vec::new(),
                notes: Vec::new(),
                tables: Vec::new(),
                countdown: None,
                buttons: Vec::new(),
                footer: String::new(),
            },
        }
    }

    pub(super) fn title(&mut self, tone: Tone, title: String) {
        self.card.tone = tone;
        self.card.title = title;
    }

    pub(super) fn mention(&mut self, mention: Mention) {
        self.card.mention = Some(mention);
    }

    pub(super) fn lead(&mut self, tone: Tone, text: String) {
        self.card.lead.push(Line { text, tone });
    }

    pub(super) fn field(&mut self, label: &str, value: String) {
        let label = self.pen.say(label);
        self.card.fields.push(Field { label, value });
    }

    pub(super) fn note(&mut self, note: String) {
        self.card.notes.push(note);
    }

    /// A table with these column keys; those marked true hold figures. Without rows it is left out.
    pub(super) fn table(&mut self, title: &str, columns: &[(&str, bool)], rows: Vec<Vec<String>>) {
        self.titled(self.pen.say(title), columns, rows);
    }

    /// The same below a title that was said already.
    pub(super) fn titled(
        &mut self,
        title: String,
        columns: &[(&str, bool)],
        rows: Vec<Vec<String>>,
    ) {
        if rows.is_empty() {
            return;
        }
        let pen = self.pen;
        let column = |(label, figures): &(&str, bool)| Column {
            label: pen.say(label),
            figures: *figures,
        };
        self.card.tables.push(Table {
            title,
            columns: columns.iter().map(column).collect(),
            rows,
        });
    }

    pub(super) fn countdown(&mut self, until: Timestamp) {
        self.card.countdown = Some(until);
    }

    pub(super) fn button(&mut self, label: &str, action: Action, style: Style) {
        let label = self.pen.say(label);
        self.card.buttons.push(Button {
            label,
            action,
            style,
        });
    }

    pub(super) fn footer(&mut self, footer: String) {
        self.card.footer = footer;
    }

    pub(super) fn finish(self) -> Card {
        self.card
    }
}
