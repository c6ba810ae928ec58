//! Files that are missing, broken or of something else: each one clear sentence.

use std::fs;

use countersign_desk::ports::MarketData;
use countersign_domain::instrument::Instrument;
use countersign_feeds::{
    Feed,
    replay::{Replay, ReplayError, ReplaySource},
};
use jiff::civil::date;

use crate::{
    contract,
    fixture::{CALL, CALL_OSI, DAY, Folders, PUT, quote_row, session_of_bars, zip},
    ny, symbol,
};

/// A good day of one call.
fn good() -> Folders {
    Folders::goog(&[(CALL, &quote_row(570, 100, 200))])
}

/// What is said, with the folders' own path left out.
#[track_caller]
fn refusal(folders: &Folders, opened: Result<Replay, ReplayError>) -> String {
    let error = opened.expect_err("it must not open");
    let text = error.to_string();
    let root = folders.bars();
    let root = root.parent().unwrap().to_str().unwrap();
    assert!(!text.contains('\n'), "{text}");
    text.replace(root, "ROOT")
}

#[test]
fn a_day_without_a_session_is_refused_with_its_reason() {
    let folders = good();
    let open = |year, month, day| folders.open_as(symbol("GOOG"), date(year, month, day));
    assert_eq!(
        refusal(&folders, open(2015, 12, 25)),
        "2015-12-25 had no session (Christmas Day); choose a trading day"
    );
    assert_eq!(
        refusal(&folders, open(2015, 12, 26)),
        "2015-12-26 had no session (weekend); choose a trading day"
    );
    assert!(refusal(&folders, open(1989, 12, 26)).contains("calendar runs from 1990-01-01"));
}

#[test]
fn a_date_without_data_names_the_file_and_the_days_that_are_there() {
    let folders = good();
    let opened = folders.open_as(symbol("GOOG"), date(2015, 12, 22));
    assert_eq!(
        refusal(&folders, opened),
        "minute bars of GOOG on 2015-12-22 are missing: no 20151222_trade.zip in ROOT/bars; \
         it has 20151223"
    );
    let text = session_of_bars(570..960);
    folders.zip_bars(
        "20151222_trade.zip",
        &[("20151222_goog_minute_trade.csv", &text)],
    );
    let opened = folders.open_as(symbol("GOOG"), date(2015, 12, 22));
    assert_eq!(
        refusal(&folders, opened),
        "option quotes of GOOG on 2015-12-22 are missing: no 20151222_quote_american.zip or \
         20151222_quote_european.zip in ROOT/options; it has 20151223"
    );
}

#[test]
fn options_without_the_underlyings_bars_are_refused() {
    let folders = good();
    fs::remove_file(folders.bars().join("20151223_trade.zip")).unwrap();
    assert_eq!(
        refusal(&folders, folders.open()),
        "minute bars of GOOG on 2015-12-23 are missing: no 20151223_trade.zip in ROOT/bars; \
         it holds no such file of any day"
    );
}

#[test]
fn a_folder_that_is_none_is_refused() {
    let folders = good();
    fs::remove_dir_all(folders.options()).unwrap();
    assert_eq!(
        refusal(&folders, folders.open()),
        "option quotes: ROOT/options is not a folder; give the one that holds the symbol's zips"
    );
    fs::write(folders.options(), "").unwrap();
    assert!(refusal(&folders, folders.open()).contains("is not a folder"));
}

#[test]
fn folders_of_another_symbol_are_refused() {
    let folders = good();
    let opened = folders.open_as(symbol("FOXA"), DAY);
    assert_eq!(
        refusal(&folders, opened),
        "ROOT/bars/20151223_trade.zip holds nothing usable: all 1 members were skipped; the \
         first, 20151223_goog_minute_trade.csv: of GOOG, not of FOXA"
    );
    let text = session_of_bars(570..960);
    folders.zip_bars(
        "20151223_trade.zip",
        &[("20151223_foxa_minute_trade.csv", &text)],
    );
    let opened = folders.open_as(symbol("FOXA"), DAY);
    assert_eq!(
        refusal(&folders, opened),
        format!(
            "ROOT/options/20151223_quote_american.zip holds nothing usable: all 1 members were \
             skipped; the first, {CALL}: an option on GOOG, not on FOXA"
        )
    );
}

