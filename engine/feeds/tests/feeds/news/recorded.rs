//! Stories of files.

use std::{fs, path::Path};

use countersign_desk::ports::{News as _, NewsBatch};
use countersign_feeds::news::{
    OpenError,
    recorded::{Columns, Recorded, RecordedConfig},
};
use jiff::{SignedDuration, Timestamp};

use super::{at, headlines};

fn config(path: &Path) -> RecordedConfig {
    RecordedConfig {
        name: "recorded".to_owned(),
        path: path.display().to_string(),
        format: None,
        items: String::new(),
        columns: Columns::default(),
        zone: None,
    }
}

/// A file of that name and text, and its configuration.
fn file(name: &str, text: impl AsRef<[u8]>) -> (tempfile::TempDir, RecordedConfig) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, text).unwrap();
    let config = config(&path);
    (dir, config)
}

async fn poll(source: &Recorded, cursor: Option<&str>, now: Timestamp) -> NewsBatch {
    source.poll(cursor, &[], now).await.unwrap()
}

const LINES: &str = r#"{"id": 2, "headline": "B", "published_at": "2026-03-17T15:00:00Z", "symbols": ["AAPL", "NVDA"]}
{"id": 1, "headline": "A", "published_at": "2026-03-17T10:00:00-04:00", "symbols": "AAPL; NVDA"}

not json
{"id": 3, "headline": "", "published_at": "2026-03-17T15:00:00Z"}
{"id": 4, "headline": "C", "published_at": "2026-03-17T15:00:00Z", "publisher": "Wire", "url": "https://w.example/4"}
{"id": 5, "headline": "D", "published_at": "2026-03-17 15:00:00"}
{"id": 6, "headline": "E", "published_at": 1773762000}
"#;

#[tokio::test]
async fn each_story_is_told_when_its_time_comes_and_once() {
    let (_dir, config) = file("stories.jsonl", LINES);
    let source = Recorded::open(config.clone()).unwrap();
    assert_eq!(source.len(), 5);
    let start = poll(&source, None, at("2026-03-17T13:00:00Z")).await;
    // What has no time is told at once, and what is no story is counted.
    assert_eq!(headlines(&start.stories), ["D"]);
    assert_eq!(start.unreadable, 2);
    assert_eq!(start.not_before, Some(at("2026-03-17T14:00:00Z")));
    let first = poll(&source, Some(&start.cursor), at("2026-03-17T14:00:00Z")).await;
    assert_eq!(headlines(&first.stories), ["A"]);
    assert_eq!(first.stories[0].symbols, ["AAPL", "NVDA"]);
    assert_eq!(first.unreadable, 0);
    let nothing = poll(&source, Some(&first.cursor), at("2026-03-17T14:59:59Z")).await;
    assert_eq!(nothing.stories, []);
    // A new process goes on where the old one stopped.
    let restarted = Recorded::open(config).unwrap();
    let rest = poll(
        &restarted,
        Some(&nothing.cursor),
        at("2026-03-18T00:00:00Z"),
    )
    .await;
    assert_eq!(headlines(&rest.stories), ["B", "C", "E"]);
    assert_eq!(rest.stories[1].publisher, "Wire");
    assert_eq!(
        rest.stories[2].published_at,
        Some(at("2026-03-17T15:40:00Z"))
    );
    assert_eq!(rest.not_before, None);
    let over = poll(&restarted, Some(&rest.cursor), at("2026-03-19T00:00:00Z")).await;
    assert_eq!(over.stories, []);
    assert_eq!(over.cursor, rest.cursor);
}

#[tokio::test]
async fn a_cursor_of_another_file_starts_anew() {
    let (_dir, config) = file("stories.jsonl", LINES);
    let now = at("2026-03-18T00:00:00Z");
    let first = poll(&Recorded::open(config).unwrap(), None, now).await;
    let (_dir, other) = file("others.jsonl", LINES.replace("\"C\"", "\"F\""));
    let other = Recorded::open(other).unwrap();
    for cursor in [first.cursor.as_str(), "", "7", "{\"of\":\"\",\"told\":-1}"] {
        let batch = poll(&other, Some(cursor), now).await;
        assert_eq!(batch.stories.len(), 5, "{cursor}");
    }
}

#[tokio::test]
async fn times_without_a_zone_are_in_the_configured_one_and_undated_without() {
    let text = "id,headline,published_at\n1,A,2026-03-17 10:50:30\n2,B,2026-03-17\n3,C,soon\n";
    let (_dir, mut config) = file("stories.csv", text);
    let now = at("2026-03-18T00:00:00Z");
    let times = async |config: RecordedConfig| {
        let batch = poll(&Recorded::open(config).unwrap(), None, now).await;
        let times = batch.stories.into_iter().map(|it| it.published_at);
        times.collect::<Vec<_>>()
    };
    assert_eq!(times(config.clone()).await, [None; 3]);
    config.zone = Some("America/New_York".to_owned());
    let (midnight, later) = (at("2026-03-17T04:00:00Z"), at("2026-03-17T14:50:30Z"));
    assert_eq!(times(config).await, [None, Some(midnight), Some(later)]);
}

