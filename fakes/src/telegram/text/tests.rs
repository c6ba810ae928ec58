//! Whatever is written, parsing ends, and what it marks lies inside the text.

use super::{CAPTION, TEXT, formatted};

const PIECES: [&str; 18] = [
    "a",
    "é😀",
    " ",
    "\n",
    "<b>",
    "</b>",
    "<",
    ">",
    "&lt",
    "&#x;",
    "<a href=\"",
    "\"",
    "*",
    "_",
    "`",
    "||",
    "\\",
    "](",
];

/// Every text of four pieces.
fn texts() -> impl Iterator<Item = String> {
    let count = PIECES.len();
    (0..count.pow(4)).map(move |number| {
        let digit = |place: u32| PIECES[number / count.pow(place) % count];
        (0..4).map(digit).collect()
    })
}

#[test]
fn any_text_is_parsed_or_refused() {
    let (mut parsed, mut refused) = (0, 0);
    for source in texts() {
        for mode in ["HTML", "MarkdownV2"] {
            let Ok(seen) = formatted(&source, Some(mode), None, &TEXT) else {
                refused += 1;
                continue;
            };
            parsed += 1;
            let length = seen.text.encode_utf16().count();
            for entity in seen.entities {
                assert!(
                    entity.length > 0 && entity.end() <= length,
                    "{mode} {source:?}: {entity:?}"
                );
            }
        }
    }
    assert!(
        parsed > 10_000 && refused > 10_000,
        "{parsed} parsed, {refused} refused"
    );
}

#[test]
fn a_text_without_a_mode_is_left_as_it_is() {
    let seen = formatted("<b> *a* &lt;", None, None, &CAPTION).expect("plain text");
    assert_eq!(
        (seen.text.as_str(), seen.entities.len()),
        ("<b> *a* &lt;", 0)
    );
}
