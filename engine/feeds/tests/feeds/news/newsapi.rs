//! `NewsAPI`, beside a server that is as strict as the vendor's.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use countersign_desk::ports::{News as _, NewsBatch, NewsError};
use countersign_domain::instrument::Symbol;
use countersign_feeds::news::newsapi::{BudgetDay, NewsApi, NewsApiConfig};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{
    at, headlines, noon,
    server::{Reply, Seen, Server},
};
use crate::symbol;

pub(super) const KEY: &str = "0123456789abcdef0123456789abcdef";

pub(super) fn config(server: &Server) -> NewsApiConfig {
    NewsApiConfig {
        name: "newsapi".to_owned(),
        url: server.url(""),
        requests_per_day: 1_000,
        day: BudgetDay::Utc,
        every_s: 300,
        timeout_s: 2,
        language: "en".to_owned(),
        country: String::new(),
        category: "business".to_owned(),
        lookback_hours: 24,
        pages: 3,
        names: BTreeMap::new(),
        allow_private: true,
    }
}

pub(super) fn source(config: NewsApiConfig) -> NewsApi {
    NewsApi::new(config, &SecretString::from(KEY)).unwrap()
}

/// What the vendor says against a request, if anything.
fn complaint(request: &Seen) -> Option<Reply> {
    let error = |status, code: &str| {
        let body = format!(r#"{{"status":"error","code":"{code}","message":"Words of {KEY}."}}"#);
        Some(Reply::new(status, body).with("content-type", "application/json"))
    };
    if request.target.contains(KEY) || request.header("x-api-key") != KEY {
        return error(401, "apiKeyInvalid");
    }
    let known: &[&str] = match request.path.as_str() {
        "/v2/everything" => &["q", "language", "from", "to", "sortBy", "pageSize", "page"],
        "/v2/top-headlines" => &["country", "category", "pageSize", "page"],
        _ => return error(404, "notFound"),
    };
    let number = |name| request.parameter(name).parse::<u32>().unwrap_or(0);
    let sound = request.query.keys().all(|it| known.contains(&it.as_str()))
        && request.parameter("q").chars().count() <= 500
        && (1..=100).contains(&number("pageSize"))
        && number("page") > 0;
    if sound {
        None
    } else {
        error(400, "parameterInvalid")
    }
}

pub(super) fn articles(total: usize, these: std::ops::Range<usize>) -> String {
    let article = |index: usize| {
        format!(
            r#"{{"source":{{"id":null,"name":"CNBC"}},"author":null,"title":"Story {index}",
             "url":"https://w.example/{index}","publishedAt":"2026-03-17T{:02}:{:02}:00Z"}}"#,
            15 - index / 60,
            59 - index % 60
        )
    };
    let articles: Vec<String> = these.map(article).collect();
    let articles = articles.join(",");
    format!(r#"{{"status":"ok","totalResults":{total},"articles":[{articles}]}}"#)
}

/// A vendor with so many articles on everything.
async fn vendor(total: usize) -> Server {
    Server::start(move |request| {
        complaint(request).unwrap_or_else(|| {
            let page: usize = request.parameter("page").parse().unwrap();
            let first = (page - 1) * 100;
            Reply::ok(articles(total, first.min(total)..(first + 100).min(total)))
        })
    })
    .await
}

async fn poll(
    source: &NewsApi,
    cursor: Option<&str>,
    watched: &[Symbol],
    now: Timestamp,
) -> Result<NewsBatch, NewsError> {
    source.poll(cursor, watched, now).await
}

