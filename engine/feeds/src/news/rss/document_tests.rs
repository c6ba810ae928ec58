use proptest::prelude::*;
use url::Url;

use super::read;

/// Pieces of feeds and of what breaks them.
const PIECES: [&str; 44] = [
    "<?xml version='1.0' encoding='",
    "utf-16'?>",
    "iso-8859-1'?>",
    "<rss version='2.0'>",
    "<rss>",
    "</rss>",
    "<rdf:RDF>",
    "</rdf:RDF>",
    "<feed xmlns='a'>",
    "</feed>",
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<item rdf:about='x'>",
    "<entry>",
    "</entry>",
    "<title>",
    "<title type='xhtml'>",
    "</title>",
    "<title/>",
    "<link href='//[' rel='alternate'/>",
    "<link>",
    "</link>",
    "<source>",
    "</source>",
    "<category term='NYSE:IBM'/>",
    "<guid isPermaLink='false'>",
    "</guid>",
    "<pubDate>Tue, 17 Mar 2026 14:50:30 GMT</pubDate>",
    "<ttl>99999999999</ttl>",
    "<skipHours><hour>7</hour></skipHours>",
    "<author>中村（a@b.example）</author>",
    "<itunes:duration>99999999999999999999999</itunes:duration>",
    "<media:group>",
    "<![CDATA[",
    "]]>",
    "<!-- ",
    " -->",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;",
    "&#x110000;",
    "&#0;",
    "\u{feff}text",
];

fn survive(bytes: &[u8], content_type: &str) {
    let feed: Url = "https://feeds.example/a".parse().unwrap();
    if let Ok(document) = read(bytes, content_type) {
        let (stories, _) = document.stories(&feed, &[]);
        assert!(
            stories
                .iter()
                .all(|it| !it.headline.is_empty() && !it.name.is_empty())
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_as_a_feed_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        content_type in "[ -~]{0,40}",
    ) {
        survive(&bytes, &content_type);
        for start in [&b"<rss><channel><item><title>"[..], b"<feed><entry>", b"{\"version\":"] {
            survive(&[start, &bytes].concat(), "text/xml; charset=utf-8");
        }
    }

    #[test]
    fn feeds_put_together_from_any_pieces_never_panic(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60),
    ) {
        survive(pieces.concat().as_bytes(), "");
        survive(format!("<rss><channel>{}", pieces.concat()).as_bytes(), "");
        survive(format!("<feed><entry>{}", pieces.concat()).as_bytes(), "");
    }

    #[test]
    fn any_json_as_a_feed_never_panics(items in "[\\[\\]{}\":,a-z0-9.\\-]{0,200}") {
        let text = format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{items}]}}");
        survive(text.as_bytes(), "");
    }
}
