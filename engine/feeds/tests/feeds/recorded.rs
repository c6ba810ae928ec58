//! Days recorded by others, counted a second time by a reader of a few lines that shares no code.

use std::path::Path;

use countersign_desk::ports::MarketData;
use countersign_domain::{
    calendar,
    instrument::{Instrument, OptionContract},
    quote::Source,
};
use countersign_feeds::{
    DropReason, Feed,
    replay::{Reading, Replay, ReplayError, ReplaySource},
};
use jiff::{
    SignedDuration,
    civil::{Date, date},
};

use crate::{
    bars, chain,
    fixture::{Folders, session_of_bars},
    ny, symbol,
};

/// A day of the recorded data.
fn open(ticker: &str, day: Date) -> Result<Replay, ReplayError> {
    let data = Path::new(env!("TEST_DATA_DIR"));
    assert!(
        data.is_dir(),
        "{} is not there; set COUNTERSIGN_TEST_DATA to the folder that holds the data",
        data.display()
    );
    Replay::open(ReplaySource {
        underlying: symbol(&ticker.to_uppercase()),
        date: day,
        bars_dir: data.join("bars/lean/minute").join(ticker),
        options_dir: data.join("options/lean/option/minute").join(ticker),
    })
}

/// Rows used, and dropped by reason.
fn counts(reading: &Reading) -> (u64, u64, Vec<(&'static str, u64)>) {
    let counts = &reading.counts;
    let reasons = counts
        .reasons()
        .map(|(reason, count)| (reason.name(), count));
    (counts.rows(), counts.kept(), reasons.collect())
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
fn goog_has_118_contracts_and_28932_rows() {
    let replay = open("goog", date(2015, 12, 23)).unwrap();
    let report = replay.report();
    assert_eq!(report.contracts, 118);
    assert_eq!(
        counts(&report.options),
        (
            28_932,
            20_180,
            vec![("outside the session", 10), ("zero bid", 8_742)]
        )
    );
    assert_eq!(
        counts(&report.bars),
        (432, 390, vec![("outside the session", 42)])
    );
    assert_eq!(report.quotes, None);
    assert_eq!(report.gaps, []);
    assert_eq!(
        report.options.members_skipped + report.bars.members_skipped,
        0
    );
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
fn nwsa_and_foxa_are_counted_to_the_row() {
    let replay = open("nwsa", date(2013, 6, 28)).unwrap();
    let report = replay.report();
    assert_eq!(report.contracts, 260);
    assert_eq!(
        counts(&report.options),
        (
            43_003,
            33_989,
            vec![("outside the session", 49), ("zero bid", 8_965)]
        )
    );
    assert_eq!(
        counts(&report.bars),
        (417, 390, vec![("outside the session", 27)])
    );
    let quotes = report.quotes.as_ref().unwrap();
    assert_eq!(
        counts(quotes),
        (459, 390, vec![("outside the session", 69)])
    );

    let replay = open("foxa", date(2013, 7, 2)).unwrap();
    let report = replay.report();
    assert_eq!(report.contracts, 186);
    assert_eq!(
        counts(&report.options),
        (
            16_335,
            10_194,
            vec![("outside the session", 141), ("zero bid", 6_000)]
        )
    );
    assert_eq!(
        counts(&report.bars),
        (404, 390, vec![("outside the session", 14)])
    );
    let quotes = report.quotes.as_ref().unwrap();
    assert_eq!(
        counts(quotes),
        (478, 390, vec![("outside the session", 88)])
    );
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
fn crossed_index_quotes_are_counted_though_the_index_has_no_bars() {
    let data = Path::new(env!("TEST_DATA_DIR"));
    let day = date(2021, 1, 8);
    let options = data.join("options/lean/indexoption/minute/spxw");
    let folders = Folders::empty();
    let source = || ReplaySource {
        underlying: symbol("SPX"),
        date: day,
        bars_dir: folders.bars(),
        options_dir: options.clone(),
    };
    let error = Replay::open(source()).unwrap_err();
    assert!(matches!(error, ReplayError::NoFile { .. }), "{error}");

    // The quotes are recorded, the bars are made up: nothing here looks at them.
    let text = session_of_bars(570..960);
    folders.zip_bars(
        "20210108_trade.zip",
        &[("20210108_spx_minute_trade.csv", &text)],
    );
    let replay = Replay::open(source()).unwrap();
    let report = replay.report();
    assert_eq!(report.contracts, 16);
    assert_eq!(
        counts(&report.options),
        (
            6_307,
            6_080,
            vec![("crossed", 48), ("outside the session", 179)]
        )
    );
    assert!(
        replay
            .contracts()
            .all(|contract| contract.root == symbol("SPXW"))
    );
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
fn options_recorded_without_their_underlying_are_refused_in_one_sentence() {
    let error = open("twx", date(2014, 6, 5)).unwrap_err();
    assert!(matches!(error, ReplayError::NoFolder { .. }), "{error}");
    let error = open("spy", date(2023, 8, 3)).unwrap_err();
    assert!(matches!(error, ReplayError::NoFile { .. }), "{error}");
    assert!(error.to_string().contains("20230803_trade.zip"), "{error}");
}

/// The last row of a member that starts a minute or more before `ended_ms`: bid and ask in
/// ten-thousandths, sizes.
fn last_row(text: &str, ended_ms: i64) -> Option<[i64; 4]> {
    text.lines()
        .map(|line| {
            line.split(',')
                .map(|cell| cell.parse().unwrap_or(0))
                .collect::<Vec<i64>>()
        })
        .rfind(|cells| {
            (34_200_000..57_600_000).contains(&cells[0]) && cells[0] + 60_000 <= ended_ms
        })
        .map(|cells| [cells[4], cells[9], cells[5], cells[10]])
}

// R57
#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
fn every_contract_shows_the_last_row_whose_minute_has_ended_all_day_long() {
    let day = date(2015, 12, 23);
    let replay = open("goog", day).unwrap();
    let file = Path::new(env!("TEST_DATA_DIR"))
        .join("options/lean/option/minute/goog/20151223_quote_american.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut member, &mut text).unwrap();
        let parts: Vec<_> = name.trim_end_matches(".csv").split('_').collect();
        let strike: i64 = parts[6].parse().unwrap();
        let letter = parts[5][..1].to_uppercase();
        let osi = format!("GOOG  {}{letter}{:08}", &parts[7][2..], strike / 10);
        members.push((osi.parse::<OptionContract>().unwrap(), text));
    }
    for minute in (570..=965).step_by(5) {
        let ended_ms = minute * 60_000;
        let now = ny(day, 0, 0) + SignedDuration::from_millis(ended_ms);
        replay.advance(now + SignedDuration::from_secs(59));
        for (contract, text) in &members {
            let shown = replay.snapshot(&Instrument::Option(*contract));
            let shown = shown.map(|quote| {
                assert!(quote.at <= now && quote.source == Source::Replay);
                let micros =
                    |price: countersign_domain::money::Price| price.micros().unwrap() / 100;
                [
                    micros(quote.bid),
                    micros(quote.ask),
                    quote.bid_size.into(),
                    quote.ask_size.into(),
                ]
            });
            assert_eq!(shown, last_row(text, ended_ms), "{contract} at {now}");
        }
    }
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "the recorded data is not there")]
fn a_whole_day_goes_by_in_the_steps_that_are_due() {
    for (ticker, day) in [("nwsa", date(2013, 6, 28)), ("foxa", date(2013, 7, 2))] {
        let replay = open(ticker, day).unwrap();
        let session = calendar::session_on(day).unwrap();
        assert_eq!(replay.session(), session);
        let mut now = session.open;
        let mut steps = 0;
        while let Some(due) = replay.next_due(now) {
            assert!(due > now);
            now = due;
            replay.advance(now);
            steps += 1;
            let chain = chain(&replay, replay.underlying());
            assert!(chain.quotes.iter().all(|each| each.quote.at <= now));
            assert!(chain.quotes.is_sorted_by_key(|each| each.contract));
            assert_eq!(chain.spot.unwrap().at, now);
            assert_eq!(bars(&replay, replay.underlying()).len(), steps);
        }
        assert_eq!(steps, 390);
        assert_eq!(now, session.close);
        let progress = replay.progress();
        assert_eq!(progress.visible, progress.total);
        let dropped = replay.report().totals().dropped(DropReason::ZeroBid);
        assert_eq!(progress.total, replay.health().kept + dropped);
    }
}
