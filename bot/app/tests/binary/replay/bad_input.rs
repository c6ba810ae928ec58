//! What a replay refuses, in one sentence each.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use tempfile::TempDir;

use crate::{
    data::{DAYS, Recorded},
    program::{BINARY, Ran, command, run},
};

/// A replay that is asked for in a wrong way.
struct Ask {
    folder: TempDir,
    symbol: String,
    date: String,
    bars: PathBuf,
    options: PathBuf,
    events: Option<PathBuf>,
    /// In a home that stays.
    home: bool,
}

impl Ask {
    fn of(day: Recorded) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            symbol: day.symbol.to_owned(),
            date: day.date.to_string(),
            bars: day.bars(),
            options: day.options(),
            events: None,
            home: false,
        }
    }

    fn run(&self) -> Ran {
        let text = |path: &Path| path.display().to_string();
        let (bars, options) = (text(&self.bars), text(&self.options));
        let mut args = vec!["replay", "--underlying", &self.symbol, "--date", &self.date];
        args.extend(["--bars", &bars, "--options", &options]);
        let events = self.events.as_deref().map(text);
        if let Some(events) = &events {
            args.extend(["--events", events]);
        }
        let home = text(&self.folder.path().join("home"));
        if self.home {
            args.extend(["--home", &home]);
        }
        run(self.folder.path(), &args)
    }

    /// The sentence that it is refused with, which has all of `parts`.
    fn is_refused_with(&self, parts: &[&str]) {
        let ran = self.run();
        let sentence = ran.refused();
        for part in parts {
            assert!(sentence.contains(part), "no {part:?} in {sentence:?}");
        }
    }

    /// A copy of the day's option quotes with these bytes of it.
    fn with_options(mut self, day: Recorded, keep: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Self {
        let folder = self.folder.path().join("options");
        fs::create_dir(&folder).expect("a folder");
        let bytes = fs::read(day.file(&self.options, "quote_american")).expect("the zip");
        fs::write(day.file(&folder, "quote_american"), keep(bytes)).expect("a copy");
        self.options = folder;
        self
    }
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_missing_folder_is_named() {
    let mut ask = Ask::of(DAYS[0]);
    ask.bars = PathBuf::from("/nowhere/at/all");
    ask.is_refused_with(&["/nowhere/at/all", "is not a folder"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_day_that_was_not_recorded_is_answered_with_those_that_were() {
    let mut ask = Ask::of(DAYS[0]);
    ask.date = "2015-12-24".to_owned();
    ask.is_refused_with(&["2015-12-24", "20151223"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_day_without_a_session_says_why() {
    let mut ask = Ask::of(DAYS[0]);
    ask.date = "2015-12-25".to_owned();
    ask.is_refused_with(&["2015-12-25 had no session", "Christmas"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_date_that_is_none_is_refused_with_the_fault() {
    let mut ask = Ask::of(DAYS[0]);
    for date in ["2015-13-24", "23/12/2015"] {
        ask.date = date.to_owned();
        let ran = ask.run();
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("--date"), "{ran:?}");
        assert!(ran.err.contains("a day is written like"), "{ran:?}");
    }
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn files_of_another_symbol_are_not_taken_for_it() {
    let mut ask = Ask::of(DAYS[0]);
    ask.symbol = "ZZZZ".to_owned();
    ask.is_refused_with(&["ZZZZ", "GOOG"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_symbol_that_is_none_is_refused() {
    let mut ask = Ask::of(DAYS[0]);
    ask.symbol = "GO OG!".to_owned();
    ask.is_refused_with(&["GO OG!", "is not a symbol"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn half_a_zip_is_refused_by_its_name() {
    let day = DAYS[2];
    let ask = Ask::of(day).with_options(day, |mut bytes| {
        bytes.truncate(bytes.len() / 2);
        bytes
    });
    ask.is_refused_with(&["20130702_quote_american.zip", "cannot be read"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_file_that_is_no_zip_is_refused_by_its_name() {
    let day = DAYS[2];
    let ask = Ask::of(day).with_options(day, |_| b"time,bid,ask\n".to_vec());
    ask.is_refused_with(&["20130702_quote_american.zip", "cannot be read"]);
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_file_for_events_that_cannot_be_written_is_refused_before_the_day_is_played() {
    let mut ask = Ask::of(DAYS[0]);
    let place = ask.folder.path().join("no/such/folder/events.jsonl");
    ask.events = Some(place);
    let ran = ask.run();
    assert!(
        ran.refused().contains("cannot write the events to"),
        "{ran:?}"
    );
    assert_eq!(ran.out, "", "nothing was read or played");
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_refused_replay_leaves_no_file_of_events() {
    let mut ask = Ask::of(DAYS[0]);
    ask.date = "2015-12-24".to_owned();
    let place = ask.folder.path().join("events.jsonl");
    ask.events = Some(place.clone());
    ask.run().refused();
    assert!(!place.exists());
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_home_whose_desk_has_lived_past_the_day_is_refused() {
    let mut ask = Ask::of(DAYS[2]);
    ask.home = true;
    let first = ask.run();
    assert_eq!(first.code, Some(0), "{first:?}");
    let place = ask.folder.path().join("events.jsonl");
    ask.events = Some(place.clone());
    ask.is_refused_with(&["has lived up to", "--home"]);
    assert!(!place.exists());
}

#[cfg(target_os = "linux")]
#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded days are not there")]
fn a_report_that_no_disk_takes_is_a_failure() {
    let ask = Ask::of(DAYS[2]);
    let full = fs::File::options().write(true).open("/dev/full");
    let mut replay = command(BINARY, ask.folder.path());
    replay.args(["replay", "--underlying", &ask.symbol, "--date", &ask.date]);
    replay.arg("--bars").arg(&ask.bars);
    replay.arg("--options").arg(&ask.options);
    let done = replay.stdin(Stdio::null()).stdout(full.expect("/dev/full"));
    let done = done.output().expect("the binary starts");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("countersign: cannot write to standard output: No space left"),
        "{said}"
    );
}
