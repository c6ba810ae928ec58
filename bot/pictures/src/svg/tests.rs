use super::{Anchor, Svg, Text, cut, width};
use crate::raster;

/// Texts that break a document that trusts them.
const HOSTILE: [&str; 8] = [
    "</text></svg>",
    "<script>alert(1)</script>",
    "a & b &amp; c &#x0; &nope;",
    "\" onload='x' fill=\"red",
    "]]> <![CDATA[ <!-- --> <?xml ?> <!DOCTYPE x [<!ENTITY e \"e\">]>",
    "\u{202e}0.051$\u{202c} שלום مرحبا",
    "\0\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}\n\t",
    "🎲 漢字 e\u{301}\u{301}\u{301} \u{feff}",
];

fn document(text: &str, bold: bool) -> String {
    let mut svg = Svg::sheet(300, 100, "#000000");
    svg.text(&Text {
        words: text,
        at: (10.0, 50.0),
        size: 30.0,
        colour: "#ffffff",
        bold,
        anchor: Anchor::Start,
        halo: None,
    });
    svg.finish()
}

#[test]
fn hostile_text_stays_text() {
    for text in HOSTILE {
        let svg = document(text, false);
        assert_eq!(svg.matches('<').count(), 5, "{svg}");
        assert!(raster::png(&svg).is_ok(), "{svg}");
        let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!svg.contains(turns), "{svg}");
    }
}

#[test]
fn text_is_as_wide_as_it_is_taken_for() {
    for text in [
        "2 × GOOG bull call spread 750/755, Dec 24, 2015",
        "+$1,234,567.89",
        "Größter Verlust −$9,012.50",
        "Größter Verlust −9.012,50\u{a0}$",
        "Price $0.05",
        "MMMMWWWWiiiilllljjjj{}[]()~^",
    ] {
        for bold in [false, true] {
            let drawn = raster::width(&document(text, bold));
            let share = drawn / width(text, 30.0, bold);
            assert!((0.94..1.02).contains(&share), "{text}: {share}");
        }
    }
}

#[test]
fn a_text_is_cut_where_it_would_not_fit() {
    assert_eq!(cut("short", 30.0, 400.0), "short");
    let long = cut(&"Donaudampfschiff".repeat(20), 30.0, 400.0);
    assert!(
        long.ends_with('…') && width(&long, 30.0, true) <= 400.0,
        "{long}"
    );
    assert_eq!(cut("a", 30.0, 1.0), "…");
}
