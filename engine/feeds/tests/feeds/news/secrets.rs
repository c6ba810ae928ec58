//! No key is in an address, an error, a cursor, or in what is printed of a configuration.

use std::fmt::Debug;

use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_feeds::news::{
    OpenError,
    alpaca::Alpaca,
    newsapi::NewsApi,
    rss::{Rss, RssConfig},
};
use secrecy::SecretString;

use super::{
    alpaca, feed, newsapi, noon,
    raw::{Bytes, Raw},
    rss,
    server::{Reply, Server},
};
use crate::symbol;

const IN_ADDRESS: &str = "s3cr3tpartofthepath";

/// What a source tells, whatever it is, must not hold a secret.
async fn tells_nothing(source: &dyn News) -> Result<NewsBatch, NewsError> {
    let told = source.poll(None, &[symbol("AAPL")], noon()).await;
    shows_nothing(&told);
    if let Err(error) = &told {
        let shown = error.to_string();
        shows_nothing(&shown);
    }
    told
}

fn shows_nothing(value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    for secret in [newsapi::KEY, alpaca::ID, alpaca::SECRET, IN_ADDRESS] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn keys_are_in_headers_alone_whatever_the_vendor_says_of_them() {
    let echo = format!(
        r#"{{"status":"error","code":"{0}","message":"{0} {1} {2}"}}"#,
        newsapi::KEY,
        alpaca::ID,
        alpaca::SECRET
    );
    for status in [200, 302, 400, 401, 403, 404, 422, 429, 500, 503] {
        let reply = Reply::new(status, echo.clone()).with("location", format!("/{}", newsapi::KEY));
        let server = Server::always(reply).await;
        let told = tells_nothing(&newsapi::source(newsapi::config(&server))).await;
        assert!(told.is_err(), "{status}");
        let told = tells_nothing(&alpaca::source(alpaca::config(&server))).await;
        assert!(told.is_err(), "{status}");
        for request in server.seen() {
            shows_nothing(&request.target);
            // A library that prints requests prints no key either: the header is marked.
            let sent = request.header("x-api-key").len() + request.header("apca-api-key-id").len();
            assert!(sent > 0);
        }
    }
    let server = Raw::start(Bytes::Once(b"HTTP/1.1 200 OK\r\n\r\n".to_vec())).await;
    let broken = Server::always(Reply::ok("")).await;
    let mut config = newsapi::config(&broken);
    config.url = server.url();
    assert!(tells_nothing(&newsapi::source(config)).await.is_err());
}

#[tokio::test]
async fn the_address_of_a_feed_is_not_shown_beyond_its_host() {
    let address = |base: &str| format!("{base}/{IN_ADDRESS}?token={IN_ADDRESS}");
    for reply in [
        Reply::new(404, ""),
        Reply::new(500, ""),
        Reply::ok("<html>"),
        Reply::new(302, "").with("location", address("")),
        Reply::new(302, "").with("location", address("http://10.0.0.1")),
    ] {
        let server = Server::always(reply).await;
        let config = feed(&address(&server.url("")));
        shows_nothing(&config);
        let told = tells_nothing(&Rss::new(config).unwrap()).await;
        assert!(told.is_err());
    }
    let down = tells_nothing(&Rss::new(feed(&address("http://127.0.0.1:9"))).unwrap()).await;
    assert!(matches!(down, Err(NewsError::Unreachable(_))), "{down:?}");
    let server = Server::always(Reply::ok(rss("")).with("etag", "x")).await;
    let config = feed(&address(&server.url("")));
    let told = tells_nothing(&Rss::new(config).unwrap()).await.unwrap();
    shows_nothing(&told.cursor);
    let wrong = RssConfig {
        url: format!("ftp://{IN_ADDRESS}"),
        ..feed("")
    };
    let error = Rss::new(wrong).map(|_| ()).unwrap_err();
    shows_nothing(&error);
    shows_nothing(&error.to_string());
}

#[tokio::test]
async fn a_key_that_cannot_be_sent_is_a_fault_that_does_not_show_it() {
    let server = Server::always(Reply::ok("")).await;
    for key in [String::new(), format!("{}\n", newsapi::KEY)] {
        let key = SecretString::from(key);
        let error = NewsApi::new(newsapi::config(&server), &key)
            .map(|_| ())
            .unwrap_err();
        assert!(matches!(error, OpenError::Fault(_)), "{error:?}");
        shows_nothing(&error.to_string());
        let good = SecretString::from(alpaca::ID);
        let error = Alpaca::new(alpaca::config(&server), &good, &key)
            .map(|_| ())
            .unwrap_err();
        assert!(matches!(error, OpenError::Fault(_)), "{error:?}");
    }
}
