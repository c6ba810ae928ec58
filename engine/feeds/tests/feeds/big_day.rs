//! Large days and short ones.

use countersign_desk::ports::MarketData;
use countersign_domain::instrument::Instrument;
use countersign_feeds::{DropReason, Feed};
use jiff::civil::date;

use crate::{
    bars, chain, contract,
    fixture::{CALL, DAY, Folders, quote_row, session_of_bars, zip_stored},
    ny, symbol,
};

/// The most memory that this process has had, in MiB; `None` where the system does not tell.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}

#[test]
fn a_day_of_2192_contracts_is_read_within_300_mib() {
    let folders = Folders::goog(&[(CALL, &quote_row(570, 100, 200))]);
    let text: String = (570..960)
        .map(|minute| quote_row(minute, 10_000 + i64::from(minute % 60) * 100, 20_000))
        .collect();
    let members = (0..2_192).map(|number| {
        let right = if number % 2 == 0 { "call" } else { "put" };
        let strike = (number / 2 + 100) * 5_000;
        let name = format!("20151223_goog_minute_quote_american_{right}_{strike}_20160115.csv");
        (name, text.clone())
    });
    zip_stored(
        &folders.options().join("20151223_quote_american.zip"),
        members,
    );

    let replay = folders.open().unwrap();
    assert_eq!(replay.report().contracts, 2_192);
    assert_eq!(replay.report().options.counts.kept(), 2_192 * 390);
    let mut now = ny(DAY, 9, 30);
    while let Some(due) = replay.next_due(now) {
        now = due;
        replay.advance(now);
    }
    assert_eq!(chain(&replay, symbol("GOOG")).quotes.len(), 2_192);
    if let Some(peak) = peak_mib() {
        assert!(peak < 300, "{peak} MiB");
    }
}

#[test]
fn a_day_that_closes_early_ends_at_its_close() {
    let day = date(2015, 12, 24);
    let folders = Folders::empty();
    let name = "20151224_goog_minute_quote_american_call_7500000_20151224.csv";
    let rows: String = (570..800)
        .map(|minute| quote_row(minute, 100, 200))
        .collect();
    folders.zip_options("20151224_quote_american.zip", &[(name, &rows)]);
    let text = session_of_bars(560..790);
    folders.zip_bars(
        "20151224_trade.zip",
        &[("20151224_goog_minute_trade.csv", &text)],
    );
    let replay = folders.open_as(symbol("GOOG"), day).unwrap();

    assert!(replay.session().early);
    let report = replay.report();
    assert_eq!(report.bars.counts.kept(), 210);
    assert_eq!(report.options.counts.kept(), 210);
    assert_eq!(
        report.options.counts.dropped(DropReason::OutsideSession),
        20
    );
    assert_eq!(report.gaps, []);
    let close = ny(day, 13, 0);
    assert_eq!(replay.next_due(ny(day, 12, 59)), Some(close));
    assert_eq!(replay.next_due(close), None);
    replay.advance(ny(day, 15, 0));
    assert_eq!(bars(&replay, symbol("GOOG")).len(), 210);
    let call = Instrument::Option(contract("GOOG  151224C00750000"));
    assert_eq!(replay.snapshot(&call).unwrap().at, close);
}
