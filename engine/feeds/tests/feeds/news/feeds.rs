//! Feeds that are as they should be.

use std::io::Write as _;

use countersign_desk::ports::{News as _, NewsError};
use countersign_feeds::news::rss::Rss;
use flate2::{Compression, write::GzEncoder};
use jiff::SignedDuration;

use super::{
    ask, at, feed, headlines, noon, rss,
    server::{Reply, Server},
};
use crate::symbol;

const TWO: &str = "
  <item><title>Second</title><guid>b</guid><link>/b</link>
    <pubDate>Tue, 17 Mar 2026 11:30:00 EDT</pubDate></item>
  <item><title>First &amp; more</title><guid>a</guid><link>https://w.example/a</link>
    <pubDate>Tue, 17 Mar 2026 14:00:00 GMT</pubDate></item>";

#[tokio::test]
async fn a_feed_is_told_oldest_first_as_it_stands() {
    let server = Server::always(Reply::ok(rss(TWO))).await;
    let batch = ask(feed(&server.url("/news/feed.xml"))).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["First & more", "Second"]);
    assert_eq!(batch.unreadable, 0);
    let [first, second] = batch.stories.as_slice() else {
        panic!("{batch:?}");
    };
    assert_eq!(first.name, "a");
    assert_eq!(first.link, "https://w.example/a");
    assert_eq!(first.publisher, "Wire");
    assert_eq!(first.published_at, Some(at("2026-03-17T14:00:00Z")));
    assert_eq!(second.link, server.url("/b"));
    assert_eq!(second.published_at, Some(at("2026-03-17T15:30:00Z")));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn after_a_restart_a_feed_is_asked_for_what_changed_and_not_before_its_time() {
    let server = Server::start(|request| {
        let known = request.header("if-none-match") == "\"v1\"";
        if known {
            return Reply::new(304, "");
        }
        Reply::ok(rss(TWO))
            .with("etag", "\"v1\"")
            .with("last-modified", "Tue, 17 Mar 2026 15:30:00 GMT")
    })
    .await;
    let config = feed(&server.url("/feed"));
    let first = ask(config.clone()).await.unwrap();
    let next = first.not_before.unwrap();
    assert_eq!(next, noon() + SignedDuration::from_secs(60));

    // A new process, with nothing but the cursor.
    let restarted = Rss::new(config).unwrap();
    let early = restarted.poll(Some(&first.cursor), &[], noon()).await;
    assert_eq!(early, Err(NewsError::Wait { until: next }));
    assert_eq!(server.seen().len(), 1);

    let second = restarted
        .poll(Some(&first.cursor), &[], next)
        .await
        .unwrap();
    assert_eq!(second.stories, []);
    assert_eq!(
        second.not_before,
        Some(next + SignedDuration::from_secs(60))
    );
    let request = server.seen().pop().unwrap();
    assert_eq!(request.header("if-none-match"), "\"v1\"");
    assert_eq!(
        request.header("if-modified-since"),
        "Tue, 17 Mar 2026 15:30:00 GMT"
    );

    let later = second.not_before.unwrap();
    restarted
        .poll(Some(&second.cursor), &[], later)
        .await
        .unwrap();
    let request = server.seen().pop().unwrap();
    assert_eq!(request.header("if-none-match"), "\"v1\"");
}

#[tokio::test]
async fn a_cursor_of_another_address_or_of_nobody_counts_as_none() {
    let reply = Reply::ok(rss(TWO)).with("etag", "\"v1\"");
    let server = Server::always(reply).await;
    let first = ask(feed(&server.url("/one"))).await.unwrap();
    let other = Rss::new(feed(&server.url("/two"))).unwrap();
    for cursor in [
        first.cursor.as_str(),
        "",
        "{}",
        "null",
        "\u{0}",
        "{\"of\":1}",
    ] {
        let batch = other.poll(Some(cursor), &[], noon()).await.unwrap();
        assert_eq!(batch.stories.len(), 2, "{cursor}");
        let request = server.seen().pop().unwrap();
        assert_eq!(request.header("if-none-match"), "", "{cursor}");
    }
}