#[tokio::test]
async fn what_is_used_of_the_day_is_told_also_what_failed_and_a_new_day_is_whole() {
    let server = vendor(3).await;
    let asked = source(config(&server));
    let used = |cursor: Option<&str>, now| {
        let budget = asked.budget(cursor, now).unwrap();
        (budget.used, budget.of)
    };
    assert_eq!(used(None, noon()), (0, 1_000));
    let batch = poll(&asked, None, &[symbol("AAPL")], noon()).await.unwrap();
    assert_eq!(used(Some(&batch.cursor), noon()), (1, 1_000));
    let tomorrow = noon() + SignedDuration::from_hours(24);
    assert_eq!(used(Some(&batch.cursor), tomorrow), (0, 1_000));
    drop(server);
    let next = batch.not_before.unwrap();
    let failed = poll(&asked, Some(&batch.cursor), &[symbol("AAPL")], next).await;
    assert!(failed.is_err(), "{failed:?}");
    assert_eq!(used(Some(&batch.cursor), next), (2, 1_000));
}

#[tokio::test]
async fn articles_on_the_watchlist_are_asked_for_by_query_and_told_oldest_first() {
    let server = vendor(3).await;
    let mut config = config(&server);
    let words = vec!["Apple".to_owned(), "Tim \"Cook\"".to_owned()];
    config.names.insert(symbol("AAPL"), words);
    let source = source(config);
    let watched = [symbol("NVDA"), symbol("AAPL")];
    let batch = poll(&source, None, &watched, noon()).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["Story 2", "Story 1", "Story 0"]);
    let newest = &batch.stories[2];
    assert_eq!(newest.publisher, "CNBC");
    assert_eq!(newest.name, "https://w.example/0");
    assert_eq!(newest.published_at, Some(at("2026-03-17T15:59:00Z")));
    let request = server.seen().pop().unwrap();
    assert_eq!(request.path, "/v2/everything");
    assert_eq!(
        request.parameter("q"),
        "\"Apple\" OR \"Tim  Cook\" OR \"NVDA\""
    );
    assert_eq!(request.parameter("from"), "2026-03-16T16:00:00");
    assert_eq!(request.parameter("to"), "2026-03-17T16:00:00");
}

#[tokio::test]
async fn pages_and_parts_of_the_watchlist_go_on_over_restarts() {
    let server = vendor(250).await;
    let mut config = config(&server);
    config.country = "us".to_owned();
    let watched: Vec<Symbol> = (0..120_u32)
        .map(|index| symbol(&format!("AA{}{}", letter(index / 26), letter(index % 26))))
        .collect();
    let (mut now, mut cursor) = (noon(), None);
    let mut told = 0;
    for _ in 0..12 {
        let restarted = source(config.clone());
        let batch = poll(&restarted, cursor.as_deref(), &watched, now)
            .await
            .unwrap();
        told += batch.stories.len();
        assert!(batch.cursor.len() < 4_096);
        let next = batch.not_before.unwrap();
        let early = poll(&restarted, Some(&batch.cursor), &watched, now).await;
        assert_eq!(early, Err(NewsError::Wait { until: next }));
        (now, cursor) = (next, Some(batch.cursor));
    }
    // Four parts of three pages each: the headlines, and the watchlist in queries of 500 characters.
    assert_eq!(told, 4 * 250);
    let seen = server.seen();
    let asked: Vec<(&str, &str)> = seen
        .iter()
        .map(|it| (it.path.as_str(), it.parameter("page")))
        .collect();
    let pages = |path| [(path, "1"), (path, "2"), (path, "3")];
    let everything = pages("/v2/everything");
    let all = [
        pages("/v2/top-headlines"),
        everything,
        everything,
        everything,
    ];
    assert_eq!(asked, all.concat());
    // The pages of one part are those of one list.
    assert_eq!(seen[3].parameter("to"), seen[5].parameter("to"));
    let queries: Vec<&str> = [3, 6, 9].map(|it| seen[it].parameter("q")).to_vec();
    for symbol in watched {
        let word = format!("\"{symbol}\"");
        let with = queries.iter().filter(|it| it.contains(&word));
        assert_eq!(with.count(), 1, "{symbol}");
    }
}

fn letter(index: u32) -> char {
    char::from(b'A' + u8::try_from(index).unwrap())
}