#[tokio::test]
async fn columns_of_json_may_lie_deeper_and_its_list_too() {
    let text = r#"{"status": "ok", "articles": [{"source": {"name": "CNBC"}, "title": "A",
        "url": "https://w.example/a", "publishedAt": "2022-09-28T04:18:00Z"}, 7]}"#;
    let (_dir, mut config) = file("articles.json", text);
    config.items = "articles".to_owned();
    config.columns = Columns {
        headline: "title".to_owned(),
        publisher: "source.name".to_owned(),
        published_at: "publishedAt".to_owned(),
        ..Columns::default()
    };
    let source = Recorded::open(config.clone()).unwrap();
    let batch = poll(&source, None, at("2026-03-18T00:00:00Z")).await;
    assert_eq!(batch.stories[0].publisher, "CNBC");
    assert_eq!(batch.stories[0].name, "https://w.example/a");
    assert_eq!(batch.unreadable, 1);
    config.items = "nothing".to_owned();
    assert!(matches!(
        Recorded::open(config),
        Err(OpenError::File { .. })
    ));
}

#[tokio::test]
async fn a_long_past_comes_in_batches() {
    let line = |number: u32| format!("{number},Story {number},2026-03-17T10:00:00Z\n");
    let text: String = (0..2_500).map(line).collect();
    let (_dir, config) = file("stories.csv", format!("id,headline,published_at\n{text}"));
    let source = Recorded::open(config).unwrap();
    let now = at("2026-03-18T00:00:00Z");
    let (mut cursor, mut sizes) = (None, Vec::new());
    for _ in 0..4 {
        let batch = poll(&source, cursor.as_deref(), now).await;
        assert_eq!(batch.not_before, None);
        sizes.push(batch.stories.len());
        cursor = Some(batch.cursor);
    }
    assert_eq!(sizes, [1_000, 1_000, 500, 0]);
}

#[test]
fn files_that_cannot_be_read_say_why_and_bytes_that_are_no_text_are_replaced() {
    let missing = Recorded::open(config(Path::new("/nowhere/stories.csv"))).map(|_| ());
    let Err(OpenError::File { path, why }) = missing else {
        panic!("{missing:?}");
    };
    assert_eq!(path, "/nowhere/stories.csv");
    assert!(why.contains("No such file"), "{why}");
    let (_dir, broken) = file("stories.json", "[");
    assert!(matches!(
        Recorded::open(broken),
        Err(OpenError::File { .. })
    ));
    let (_dir, ragged) = file("stories.csv", b"id,headline\n1,caf\xe9\n2\n3,B\n");
    let ragged = Recorded::open(ragged).unwrap();
    assert_eq!(ragged.len(), 2);
    let (_dir, empty) = file("stories.csv", "");
    assert!(Recorded::open(empty).unwrap().is_empty());
}

#[tokio::test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
async fn recorded_headlines_are_told_in_their_order() {
    let file = "news/headlines/benzinga_analyst_ratings_sample.csv";
    let mut config = config(&Path::new(env!("TEST_DATA_DIR")).join(file));
    // Its lines have one value more than its first: by the names there is no headline in it.
    config.columns.published_at = "date".to_owned();
    assert!(Recorded::open(config.clone()).unwrap().is_empty());
    config.columns = Columns {
        name: String::new(),
        headline: "#3".to_owned(),
        link: "#4".to_owned(),
        publisher: "#5".to_owned(),
        published_at: "#6".to_owned(),
        symbols: "#7".to_owned(),
    };
    let source = Recorded::open(config.clone()).unwrap();
    let now = at("2020-06-05T14:30:54Z");
    let batch = poll(&source, None, now).await;
    let undated = batch.stories.iter().filter(|it| it.published_at.is_none());
    let (undated, all) = (undated.count(), batch.stories.len());
    assert!(undated > 0 && undated < all, "{undated} of {all}");
    assert_eq!(all, source.len());
    let newest = batch.stories.last().unwrap();
    assert_eq!(newest.headline, "Stocks That Hit 52-Week Highs On Friday");
    assert_eq!(newest.published_at, Some(now));
    assert_eq!(newest.symbols, ["A"]);
    let before = poll(&source, None, now - SignedDuration::from_secs(1)).await;
    assert_eq!(before.stories.len(), all - 1);
    config.zone = Some("America/New_York".to_owned());
    let source = Recorded::open(config).unwrap();
    let batch = poll(&source, None, now).await;
    assert!(batch.stories.iter().all(|it| it.published_at.is_some()));
}
