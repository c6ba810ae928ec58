//! Alpaca's news, beside a server that sorts and pages like the vendor's.

use std::sync::{Arc, Mutex};

use countersign_desk::ports::{News as _, NewsError};
use countersign_feeds::news::alpaca::{Alpaca, AlpacaConfig};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{
    at, headlines, noon,
    server::{Reply, Seen, Server},
};
use crate::symbol;

pub(super) const ID: &str = "PKTESTIDTESTIDTESTID";
pub(super) const SECRET: &str = "shhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh";

pub(super) fn config(server: &Server) -> AlpacaConfig {
    AlpacaConfig {
        name: "alpaca".to_owned(),
        url: server.url(""),
        every_s: 30,
        timeout_s: 2,
        lookback_hours: 24,
        allow_private: true,
    }
}

pub(super) fn source(config: AlpacaConfig) -> Alpaca {
    Alpaca::new(config, &SecretString::from(ID), &SecretString::from(SECRET)).unwrap()
}

/// Articles by number: when each was changed last.
type Changed = Arc<Mutex<Vec<(u32, Timestamp)>>>;

/// A vendor with those articles, of which a page holds two.
async fn vendor(changed: Changed) -> Server {
    Server::start(move |request| {
        let keys = (
            request.header("apca-api-key-id"),
            request.header("apca-api-secret-key"),
        );
        if keys != (ID, SECRET) || request.target.contains(SECRET) {
            return Reply::new(403, r#"{"message":"forbidden."}"#);
        }
        let known = ["symbols", "start", "sort", "limit", "page_token"];
        let sound = request.path == "/v1beta1/news"
            && request.query.keys().all(|it| known.contains(&it.as_str()))
            && request.parameter("sort") == "asc"
            && request.parameter("limit") == "50";
        if !sound {
            return Reply::new(400, r#"{"message":"invalid request"}"#);
        }
        page(request, &changed.lock().unwrap())
    })
    .await
}

fn page(request: &Seen, changed: &[(u32, Timestamp)]) -> Reply {
    let start = at(request.parameter("start"));
    let mut due: Vec<_> = changed.iter().filter(|(_, at)| *at >= start).collect();
    due.sort_by_key(|(_, at)| *at);
    let first: usize = match request.parameter("page_token") {
        "" => 0,
        token => match token.strip_prefix("from-").and_then(|it| it.parse().ok()) {
            Some(first) => first,
            None => return Reply::new(422, r#"{"message":"invalid page token"}"#),
        },
    };
    let article = |(number, changed): &&(u32, Timestamp)| {
        format!(
            r#"{{"id":{number},"headline":"Story {number}","author":"x","created_at":"{changed}",
             "updated_at":"{changed}","summary":"","content":"","url":"https://w.example/{number}",
             "images":[],"symbols":["AAPL","NVDA"],"source":"benzinga"}}"#
        )
    };
    let articles: Vec<String> = due.iter().skip(first).take(2).map(article).collect();
    let more = first + 2 < due.len();
    let token = if more {
        format!("\"from-{}\"", first + 2)
    } else {
        "null".to_owned()
    };
    let articles = articles.join(",");
    Reply::ok(format!(
        r#"{{"news":[{articles}],"next_page_token":{token}}}"#
    ))
}

fn minutes_before_noon(numbers: &[u32]) -> Changed {
    let changed = numbers.iter().map(|number| {
        (
            *number,
            noon() - SignedDuration::from_mins((*number).into()),
        )
    });
    Arc::new(Mutex::new(changed.collect()))
}

#[tokio::test]
async fn articles_are_told_page_by_page_over_restarts_and_then_from_the_newest_on() {
    let changed = minutes_before_noon(&[10, 20, 30, 40, 50]);
    let server = vendor(changed.clone()).await;
    let watched = [symbol("NVDA"), symbol("AAPL")];
    let (mut now, mut cursor) = (noon(), None);
    let mut told = Vec::new();
    for _ in 0..3 {
        let restarted = source(config(&server));
        let batch = restarted
            .poll(cursor.as_deref(), &watched, now)
            .await
            .unwrap();
        told.extend(headlines(&batch.stories).into_iter().map(str::to_owned));
        (now, cursor) = (batch.not_before.unwrap(), Some(batch.cursor));
    }
    assert_eq!(
        told,
        ["Story 50", "Story 40", "Story 30", "Story 20", "Story 10"]
    );
    assert_eq!(server.seen()[0].parameter("symbols"), "AAPL,NVDA");
    assert_eq!(server.seen()[0].parameter("start"), "2026-03-16T16:00:00Z");
    // From now on only what is new, with two minutes for what came late.
    assert_eq!(now, noon() + SignedDuration::from_secs(32));
    let new = noon() - SignedDuration::from_mins(1);
    let late = noon() - SignedDuration::from_mins(11);
    changed.lock().unwrap().extend([(1, new), (11, late)]);
    let restarted = source(config(&server));
    let batch = restarted
        .poll(cursor.as_deref(), &watched, now)
        .await
        .unwrap();
    let mut told = headlines(&batch.stories);
    let next = batch.not_before.unwrap();
    let rest = restarted
        .poll(Some(&batch.cursor), &watched, next)
        .await
        .unwrap();
    told.extend(headlines(&rest.stories));
    assert_eq!(told, ["Story 11", "Story 10", "Story 1"]);
}

#[tokio::test]
async fn a_story_has_the_vendors_number_symbols_and_times() {
    let server = vendor(minutes_before_noon(&[10])).await;
    let batch = source(config(&server))
        .poll(None, &[symbol("AAPL")], noon())
        .await
        .unwrap();
    let [story] = batch.stories.as_slice() else {
        panic!("{batch:?}");
    };
    assert_eq!(story.name, "10");
    assert_eq!(story.symbols, ["AAPL", "NVDA"]);
    assert_eq!(story.publisher, "benzinga");
    assert_eq!(story.published_at, Some(at("2026-03-17T15:50:00Z")));
    assert_eq!(
        batch.not_before,
        Some(noon() + SignedDuration::from_secs(30))
    );
}

#[tokio::test]
async fn a_page_token_that_is_worth_nothing_any_more_does_no_harm() {
    let server = vendor(minutes_before_noon(&[10, 20, 30])).await;
    let watched = [symbol("AAPL")];
    let source = source(config(&server));
    let batch = source.poll(None, &watched, noon()).await.unwrap();
    let stale = batch.cursor.replace("from-2", "gone");
    assert_ne!(stale, batch.cursor);
    let now = batch.not_before.unwrap();
    let batch = source.poll(Some(&stale), &watched, now).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["Story 30", "Story 20"]);
}

