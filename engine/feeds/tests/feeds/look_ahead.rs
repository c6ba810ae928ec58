//! Nothing is visible before its minute has ended. R57

use countersign_desk::ports::{FeedError, MarketData};
use countersign_domain::instrument::Instrument;
use countersign_feeds::{Feed, replay::Replay};
use futures::executor::block_on;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::{
    bars, chain, contract,
    fixture::{CALL, CALL_OSI, DAY, Folders, PUT, quote_row, session_of_bars},
    ny, symbol,
};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Quotes in these minutes of the day, each with a price of its own.
fn quotes(minutes: impl Iterator<Item = u32>) -> String {
    minutes
        .map(|minute| quote_row(minute, 10_000 + i64::from(minute), 20_000))
        .collect()
}

#[test]
fn a_quote_and_a_bar_appear_at_the_end_of_their_minute_and_not_a_second_before() {
    let folders = Folders::goog(&[(CALL, &quotes(570..960))]);
    let replay = folders.open().unwrap();
    let call = Instrument::Option(contract(CALL_OSI));
    let shares = Instrument::Equity(symbol("GOOG"));
    let open = ny(DAY, 9, 30);

    replay.advance(open + SECOND * 59);
    assert_eq!(replay.snapshot(&call), None);
    assert_eq!(replay.snapshot(&shares), None);
    assert_eq!(bars(&replay, symbol("GOOG")), []);
    assert_eq!(chain(&replay, symbol("GOOG")).quotes, []);
    assert_eq!(replay.progress().visible, 0);
    assert_eq!(replay.health().newest, None);

    replay.advance(open + SECOND * 60);
    assert_eq!(replay.snapshot(&call).unwrap().at, open + SECOND * 60);
    assert_eq!(replay.snapshot(&shares).unwrap().at, open + SECOND * 60);
    assert_eq!(bars(&replay, symbol("GOOG")).len(), 1);
    assert_eq!(replay.progress().visible, 2);
    assert_eq!(replay.progress().total, 2 * 390);
    assert_eq!(replay.health().newest, Some(open + SECOND * 60));
}

#[test]
fn time_never_runs_backwards() {
    let folders = Folders::goog(&[(CALL, &quotes(570..960))]);
    let replay = folders.open().unwrap();
    replay.advance(ny(DAY, 12, 0));
    let seen = chain(&replay, symbol("GOOG"));
    replay.advance(ny(DAY, 10, 0));
    assert_eq!(chain(&replay, symbol("GOOG")), seen);
}

#[test]
fn the_next_thing_is_due_at_the_end_of_the_next_minute_that_has_rows() {
    let folders = Folders::goog(&[(CALL, &quotes([600, 602].into_iter()))]);
    let text = session_of_bars(600..601);
    folders.zip_bars(
        "20151223_trade.zip",
        &[("20151223_goog_minute_trade.csv", &text)],
    );
    let replay = folders.open().unwrap();
    let due = |at| replay.next_due(at);
    assert_eq!(due(ny(DAY, 4, 0)), Some(ny(DAY, 10, 1)));
    assert_eq!(due(ny(DAY, 10, 1)), Some(ny(DAY, 10, 3)));
    assert_eq!(due(ny(DAY, 10, 2)), Some(ny(DAY, 10, 3)));
    assert_eq!(due(ny(DAY, 10, 3)), None);
}

#[test]
fn another_underlying_is_unknown() {
    let folders = Folders::goog(&[(CALL, &quotes(570..960))]);
    let replay = folders.open().unwrap();
    let unknown = FeedError::Unknown(symbol("SPY"));
    assert_eq!(block_on(replay.chain(symbol("SPY"))).unwrap_err(), unknown);
    assert_eq!(block_on(replay.bars(symbol("SPY"))).unwrap_err(), unknown);
    assert_eq!(replay.snapshot(&Instrument::Equity(symbol("SPY"))), None);
}

/// Everything that can be seen.
fn seen(replay: &Replay, now: Timestamp) -> impl PartialEq + std::fmt::Debug + use<> {
    replay.advance(now);
    let goog = symbol("GOOG");
    (chain(replay, goog), bars(replay, goog))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    // R57
    #[test]
    fn what_comes_later_in_the_files_changes_nothing_that_is_seen_now(
        cut in 571_u32..959,
        second in 0_i64..60,
        holes in proptest::collection::btree_set(570_u32..960, 0..200),
    ) {
        let kept = |minute: &u32| !holes.contains(minute);
        let day = |end: u32| {
            let call = quotes((570..end).filter(kept));
            let put = quotes((570..end).filter(|minute| minute % 3 == 0));
            let folders = Folders::goog(&[(CALL, &call), (PUT, &put)]);
            let text = session_of_bars(570..end);
            folders.zip_bars("20151223_trade.zip", &[("20151223_goog_minute_trade.csv", &text)]);
            folders.open().unwrap()
        };
        let now = ny(DAY, 0, 0) + SECOND * i32::try_from(cut * 60).unwrap() + SignedDuration::from_secs(second);
        prop_assert_eq!(seen(&day(cut), now), seen(&day(960), now));
    }
}
