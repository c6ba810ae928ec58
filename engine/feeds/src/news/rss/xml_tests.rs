use std::time::Duration;

use super::{super::document::DocumentError, read};

fn rss(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>")
}

/// A text for each number, all different.
fn numbered(count: u32, before: &str, after: &str) -> String {
    let texts: Vec<String> = (0..count).map(|n| format!("{before}{n}{after}")).collect();
    texts.concat()
}

#[test]
fn every_format_tells_the_same_item() {
    let formats = [
        "<?xml version='1.0'?><!-- a --><rss version='0.91'><channel><title>Wire</title><item>
           <title>A &amp; B</title><link>http://w.example/1</link></item></channel></rss>",
        "<rss version='2.0' xmlns:dc='x' xmlns:media='y'><channel><title>Wire</title>
           <image><title>Logo</title></image>
           <item><media:title>no</media:title><title><![CDATA[A & B]]></title>
           <guid>http://w.example/1</guid></item></channel></rss>",
        "<rdf:RDF xmlns:rdf='a' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'>
           <title>Wire</title></channel><item rdf:about='http://w.example/1'><title>A &#38; B</title>
           <link>http://w.example/1</link></item></rdf:RDF>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry>
           <link rel='self' href='http://w.example/no'/><link href='http://w.example/1'/>
           <title type='xhtml'><div>A <b>&amp;</b> B</div></title>
           <source><id>no</id><title/></source></entry></feed>",
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Wire</a:title><a:entry>
           <a:title>A &amp; B</a:title><a:link rel='alternate' href='http://w.example/1'/>
           </a:entry></a:feed>",
    ];
    for text in formats {
        let document = read(text).unwrap();
        assert_eq!(document.title, "Wire", "{text}");
        let [item] = document.items.as_slice() else {
            panic!("{} items: {text}", document.items.len());
        };
        assert_eq!(item.title, "A & B", "{text}");
        assert_eq!(item.link, "http://w.example/1", "{text}");
        assert!(!document.broken, "{text}");
    }
}

#[test]
fn times_publishers_and_categories_are_taken_from_where_each_format_has_them() {
    let text = rss(
        "<item><title>a</title><pubDate>Tue, 17 Mar 2026 14:50:30 GMT</pubDate>
           <source url='http://o.example/'>Other Wire</source>
           <category domain='stock'>Nasdaq:NVDA</category></item>",
    );
    let item = read(&text).unwrap().items.remove(0);
    assert_eq!(item.published, "Tue, 17 Mar 2026 14:50:30 GMT");
    assert_eq!(item.publisher, "Other Wire");
    assert_eq!(item.categories, ["Nasdaq:NVDA"]);
    let text = "<feed><title>Wire</title><entry><id>1</id><title>a</title>
        <published>2026-03-17T14:00:00Z</published><updated>2026-03-17T15:00:00Z</updated>
        <source><title>Other Wire</title><updated>1999-01-01T00:00:00Z</updated></source>
        <category term='NYSE:IBM'/></entry></feed>";
    let item = read(text).unwrap().items.remove(0);
    assert_eq!(item.id, "1");
    assert_eq!(item.published, "2026-03-17T14:00:00Z");
    assert_eq!(item.updated, "2026-03-17T15:00:00Z");
    assert_eq!(item.publisher, "Other Wire");
    assert_eq!(item.categories, ["NYSE:IBM", ""]);
}

#[test]
fn what_a_feed_says_of_its_own_pace_is_heard() {
    let text = rss(
        "<ttl>30</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours>
         <skipDays><day>Sunday</day></skipDays>",
    );
    let pace = read(&text).unwrap().pace;
    assert_eq!(pace.ttl_s, 1_800);
    assert_eq!(pace.skip_hours, 0b1001);
    assert_eq!(pace.skip_days, 0b100_0000);
    let text =
        rss("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>");
    assert_eq!(read(&text).unwrap().pace.ttl_s, 900);
    assert_eq!(read(&rss("<ttl>soon</ttl>")).unwrap().pace.ttl_s, 0);
}

#[test]
fn a_feed_that_breaks_off_tells_what_came_before() {
    let whole = rss("<item><title>a</title></item><item><title>b</title></item>");
    for cut in [whole.len() - 3, whole.find("<title>b").unwrap()] {
        let document = read(&whole[..cut]).unwrap();
        assert!(document.broken);
        assert_eq!(document.unreadable, 1);
        assert_eq!(document.items[0].title, "a");
    }
    let early = whole.find("</item>").unwrap();
    assert_eq!(read(&whole[..early]), Err(DocumentError::Damaged));
    let crossed = rss("<item><title>a</title></item><item><b><i></b></i></item>");
    assert!(read(&crossed).unwrap().broken);
}

#[test]
fn what_is_no_feed_is_none() {
    for text in [
        "<a/>",
        "<svg></svg>",
        "<!-- only -->",
        "<",
        "<?xml version='1.0'?>",
    ] {
        assert_eq!(read(text), Err(DocumentError::Other), "{text}");
    }
    assert_eq!(read("<HTML><body/></HTML>"), Err(DocumentError::Page));
}

#[test]
fn entities_are_not_expanded_and_unknown_ones_stay_as_they_stand() {
    let text = "<!DOCTYPE rss [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]>".to_owned()
        + &rss("<item><title>&b;&nbsp;&#x41;&lt;</title></item>");
    assert_eq!(read(&text).unwrap().items[0].title, "&b;&nbsp;A<");
    let text = rss("<item><title>AT&T & more</title></item>");
    assert_eq!(read(&text).unwrap().items[0].title, "AT&T & more");
}

#[test]
fn documents_made_to_take_long_do_not() {
    let million = 1_000_000;
    let bombs = [
        rss(&"<media:group>".repeat(million / 13)),
        rss(&format!("<item{}/>", numbered(150_000, " a", "=''"))),
        rss(&format!(
            "<item{}>{}</item>",
            numbered(50_000, " xmlns:p", "='u'"),
            "<a/>".repeat(200_000)
        )),
        rss(&"<item/>".repeat(200_000)),
        rss(&format!(
            "<item><title>{}</title></item>",
            "&lt;".repeat(400_000)
        )),
        "<".repeat(2 * million),
        "<rss>".to_owned() + &"<!--".repeat(million / 4),
    ];
    for bomb in bombs {
        let start: String = bomb.chars().take(80).collect();
        let (told, hears) = std::sync::mpsc::channel();
        std::thread::spawn(move || told.send(read(&bomb).is_ok()));
        let ended = hears.recv_timeout(Duration::from_secs(20));
        assert!(ended.is_ok(), "still busy with {start}");
    }
}