#[tokio::test]
async fn the_next_round_asks_from_two_hours_before_the_last_one_began() {
    let server = vendor(1).await;
    let mut config = config(&server);
    config.country = "us".to_owned();
    let source = source(config);
    let (mut now, mut cursor) = (noon(), None);
    for _ in 0..6 {
        let batch = poll(&source, cursor.as_deref(), &[symbol("AAPL")], now)
            .await
            .unwrap();
        (now, cursor) = (batch.not_before.unwrap(), Some(batch.cursor));
    }
    let seen = server.seen();
    let from = |index: usize| seen[index].parameter("from");
    assert_eq!(from(1), "2026-03-16T16:02:30");
    assert_eq!(from(3), "2026-03-17T14:00:00");
    assert_eq!(from(5), "2026-03-17T14:05:00");
}

#[tokio::test]
async fn the_longest_watchlist_has_a_cursor_that_can_be_kept() {
    let server = vendor(1).await;
    let watched: Vec<Symbol> = (0..500)
        .map(|index| symbol(&format!("AA{}{}", letter(index / 26), letter(index % 26))))
        .collect();
    let mut config = config(&server);
    for symbol in &watched {
        config.names.insert(*symbol, vec!["x".repeat(390)]);
    }
    let source = source(config);
    let batch = poll(&source, None, &watched, noon()).await.unwrap();
    assert!(
        (1..=4_096).contains(&batch.cursor.len()),
        "{}",
        batch.cursor.len()
    );
    let next = batch.not_before.unwrap();
    let early = poll(&source, Some(&batch.cursor), &watched, noon()).await;
    assert_eq!(early, Err(NewsError::Wait { until: next }));
}

