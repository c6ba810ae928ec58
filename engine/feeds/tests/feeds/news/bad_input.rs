//! Servers that are down, in the way, or up to no good: each comes to one error, soon, and no more is
//! taken in than 2 MB.

use std::{
    io::Write as _,
    sync::{Arc, Mutex},
};

use countersign_desk::ports::NewsError;
use countersign_feeds::news::rss::RssConfig;
use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{
    ask, at, feed, headlines,
    raw::{Bytes, Raw},
    rss,
    server::{Reply, Server},
};

/// Why a feed could not be read.
async fn unreadable(config: RssConfig) -> String {
    match ask(config).await {
        Err(NewsError::Unreadable(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Why a feed could not be reached.
async fn unreachable(config: RssConfig) -> String {
    match ask(config).await {
        Err(NewsError::Unreachable(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn answers(reply: Reply) -> Result<(), NewsError> {
    let server = Server::always(reply).await;
    ask(feed(&server.url("/"))).await.map(|_| ())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// 50 MB of spaces in some kilobytes: one block that repeats what came before it, again and again.
fn bomb() -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::best());
    let (mut ends, spaces) = (Vec::new(), vec![b' '; 500_000]);
    for _ in 0..3 {
        packing.write_all(&spaces).unwrap();
        packing.flush().unwrap();
        ends.push(packing.get_ref().len());
    }
    let packed = packing.get_ref();
    let bomb = [&packed[..ends[1]], &packed[ends[1]..ends[2]].repeat(98)].concat();
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    bomb
}

#[tokio::test]
async fn a_feed_that_is_down_cannot_be_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let why = unreachable(feed(&format!("http://{address}/feed"))).await;
    assert!(why.starts_with("no connection to 127.0.0.1: "), "{why}");
    let why = unreachable(feed("http://nowhere.invalid/feed")).await;
    assert!(
        why.starts_with("no connection to nowhere.invalid: "),
        "{why}"
    );
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_cannot_be_reached_by_https() {
    let server = Server::always(Reply::ok(rss(""))).await;
    let why = unreachable(feed(&server.url("/").replace("http:", "https:"))).await;
    // TLS was tried, and failed on what came back.
    let tried = "no connection to 127.0.0.1: received corrupt message of type InvalidContentType";
    assert_eq!(why, tried);
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_web_page_instead_of_a_feed_is_called_that() {
    for page in [
        "<!DOCTYPE html><html><body>Log in</body></html>",
        "  \n<HTML><head></head></HTML>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    ] {
        let server = Server::always(Reply::ok(page).with("content-type", "text/xml")).await;
        let why = unreadable(feed(&server.url("/"))).await;
        assert_eq!(why, "127.0.0.1 sends a web page instead of a feed");
    }
    for (body, why) in [
        ("", "nothing at all"),
        ("GIF89a", "neither RSS nor Atom nor a JSON feed"),
        ("{}", "neither RSS nor Atom nor a JSON feed"),
        ("{\"version\":", "damaged at its start"),
        ("<rss><channel><item>", "damaged at its start"),
    ] {
        let server = Server::always(Reply::ok(body)).await;
        let told = unreadable(feed(&server.url("/"))).await;
        assert!(told.contains(why), "{told}");
    }
}

#[tokio::test]
async fn a_feed_that_asks_to_wait_is_waited_for() {
    let until = |text: &str| Err(NewsError::Wait { until: at(text) });
    let busy = |status| Reply::new(status, "").with("retry-after", "120");
    assert_eq!(answers(busy(429)).await, until("2026-03-17T16:02:00Z"));
    assert_eq!(answers(busy(503)).await, until("2026-03-17T16:02:00Z"));
    let dated = Reply::new(429, "").with("retry-after", "Tue, 17 Mar 2026 17:00:00 GMT");
    assert_eq!(answers(dated).await, until("2026-03-17T17:00:00Z"));
    let bare = answers(Reply::new(429, "")).await;
    assert_eq!(bare, until("2026-03-17T16:01:00Z"));
}

#[tokio::test]
async fn a_feed_that_refuses_is_told_from_one_that_is_gone_and_one_that_fails() {
    for status in [401, 403] {
        let told = answers(Reply::new(status, "")).await;
        assert!(matches!(told, Err(NewsError::Refused(_))), "{told:?}");
    }
    for status in [404, 410, 418] {
        let told = answers(Reply::new(status, "")).await;
        assert!(matches!(told, Err(NewsError::Unreadable(_))), "{told:?}");
    }
    for status in [408, 500, 502, 503] {
        let told = answers(Reply::new(status, "")).await;
        assert!(matches!(told, Err(NewsError::Unreachable(_))), "{told:?}");
    }
}

#[tokio::test]
async fn redirects_are_followed_without_cookies_as_long_as_they_lead_somewhere() {
    let server = Server::start(|request| match request.path.as_str() {
        "/old" => Reply::new(301, "")
            .with("location", "/newer")
            .with("set-cookie", "a=b"),
        "/newer" => Reply::new(307, "").with("location", "feed?x=y"),
        "/feed" => Reply::ok(rss("<item><title>Here</title></item>")),
        "/there" => Reply::new(302, "").with("location", "/back"),
        "/back" => Reply::new(302, "").with("location", "/there"),
        "/far" => Reply::new(302, "").with("location", format!("/far?{}", request.target.len())),
        "/file" => Reply::new(302, "").with("location", "file:///etc/passwd"),
        _ => Reply::new(302, ""),
    })
    .await;
    let batch = ask(feed(&server.url("/old"))).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["Here"]);
    for (path, why) in [
        ("/there", "127.0.0.1 sends in a circle"),
        ("/file", "127.0.0.1 sends to something that is not the web"),
        ("/nowhere", "127.0.0.1 sends elsewhere without saying where"),
    ] {
        assert_eq!(unreadable(feed(&server.url(path))).await, why);
    }
    assert!(server.seen().len() < 12);
}

#[tokio::test]
async fn a_chain_of_redirects_ends_after_five() {
    let count = Arc::new(Mutex::new(0));
    let server = Server::start(move |_| {
        let mut count = count.lock().unwrap();
        *count += 1;
        Reply::new(302, "").with("location", format!("/{count}"))
    })
    .await;
    let why = unreadable(feed(&server.url("/"))).await;
    assert_eq!(why, "127.0.0.1 sends elsewhere more than 5 times");
    assert_eq!(server.seen().len(), 6);
}

#[tokio::test]
async fn no_address_and_no_redirect_leads_into_a_private_network() {
    let inner = Server::always(Reply::ok(rss(""))).await;
    let port = inner.address.port();
    for url in [inner.url("/"), format!("http://localhost:{port}/")] {
        let config = RssConfig {
            allow_private: false,
            ..feed(&url)
        };
        let why = unreadable(config).await;
        assert!(why.contains("is in a private network"), "{why}");
    }
    // The configured server may be private, and that alone: it cannot open another.
    for target in [
        inner.url("/"),
        format!("http://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
    ] {
        let reply = Reply::new(302, "").with("location", target);
        let outer = Server::always(reply).await;
        let why = unreadable(feed(&outer.url("/"))).await;
        assert!(why.contains("is in a private network"), "{why}");
    }
    assert_eq!(inner.seen().len(), 0);
}

#[tokio::test]
async fn more_than_2_mb_are_not_taken_in() {
    let too_long = "127.0.0.1 sends more than 2 MB";
    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n<rss>".to_vec();
    let server = Raw::start(Bytes::Endless(announced, Vec::from(*b"  "))).await;
    assert_eq!(unreadable(feed(&server.url())).await, too_long);
    let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<rss>".to_vec();
    let server = Raw::start(Bytes::Endless(head, vec![b' '; 65_536])).await;
    assert_eq!(unreadable(feed(&server.url())).await, too_long);
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let chunk = [b"8000\r\n", vec![b' '; 0x8000].as_slice(), b"\r\n"].concat();
    let server = Raw::start(Bytes::Endless(chunked, chunk)).await;
    assert_eq!(unreadable(feed(&server.url())).await, too_long);
    // 2 MB themselves are: what fills them may be a feed.
    let item = "<item><title>Here</title></item>";
    let mut whole = rss(item);
    whole.push_str(&" ".repeat(2_000_000 - whole.len()));
    let server = Server::always(Reply::ok(whole)).await;
    assert_eq!(ask(feed(&server.url("/"))).await.unwrap().stories.len(), 1);
}

#[tokio::test]
async fn a_gzip_bomb_stops_at_2_mb_and_damaged_gzip_is_called_that() {
    let reply = |body: Vec<u8>| Reply::ok(body).with("content-encoding", "gzip");
    let server = Server::always(reply(bomb())).await;
    let why = unreadable(feed(&server.url("/"))).await;
    assert_eq!(why, "127.0.0.1 sends more than 2 MB");
    // Blocks without content, for ever: nothing comes out, and what goes in is counted.
    let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-encoding: gzip\r\n\r\n\
                 \x1f\x8b\x08\0\0\0\0\0\0\x03"
        .to_vec();
    let blocks = b"\0\0\0\xff\xff".repeat(10_000);
    let server = Raw::start(Bytes::Endless(head, blocks)).await;
    let why = unreadable(feed(&server.url())).await;
    assert_eq!(why, "127.0.0.1 sends more than 2 MB");
    let mut cut = packed(rss("<item><title>Here</title></item>").as_bytes());
    cut.truncate(cut.len() - 12);
    let twice = packed(b"<rss></rss>").repeat(2);
    for damaged in [cut, twice, b"<rss></rss>".to_vec()] {
        let server = Server::always(reply(damaged)).await;
        let why = unreadable(feed(&server.url("/"))).await;
        assert_eq!(why, "127.0.0.1 sends damaged gzip");
    }
    let server = Server::always(Reply::ok("x").with("content-encoding", "br")).await;
    let why = unreadable(feed(&server.url("/"))).await;
    assert!(why.contains("not asked for"), "{why}");
}

#[tokio::test]
async fn a_server_that_drips_is_left_when_the_time_is_up() {
    let drips = [
        Bytes::Slowly(b"HTTP/1.1 200 OK\r\nx-slow: ".to_vec()),
        Bytes::Slowly(b"x".to_vec()),
    ];
    for drip in drips {
        let server = Raw::start(drip).await;
        let config = RssConfig {
            timeout_s: 1,
            ..feed(&server.url())
        };
        let asked = std::time::Duration::from_secs(8);
        let told = tokio::time::timeout(asked, ask(config)).await.unwrap();
        assert!(matches!(told, Err(NewsError::Unreachable(_))), "{told:?}");
    }
}

#[tokio::test]
async fn a_body_that_stops_without_an_end_is_left_when_the_time_is_up() {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<rss version='2.0'><channel>";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let silent = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 4_096];
        assert!(socket.read(&mut request).await.unwrap() > 0);
        socket.write_all(head.as_bytes()).await.unwrap();
        std::future::pending::<()>().await;
    });
    let config = RssConfig {
        timeout_s: 1,
        ..feed(&format!("http://{address}/"))
    };
    let asked = std::time::Duration::from_secs(8);
    let told = tokio::time::timeout(asked, ask(config)).await.unwrap();
    let late = NewsError::Unreachable("127.0.0.1 did not answer within 1 s".to_owned());
    assert_eq!(told, Err(late));
    silent.abort();
}

#[tokio::test]
async fn an_answer_that_breaks_off_or_is_no_http_cannot_be_reached() {
    for bytes in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<rss>"[..],
        b"HTTP/1.1 200 OK\r\n",
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 999999 ?\r\n\r\n",
    ] {
        let server = Raw::start(Bytes::Once(bytes.to_vec())).await;
        let why = unreachable(feed(&server.url())).await;
        assert!(why.contains("127.0.0.1"), "{why}");
    }
}
