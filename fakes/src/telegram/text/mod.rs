//! Texts as people see them: marked-up source made into plain text and entities.

mod html;
mod markdown;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::args::Args;
use super::refusal::Refusal;

/// A stretch of a text that is shown in its own way, as the platform tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is: `bold`, `code`, `text_link`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it begins, in UTF-16 code units.
    pub offset: usize,
    /// How long it is, in UTF-16 code units; at least 1.
    pub length: usize,
    /// What its kind adds: `url`, `language`, ...
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Entity {
    fn end(&self) -> usize {
        self.offset + self.length
    }

    /// The part of a text that it covers.
    pub fn of(&self, text: &str) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let covered = units.get(self.offset..self.end()).unwrap_or_default();
        String::from_utf16_lossy(covered)
    }
}

/// A plain text and its entities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Formatted {
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
}

/// How a text parameter and its companions are called, and how long it may be.
pub(crate) struct Place {
    /// The parameter that holds the text.
    pub(crate) text: &'static str,
    /// The parameter that holds entities given beside it.
    pub(crate) entities: &'static str,
    /// The most characters after parsing.
    pub(crate) most: usize,
    /// What the platform says to more.
    pub(crate) too_long: &'static str,
}

/// The text of a message.
pub(crate) const TEXT: Place = Place {
    text: "text",
    entities: "entities",
    most: 4096,
    too_long: "message is too long",
};

/// The text beside a picture or a document.
pub(crate) const CAPTION: Place = Place {
    text: "caption",
    entities: "caption_entities",
    most: 1024,
    too_long: "message caption is too long",
};

/// The text parameter of a call.
///
/// # Errors
/// Bad mark-up, entities outside the text, and a text that is too long are refused.
pub(crate) fn of_args(args: &Args, place: &Place) -> Result<Formatted, Refusal> {
    let source = args.text(place.text).unwrap_or_default();
    formatted(
        source,
        args.text("parse_mode"),
        args.get(place.entities),
        place,
    )
}

/// A text, parsed as its mode says.
///
/// # Errors
/// As [`of_args`].
pub(crate) fn formatted(
    source: &str,
    mode: Option<&str>,
    entities: Option<&Value>,
    place: &Place,
) -> Result<Formatted, Refusal> {
    let mode = mode.unwrap_or_default().to_lowercase();
    let parsed = match mode.as_str() {
        "html" => html::parse(source),
        "markdownv2" => markdown::parse(source),
        "" => Ok(Formatted {
            text: source.to_owned(),
            entities: Vec::new(),
        }),
        _ => return Err(Refusal::wrong("unsupported parse_mode")),
    };
    let mut parsed =
        parsed.map_err(|what| Refusal::wrong(format!("can't parse entities: {what}")))?;
    if let (true, Some(given)) = (mode.is_empty(), entities) {
        parsed.entities = serde_json::from_value(given.clone())
            .map_err(|error| Refusal::wrong(format!("can't parse entities: {error}")))?;
        let length = parsed.text.encode_utf16().count();
        let outside = |it: &Entity| it.length == 0 || it.end() > length;
        if parsed.entities.iter().any(outside) {
            return Err(Refusal::wrong("entity is outside of the text"));
        }
    }
    let seen = trimmed(parsed);
    if seen.text.chars().count() > place.most {
        return Err(Refusal::wrong(place.too_long));
    }
    Ok(seen)
}

/// Leaves out the blanks around a text, as the platform does, and puts the entities in order.
fn trimmed(given: Formatted) -> Formatted {
    let Formatted { text, mut entities } = given;
    let first = entities.iter().map(|it| it.offset).min();
    let blank = text.chars().take_while(|it| it.is_whitespace()).count();
    let skipped = blank.min(first.unwrap_or(usize::MAX));
    let start = text
        .char_indices()
        .nth(skipped)
        .map_or(text.len(), |it| it.0);
    let text = text[start..].trim_end().to_owned();
    let length = text.encode_utf16().count();
    for entity in &mut entities {
        entity.offset -= skipped.min(entity.offset);
        entity.length = entity.length.min(length.saturating_sub(entity.offset));
    }
    entities.retain(|it| it.length > 0);
    entities.sort_by_key(|it| (it.offset, std::cmp::Reverse(it.length)));
    Formatted { text, entities }
}

/// The commands in a person's text, which clients mark for the bot.
pub(crate) fn commands_in(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let rest = bare.strip_prefix('/').unwrap_or_default();
        let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '@');
        if !rest.is_empty() && rest.chars().all(is_name) {
            found.push(Entity {
                kind: "bot_command".to_owned(),
                offset,
                length: bare.encode_utf16().count(),
                rest: Map::new(),
            });
        }
        offset += word.encode_utf16().count();
    }
    found
}

/// A text in the making, with the entities that are open.
#[derive(Default)]
struct Draft {
    text: String,
    units: usize,
    entities: Vec<Entity>,
}

impl Draft {
    fn push(&mut self, letter: char) {
        self.text.push(letter);
        self.units += letter.len_utf16();
    }

    /// What was written since this many code units.
    fn since(&self, offset: usize) -> String {
        let units: Vec<u16> = self.text.encode_utf16().skip(offset).collect();
        String::from_utf16_lossy(&units)
    }

    fn close(&mut self, kind: &str, offset: usize, rest: Map<String, Value>) {
        let length = self.units - offset;
        if length > 0 {
            let kind = kind.to_owned();
            self.entities.push(Entity {
                kind,
                offset,
                length,
                rest,
            });
        }
    }

    /// A link, unless its address is none: then the text stays plain, as on the platform.
    fn close_link(&mut self, offset: usize, address: &str) {
        const SCHEMES: [&str; 5] = ["http://", "https://", "tg://", "ton://", "tonsite://"];
        let address = address.trim();
        let has_scheme = SCHEMES.iter().any(|it| address.starts_with(it));
        let url = if has_scheme {
            address.to_owned()
        } else if address.contains('.') && !address.contains(char::is_whitespace) {
            format!("http://{address}/")
        } else {
            return;
        };
        self.close("text_link", offset, one("url", &url));
    }

    fn done(self) -> Formatted {
        Formatted {
            text: self.text,
            entities: self.entities,
        }
    }
}

fn one(key: &str, value: &str) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), Value::from(value))])
}
