//! The platform's HTML: a few tags, four named entities, and errors that name the byte.

use serde_json::Map;

use super::{Draft, Formatted, one};

/// A tag that is open.
struct Open {
    tag: String,
    offset: usize,
    attribute: Option<String>,
}

/// Parses a text.
///
/// # Errors
/// What the platform says after "can't parse entities: ".
pub(super) fn parse(source: &str) -> Result<Formatted, String> {
    let mut draft = Draft::default();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(letter) = source[at..].chars().next() {
        match letter {
            '&' => {
                let (decoded, length) = decode(&source[at..]).unwrap_or(('&', 1));
                draft.push(decoded);
                at += length;
            }
            '<' if source[at..].starts_with("</") => {
                at = end_tag(source, at, &mut open, &mut draft)?;
            }
            '<' => {
                let (tag, end) = start_tag(source, at, draft.units)?;
                open.push(tag);
                at = end;
            }
            _ => {
                draft.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    match open.pop() {
        None => Ok(draft.done()),
        Some(tag) => Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            tag.tag
        )),
    }
}

/// The character that an entity stands for, and the length of the entity.
fn decode(source: &str) -> Option<(char, usize)> {
    let name_end = source[1..]
        .find(|it: char| !it.is_ascii_alphanumeric() && it != '#')
        .map_or(source.len(), |it| it + 1);
    let name = &source[1..name_end];
    let decoded = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(number.ok()?).filter(|it| *it != '\0')?
        }
    };
    let closed = source[name_end..].starts_with(';');
    Some((decoded, name_end + usize::from(closed)))
}

fn start_tag(source: &str, begin: usize, offset: usize) -> Result<(Open, usize), String> {
    let unclosed = || format!("Unclosed start tag at byte offset {begin}");
    let inner = &source[begin + 1..];
    let name_end = inner
        .find(|it: char| it.is_whitespace() || it == '>')
        .ok_or_else(unclosed)?;
    let tag = inner[..name_end].to_lowercase();
    let wanted = match tag.as_str() {
        "b" | "strong" | "i" | "em" | "s" | "strike" | "del" | "u" | "ins" | "tg-spoiler"
        | "pre" => None,
        "a" => Some("href"),
        "code" | "span" => Some("class"),
        "tg-emoji" => Some("emoji-id"),
        "blockquote" => Some("expandable"),
        _ => {
            let what = format!("Unsupported start tag \"{tag}\" at byte offset {begin}");
            return Err(what);
        }
    };
    let mut attribute = None;
    let mut rest = inner[name_end..].trim_start();
    while !rest.starts_with('>') {
        let (name, value, after) = one_attribute(rest, &tag, begin)?;
        if Some(name.as_str()) == wanted {
            attribute = Some(value);
        }
        rest = after.trim_start();
    }
    if tag == "span" && attribute.as_deref() != Some("tg-spoiler") {
        let what = "Tag \"span\" must have class \"tg-spoiler\" at byte offset";
        return Err(format!("{what} {begin}"));
    }
    let end = source.len() - rest.len() + 1;
    let open = Open {
        tag,
        offset,
        attribute,
    };
    Ok((open, end))
}

/// The next attribute of a tag: name, value, and what follows.
fn one_attribute<'a>(
    source: &'a str,
    tag: &str,
    begin: usize,
) -> Result<(String, String, &'a str), String> {
    let unclosed = || format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
    let end = source
        .find(|it: char| it.is_whitespace() || matches!(it, '=' | '>' | '/' | '"' | '\''))
        .ok_or_else(unclosed)?;
    if end == 0 {
        let what = format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}");
        return Err(what);
    }
    let name = source[..end].to_lowercase();
    let rest = source[end..].trim_start();
    let Some(rest) = rest.strip_prefix('=') else {
        return Ok((name, String::new(), rest));
    };
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''));
    let cut = match quote {
        Some(quote) => rest[1..].split_once(quote),
        None => rest
            .find(|it: char| it.is_whitespace() || it == '>')
            .map(|end| rest.split_at(end)),
    };
    let (raw, after) = cut.ok_or_else(unclosed)?;
    Ok((name, decoded(raw), after))
}

fn decoded(raw: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(letter) = raw[at..].chars().next() {
        let plain = (letter, letter.len_utf8());
        let (letter, length) = if letter == '&' {
            decode(&raw[at..]).unwrap_or(plain)
        } else {
            plain
        };
        text.push(letter);
        at += length;
    }
    text
}

fn end_tag(
    source: &str,
    begin: usize,
    open: &mut Vec<Open>,
    draft: &mut Draft,
) -> Result<usize, String> {
    let unclosed = || format!("Unclosed end tag at byte offset {begin}");
    let tag = open
        .pop()
        .ok_or_else(|| format!("Unexpected end tag at byte offset {begin}"))?;
    let inner = &source[begin + 2..];
    let length = inner.find('>').ok_or_else(unclosed)?;
    let name = inner[..length].trim_end().to_lowercase();
    if !name.is_empty() && name != tag.tag {
        return Err(format!(
            "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{name}>\"",
            tag.tag
        ));
    }
    close(draft, tag, open.last());
    Ok(begin + 2 + length + 1)
}

fn close(draft: &mut Draft, tag: Open, parent: Option<&Open>) {
    let Open {
        tag,
        offset,
        attribute,
    } = tag;
    let plain = match tag.as_str() {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "s" | "strike" | "del" => "strikethrough",
        "u" | "ins" => "underline",
        "tg-spoiler" | "span" => "spoiler",
        "blockquote" if attribute.is_some() => "expandable_blockquote",
        "blockquote" => "blockquote",
        "a" => {
            let address = attribute.filter(|it| !it.is_empty());
            let address = address.unwrap_or_else(|| draft.since(offset));
            return draft.close_link(offset, &address);
        }
        "tg-emoji" => {
            let id = attribute.unwrap_or_default();
            return draft.close("custom_emoji", offset, one("custom_emoji_id", &id));
        }
        "pre" => return close_pre(draft, offset),
        _ => {
            let language = attribute
                .as_deref()
                .and_then(|it| it.strip_prefix("language-"));
            let in_pre = parent.is_some_and(|it| it.tag == "pre" && it.offset == offset);
            return match language {
                // A block's language is told by the code inside it, which becomes one with it.
                Some(language) if in_pre => draft.close("code", offset, one("language", language)),
                _ => draft.close("code", offset, Map::new()),
            };
        }
    };
    draft.close(plain, offset, Map::new());
}

fn close_pre(draft: &mut Draft, offset: usize) {
    let length = draft.units - offset;
    let same = |it: &super::Entity| {
        it.kind == "code" && it.offset == offset && it.length == length && !it.rest.is_empty()
    };
    let rest = match draft.entities.last() {
        Some(inner) if same(inner) => draft.entities.pop().map(|it| it.rest),
        _ => None,
    };
    draft.close("pre", offset, rest.unwrap_or_default());
}