#[tokio::test]
async fn another_watchlist_starts_anew_on_the_same_budget() {
    let server = vendor(1).await;
    let source = source(NewsApiConfig {
        requests_per_day: 3,
        every_s: 10,
        ..config(&server)
    });
    let (mut now, mut cursor) = (noon(), None);
    for watched in ["AAPL", "NVDA", "SPY"] {
        let batch = poll(&source, cursor.as_deref(), &[symbol(watched)], now)
            .await
            .unwrap();
        (now, cursor) = (batch.not_before.unwrap(), Some(batch.cursor));
        let request = server.seen().pop().unwrap();
        assert_eq!(request.parameter("q"), format!("\"{watched}\""));
    }
    assert_eq!(now, at("2026-03-18T00:00:00Z"));
    let one_before = now - SignedDuration::from_secs(1);
    let spent = poll(&source, cursor.as_deref(), &[symbol("QQQ")], one_before).await;
    assert_eq!(spent, Err(NewsError::Wait { until: now }));
    assert!(
        poll(&source, cursor.as_deref(), &[symbol("QQQ")], now)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_vendors_words_for_what_is_wrong_come_to_what_the_desk_may_do_next() {
    let told = async |status: u16, code: &str| {
        let body = format!(r#"{{"status":"error","code":"{code}","message":"Words of {KEY}."}}"#);
        let server = Server::always(Reply::new(status, body)).await;
        let source = source(config(&server));
        poll(&source, None, &[symbol("AAPL")], noon()).await
    };
    for code in ["apiKeyInvalid", "apiKeyMissing", "apiKeyDisabled"] {
        let why = NewsError::Refused(format!("127.0.0.1 answers {code}"));
        assert_eq!(told(401, code).await, Err(why));
    }
    let tomorrow = NewsError::Wait {
        until: at("2026-03-18T00:00:00Z"),
    };
    assert_eq!(told(429, "apiKeyExhausted").await, Err(tomorrow));
    let soon = NewsError::Wait {
        until: at("2026-03-17T16:15:00Z"),
    };
    assert_eq!(told(429, "rateLimited").await, Err(soon));
    let why = NewsError::Unreadable("127.0.0.1 answers parameterInvalid".to_owned());
    assert_eq!(told(400, "parameterInvalid").await, Err(why));
    let why = NewsError::Unreachable("127.0.0.1 answers unexpectedError".to_owned());
    assert_eq!(told(500, "unexpectedError").await, Err(why));
    let why = NewsError::Unreadable("127.0.0.1 answers with an error of its own".to_owned());
    assert_eq!(told(200, KEY).await, Err(why));
    // The plan shows no more: that is the end of the list.
    let end = told(426, "maximumResultsReached").await.unwrap();
    assert_eq!(end.stories, []);
}

#[tokio::test]
async fn what_is_no_list_of_articles_is_unreadable_and_bad_articles_are_counted_alone() {
    let told = async |body: &str| {
        let server = Server::always(Reply::ok(body)).await;
        let source = source(config(&server));
        poll(&source, None, &[symbol("AAPL")], noon()).await
    };
    for (body, why) in [
        (
            "<!doctype html>",
            "127.0.0.1 sends a web page instead of JSON",
        ),
        ("", "127.0.0.1 sends nothing at all"),
        ("{", "127.0.0.1 sends something that is not JSON"),
        (
            "{\"status\":\"ok\"}",
            "127.0.0.1 sends JSON without articles",
        ),
        ("[]", "127.0.0.1 sends JSON without articles"),
    ] {
        assert_eq!(told(body).await, Err(NewsError::Unreadable(why.to_owned())));
    }
    let mixed = r#"{"status":"ok","totalResults":4,"articles":[7,{"title":null},{"title":" "},
        {"title":"Read","publishedAt":"yesterday"}]}"#;
    let batch = told(mixed).await.unwrap();
    assert_eq!(headlines(&batch.stories), ["Read"]);
    assert_eq!(batch.stories[0].published_at, None);
    assert!(!batch.stories[0].name.is_empty());
    assert_eq!(batch.unreadable, 3);
}

#[tokio::test]
async fn requests_that_fail_count_against_the_budget() {
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let server = Server::start(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Reply::new(500, "")
    })
    .await;
    let source = source(NewsApiConfig {
        requests_per_day: 4,
        ..config(&server)
    });
    for _ in 0..4 {
        let told = poll(&source, None, &[symbol("AAPL")], noon()).await;
        assert!(matches!(told, Err(NewsError::Unreachable(_))), "{told:?}");
    }
    let spent = poll(&source, None, &[symbol("AAPL")], noon()).await;
    assert!(matches!(spent, Err(NewsError::Wait { .. })), "{spent:?}");
    assert_eq!(count.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn a_request_with_a_key_follows_no_redirect() {
    let elsewhere = Server::always(Reply::ok(articles(0, 0..0))).await;
    let reply = Reply::new(302, "").with("location", elsewhere.url("/v2/everything"));
    let server = Server::always(reply).await;
    let source = source(config(&server));
    let told = poll(&source, None, &[symbol("AAPL")], noon()).await;
    assert!(matches!(told, Err(NewsError::Unreadable(_))), "{told:?}");
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
async fn recorded_top_headlines_are_read() {
    let file = "api/newsapi/top_headlines_2022-09-28.json";
    let body = std::fs::read(Path::new(env!("TEST_DATA_DIR")).join(file)).unwrap();
    let server = Server::always(Reply::ok(body)).await;
    let source = source(NewsApiConfig {
        country: "us".to_owned(),
        ..config(&server)
    });
    let batch = poll(&source, None, &[], noon()).await.unwrap();
    assert_eq!(batch.stories.len(), 20);
    assert_eq!(batch.unreadable, 0);
    let newest = batch.stories.last().unwrap();
    assert_eq!(newest.publisher, "CNBC");
    assert_eq!(newest.published_at, Some(at("2022-09-28T04:18:00Z")));
    assert!(
        newest
            .headline
            .starts_with("Stock futures fall after S&P 500")
    );
    assert!(batch.stories.is_sorted_by_key(|it| it.published_at));
}
