//! The neutral drawing: what any surface needs to show one card, and nothing of any surface.

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

/// The drawing of one view. Two equal views give equal cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// How the whole card feels.
    pub tone: Tone,
    /// Paper or live, the account and the desk: stands above everything else.
    pub banner: String,
    /// What the card is about, and where it stands.
    pub title: String,
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
