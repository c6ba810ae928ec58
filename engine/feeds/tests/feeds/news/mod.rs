//! The sources of news: over real sockets against servers that take nothing for granted, and from files.

mod alpaca;
mod bad_input;
mod budget;
mod configured;
mod feeds;
mod newsapi;
mod raw;
mod recorded;
mod secrets;
mod server;
mod synthetic;

use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_domain::news::RawStory;
use countersign_feeds::news::rss::{Rss, RssConfig};
use jiff::Timestamp;

/// The instant of that text.
fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A Tuesday at noon in New York.
fn noon() -> Timestamp {
    at("2026-03-17T16:00:00Z")
}

/// A feed at that address, whose server may be on this machine.
fn feed(url: &str) -> RssConfig {
    RssConfig {
        name: "feed".to_owned(),
        url: url.to_owned(),
        every_s: 60,
        timeout_s: 2,
        symbols: Vec::new(),
        allow_private: true,
    }
}

/// Asks a feed that was never asked before.
async fn ask(config: RssConfig) -> Result<NewsBatch, NewsError> {
    Rss::new(config).unwrap().poll(None, &[], noon()).await
}

/// The headlines, in order.
fn headlines(stories: &[RawStory]) -> Vec<&str> {
    stories.iter().map(|it| it.headline.as_str()).collect()
}

/// A feed of RSS 2.0 with those elements in its channel.
fn rss(elements: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Wire</title>{elements}\
         </channel></rss>"
    )
}
