//! The synthetic market: the same for the same seed, alive in sessions alone, busy at the edges.

use countersign_desk::ports::{Chain, FeedError, MarketData};
use countersign_domain::{
    calendar,
    instrument::{Instrument, Symbol},
    money::Price,
    quote::{Bar, Source},
};
use countersign_feeds::{
    Feed,
    synthetic::{SymbolConfig, SyntheticConfig, SyntheticError, SyntheticMarket},
};
use futures::executor::block_on;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use proptest::prelude::*;

use crate::{bars, chain, ny, symbol};

/// A plain Tuesday.
pub(crate) const DAY: Date = date(2026, 9, 15);

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// The usual market at a time.
pub(crate) fn market(seed: u64, start: Timestamp) -> SyntheticMarket {
    SyntheticMarket::new(SyntheticConfig::default(), seed, start).unwrap()
}

/// Everything that can be seen.
fn seen(market: &SyntheticMarket) -> Vec<(Chain, Vec<Bar>)> {
    let symbols = market.config().symbols.iter();
    symbols
        .map(|each| (chain(market, each.symbol), bars(market, each.symbol)))
        .collect()
}

/// One underlying that only diffuses.
fn plain(vol: f64) -> SyntheticConfig {
    let mut symbol = SymbolConfig::new(symbol("XYZ"), Price::from_micros(100_000_000), vol);
    symbol.jumps_per_day = 0.0;
    symbol.trend = 0.0;
    SyntheticConfig {
        symbols: vec![symbol],
        step_s: 15,
        ..SyntheticConfig::default()
    }
}

/// The bars of that many sessions, one list for each.
fn sessions(config: SyntheticConfig, seed: u64, count: usize) -> Vec<Vec<Bar>> {
    let market = SyntheticMarket::new(config, seed, ny(DAY, 9, 30)).unwrap();
    let symbol = market.config().symbols[0].symbol;
    let days = calendar::sessions(DAY, date(2100, 1, 1)).take(count);
    days.map(|session| {
        market.advance(session.close);
        bars(&market, symbol)
    })
    .collect()
}

/// The logarithm of a bar's close over its open.
fn change(bar: &Bar) -> f64 {
    (bar.close.to_f64() / bar.open.to_f64()).ln()
}

