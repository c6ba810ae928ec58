//! Markup, taken out of text.

use super::clean::is_invisible;

/// Named entities that headlines hold; every other name is left as it stands.
#[rustfmt::skip]
const ENTITIES: [(&str, char); 54] = [
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' '),
    ("ndash", '–'), ("mdash", '—'), ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'), ("ldquo", '“'),
    ("rdquo", '”'), ("bdquo", '„'), ("laquo", '«'), ("raquo", '»'), ("hellip", '…'), ("bull", '•'),
    ("middot", '·'), ("copy", '©'), ("reg", '®'), ("trade", '™'), ("euro", '€'), ("pound", '£'),
    ("yen", '¥'), ("cent", '¢'), ("dollar", '$'), ("percnt", '%'), ("deg", '°'), ("plusmn", '±'),
    ("times", '×'), ("frac12", '½'), ("sect", '§'), ("ensp", ' '), ("emsp", ' '), ("thinsp", ' '),
    ("auml", 'ä'), ("ouml", 'ö'), ("uuml", 'ü'), ("Auml", 'Ä'), ("Ouml", 'Ö'), ("Uuml", 'Ü'),
    ("szlig", 'ß'), ("eacute", 'é'), ("egrave", 'è'), ("agrave", 'à'), ("aacute", 'á'), ("iacute", 'í'),
    ("oacute", 'ó'), ("uacute", 'ú'), ("ntilde", 'ñ'), ("ccedil", 'ç'), ("aring", 'å'), ("oslash", 'ø'),
];

/// The longest entity, after its `&`.
const ENTITY_MOST: usize = 10;

/// Elements whose content is no text.
const UNREAD: [&str; 2] = ["script", "style"];

/// Elements within a word or a line; every other one parts what is around it.
const INLINE: [&str; 12] = [
    "a", "abbr", "b", "em", "font", "i", "mark", "s", "small", "span", "strong", "u",
];

/// The text without markup: tags out, entities read, twice over, since sources escape what was escaped
/// before. What a third reading would turn into markup stays the text that it is.
pub(super) fn without_markup(text: &str) -> String {
    let once = unescaped(&without_tags(text));
    let twice = unescaped(&without_tags(&once));
    let plain = without_tags(&twice);
    // What stood around a tag may have come together to another one: somebody is playing.
    if opens_a_tag(&plain) {
        return plain.replace('<', " ");
    }
    plain
}

fn opens_a_tag(text: &str) -> bool {
    text.match_indices('<')
        .any(|(at, _)| text.get(at..).is_some_and(begins_a_tag))
}

/// Whether what begins with `<` is read as a tag by anybody.
fn begins_a_tag(text: &str) -> bool {
    text.chars()
        .skip(1)
        .find(|c| !is_invisible(*c))
        .is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// One pass: every tag is left out, with what it encloses where that is no text.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        plain.push_str(before);
        rest = if let Some(cdata) = from.strip_prefix("<![CDATA[") {
            cdata
        } else if begins_a_tag(from) {
            let (name, after) = tag(from);
            if !INLINE.contains(&name.as_str()) {
                plain.push(' ');
            }
            if UNREAD.contains(&name.as_str()) {
                past_its_end(after, &name)
            } else {
                after
            }
        } else {
            plain.push('<');
            from.strip_prefix('<').unwrap_or_default()
        };
    }
    plain.push_str(rest);
    plain.replace("]]>", "")
}

/// The name of the tag at the start, in small letters and without the `/` of its end, and what comes
/// after it. A tag that does not end takes nothing with it but its `<`.
fn tag(from: &str) -> (String, &str) {
    let inner = from.strip_prefix('<').unwrap_or(from);
    if let Some((_, after)) = inner
        .strip_prefix("!--")
        .and_then(|comment| comment.split_once("-->"))
    {
        return (String::new(), after);
    }
    let name: String = inner
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let end = inner.find(['<', '>']);
    let after = match end.and_then(|at| inner.split_at_checked(at)) {
        Some((_, after)) => after.strip_prefix('>').unwrap_or(after),
        None => inner,
    };
    (name, after)
}

/// What comes after `</name>`; nothing when it never comes.
fn past_its_end<'a>(text: &'a str, name: &str) -> &'a str {
    let lower = text.to_ascii_lowercase();
    let end = format!("</{name}");
    let at = lower.find(&end).and_then(|at| text.get(at..));
    at.and_then(|end| end.split_once('>'))
        .map_or("", |(_, after)| after)
}

/// The text with its entities read, once.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        plain.push_str(before);
        let read = from
            .bytes()
            .take(ENTITY_MOST)
            .position(|byte| byte == b';')
            .and_then(|end| Some((entity(from.get(..end)?)?, from.get(end..)?)));
        rest = if let Some((c, after)) = read {
            plain.push(c);
            after.strip_prefix(';').unwrap_or(after)
        } else {
            plain.push('&');
            from
        };
    }
    plain.push_str(rest);
    plain
}

/// The character that an entity stands for.
fn entity(name: &str) -> Option<char> {
    if let Some(digits) = name.strip_prefix('#') {
        let hex = digits.strip_prefix(['x', 'X']);
        let code = match hex {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    let known = ENTITIES.iter().find(|(known, _)| *known == name);
    known.map(|(_, c)| *c)
}
