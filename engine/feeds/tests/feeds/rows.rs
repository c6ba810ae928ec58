//! Bad rows: each is dropped for its reason, counted, and named with file, member and line.

use countersign_desk::ports::MarketData;
use countersign_domain::{
    instrument::Instrument,
    money::Price,
    quote::{Quote, QuoteFault},
};
use countersign_feeds::{DropReason, Feed, replay::Replay};

use crate::{
    contract,
    fixture::{CALL, CALL_OSI, DAY, Folders, PUT, quote_row, session_of_bars},
    ny, symbol,
};

const GOOD: i64 = 50_000;

/// Reads a good row at 09:30, `bad` as it is, and a good row at 09:40 of one call.
fn with_bad(bad: &str) -> Replay {
    let text = quote_row(570, GOOD, GOOD + 1_000) + bad + "\n" + &quote_row(580, GOOD, GOOD + 500);
    Folders::goog(&[(CALL, &text)]).open().unwrap()
}

/// The call's quote as visible at a time.
fn call_at(replay: &Replay, hour: i8, minute: i8) -> Option<Quote> {
    replay.advance(ny(DAY, hour, minute));
    replay.snapshot(&Instrument::Option(contract(CALL_OSI)))
}

#[track_caller]
fn assert_dropped(bad: &str, reason: DropReason) {
    let replay = with_bad(bad);
    let reading = &replay.report().options;
    let reasons: Vec<_> = reading.counts.reasons().collect();
    assert_eq!(reasons, [(reason, 1)], "{bad}");
    assert_eq!(reading.counts.kept(), 2, "{bad}");
    let [example] = &reading.examples[..] else {
        panic!("{:?}", reading.examples)
    };
    assert_eq!(example.reason, reason);
    assert_eq!(example.place.member, CALL);
    assert_eq!(example.place.line, 2);
    assert!(example.place.file.ends_with("20151223_quote_american.zip"));

    let dropped = replay.health().dropped;
    assert!(dropped.contains(&(reason.to_string(), 1)), "{dropped:?}");
    let quote = call_at(&replay, 9, 50).unwrap();
    assert_eq!(quote.ask, Price::from_ten_thousandths(GOOD + 500));
}

#[test]
fn a_row_that_is_no_row_is_unparsable() {
    for bad in [
        "time,bid,bid,bid,bid,size,ask,ask,ask,ask,size",
        "34260000,1,1,1,1,1,2,2,2,2",
        "34260000,50000,50000,50000,50000,10,51000,51000,51000,51000,20,7",
        "34260000,5.5,5.5,5.5,5.5,10,51000,51000,51000,51000,20",
        "34260000,50000,,50000,50000,10,51000,51000,51000,51000,20",
        "34260000;50000;50000;50000;50000;10;51000;51000;51000;51000;20",
        "\u{0}\u{1}\u{fffd}",
    ] {
        assert_dropped(bad, DropReason::Unparsable);
    }
}

#[test]
fn a_number_that_cannot_be_one_is_absurd() {
    for bad in [
        // A negative price; a low above the high; a close outside of them; a negative size.
        "34260000,-50000,-50000,-50000,-50000,10,51000,51000,51000,51000,20",
        "34260000,50000,49000,51000,50000,10,51000,51000,51000,51000,20",
        "34260000,50000,50000,50000,60000,10,61000,61000,61000,61000,20",
        "34260000,50000,50000,50000,50000,-10,51000,51000,51000,51000,20",
        // An ask of $199,999.99; more contracts than there can be.
        "34260000,50000,50000,50000,50000,10,1999999900,1999999900,1999999900,1999999900,20",
        "34260000,50000,50000,50000,50000,9999999999,51000,51000,51000,51000,20",
        // Off the minute; before midnight; after it.
        "34260001,50000,50000,50000,50000,10,51000,51000,51000,51000,20",
        "-60000,50000,50000,50000,50000,10,51000,51000,51000,51000,20",
        "86400000,50000,50000,50000,50000,10,51000,51000,51000,51000,20",
    ] {
        assert_dropped(bad, DropReason::Absurd);
    }
}

#[test]
fn nobody_bids_more_for_a_put_than_its_strike() {
    let text = quote_row(570, GOOD, GOOD + 100) + &quote_row(571, 7_500_001, 7_600_000);
    let replay = Folders::goog(&[(PUT, &text)]).open().unwrap();
    let counts = &replay.report().options.counts;
    assert_eq!(counts.dropped(DropReason::Absurd), 1);
    assert_eq!(counts.kept(), 1);
}

