//! A day of `NewsAPI`'s requests, by a clock that is moved by hand.

use std::collections::BTreeMap;

use countersign_desk::ports::News as _;
use countersign_feeds::news::newsapi::{BudgetDay, NewsApiConfig};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{
    at,
    newsapi::{articles, config, source},
    server::{Reply, Server},
};
use crate::symbol;

/// Requests by the hour of universal time, of a desk that polls as often as it may from `now` until
/// `end`, and starts anew every hundredth time.
async fn hours(config: NewsApiConfig, mut now: Timestamp, end: Timestamp) -> BTreeMap<String, u32> {
    let mut hours = BTreeMap::new();
    let mut cursor: Option<String> = None;
    let mut asking = source(config.clone());
    let watched = ["AAPL", "NVDA", "SPY"].map(symbol);
    for count in 0_u32.. {
        if now >= end {
            break;
        }
        if count.is_multiple_of(100) {
            asking = source(config.clone());
        }
        let batch = asking.poll(cursor.as_deref(), &watched, now).await.unwrap();
        let hour = now.to_zoned(TimeZone::UTC).strftime("%d %H").to_string();
        *hours.entry(hour).or_default() += 1;
        now = batch.not_before.unwrap();
        cursor = Some(batch.cursor);
    }
    hours
}

#[tokio::test]
async fn a_budget_lasts_the_whole_day_and_every_hour_has_its_part() {
    let server = Server::always(Reply::ok(articles(1, 0..1))).await;
    let config = NewsApiConfig {
        requests_per_day: 240,
        every_s: 10,
        country: "us".to_owned(),
        ..config(&server)
    };
    let start = at("2026-03-17T00:00:00Z");
    let hours = hours(config, start, start + SignedDuration::from_hours(48)).await;
    assert_eq!(hours.len(), 48, "{hours:?}");
    assert!(hours.values().all(|it| (9..=10).contains(it)), "{hours:?}");
    let first: u32 = hours
        .iter()
        .filter(|(it, _)| it.starts_with("17"))
        .map(|(_, it)| it)
        .sum();
    assert!((230..=240).contains(&first), "{first}");
    let headlines = server
        .seen()
        .iter()
        .filter(|it| it.path == "/v2/top-headlines")
        .count();
    let all = server.seen().len();
    assert!(headlines.abs_diff(all / 2) <= 1, "{headlines} of {all}");
}

#[tokio::test]
async fn a_desk_that_starts_late_has_the_whole_budget_for_the_rest_of_the_vendors_day() {
    let server = Server::always(Reply::ok(articles(0, 0..0))).await;
    let config = NewsApiConfig {
        requests_per_day: 60,
        every_s: 10,
        day: BudgetDay::NewYork,
        ..config(&server)
    };
    // 22:00 in New York: two hours are left.
    let start = at("2026-03-18T02:00:00Z");
    let hours = hours(config, start, start + SignedDuration::from_hours(4)).await;
    let counts: Vec<u32> = hours.values().copied().collect();
    assert!(
        counts[0].abs_diff(30) <= 1 && counts[1].abs_diff(30) <= 1,
        "{hours:?}"
    );
    assert!(counts[0] + counts[1] <= 60, "{hours:?}");
    assert!(counts[2] <= 3 && counts[3] <= 3, "{hours:?}");
}