#[test]
fn a_file_that_is_no_zip_is_refused_by_name() {
    let folders = good();
    for junk in ["", "PK", "not a zip at all"] {
        fs::write(folders.options().join("20151223_quote_american.zip"), junk).unwrap();
        let text = refusal(&folders, folders.open());
        let start = "ROOT/options/20151223_quote_american.zip cannot be read: not a complete zip";
        assert!(text.starts_with(start), "{text}");
    }
}

#[test]
fn a_zip_cut_short_anywhere_is_refused_and_never_panics() {
    let folders = good();
    let path = folders.options().join("20151223_quote_american.zip");
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(refusal(&folders, folders.open()).contains("20151223_quote_american.zip"));
    }
}

#[test]
fn a_zip_with_any_byte_broken_is_read_or_refused_or_skipped_but_never_believed_wrongly() {
    let folders = good();
    let path = folders.options().join("20151223_quote_american.zip");
    let whole = fs::read(&path).unwrap();
    let visible = |replay: &Replay| {
        replay.advance(ny(DAY, 10, 0));
        replay.snapshot(&Instrument::Option(contract(CALL_OSI)))
    };
    let wanted = visible(&folders.open().unwrap());
    for index in 0..whole.len() {
        let mut broken = whole.clone();
        broken[index] ^= 0x55;
        fs::write(&path, broken).unwrap();
        if let Ok(replay) = folders.open() {
            // A damaged name may make it another contract; this one's prices never change.
            let shown = visible(&replay);
            assert!(shown.is_none() || shown == wanted, "byte {index}");
        }
    }
}

#[test]
fn a_broken_member_is_skipped_and_named_with_its_line_and_the_others_are_read() {
    let rows: String = (570..960)
        .map(|minute| quote_row(minute, 100, 200))
        .collect();
    let folders = Folders::goog(&[(CALL, &rows), (PUT, &rows)]);
    let path = folders.options().join("20151223_quote_american.zip");
    let mut bytes = fs::read(&path).unwrap();
    // The text of the first member begins after its 30 bytes of header and its name.
    let inside = 30 + CALL.len() + 200;
    bytes[inside..inside + 40].fill(0xff);
    fs::write(&path, bytes).unwrap();

    let replay = folders.open().unwrap();
    let reading = &replay.report().options;
    assert_eq!(replay.report().contracts, 1);
    assert_eq!(reading.members_skipped, 1);
    assert_eq!(reading.counts.rows(), 390);
    let skipped = &reading.skipped[0];
    assert_eq!(skipped.place.member, CALL);
    assert!(skipped.place.line > 0, "{skipped}");
    assert!(!skipped.reason.is_empty());
    let text = replay.report().to_string();
    assert!(text.contains("1 members skipped"), "{text}");
    assert!(text.contains(&skipped.to_string()), "{text}");
}

#[test]
fn members_with_wrong_names_are_skipped_each_with_its_reason() {
    let good = quote_row(570, 100, 200);
    let names = [
        ("readme.txt", "not a .csv"),
        ("20151223_goog.csv", "the name is not like"),
        (
            "20151224_goog_minute_quote_american_call_7500000_20151224.csv",
            "of 2015-12-24, not of 2015-12-23",
        ),
        (
            "20151223_goog_minute_quote_american_cull_7500000_20151224.csv",
            "'cull'",
        ),
        (
            "20151223_goog_minute_quote_american_call_x_20151224.csv",
            "'x'",
        ),
        (
            "20151223_goog_minute_quote_american_call_0_20151224.csv",
            "GOOG  151224C????????",
        ),
        (
            "20151223_goog_minute_quote_american_call_7500000_20151324.csv",
            "'20151324'",
        ),
        (
            "20151223_toolongroot_minute_quote_american_call_7500000_20151224.csv",
            "not a symbol",
        ),
        (
            "20151223_foxa_minute_quote_american_call_7500000_20151224.csv",
            "an option on FOXA",
        ),
        (
            "20151223_goog_minute_trade_american_call_7500000_20151224.csv",
            "the name is not like",
        ),
        (
            "again/20151223_goog_minute_quote_american_call_7500000_20151224.csv",
            "in a member before it",
        ),
    ];
    let mut members = vec![(CALL, good.as_str())];
    members.extend(names.map(|(name, _)| (name, good.as_str())));
    let replay = Folders::goog(&members).open().unwrap();
    let reading = &replay.report().options;
    assert_eq!(replay.report().contracts, 1);
    assert_eq!(reading.counts.rows(), 1);
    assert_eq!(reading.skipped.len(), names.len());
    for (skipped, (name, reason)) in reading.skipped.iter().zip(names) {
        assert_eq!(skipped.place.member, name);
        assert!(skipped.reason.contains(reason), "{skipped}");
    }
}

