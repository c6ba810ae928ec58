//! What would be sent, to be looked at: the bodies of the calls as they are made, and nothing is called.

use countersign_cards::{Locale, draw};
use countersign_chat::Reply;
use countersign_domain::view::View;
use countersign_pictures::Picture;
use serde_json::{Value, json};
use teloxide::types::ReplyMarkup;

use crate::{
    answer::said,
    keyboard::keyboard,
    layout::{Laid, lay},
};

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The body of the call.
    pub body: Value,
    /// What is attached.
    pub picture: Option<Picture>,
}

/// The messages of a view.
pub fn card(view: &View, locale: &Locale) -> Vec<Sent> {
    let drawn = draw(view, locale);
    let parts = lay(&drawn);
    let last = parts.len().saturating_sub(1);
    let alive = !drawn.buttons.is_empty();
    let parts = parts.into_iter().enumerate().map(|(place, laid)| {
        let buttons = (alive && place == last).then(|| keyboard(&drawn.buttons));
        sent(&laid, buttons.map(ReplyMarkup::InlineKeyboard))
    });
    parts.collect()
}

/// What the one who asked gets for a press, a command or a form.
pub fn reply(reply: Reply, locale: &Locale) -> Vec<Sent> {
    let posts = said(reply, None, locale).into_iter();
    posts.map(|(laid, markup)| sent(&laid, markup)).collect()
}

fn sent(laid: &Laid, markup: Option<ReplyMarkup>) -> Sent {
    let mut body = json!({"text": laid.text, "entities": laid.entities});
    if let Some(markup) = markup {
        body["reply_markup"] = json!(markup);
    }
    Sent {
        body,
        picture: None,
    }
}
