//! Answers: how a reply looks to the one who asked.

use countersign_cards::{Card, Locale, export::too_large, payoff};
use countersign_chat::{Entry, File, Form, Reply, Talk};
use serde_json::{Value, json};

use crate::{
    keyboard::keyboard,
    layout::{lay, sentence},
    line::Wire,
    plain::short,
};

/// Shown to the one who asked alone.
pub(crate) const EPHEMERAL: u64 = 1 << 6;

/// The kinds of a first answer.
pub(crate) const MESSAGE: u8 = 4;
pub(crate) const THINKING: u8 = 5;
pub(crate) const SEEN: u8 = 6;
pub(crate) const UPDATE: u8 = 7;
pub(crate) const MODAL: u8 = 9;

/// Letters of a form's title, of a label and of what stands in an empty entry.
const TITLE: usize = 45;
const LABEL: usize = 45;
const PLACEHOLDER: usize = 100;
/// Entries of a form.
const ENTRIES: usize = 5;

/// Bytes of a file that everybody may send; the platform takes 10 MiB.
const MOST: usize = 10_000_000;

/// What a person gets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// Messages, at least one: what stands in each of them.
    Messages(Vec<Value>),
    /// A form, and the buttons that open it when that is all that can be shown.
    Form(Value, Value),
    /// A file, and the messages before it.
    File(Vec<Value>, Option<File>),
}

impl Said {
    /// A sentence.
    pub(crate) fn sentence(text: &str) -> Self {
        Self::Messages(told(text, &json!([])))
    }

    /// What a reply looks like.
    pub(crate) fn of(reply: Reply, talk: &Talk, wire: &Wire) -> Self {
        let now = talk.desk().now();
        if let Reply::File(file) = &reply
            && file.bytes.len() > MOST
        {
            return Self::sentence(&too_large(file.bytes.len(), MOST, talk.locale()));
        }
        Self::laid(reply, talk.locale(), |card| wire.ends(card, now))
    }

    /// The same, with when a card's decision is no longer possible.
    pub(crate) fn laid(reply: Reply, locale: &Locale, ends: impl Fn(&Card) -> Option<i64>) -> Self {
        match reply {
            Reply::Told(it) => Self::sentence(&it.text),
            // Cards have their picture here.
            Reply::Payoff(view) => Self::sentence(&payoff::words(&view, locale)),
            // Every answer here is for the one who asked alone.
            Reply::Private(text) => Self::sentence(&text),
            Reply::Choice(text, buttons) => Self::Messages(told(&text, &keyboard(&buttons))),
            Reply::Cards(cards) => {
                let mut messages = Vec::new();
                for card in cards {
                    let parts = lay(&card, ends(&card));
                    messages.extend(parts.iter().map(|it| message("", &it.json(), &json!([]))));
                    if let Some(last) = messages.last_mut() {
                        last["components"] = keyboard(&card.buttons);
                    }
                }
                Self::Messages(messages)
            }
            Reply::Form(form) => Self::Form(modal(&form), opener(&form)),
            Reply::File(file) => Self::File(told(&file.about, &json!([])), Some(file)),
        }
    }

    /// The file that follows, taken out.
    pub(crate) fn file(&mut self) -> Option<File> {
        match self {
            Self::File(_, file) => file.take(),
            _ => None,
        }
    }

    /// The messages; of a form one with a button that opens it.
    pub(crate) fn messages(self) -> Vec<Value> {
        match self {
            Self::Messages(messages) | Self::File(messages, _) => messages,
            Self::Form(_, opener) => vec![opener],
        }
    }
}

fn told(text: &str, buttons: &Value) -> Vec<Value> {
    let parts = sentence(text);
    let mut messages: Vec<Value> = parts
        .iter()
        .map(|part| message(part, &json!([]), &json!([])))
        .collect();
    if let Some(last) = messages.last_mut() {
        last["components"] = buttons.clone();
    }
    messages
}

fn message(text: &str, embeds: &Value, buttons: &Value) -> Value {
    json!({
        "content": text,
        "embeds": embeds,
        "components": buttons,
        "allowed_mentions": {"parse": []},
    })
}

fn modal(form: &Form) -> Value {
    let rows = form
        .entries
        .iter()
        .take(ENTRIES)
        .map(|entry| json!({"type": 1, "components": [input(entry)]}));
    json!({
        "custom_id": form.action.encode(),
        "title": short(&form.title, TITLE),
        "components": rows.collect::<Value>(),
    })
}

fn input(entry: &Entry) -> Value {
    let style = if entry.long { 2 } else { 1 };
    let mut input = json!({
        "type": 4,
        "custom_id": entry.name,
        "label": short(&entry.label, LABEL),
        "style": style,
        "required": true,
    });
    if !entry.value.is_empty() {
        input["value"] = json!(entry.value);
    }
    if input["label"] != json!(entry.label) {
        input["placeholder"] = json!(short(&entry.label, PLACEHOLDER));
    }
    input
}

/// A form cannot follow an answer: a button that opens it can.
fn opener(form: &Form) -> Value {
    let button = countersign_cards::Button {
        label: form.title.clone(),
        action: form.action,
        style: countersign_cards::Style::Primary,
    };
    message(
        &crate::escaped(&form.title),
        &json!([]),
        &keyboard(&[button]),
    )
}