#[tokio::test]
async fn another_watchlist_starts_anew_and_none_asks_nobody() {
    let server = vendor(minutes_before_noon(&[60])).await;
    let source = source(config(&server));
    let batch = source.poll(None, &[symbol("AAPL")], noon()).await.unwrap();
    assert_eq!(batch.stories.len(), 1);
    let now = batch.not_before.unwrap();
    let same = source
        .poll(Some(&batch.cursor), &[symbol("AAPL")], now)
        .await
        .unwrap();
    let start = |index: usize| server.seen()[index].parameter("start").to_owned();
    assert_eq!(start(1), "2026-03-17T14:58:00Z");
    let now = same.not_before.unwrap();
    let other = source
        .poll(Some(&same.cursor), &[symbol("NVDA")], now)
        .await
        .unwrap();
    assert_eq!(other.stories.len(), 1);
    assert_eq!(start(2), "2026-03-16T16:01:00Z");
    let now = other.not_before.unwrap();
    let none = source.poll(Some(&other.cursor), &[], now).await.unwrap();
    assert_eq!(none.stories, []);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn what_the_vendor_refuses_comes_to_what_the_desk_may_do_next() {
    let told = async |reply: Reply| {
        let server = Server::always(reply).await;
        source(config(&server))
            .poll(None, &[symbol("AAPL")], noon())
            .await
    };
    for status in [401, 403] {
        let error = told(Reply::new(status, r#"{"message":"forbidden."}"#)).await;
        assert!(matches!(error, Err(NewsError::Refused(_))), "{error:?}");
    }
    let reset = (noon() + SignedDuration::from_secs(20))
        .as_second()
        .to_string();
    let busy = told(Reply::new(429, "").with("x-ratelimit-reset", reset)).await;
    let until = noon() + SignedDuration::from_secs(20);
    assert_eq!(busy, Err(NewsError::Wait { until }));
    let page = told(Reply::ok("<html>")).await;
    let why = NewsError::Unreadable("127.0.0.1 sends a web page instead of JSON".to_owned());
    assert_eq!(page, Err(why));
    let other = told(Reply::ok("{}")).await;
    assert!(matches!(other, Err(NewsError::Unreadable(_))), "{other:?}");
    let mixed = told(Reply::ok(
        r#"{"news":[1,{"id":2},{"id":3,"headline":"Read"}]}"#,
    ))
    .await;
    let mixed = mixed.unwrap();
    assert_eq!(headlines(&mixed.stories), ["Read"]);
    assert_eq!(mixed.unreadable, 2);
}