#[test]
fn a_zip_inside_a_zip_and_a_name_that_ends_twice_are_read() {
    let inner = zip(&[(CALL, &quote_row(570, 100, 200))]);
    let folders = Folders::goog(&[]);
    let plain = folders.options().join("20151223_quote_american.zip");
    fs::remove_file(&plain).unwrap();
    let twice = folders.options().join("20151223_quote_american.zip.zip");
    fs::write(&twice, &inner).unwrap();
    assert_eq!(folders.open().unwrap().report().contracts, 1);

    let mut outer = std::io::Cursor::new(Vec::new());
    let mut writer = zip::ZipWriter::new(&mut outer);
    writer
        .start_file(
            "20151223_quote_american.zip",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    std::io::Write::write_all(&mut writer, &inner).unwrap();
    writer.finish().unwrap();
    fs::write(&twice, outer.into_inner()).unwrap();
    let replay = folders.open().unwrap();
    assert_eq!(replay.report().contracts, 1);
    assert_eq!(replay.report().options.counts.kept(), 1);
}

#[test]
fn a_member_too_large_for_a_day_of_minutes_is_skipped() {
    let good = quote_row(570, 100, 200);
    let huge = "x".repeat(9 << 20);
    let replay = Folders::goog(&[(CALL, &huge), (PUT, &good)])
        .open()
        .unwrap();
    let skipped = &replay.report().options.skipped[0];
    assert_eq!(skipped.place.member, CALL);
    assert_eq!(skipped.reason, "larger than 8 MiB");
}

#[test]
fn an_empty_zip_and_a_day_of_no_bars_are_refused() {
    let folders = Folders::goog(&[]);
    assert_eq!(
        refusal(&folders, folders.open()),
        "ROOT/options/20151223_quote_american.zip holds nothing usable: it has no members"
    );
    let folders = good();
    let before = session_of_bars(240..300);
    folders.zip_bars(
        "20151223_trade.zip",
        &[("20151223_goog_minute_trade.csv", &before)],
    );
    assert_eq!(
        refusal(&folders, folders.open()),
        "ROOT/bars/20151223_trade.zip holds nothing usable: no bar lies in the session"
    );
}

#[test]
fn a_broken_file_of_the_underlyings_quotes_is_named_and_the_last_trade_stands_in() {
    let folders = good();
    fs::write(folders.bars().join("20151223_quote.zip"), "junk").unwrap();
    let replay = folders.open().unwrap();
    assert_eq!(replay.report().quotes, None);
    let text = replay.report().to_string();
    assert!(text.contains("20151223_quote.zip cannot be read"), "{text}");
    assert!(text.contains("the last trade stands in"), "{text}");
    replay.advance(ny(DAY, 9, 31));
    let spot = replay
        .snapshot(&Instrument::Equity(symbol("GOOG")))
        .unwrap();
    assert_eq!((spot.bid, spot.at), (spot.ask, ny(DAY, 9, 31)));
}

#[test]
fn a_replay_can_be_opened_from_folders_given_by_hand() {
    let folders = good();
    let source = ReplaySource {
        underlying: symbol("GOOG"),
        date: DAY,
        bars_dir: folders.bars(),
        options_dir: folders.options(),
    };
    let replay = Replay::open(source).unwrap();
    assert_eq!(replay.underlying(), symbol("GOOG"));
    assert_eq!(replay.session().open, ny(DAY, 9, 30));
    assert_eq!(replay.contracts().count(), 1);
}
