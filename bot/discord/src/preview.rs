//! What would be sent, to be looked at: the bodies of the calls as they are made, and nothing is called.

use countersign_cards::{Card, Locale, draw};
use countersign_chat::Reply;
use countersign_domain::{operator::Surface, view::View};
use countersign_pictures::{Picture, PictureError};
use serde_json::{Value, json};

use crate::{answer::Said, keyboard::keyboard, layout::lay};

/// One message, or one form.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The body of the call.
    pub body: Value,
    /// What is attached.
    pub picture: Option<Picture>,
}

/// The messages of a view.
///
/// # Errors
///
/// [`PictureError`]: the card would be sent without its picture.
pub fn card(view: &View, locale: &Locale) -> Result<Vec<Sent>, PictureError> {
    let drawn = draw(view, locale);
    let mut picture = match view {
        View::Ticket(view) => countersign_pictures::payoff(view, locale)?,
        _ => None,
    };
    let rings = drawn.mention.as_ref();
    let rings = rings.and_then(|it| it.number(Surface::Discord));
    let parts = lay(&drawn, ends(&drawn));
    let last = parts.len().saturating_sub(1);
    let parts = parts.iter().enumerate().map(|(place, laid)| {
        let buttons = if place == last {
            keyboard(&drawn.buttons)
        } else {
            json!([])
        };
        let mut body = json!({"embeds": laid.json(), "components": buttons});
        if let Some(person) = rings {
            body["content"] = json!(format!("<@{person}>"));
        }
        Sent {
            body,
            picture: picture.take(),
        }
    });
    Ok(parts.collect())
}

/// What the one who asked gets for a press, a command or a form.
pub fn reply(reply: Reply, locale: &Locale) -> Vec<Sent> {
    let bodies = match Said::laid(reply, locale, ends) {
        Said::Messages(messages) | Said::File(messages, _) => messages,
        Said::Form(form, _) => vec![form],
    };
    let sent = |body| Sent {
        body,
        picture: None,
    };
    bodies.into_iter().map(sent).collect()
}

fn ends(card: &Card) -> Option<i64> {
    card.countdown.map(jiff::Timestamp::as_second)
}
