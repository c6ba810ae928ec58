//! How a text is cleaned before it is split into tokens, exactly as the training cleans it.
//!
//! HTML entities are replaced twice (feeds escape what is escaped), what cannot be seen is removed, links
//! become a space, the many quotes, dashes and kinds of white space become one of each.

/// What is read of a raw text, in bytes: a headline is far shorter, and nobody can make us clean a book.
const LONGEST: usize = 16 * 1024;

/// A text as a model reads it; empty when nothing is left to be read.
pub fn cleaned(text: &str) -> String {
    let text = unescaped(&unescaped(beginning(text)));
    let seen: String = text.chars().filter(|one| !is_nothing(*one)).collect();
    one_line(&without_links(&seen))
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The text with each known entity replaced, once, from left to right.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if let Some((means, length)) = entity(rest) {
            out.push_str(&means);
            length
        } else {
            out.push('&');
            1
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// What the entity at the beginning means, and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let means = if let Some(number) = name.strip_prefix('#') {
        character(number)?.to_string()
    } else {
        named(name)?.to_owned()
    };
    Some((means, end + 1))
}

fn character(number: &str) -> Option<char> {
    let all = |digits: &str, most: usize, fits: fn(&u8) -> bool| {
        !digits.is_empty() && digits.len() <= most && digits.as_bytes().iter().all(fits)
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) if all(digits, 6, u8::is_ascii_hexdigit) => u32::from_str_radix(digits, 16),
        None if all(number, 7, u8::is_ascii_digit) => number.parse(),
        _ => return None,
    };
    let code = code.ok().filter(|code| *code != 0)?;
    char::from_u32(code)
}

fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" | "ldquo" | "rdquo" => "\"",
        "apos" | "lsquo" | "rsquo" => "'",
        "nbsp" => " ",
        "ndash" | "mdash" => "-",
        "hellip" => "...",
        "trade" => "\u{2122}",
        "reg" => "\u{ae}",
        "copy" => "\u{a9}",
        "euro" => "\u{20ac}",
        "pound" => "\u{a3}",
        _ => return None,
    })
}

/// Control characters, joiners, marks of direction, variation selectors, the replacement character.
const fn is_nothing(one: char) -> bool {
    matches!(
        one,
        '\u{0}'..='\u{8}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{84}'
            | '\u{86}'..='\u{9f}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fffd}'
    )
}

/// White space as Unicode has it, spelled out so that no library's own idea of it matters.
const fn is_space(one: char) -> bool {
    matches!(
        one,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

fn begins_a_link(text: &str) -> bool {
    const BEGINNINGS: [&str; 4] = ["http://", "https://", "pic.twitter.com/", "www."];
    let begins = |start: &str| {
        let same = |head: &[u8]| head.eq_ignore_ascii_case(start.as_bytes());
        text.as_bytes().get(..start.len()).is_some_and(same)
    };
    BEGINNINGS.iter().any(|start| begins(start))
}

/// The text with a space for each link, which goes on to the next white space.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(one) = rest.chars().next() {
        let end = if begins_a_link(rest) {
            out.push(' ');
            rest.find(is_space).unwrap_or(rest.len())
        } else {
            out.push(one);
            one.len_utf8()
        };
        rest = &rest[end..];
    }
    out
}

/// One kind of quotes, dashes and white space; no white space at either end.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for one in text.chars() {
        if is_space(one) {
            space = !out.is_empty();
            continue;
        }
        if space {
            out.push(' ');
            space = false;
        }
        match one {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => {
                out.push('\'');
            }
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}'
            | '\u{bb}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn entities_are_replaced_twice_and_unknown_ones_stay() {
        assert_eq!(cleaned("Johnson &amp;amp; Johnson"), "Johnson & Johnson");
        assert_eq!(cleaned("Johnson &amp;amp;amp; J"), "Johnson &amp; J");
        assert_eq!(
            cleaned("AT&T; &unknown; &Amp; &#0; &#xD800; &#1114112;"),
            "AT&T; &unknown; &Amp; &#0; &#xD800; &#1114112;"
        );
        assert_eq!(
            cleaned("It&#39;s &#x2014; up &#X41; &#128200;"),
            "It's - up A \u{1f4c8}"
        );
    }

    #[test]
    fn links_are_removed_wherever_they_stand() {
        assert_eq!(
            cleaned("Acme slides HTTPS://t.example/AbC, then rises"),
            "Acme slides then rises"
        );
        assert_eq!(cleaned("xhttps://a.example/glued stays x"), "x stays x");
        assert_eq!(cleaned("https://a.example/only"), "");
    }

    #[test]
    fn quotes_dashes_and_white_space_are_one_of_each() {
        assert_eq!(
            cleaned(" \u{201c}Acme\u{2019}s\u{201d}\u{2003}\u{2014}\u{a0}rises\u{2026} "),
            "\"Acme's\" - rises..."
        );
        assert_eq!(
            cleaned("zero\u{200b}width \u{202e}and\u{7} bell"),
            "zerowidth and bell"
        );
    }

    #[test]
    fn a_book_is_cut_at_a_character() {
        let book = "\u{20ac}".repeat(LONGEST);
        let kept = cleaned(&book);
        assert_eq!(kept.len(), LONGEST / 3 * 3);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_breaks_the_cleaning(text in ".{0,200}") {
            let kept = cleaned(&text);
            prop_assert!(!kept.starts_with(' ') && !kept.ends_with(' ') && !kept.contains("  "));
            prop_assert!(!kept.chars().any(is_nothing));
        }
    }
}
