//! What a person gets.

use countersign_cards::{Action, Button, Card, Tone};
use countersign_domain::view::TicketView;

/// A sentence for the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it feels.
    pub tone: Tone,
    /// The sentence, plain text.
    pub text: String,
}

/// What a person gets for a press, a command or a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// A sentence: of a press, a notice that goes away by itself.
    Told(Told),
    /// A sentence with buttons to choose from, for the one who asked.
    Choice(String, Vec<Button>),
    /// A sentence that nobody else may read, such as a link code.
    Private(String),
    /// Cards to read, for the one who asked.
    Cards(Vec<Card>),
    /// The payoff of a ticket, as a picture; in words where none can be shown.
    Payoff(Box<TicketView>),
    /// What is still to be given.
    Form(Form),
    /// A file that nobody else may read.
    File(File),
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is called, with its ending.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it is, plain text.
    pub about: String,
}

impl Reply {
    /// A sentence.
    pub fn told(tone: Tone, text: impl Into<String>) -> Self {
        Self::Told(Told {
            tone,
            text: text.into(),
        })
    }

    /// True for a sentence that says why not.
    pub const fn is_bad(&self) -> bool {
        matches!(self, Self::Told(told) if matches!(told.tone, Tone::Bad))
    }
}

/// Entries that a press needs before anything can be done. Handed in again with its action, it is all
/// that is known: nothing waits in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is about.
    pub title: String,
    /// What is done with what is handed in.
    pub action: Action,
    /// What is to be given, in order.
    pub entries: Vec<Entry>,
}

/// One entry of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, as handed in.
    pub name: &'static str,
    /// What it is.
    pub label: String,
    /// What stands there already.
    pub value: String,
    /// True for more than a word.
    pub long: bool,
}
