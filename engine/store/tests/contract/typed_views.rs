//! PostgreSQL's views with its own types: dollars as numeric, times as timestamptz.

use countersign_desk::{news::NewsSource, ports::Store};
use countersign_domain::order::OrderState;

use crate::{
    place::Place,
    samples::{
        closed, confirmed, day, entry, execution, expired, granted, signal, standing, story,
    },
    world::{Act, DESK, ManualClock, at, row},
};

/// What is asked, and what is read.
const READ: &[(&str, &str)] = &[
    ("select limit_price from typed_tickets", "2.050000"),
    ("select fees from typed_positions", "2.600000"),
    ("select price from typed_executions", "3.050000"),
    (
        "select worst_loss_per_day from typed_standing",
        "600.000000",
    ),
    ("select limit_value from typed_overrides", "450.000000"),
    (
        "select ends_at at time zone 'UTC' from typed_overrides",
        "2026-03-02 15:30:00",
    ),
    ("select realised from typed_day_totals", "12.000000"),
    (
        "select closed_at at time zone 'UTC' from typed_positions",
        "2026-03-02 14:31:00",
    ),
    (
        "select at at time zone 'UTC' from typed_events",
        "2026-03-02 14:30:00",
    ),
    ("select is_live from typed_orders", "false"),
    ("select body ->> 'strategy' from typed_signals", "trend"),
    ("select count(*) from typed_history", "0"),
    (
        "select heard_at at time zone 'UTC' from typed_stories where score is not null",
        "2026-03-02 14:30:30",
    ),
    (
        "select round(score, 3) from typed_stories where read_by = 'embedded'",
        "-0.625",
    ),
    (
        "select unread from typed_stories where score is null",
        "late",
    ),
    (
        "select count(*) from typed_stories where counts and publishers = 2",
        "2",
    ),
    (
        "select published_at at time zone 'UTC' from typed_story_underlyings \
             where underlying = 'ACME' limit 1",
        "2026-03-02 14:30:00",
    ),
    (
        "select not_before at time zone 'UTC' from typed_news_sources",
        "2026-03-02 14:31:30",
    ),
    ("select taken from typed_news_sources", "2"),
    ("select dropped ->> 'stale' from typed_news_sources", "4"),
    ("select fault from typed_news_sources", "it is silent"),
];

#[tokio::test]
#[cfg_attr(
    not(has_test_postgres),
    ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
)]
async fn people_read_dollars_and_times() {
    let place = Place::postgres().await;
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        draft.signal(signal(2));
        draft.ticket(confirmed(2));
        draft.order(entry(2, OrderState::Filled));
        draft.position(closed(2, at(60)));
        draft.execution(execution(2, "X1"));
        draft.standing(standing(4));
        draft.put_override(granted(5));
        draft.day(day(2));
        draft.note(expired(2));
        draft.story(story(2));
        draft.story(story(3));
        draft.source(NewsSource {
            name: "wire".to_owned(),
            heard_at: Some(at(30)),
            not_before: Some(at(90)),
            taken: 2,
            dropped: [("stale".to_owned(), 4)].into(),
            fault: Some(("it is silent".to_owned(), at(60))),
            ..NewsSource::default()
        });
    })
    .run_on(&store)
    .await;

    let mut conn = place.connection().await;
    for (query, wanted) in READ {
        let sql = format!("select cast(({query}) as text)");
        let got: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!(got, *wanted, "{query}");
    }
}