#[test]
fn the_same_seed_gives_the_same_market_and_another_seed_another() {
    let at = ny(DAY, 11, 0);
    assert_eq!(seen(&market(7, at)), seen(&market(7, at)));
    assert_ne!(seen(&market(7, at)), seen(&market(8, at)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    // R59
    #[test]
    fn how_often_it_was_moved_and_what_was_asked_changes_nothing(
        mut stops in proptest::collection::vec(0_i64..2 * 86_400, 0..20),
        ask in any::<bool>(),
    ) {
        let start = ny(DAY, 9, 0);
        let end = start + SECOND * (2 * 86_400);
        let once = market(3, start);
        once.advance(end);
        stops.sort_unstable();
        let often = market(3, start);
        for stop in stops {
            often.advance(start + SignedDuration::from_secs(stop));
            if ask {
                seen(&often);
            }
        }
        often.advance(end);
        prop_assert_eq!(seen(&once), seen(&often));
        prop_assert_eq!(once.health(), often.health());
    }
}

#[test]
fn a_start_at_eleven_has_the_bars_since_the_open_at_once() {
    let at = ny(DAY, 11, 0);
    let market = market(1, at);
    for config in &market.config().symbols {
        let bars = bars(&market, config.symbol);
        assert_eq!(bars.len(), 90);
        for (bar, minute) in bars.iter().zip(0..) {
            assert_eq!(
                bar.start,
                ny(DAY, 9, 30) + SignedDuration::from_mins(minute)
            );
            assert!(bar.low <= bar.open.min(bar.close) && bar.high >= bar.open.max(bar.close));
            assert!(bar.low.is_positive() && bar.volume > 0);
        }
    }
    let later = market_moved(&market, at + SECOND * 59);
    assert_eq!(later, 90);
    assert_eq!(market_moved(&market, at + SECOND * 60), 91);
}

/// How many bars of the first symbol there are after an advance.
fn market_moved(market: &SyntheticMarket, now: Timestamp) -> usize {
    market.advance(now);
    bars(market, market.config().symbols[0].symbol).len()
}

// R57
#[test]
fn no_bar_and_no_quote_is_seen_before_its_time_and_bars_never_change() {
    let market = market(5, ny(DAY, 9, 0));
    let spy = symbol("SPY");
    let mut before: Vec<Bar> = Vec::new();
    let mut now = ny(DAY, 9, 0);
    while now < ny(DAY, 16, 30) {
        now += SECOND * 37;
        market.advance(now);
        let bars = bars(&market, spy);
        assert!(bars.starts_with(&before));
        assert!(bars.iter().all(|bar| bar.start + SECOND * 60 <= now));
        let quote = market.snapshot(&Instrument::Equity(spy));
        assert!(quote.is_none_or(|quote| quote.at <= now));
        assert_eq!(quote.is_some(), now >= ny(DAY, 9, 30));
        before = bars;
    }
    assert_eq!(before.len(), 390);
}

#[test]
fn a_bar_holds_the_prices_that_were_quoted_in_its_minute() {
    let market = market(5, ny(DAY, 9, 30));
    let spy = symbol("SPY");
    let mut mids = Vec::new();
    let mut now = ny(DAY, 10, 0);
    for _ in 0..20 {
        market.advance(now);
        let quote = market.snapshot(&Instrument::Equity(spy)).unwrap();
        assert_eq!((quote.at, quote.source), (now, Source::Synthetic));
        mids.push(quote.mid());
        now += SECOND * 3;
    }
    market.advance(now);
    let bar = *bars(&market, spy).last().unwrap();
    assert_eq!(bar.start, ny(DAY, 10, 0));
    let near = |price: Price, mid: Price| (price - mid).abs() <= Price::from_ten_thousandths(200);
    assert!(near(bar.open, mids[0]) && near(bar.close, mids[19]));
    assert!(near(bar.high, *mids.iter().max().unwrap()));
    assert!(near(bar.low, *mids.iter().min().unwrap()));
}

#[test]
fn outside_of_sessions_the_last_quote_keeps_its_time() {
    let friday = date(2026, 9, 18);
    let market = market(2, ny(friday, 15, 59));
    let spy = Instrument::Equity(symbol("SPY"));
    market.advance(ny(friday, 16, 0));
    let last = market.snapshot(&spy).unwrap();
    assert!(calendar::session_on(friday).unwrap().contains(last.at));
    let monday = date(2026, 9, 21);
    for later in [
        ny(friday, 20, 0),
        ny(date(2026, 9, 19), 12, 0),
        ny(monday, 9, 29),
    ] {
        market.advance(later);
        assert_eq!(market.snapshot(&spy), Some(last));
        assert_eq!(chain(&market, symbol("SPY")).spot, Some(last));
    }
    assert_eq!(bars(&market, symbol("SPY")), []);
    market.advance(ny(monday, 9, 30));
    let first = market.snapshot(&spy).unwrap();
    assert_eq!(first.at, ny(monday, 9, 30));
    let gap = (first.mid() - last.mid()).abs();
    assert!(gap > Price::from_ten_thousandths(100), "{gap}");
}

#[test]
fn a_short_session_ends_at_its_close() {
    let day = date(2026, 11, 27);
    let market = market(2, ny(day, 9, 30));
    market.advance(ny(day, 15, 0));
    assert_eq!(bars(&market, symbol("SPY")).len(), 210);
    let quote = market.snapshot(&Instrument::Equity(symbol("SPY"))).unwrap();
    assert_eq!(quote.at, ny(day, 13, 0) - SECOND * 3);
    assert_eq!(
        market.next_due(ny(day, 12, 59)),
        Some(ny(day, 12, 59) + SECOND * 3)
    );
    assert_eq!(
        market.next_due(ny(day, 13, 0)),
        Some(ny(date(2026, 11, 30), 9, 30))
    );
}

#[test]
fn a_start_without_a_session_waits_for_the_next_open() {
    let market = market(2, ny(date(2026, 9, 19), 12, 0));
    let spy = Instrument::Equity(symbol("SPY"));
    assert_eq!(market.snapshot(&spy), None);
    assert_eq!(chain(&market, symbol("SPY")).quotes, []);
    let open = ny(date(2026, 9, 21), 9, 30);
    assert_eq!(market.next_due(ny(date(2026, 9, 19), 12, 0)), Some(open));
    market.advance(open);
    assert_eq!(market.snapshot(&spy).unwrap().at, open);
}

#[test]
fn what_is_due_next_is_when_something_changes() {
    let market = market(4, ny(DAY, 9, 0));
    let mut now = ny(DAY, 9, 0);
    let mut before = market.health();
    for _ in 0..500 {
        let due = market.next_due(now).unwrap();
        assert!(due > now);
        market.advance(due - SignedDuration::from_millis(1));
        assert_eq!(market.health(), before);
        market.advance(due);
        let after = market.health();
        assert_ne!(after, before);
        assert_eq!(after.newest, Some(due));
        (now, before) = (due, after);
    }
}

#[test]
fn another_symbol_is_unknown() {
    let market = market(4, ny(DAY, 10, 0));
    let other = symbol("ZZZ");
    assert_eq!(
        block_on(market.chain(other)),
        Err(FeedError::Unknown(other))
    );
    assert_eq!(block_on(market.bars(other)), Err(FeedError::Unknown(other)));
    assert_eq!(market.snapshot(&Instrument::Equity(other)), None);
}

#[test]
fn the_day_is_u_shaped() {
    let days = sessions(plain(0.3), 11, 40);
    let variance = |from: usize, to: usize| {
        let changes = days.iter().flat_map(|bars| &bars[from..to]).map(change);
        let squares: Vec<f64> = changes.map(|change| change * change).collect();
        squares.iter().sum::<f64>() / f64::from(u32::try_from(squares.len()).unwrap())
    };
    let (open, noon, close) = (variance(0, 30), variance(180, 210), variance(360, 390));
    for (edge, name) in [(open, "open"), (close, "close")] {
        let ratio = edge / noon;
        assert!((2.0..3.6).contains(&ratio), "{name}: {ratio}");
    }
}

#[test]
fn a_year_of_days_has_the_volatility_that_was_asked_for() {
    for vol in [0.15, 0.6] {
        let mut config = plain(vol);
        config.step_s = 60;
        let days = sessions(config, 12, 252);
        let closes: Vec<f64> = days
            .iter()
            .map(|bars| bars[bars.len() - 1].close.to_f64())
            .collect();
        let squares = closes
            .windows(2)
            .map(|pair| (pair[1] / pair[0]).ln().powi(2));
        let found = (squares.sum::<f64>() / 251.0 * 252.0).sqrt();
        assert!(
            (found / vol - 1.0).abs() < 0.12,
            "{found} where {vol} was asked for"
        );
    }
}

#[test]
fn trends_make_hours_go_farther_than_chance_would() {
    let hours = |trend: f64| {
        let mut config = plain(0.3);
        config.symbols[0].trend = trend;
        let days = sessions(config, 13, 60);
        let hours = days.iter().flat_map(|bars| bars.chunks_exact(60));
        let squares = hours.map(|hour| {
            (hour[59].close.to_f64() / hour[0].open.to_f64())
                .ln()
                .powi(2)
        });
        squares.sum::<f64>().sqrt()
    };
    let ratio = hours(1.5) / hours(0.0);
    assert!((1.2..2.0).contains(&ratio), "{ratio}");
}

#[test]
fn jumps_are_as_many_as_were_asked_for() {
    let mut config = plain(0.1);
    config.symbols[0].jumps_per_day = 2.0;
    config.symbols[0].jump_size = 0.05;
    let days = sessions(config, 14, 100);
    // A minute of a tenth of volatility moves a twentieth of a per cent; a jump is far beyond it.
    let jumps = days
        .iter()
        .flatten()
        .filter(|bar| change(bar).abs() > 0.005)
        .count();
    assert!((140..230).contains(&jumps), "{jumps}");
}

#[test]
fn a_configuration_that_makes_no_market_is_refused_by_name() {
    let refused = |change: fn(&mut SyntheticConfig)| {
        let mut config = SyntheticConfig::default();
        change(&mut config);
        SyntheticMarket::new(config, 1, ny(DAY, 10, 0)).unwrap_err()
    };
    assert_eq!(
        refused(|config| config.symbols.clear()),
        SyntheticError::NoSymbols
    );
    let twice = refused(|config| config.symbols[1] = config.symbols[0].clone());
    assert_eq!(twice, SyntheticError::Twice(symbol("SPY")));
    assert_eq!(refused(|config| config.step_s = 7), SyntheticError::Step(7));
    assert_eq!(refused(|config| config.step_s = 0), SyntheticError::Step(0));
    let text = refused(|config| config.symbols[2].vol = f64::NAN).to_string();
    assert_eq!(text, "vol of NVDA is NaN; it must lie between 0.05 and 2");
    let text = refused(|config| config.symbols[0].price = Price::ZERO).to_string();
    assert_eq!(text, "price of SPY is 0; it must lie between 5 and 5000");
    for text in [
        refused(|config| config.rate = 3.0).to_string(),
        refused(|config| config.strikes = 0).to_string(),
        refused(|config| config.weeklies = 0).to_string(),
        refused(|config| config.monthlies = 99).to_string(),
    ] {
        assert!(text.contains("it must lie between"), "{text}");
    }
    let error = SyntheticMarket::new(SyntheticConfig::default(), 1, Timestamp::MAX).unwrap_err();
    assert_eq!(error, SyntheticError::NoSession);
}

/// Names read from a configuration, to show that a symbol is never assumed.
#[test]
fn every_default_symbol_is_there() {
    let names: Vec<Symbol> = SyntheticConfig::default()
        .symbols
        .iter()
        .map(|each| each.symbol)
        .collect();
    assert_eq!(names, ["SPY", "AAPL", "NVDA"].map(symbol));
}