#[tokio::test]
async fn a_reminder_that_is_too_long_to_keep_is_left_out_of_the_cursor() {
    let etag = format!("\"{}\"", "x".repeat(5_000));
    let server = Server::always(Reply::ok(rss(TWO)).with("etag", etag)).await;
    let batch = ask(feed(&server.url("/"))).await.unwrap();
    assert!(batch.cursor.len() < 500, "{}", batch.cursor.len());
    assert!(batch.not_before.is_some());
}

#[tokio::test]
async fn the_slowest_of_ttl_max_age_and_configuration_sets_the_pace() {
    let pause = async |elements: &str, cache: &str| {
        let reply = Reply::ok(rss(elements)).with("cache-control", cache);
        let server = Server::always(reply).await;
        let batch = ask(feed(&server.url("/"))).await.unwrap();
        let pause = batch.not_before.unwrap().duration_since(noon());
        (pause.as_secs(), batch.cursor)
    };
    assert_eq!(pause("", "no-cache").await.0, 60);
    assert_eq!(pause("<ttl>5</ttl>", "max-age=60").await.0, 300);
    assert_eq!(pause("<ttl>5</ttl>", "public, max-age=900").await.0, 900);
    let skipped = "<skipHours><hour>16</hour><hour>17</hour></skipHours>";
    assert_eq!(pause(skipped, "").await.0, 7_200);
}

#[tokio::test]
async fn the_pace_of_a_feed_holds_when_it_did_not_change() {
    let server = Server::start(|request| match request.header("if-none-match") {
        "" => Reply::ok(rss("<ttl>30</ttl>")).with("etag", "\"v1\""),
        _ => Reply::new(304, ""),
    })
    .await;
    let source = Rss::new(feed(&server.url("/"))).unwrap();
    let mut now = noon();
    let mut cursor = None;
    for _ in 0..3 {
        let batch = source.poll(cursor.as_deref(), &[], now).await.unwrap();
        let next = batch.not_before.unwrap();
        assert_eq!(next.duration_since(now), SignedDuration::from_mins(30));
        (now, cursor) = (next, Some(batch.cursor));
    }
}

#[tokio::test]
async fn what_breaks_off_is_told_as_far_as_it_came_and_asked_for_again() {
    let whole = rss(TWO);
    let cut = whole.find("<title>First").unwrap();
    let reply = Reply::ok(&whole.as_bytes()[..cut]).with("etag", "\"v1\"");
    let server = Server::always(reply).await;
    let config = feed(&server.url("/"));
    let batch = ask(config.clone()).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["Second"]);
    assert_eq!(batch.unreadable, 1);
    let again = Rss::new(config).unwrap();
    let next = batch.not_before.unwrap();
    again.poll(Some(&batch.cursor), &[], next).await.unwrap();
    assert_eq!(server.seen().pop().unwrap().header("if-none-match"), "");
}

#[tokio::test]
async fn encodings_are_honoured_and_what_is_no_text_is_replaced() {
    let cases: [(&[u8], &str, &str); 4] = [
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?>",
            "text/xml",
            "caf\u{e9}",
        ),
        (
            b"<?xml version='1.0' encoding='windows-1251'?>",
            "text/xml",
            "caf\u{439}",
        ),
        (b"", "application/rss+xml; charset=iso-8859-1", "caf\u{e9}"),
        (b"", "application/rss+xml", "caf\u{fffd}"),
    ];
    for (declaration, content_type, expected) in cases {
        let item = "<rss version='2.0'><channel><item><title>caf";
        let end = "</title></item></channel></rss>";
        let body = [declaration, item.as_bytes(), b"\xe9", end.as_bytes()].concat();
        let server = Server::always(Reply::ok(body).with("content-type", content_type)).await;
        let batch = ask(feed(&server.url("/"))).await.unwrap();
        assert_eq!(headlines(&batch.stories), [expected]);
    }
}

#[tokio::test]
async fn packed_feeds_are_unpacked() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(rss(TWO).as_bytes()).unwrap();
    let reply = Reply::ok(packed.finish().unwrap()).with("content-encoding", "gzip");
    let server = Server::always(reply).await;
    let batch = ask(feed(&server.url("/"))).await.unwrap();
    assert_eq!(batch.stories.len(), 2);
}

