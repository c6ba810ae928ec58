//! A recorded day with headlines that somebody wrote for it: a warning, a ticket that is taken back while
//! it waits, and a veto, each with the headline that says why.

use std::{fs, path::Path};

use crate::{
    data::{DAYS, Recorded},
    program::{Ran, run},
};

/// Nobody published these. The day's trades are puts, offered each five minutes from 11:00.
const HEADLINES: &str = "\
published_at,publisher,headline,symbols
2015-12-23T10:59:00-05:00,Reuters,Alphabet downgraded to hold by a broker on slower ad growth,GOOG
2015-12-23T11:05:40-05:00,Associated Press,Department of Justice sues Google over search monopoly,GOOG
2015-12-23T12:00:00-05:00,Reuters,Exxon raises its dividend,XOM
2031-01-01T00:00:00-05:00,Reuters,Google sued by everybody,GOOG
,Reuters,Google does something without a date,GOOG
";

/// Plays the day with those headlines; nobody presses, so tickets wait.
fn play(day: Recorded, more: &[&str]) -> (Ran, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |path: &Path| path.display().to_string();
    fs::write(folder.path().join("day.csv"), HEADLINES).expect("a file");
    let (bars, options, date) = (
        text(&day.bars()),
        text(&day.options()),
        day.date.to_string(),
    );
    let mut args = vec!["replay", "--underlying", day.symbol, "--date", &date];
    args.extend(["--bars", &bars, "--options", &options]);
    args.extend(["--news", "day.csv", "--events", "events.jsonl"]);
    args.extend(more);
    let ran = run(folder.path(), &args);
    let events = fs::read(folder.path().join("events.jsonl")).unwrap_or_default();
    (ran, events)
}

/// The lines that hold all of `parts`.
fn lines<'a>(ran: &'a Ran, parts: &[&str]) -> Vec<&'a str> {
    let all = ran.out.lines();
    all.filter(|line| parts.iter().all(|part| line.contains(part)))
        .collect()
}

// R58, R57
#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_replayed_day_shows_a_warning_a_late_veto_and_vetoes_with_their_headlines() {
    let day = DAYS[0];
    let (ran, events) = play(day, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);

    let warned = [
        "11:00:00",
        "offered",
        "The news warns",
        "downgraded to hold",
    ];
    assert_eq!(lines(&ran, &warned).len(), 1, "{}", ran.out);

    let late = [
        "11:06:00",
        "withdrawn: the news stands against it",
        "sues Google over search monopoly”: legal",
    ];
    assert_eq!(lines(&ran, &late).len(), 1, "{}", ran.out);

    let vetoed = ["vetoed. The news stands against it", "sues Google"];
    assert!(lines(&ran, &vetoed).len() > 5, "{}", ran.out);
    let later = lines(&ran, &["offered:"]);
    assert_eq!(later.len(), 2, "what came after the veto: {later:?}");

    // What is about nobody, of the future or without a date is no news.
    for nothing in ["Exxon", "everybody", "without a date"] {
        assert!(!ran.out.contains(nothing), "{}", ran.out);
    }
    assert_eq!(play(day, &[]).1, events, "two runs differ");
}

// R58
#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn without_anybody_to_read_a_replayed_day_trades_smaller_and_is_not_told_that_all_is_well() {
    let nobody = ["--set", "news.model.use=none"];
    let (ran, _) = play(DAYS[0], &nobody);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let smaller = ["offered", "because of the news", "could not be read"];
    assert!(!lines(&ran, &smaller).is_empty(), "{}", ran.out);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_file_of_headlines_that_is_not_there_is_named_before_the_day_is_played() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |path: &Path| path.display().to_string();
    let (day, date) = (DAYS[0], DAYS[0].date.to_string());
    let (bars, options) = (text(&day.bars()), text(&day.options()));
    let mut args = vec!["replay", "--underlying", day.symbol, "--date", &date];
    args.extend([
        "--bars",
        &bars,
        "--options",
        &options,
        "--news",
        "nowhere.csv",
    ]);
    let ran = run(folder.path(), &args);
    assert!(ran.refused().contains("nowhere.csv"), "{ran:?}");
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_source_that_tells_what_happens_today_is_left_out_of_a_replay_and_named() {
    let source = r#"news.sources=[{kind="rss",name="wire",url="http://127.0.0.1:9/feed"}]"#;
    let (ran, _) = play(DAYS[0], &["--set", source, "--set", "news.model.use=none"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let left = ["\"wire\"", "left out"];
    assert_eq!(lines(&ran, &left).len(), 1, "{}", ran.out);
}
