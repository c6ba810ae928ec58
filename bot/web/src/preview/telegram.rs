//! A message of Telegram, read from the body of its call.

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::markdown::{list, text};

/// A picture: its address and its description.
type Picture<'a> = (String, &'a str);

/// A message. What is sent with a picture stands in `caption`.
pub(super) fn message(body: &Value, picture: Option<&Picture<'_>>, now: Timestamp) -> Markup {
    let (said, entities) = if body["caption"].is_string() {
        (&body["caption"], &body["caption_entities"])
    } else {
        (&body["text"], &body["entities"])
    };
    let below = &body["reply_markup"];
    html! {
        div.post {
            div.bubble {
                @if let Some((address, alt)) = picture { img.picture src=(address) alt=(alt); }
                p.by { "Countersign" }
                div.text { (set(text(said), list(entities))) }
                p.time { (now.strftime("%H:%M")) }
            }
            @if below["inline_keyboard"].is_array() {
                div.keyboard {
                    @for row in list(&below["inline_keyboard"]) {
                        div.row { @for it in list(row) { (button(it)) } }
                    }
                }
            }
            @if below["force_reply"] == true { div.answer { "↩ Countersign" } }
        }
    }
}

fn button(button: &Value) -> Markup {
    html! {
        span.button title=(text(&button["callback_data"])) { (text(&button["text"])) }
    }
}

/// The text as its entities set it. Their places are in UTF-16 units: one that is wrong cuts letters.
fn set(said: &str, entities: &[Value]) -> Markup {
    let units: Vec<u16> = said.encode_utf16().collect();
    let number =
        |value: &Value| usize::try_from(value.as_u64().unwrap_or_default()).unwrap_or_default();
    let spans: Vec<(usize, usize, &str)> = entities
        .iter()
        .map(|it| {
            let from = number(&it["offset"]);
            (
                from,
                from.saturating_add(number(&it["length"])),
                text(&it["type"]),
            )
        })
        .collect();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|it| [it.0, it.1]).collect();
    cuts.extend([0, units.len()]);
    cuts.retain(|cut| *cut <= units.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut block = false;
    let pieces = cuts.windows(2).filter_map(|pair| {
        let [from, to] = *pair else { return None };
        let piece = String::from_utf16_lossy(units.get(from..to)?);
        let covers = |it: &&(usize, usize, &str)| it.0 <= from && to <= it.1;
        let faces: Vec<&str> = spans.iter().filter(covers).map(|it| it.2).collect();
        // A block ends its line by itself.
        let piece = if block {
            piece.strip_prefix('\n').unwrap_or(&piece).to_owned()
        } else {
            piece
        };
        block = faces.contains(&"pre");
        Some((faces.join(" "), piece))
    });
    let pieces: Vec<(String, String)> = pieces.collect();
    html! { @for (faces, piece) in &pieces { span class=(faces) { (piece) } } }
}