#[tokio::test]
async fn json_feeds_and_atom_are_feeds_and_each_bad_item_is_counted_alone() {
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [
        {"id": 7, "title": "A", "url": "/a", "date_published": "2026-03-17T10:00:00-04:00"},
        7, {"id": "8"}, {"id": "9", "content_text": "B", "tags": ["NYSE: IBM", "x:y"]}]}"#;
    let server = Server::always(Reply::ok(json).with("content-type", "application/json")).await;
    let batch = ask(feed(&server.url("/feed"))).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["B", "A"]);
    assert_eq!(batch.unreadable, 2);
    assert_eq!(batch.stories[0].symbols, ["IBM"]);
    assert_eq!(batch.stories[0].published_at, None);
    assert_eq!(batch.stories[1].name, "7");
    assert_eq!(batch.stories[1].link, server.url("/a"));
    assert_eq!(
        batch.stories[1].published_at,
        Some(at("2026-03-17T14:00:00Z"))
    );

    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Agency</title><entry><id>x</id>
        <title type='html'>A &lt;b&gt;rule&lt;/b&gt;</title><updated>2026-03-17T14:00:00Z</updated>
        </entry><entry><id>y</id></entry></feed>";
    let server = Server::always(Reply::ok(atom)).await;
    let batch = ask(feed(&server.url("/"))).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["A <b>rule</b>"]);
    assert_eq!(batch.unreadable, 1);
    assert_eq!(batch.stories[0].publisher, "Agency");
}

#[tokio::test]
async fn items_that_share_a_name_are_told_apart_and_repeats_are_not() {
    let item = |title: &str| format!("<item><title>{title}</title><guid>same</guid></item>");
    let told = async |titles: [&str; 3]| {
        let server = Server::always(Reply::ok(rss(&titles.map(item).concat()))).await;
        let batch = ask(feed(&server.url("/"))).await.unwrap();
        batch
            .stories
            .into_iter()
            .map(|it| it.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(told(["a", "a", "a"]).await, ["same"; 3]);
    let first = told(["b", "a", "a"]).await;
    assert_eq!(first[0], first[1]);
    assert_ne!(first[1], first[2]);
    // Their order makes no difference.
    let second = told(["a", "b", "a"]).await;
    assert_eq!((&second[0], &second[1]), (&first[0], &first[2]));
}

#[tokio::test]
async fn a_cursor_of_a_clock_that_was_wrong_does_not_silence_a_feed() {
    let server = Server::always(Reply::ok(rss(TWO))).await;
    let source = Rss::new(feed(&server.url("/"))).unwrap();
    let years = noon() + SignedDuration::from_hours(24 * 1_000);
    let batch = source.poll(None, &[], years).await.unwrap();
    let told = source.poll(Some(&batch.cursor), &[], noon()).await.unwrap();
    assert_eq!(told.stories.len(), 2);
}

#[tokio::test]
async fn stale_future_undated_and_repeated_items_are_told_as_they_came() {
    let item = |date: &str| format!("<item><title>x</title><guid>g</guid>{date}</item>");
    let items = [
        item("<pubDate>Sat, 17 Mar 2029 14:00:00 GMT</pubDate>"),
        item("<pubDate>Mon, 17 Mar 1997 14:00:00 GMT</pubDate>"),
        item("<pubDate>17 Mar 2026 14:00:00</pubDate>"),
        item("<pubDate>17 Mar 2026 14:00:00</pubDate>"),
    ];
    let server = Server::always(Reply::ok(rss(&items.concat()))).await;
    let mut config = feed(&server.url("/"));
    config.symbols = vec![symbol("AAPL")];
    let batch = ask(config).await.unwrap();
    let times: Vec<_> = batch.stories.iter().map(|it| it.published_at).collect();
    let (old, new) = (at("1997-03-17T14:00:00Z"), at("2029-03-17T14:00:00Z"));
    assert_eq!(times, [None, None, Some(old), Some(new)]);
    assert!(batch.stories.iter().all(|it| it.symbols == ["AAPL"]));
}
