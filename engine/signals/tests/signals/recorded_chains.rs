//! The default parameters from bars to proposals on recorded days.

use countersign_domain::{
    instrument::{OptionContract, Right},
    limits::Limits,
    money::{Price, Usd},
    quote::{Quote, Source},
    signal::Veto,
};
use countersign_signals::{
    chain::{Chain, Row},
    propose::{ScreenParams, Screening, propose},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};

use crate::{
    market::{limits, usd},
    recorded::{ideas, instant, members, minutes},
};

/// Every quote of one contract on a recorded day, oldest first, each at its minute's end. A side
/// that did not change in a minute is blank in these files: it is what it was.
struct Tape {
    contract: OptionContract,
    quotes: Vec<Quote>,
}

fn tapes(symbol: &str, day: Date) -> Vec<Tape> {
    let stamp = day.strftime("%Y%m%d");
    let path = format!("options/lean/option/minute/{symbol}/{stamp}_quote_american.zip");
    let tape = |(name, rows): (String, Vec<Vec<i64>>)| {
        let contract = contract(symbol, &name);
        let quotes = quotes(day, &rows);
        Tape { contract, quotes }
    };
    members(&path).into_iter().map(tape).collect()
}

/// The contract that a member of the zip is named after.
fn contract(symbol: &str, name: &str) -> OptionContract {
    let mut parts = name.trim_end_matches(".csv").rsplit('_');
    let expiry = Date::strptime("%Y%m%d", parts.next().unwrap()).unwrap();
    let strike = Price::from_ten_thousandths(parts.next().unwrap().parse().unwrap());
    let right = match parts.next().unwrap() {
        "call" => Right::Call,
        _ => Right::Put,
    };
    OptionContract {
        root: symbol.to_uppercase().parse().unwrap(),
        expiry,
        right,
        strike,
    }
}

fn quotes(day: Date, rows: &[Vec<i64>]) -> Vec<Quote> {
    let (mut bid, mut ask) = ((0, 0), (0, 0));
    let mut quotes = Vec::new();
    for row in rows {
        if row[4] > 0 {
            bid = (row[4], row[5]);
        }
        if row[9] > 0 {
            ask = (row[9], row[10]);
        }
        quotes.push(Quote {
            bid: Price::from_ten_thousandths(bid.0),
            ask: Price::from_ten_thousandths(ask.0),
            bid_size: u32::try_from(bid.1).unwrap(),
            ask_size: u32::try_from(ask.1).unwrap(),
            at: instant(day, row[0] + 60_000),
            source: Source::Replay,
        });
    }
    quotes
}

/// The chain as it was visible at `now`.
fn chain(symbol: &str, day: Date, tapes: &[Tape], now: Timestamp) -> Chain {
    let minute = SignedDuration::from_mins(1);
    let bars = minutes(symbol, day);
    let last = bars.iter().rfind(|bar| bar.start + minute <= now).unwrap();
    let newest = |tape: &Tape| {
        let quote = tape.quotes.iter().rfind(|quote| quote.at <= now)?;
        Some(Row {
            contract: tape.contract,
            quote: *quote,
        })
    };
    Chain {
        underlying: symbol.to_uppercase().parse().unwrap(),
        spot: last.close,
        spot_at: last.start + minute,
        rows: tapes.iter().filter_map(newest).collect(),
    }
}

/// How many ideas of a day become proposals; prints each, and the vetoes against the others.
fn proposals(symbol: &str, day: Date) -> (usize, usize) {
    let tapes = tapes(symbol, day);
    let limits = Limits {
        quote_age_s: 300,
        ..limits()
    };
    let params = ScreenParams::default();
    let (mut offered, mut refused) = (0, 0);
    for (now, idea) in ideas(symbol, day) {
        let chain = chain(symbol, day, &tapes, now);
        let found = propose(&Screening {
            direction: idea.direction,
            chain: &chain,
            history: &[],
            limits: &limits,
            exposure: Usd::ZERO,
            fee: Usd::from_micros(650_000),
            params: &params,
            now,
        });
        match found {
            Ok(found) => {
                offered += 1;
                assert!(found.terms.worst_loss <= usd(1_000));
                assert!(found.quote.legs.iter().all(|quote| quote.at <= now));
                let names: Vec<_> = found
                    .structure
                    .contracts()
                    .map(ToString::to_string)
                    .collect();
                println!(
                    "  {now} {:?} {} x {} first {} limit {} natural {} worst {}",
                    found.structure.kind(),
                    found.terms.contracts,
                    names.join(" / "),
                    found.first,
                    found.terms.limit,
                    found.quote.natural,
                    found.terms.worst_loss
                );
            }
            Err(vetoes) => {
                refused += 1;
                assert!(!vetoes.is_empty());
                assert!(
                    !vetoes
                        .iter()
                        .any(|veto| matches!(veto, Veto::DataQuality { .. }))
                );
                println!("  {now} {vetoes:?}");
            }
        }
    }
    println!("{symbol} {day}: {offered} proposed, {refused} vetoed");
    (offered, refused)
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "recorded data not present")]
fn ideas_become_proposals_on_each_recorded_day() {
    let days = [
        ("goog", date(2015, 12, 23)),
        ("nwsa", date(2013, 6, 28)),
        ("foxa", date(2013, 7, 2)),
    ];
    for (symbol, day) in days {
        let (offered, _) = proposals(symbol, day);
        assert!(offered > 0, "{symbol}");
    }
}
