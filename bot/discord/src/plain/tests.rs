//! Tests of plain text.

use super::{cut, escaped, short, units};

// R18
#[test]
fn markup_links_and_mentions_are_only_text() {
    let hostile = "**Buy** <@123> @everyone [click](https://evil.example) `x` ||y|| ~~z~~ _a_";
    assert_eq!(
        escaped(hostile),
        "\\*\\*Buy\\*\\* \\<\\@123> \\@everyone \\[click\\]\\(https\\://evil.example) \
         \\`x\\` \\|\\|y\\|\\| \\~\\~z\\~\\~ \\_a\\_"
    );
}

#[test]
fn a_line_begins_no_heading_quote_or_list() {
    let lines = "# a\n> b\n- c\n1. d\n+ e\nf - g > h # i 2.5";
    assert_eq!(
        escaped(lines),
        "\\# a\n\\> b\n\\- c\n1\\. d\n\\+ e\nf - g > h # i 2.5"
    );
}

#[test]
fn figures_and_times_stay_as_they_are() {
    let text = "Worst loss $412.60, 16:45 New York, SPY put 600/590";
    assert_eq!(escaped(text), text);
}

#[test]
fn a_cut_never_parts_a_letter_from_its_escape() {
    let text = escaped(&"*".repeat(50));
    for room in 2..100 {
        let (first, rest) = cut(&text, room);
        assert_eq!(format!("{first}{rest}"), text);
        assert!(
            units(first) <= room && units(first).is_multiple_of(2),
            "{first}"
        );
    }
}

#[test]
fn what_is_too_long_for_a_label_says_so() {
    assert_eq!(short("abcdef", 6), "abcdef");
    assert_eq!(short("abcdefg", 6), "abcde…");
    assert_eq!(units(&short(&"😀".repeat(9), 6)), 5);
}
