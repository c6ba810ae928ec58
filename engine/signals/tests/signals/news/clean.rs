//! What is left of what a source wrote.

use countersign_signals::news::clean::{HEADLINE_MOST, LINK_MOST, headline, line, link};
use proptest::prelude::*;

fn plain(text: &str) -> String {
    line(text, HEADLINE_MOST)
}

#[test]
fn markup_goes_however_often_it_was_escaped() {
    for (written, left) in [
        ("<b>Apple</b> beats", "Apple beats"),
        ("App<i>le</i> beats", "Apple beats"),
        ("Apple<br/>beats", "Apple beats"),
        ("<p>Apple</p><p>beats</p>", "Apple beats"),
        ("&lt;b&gt;Apple&lt;/b&gt; beats", "Apple beats"),
        (
            "&amp;lt;b&amp;gt;Apple&amp;lt;/b&amp;gt; beats",
            "Apple beats",
        ),
        ("AT&amp;amp;T beats", "AT&T beats"),
        ("Moody&#39;s &#x2014; cut", "Moody's — cut"),
        ("<![CDATA[Apple & Co beat]]>", "Apple & Co beat"),
        ("Apple <!-- <b>no</b> -->beats", "Apple beats"),
        ("Apple<script>alert('x')</script> beats", "Apple beats"),
        ("Apple<SCRIPT src=x>alert(1)", "Apple"),
        ("Apple <img src=x onerror=alert(1)>beats", "Apple beats"),
        ("<scr<script></script>ipt>alert(1)</script>", "ipt>alert(1)"),
        ("Apple < Microsoft > Google", "Apple < Microsoft > Google"),
        ("P/E <5 and >3", "P/E <5 and >3"),
        (
            "Fish & chips; R&D &unknown; &",
            "Fish & chips; R&D &unknown; &",
        ),
    ] {
        assert_eq!(plain(written), left, "{written}");
    }
}

#[test]
fn what_cannot_be_seen_goes() {
    for (written, left) in [
        ("Apple\n\t beats\r\n", "Apple beats"),
        ("Ap\u{200b}ple be\u{ad}ats", "Apple beats"),
        ("\u{202e}staeb elppA\u{202c}", "staeb elppA"),
        ("\u{2067}Apple\u{2069} \u{feff}beats", "Apple beats"),
        ("Apple\u{1b}[31m beats\u{7}", "Apple [31m beats"),
        ("A\u{e0041}pple\u{fe0f} \u{3164}beats", "Apple beats"),
        ("<\u{200b}b>Apple", "Apple"),
        ("\u{2028}Apple\u{2029}beats\u{85}", "Apple beats"),
        (" \u{300}Apple", "Apple"),
    ] {
        assert_eq!(plain(written), left, "{written:?}");
    }
    let buried = format!("A{}pple", "\u{0301}\u{0316}\u{0489}".repeat(40));
    assert_eq!(plain(&buried), "A\u{0301}\u{0316}pple");
    assert_eq!(plain("Nestlé, Peña and Müller"), "Nestlé, Peña and Müller");
    assert_eq!(
        plain("Toyota トヨタ Σίσυφος 特斯拉"),
        "Toyota トヨタ Σίσυφος 特斯拉"
    );
}

#[test]
fn a_long_headline_is_cut_at_a_word() {
    let long = "word ".repeat(200);
    let cut = plain(&long);
    assert!(cut.chars().count() <= HEADLINE_MOST, "{}", cut.len());
    assert!(cut.ends_with("word…"), "{cut}");
    let endless = plain(&"x".repeat(5_000));
    assert_eq!(endless.chars().count(), HEADLINE_MOST);
    assert!(endless.ends_with("x…"));
    let exact = "é".repeat(HEADLINE_MOST);
    assert_eq!(plain(&exact), exact);
}

#[test]
fn the_publisher_behind_a_headline_is_taken_off() {
    for (text, publisher, left, by) in [
        ("Apple beats - Reuters", "", "Apple beats", "Reuters"),
        (
            "Apple beats - Reuters",
            "reuters.com",
            "Apple beats",
            "reuters.com",
        ),
        (
            "Apple beats | The Daily Ledger",
            "Daily Ledger",
            "Apple beats",
            "Daily Ledger",
        ),
        (
            "Apple beats - and how",
            "Reuters",
            "Apple beats - and how",
            "Reuters",
        ),
        ("Apple - up 3% - WSJ", "", "Apple - up 3%", "WSJ"),
        (" - Reuters", "", "- Reuters", ""),
    ] {
        let found = headline(text, publisher);
        assert_eq!(found, (left.to_owned(), by.to_owned()), "{text}");
    }
}

#[test]
fn a_link_leads_to_the_web_and_to_where_it_says() {
    for good in [
        "https://example.com/a?b=c#d",
        " http://example.com ",
        "HTTPS://EXAMPLE.COM/a",
        "https://例え.jp/記事",
    ] {
        assert_eq!(link(good).as_deref(), Some(good.trim()));
    }
    let long = format!("https://example.com/{}", "a".repeat(LINK_MOST));
    for bad in [
        "",
        "example.com",
        "javascript:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.com",
        "file:///etc/passwd",
        "tg://resolve?domain=x",
        "https://",
        "https:///path",
        "https://reuters.com@evil.example/",
        "https://example.com/a b",
        "https://example.com/\"><script>",
        "https://example.com/\u{202e}gpj",
        "https://example.com/\u{0}",
        "https://example.com\\@evil.example",
        long.as_str(),
    ] {
        assert_eq!(link(bad), None, "{bad}");
    }
}

fn is_sound(text: &str, most: usize) {
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    assert!(text.chars().count() <= most, "{text:?}");
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(!text.contains(invisible), "{text:?}");
    assert!(!text.contains("  ") && text.trim() == text, "{text:?}");
    let chars: Vec<char> = text.chars().collect();
    for pair in chars.windows(2) {
        let tag = pair[0] == '<' && (pair[1].is_ascii_alphabetic() || "/!?".contains(pair[1]));
        assert!(!tag, "{text:?}");
    }
}

proptest! {
    // R58
    #[test]
    fn whatever_is_written_one_plain_line_is_left(text in any::<String>(), most in 1_usize..400) {
        is_sound(&line(&text, most), most);
    }

    #[test]
    fn pieces_of_markup_never_come_together_to_markup(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<", ">", "&lt;", "&amp;lt;", "&#60;", "&#x3c;", "b", "script", "/", "!--", "--", "<!", " ",
                "\u{200b}", "\u{0}", "\u{301}", "&amp;", "amp;", "lt;", "![CDATA[", "]]>", "x", "\"", "'",
            ]),
            0..60,
        ),
    ) {
        let text = pieces.concat();
        is_sound(&line(&text, HEADLINE_MOST), HEADLINE_MOST);
        let (left, by) = headline(&text, &text);
        is_sound(&left, HEADLINE_MOST);
        is_sound(&by, HEADLINE_MOST);
    }

    #[test]
    fn a_link_that_is_kept_is_as_it_was(text in "\\PC{0,60}", scheme in "(https?|ftp|javascript)") {
        let text = format!("{scheme}://{text}");
        if let Some(kept) = link(&text) {
            prop_assert_eq!(kept.as_str(), text.trim());
            prop_assert!(scheme.starts_with("http"));
        }
    }
}