#[test]
fn a_second_row_of_a_minute_is_a_duplicate_and_the_first_counts() {
    assert_dropped(quote_row(570, 1, 2).trim(), DropReason::Duplicate);
    let replay = with_bad(quote_row(570, 1, 2).trim());
    let quote = call_at(&replay, 9, 31).unwrap();
    assert_eq!(quote.bid, Price::from_ten_thousandths(GOOD));
}

#[test]
fn a_row_of_an_earlier_minute_is_out_of_order() {
    assert_dropped(quote_row(569, GOOD, GOOD).trim(), DropReason::OutOfOrder);
}

#[test]
fn rows_before_the_open_and_from_the_close_on_are_outside_the_session() {
    let text = quote_row(569, 1, 2) + &quote_row(570, 3, 4) + &quote_row(959, 5, 6);
    let text = text + &quote_row(960, 7, 8) + &quote_row(974, 9, 10);
    let replay = Folders::goog(&[(CALL, &text)]).open().unwrap();
    let counts = &replay.report().options.counts;
    assert_eq!(counts.dropped(DropReason::OutsideSession), 3);
    assert_eq!(counts.kept(), 2);
    // The last minute is complete exactly at the close.
    let last = call_at(&replay, 16, 0).unwrap();
    assert_eq!(last.bid, Price::from_ten_thousandths(5));
    assert_eq!(call_at(&replay, 17, 0).unwrap(), last);
}

#[test]
fn quotes_of_a_contract_that_had_expired_are_dropped() {
    let expired = "20151223_goog_minute_quote_american_call_7500000_20151218.csv";
    let text = quote_row(570, GOOD, GOOD + 100) + &quote_row(571, GOOD, GOOD + 100);
    let good = quote_row(570, GOOD, GOOD + 100);
    let folders = Folders::goog(&[(expired, &text), (CALL, &good)]);
    let replay = folders.open().unwrap();
    let counts = &replay.report().options.counts;
    assert_eq!(counts.dropped(DropReason::Expired), 2);
    assert_eq!(counts.kept(), 1);
    replay.advance(ny(DAY, 10, 0));
    let expired = Instrument::Option(contract("GOOG  151218C00750000"));
    assert_eq!(replay.snapshot(&expired), None);
}

#[test]
fn an_index_option_that_settles_at_the_open_had_its_last_day_before() {
    let folders = Folders::empty();
    let day = jiff::civil::date(2021, 1, 15);
    let text = session_of_bars(570..960);
    folders.zip_bars(
        "20210115_trade.zip",
        &[("20210115_spx_minute_trade.csv", &text)],
    );
    let row = quote_row(570, GOOD, GOOD + 100);
    let name = |root| format!("20210115_{root}_minute_quote_european_call_37000000_20210115.csv");
    folders.zip_options(
        "20210115_quote_european.zip",
        &[(&name("spx"), &row), (&name("spxw"), &row)],
    );
    let replay = folders.open_as(symbol("SPX"), day).unwrap();
    let counts = &replay.report().options.counts;
    assert_eq!(counts.dropped(DropReason::Expired), 1);
    replay.advance(ny(day, 9, 31));
    let quoted = |osi| replay.snapshot(&Instrument::Option(contract(osi)));
    assert_eq!(quoted("SPX   210115C03700000"), None);
    assert!(quoted("SPXW  210115C03700000").is_some());
}

#[test]
fn a_zero_bid_is_dropped_counted_and_ends_the_quote_before_it() {
    for bad in [
        "34260000,,,,,0,51000,51000,51000,51000,20",
        "34260000,0,0,0,0,0,51000,51000,51000,51000,20",
        "34260000,50000,50000,50000,50000,0,51000,51000,51000,51000,20",
        "34260000,,,,,0,,,,,0",
    ] {
        assert_dropped(bad, DropReason::ZeroBid);
        let replay = with_bad(bad);
        assert_eq!(call_at(&replay, 9, 31).unwrap().check_sides(), Ok(()));
        let quote = call_at(&replay, 9, 32).unwrap();
        let fault = quote.check_sides().unwrap_err();
        assert!(
            matches!(fault, QuoteFault::NoBid | QuoteFault::NoAsk),
            "{fault}"
        );
        assert_eq!(quote.at, ny(DAY, 9, 32));
    }
}

#[test]
fn a_crossed_quote_is_dropped_counted_and_ends_the_quote_before_it() {
    let bad = quote_row(571, 52_000, 51_000);
    assert_dropped(bad.trim(), DropReason::Crossed);
    let replay = with_bad(bad.trim());
    let quote = call_at(&replay, 9, 32).unwrap();
    assert_eq!(quote.check_sides(), Err(QuoteFault::Crossed));
}

