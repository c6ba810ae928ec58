//! The neutral drawing: what any surface needs to show one card, and nothing of any surface.

use countersign_domain::operator::{Identity, Surface};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::button::Action;

/// How a card or a line of it feels: a surface turns it into a colour, never into words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Nothing to do.
    #[default]
    Neutral,
    /// A person is asked, or should look.
    Attention,
    /// It went well.
    Good,
    /// It went badly.
    Bad,
    /// A person has to act now.
    Critical,
}

/// One line at the head of a card, in order of weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The sentence, plain text.
    pub text: String,
    /// How it feels.
    pub tone: Tone,
}

/// One labelled fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// The value; a line break separates parts of equal rank, such as legs.
    pub value: String,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub label: String,
    /// True for figures, which are set flush right.
    pub figures: bool,
}

/// Rows of equal shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What the rows are.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The cells, one for each column in every row.
    pub rows: Vec<Vec<String>>,
}

/// How much weight a button has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// The one that the card is about.
    Primary,
    /// Another way on.
    Secondary,
    /// It ends something.
    Danger,
}

/// One button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What a press asks for; [`Action::encode`] makes the payload.
    pub action: Action,
    /// How much weight it has.
    pub style: Style,
}

/// Somebody whom a card asks by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What people call them.
    pub name: String,
    /// Where they are known: a platform makes the name ring there.
    pub identities: Vec<Identity>,
}

impl Mention {
    /// Their number on a platform.
    pub fn number(&self, surface: Surface) -> Option<u64> {
        let mut known = self.identities.iter();
        let known = known.find(|it| it.surface == surface)?;
        known.user.parse().ok()
    }
}

/// The drawing of one view. Two equal views give equal cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// How the whole card feels.
    pub tone: Tone,
    /// Paper or live, the account and the desk: stands above everything else.
    pub banner: String,
    /// What the card is about, and where it stands.
    pub title: String,
    /// Whom it asks.
    pub mention: Option<Mention>,
    /// What matters most, first: of a ticket the worst loss in dollars.
    pub lead: Vec<Line>,
    /// Facts with labels.
    pub fields: Vec<Field>,
    /// Sentences that a reader has to know besides.
    pub notes: Vec<String>,
    /// Facts in rows.
    pub tables: Vec<Table>,
    /// When a decision is no longer possible: a live countdown where the surface has one. The
    /// same instant stands in words among the fields.
    pub countdown: Option<Timestamp>,
    /// What a person may press. The right to do it is checked on the press.
    pub buttons: Vec<Button>,
    /// Which card it is: ids and revision.
    pub footer: String,
}

/// Which part of a card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// How many there are; at least 1.
    pub of: u32,
}

/// The parts of a card with at most so many rows each, at least one part. The first one has all
/// that is not in a table; the banner, the title and the footer stand on each.
pub fn pages(card: &Card, rows_per_page: usize) -> Vec<Card> {
    let most = rows_per_page.max(1);
    let mut parts: Vec<Vec<Table>> = vec![Vec::new()];
    let mut room = most;
    for table in &card.tables {
        let mut rows = table.rows.as_slice();
        loop {
            if room == 0 {
                parts.push(Vec::new());
                room = most;
            }
            let (here, rest) = rows.split_at(rows.len().min(room));
            if let Some(part) = parts.last_mut() {
                part.push(Table {
                    rows: here.to_vec(),
                    ..table.clone()
                });
            }
            room -= here.len();
            rows = rest;
            if rows.is_empty() {
                break;
            }
        }
    }
    let one = |(index, tables): (usize, Vec<Table>)| {
        let mut part = card.clone();
        part.tables = tables;
        if index > 0 {
            part.lead.clear();
            part.fields.clear();
            part.notes.clear();
        }
        part
    };
    parts.into_iter().enumerate().map(one).collect()
}

/// That part of a card, or the nearest that there is, and which one it is.
pub fn page(card: &Card, rows_per_page: usize, number: u32) -> (Card, Page) {
    let mut parts = pages(card, rows_per_page);
    let of = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(1);
    let number = number.clamp(1, of);
    let index = usize::try_from(number - 1).unwrap_or_default();
    (parts.swap_remove(index), Page { number, of })
}