#[test]
fn a_locked_quote_and_a_missing_ask_are_kept() {
    let text = quote_row(570, GOOD, GOOD) + "34260000,50000,50000,50000,50000,10,,,,,0\n";
    let replay = Folders::goog(&[(CALL, &text)]).open().unwrap();
    assert_eq!(replay.report().options.counts.kept(), 2);
    assert_eq!(call_at(&replay, 9, 31).unwrap().check_sides(), Ok(()));
    let one_sided = call_at(&replay, 9, 32).unwrap();
    assert_eq!(one_sided.check_sides(), Err(QuoteFault::NoAsk));
    assert_eq!(one_sided.bid, Price::from_ten_thousandths(GOOD));
}

#[test]
fn after_a_dropped_row_the_older_quote_stands_and_ages() {
    let bad = "34260000,-50000,-50000,-50000,-50000,10,51000,51000,51000,51000,20";
    let replay = with_bad(bad);
    let quote = call_at(&replay, 9, 39).unwrap();
    assert_eq!(quote.at, ny(DAY, 9, 31));
    assert_eq!(quote.age(ny(DAY, 9, 39)).as_mins(), 8);
}

#[test]
fn bad_bars_are_dropped_for_the_same_reasons_and_their_minutes_are_gaps() {
    let mut rows: Vec<_> = session_of_bars(569..961)
        .lines()
        .map(str::to_owned)
        .collect();
    rows[11] = "no bar".into();
    rows[12] = "34860000,7500000,7400000,7600000,7500000,100".into();
    rows[13] = "34920000,7500000,7510000,7490000,7500000,-1".into();
    rows[14] = rows[10].clone();
    let folders = Folders::goog(&[(CALL, &quote_row(570, GOOD, GOOD))]);
    let text = rows.join("\r\n");
    folders.zip_bars(
        "20151223_trade.zip",
        &[("20151223_goog_minute_trade.csv", &text)],
    );
    let replay = folders.open().unwrap();
    let counts = &replay.report().bars.counts;
    assert_eq!(counts.rows(), 392);
    assert_eq!(counts.kept(), 386);
    assert_eq!(counts.dropped(DropReason::Unparsable), 1);
    assert_eq!(counts.dropped(DropReason::Absurd), 2);
    assert_eq!(counts.dropped(DropReason::OutOfOrder), 1);
    assert_eq!(counts.dropped(DropReason::OutsideSession), 2);
    let gaps = &replay.report().gaps;
    assert_eq!(gaps[..], [40, 41, 42, 43].map(|minute| ny(DAY, 9, minute)));
    replay.advance(ny(DAY, 16, 0));
    let bars = crate::bars(&replay, symbol("GOOG"));
    assert_eq!(bars.len(), 386);
    assert!(bars.iter().all(|bar| !gaps.contains(&bar.start)));
}

#[test]
fn a_stub_quote_of_the_underlying_is_absurd() {
    let folders = Folders::goog(&[(CALL, &quote_row(570, GOOD, GOOD))]);
    let quotes = quote_row(570, 7_499_000, 7_501_000) + &quote_row(571, 100, 1_999_999_900);
    folders.zip_bars(
        "20151223_quote.zip",
        &[("20151223_goog_minute_quote.csv", &quotes)],
    );
    let replay = folders.open().unwrap();
    let reading = replay.report().quotes.as_ref().unwrap();
    assert_eq!(reading.counts.dropped(DropReason::Absurd), 1);
    replay.advance(ny(DAY, 10, 0));
    let spot = replay
        .snapshot(&Instrument::Equity(symbol("GOOG")))
        .unwrap();
    assert_eq!(spot.bid, Price::from_ten_thousandths(7_499_000));
    assert_eq!(spot.at, ny(DAY, 9, 31));
}

#[test]
fn quotes_of_the_underlying_of_which_no_row_can_be_used_say_why_and_the_last_trade_stands_in() {
    let folders = Folders::goog(&[(CALL, &quote_row(570, GOOD, GOOD))]);
    let quotes = quote_row(500, 7_499_000, 7_501_000) + "no row\n";
    folders.zip_bars(
        "20151223_quote.zip",
        &[("20151223_goog_minute_quote.csv", &quotes)],
    );
    let replay = folders.open().unwrap();
    let report = replay.report();
    assert!(report.last_trade);
    let counts = &report.quotes.as_ref().unwrap().counts;
    assert_eq!((counts.rows(), counts.kept()), (2, 0));
    assert_eq!(counts.dropped(DropReason::OutsideSession), 1);
    assert_eq!(counts.dropped(DropReason::Unparsable), 1);
    let text = report.to_string();
    assert!(text.contains("the last trade stands in"), "{text}");
    assert!(
        text.contains("underlying quotes: 2 rows read, 0 used"),
        "{text}"
    );
}
