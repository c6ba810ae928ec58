//! The scripted market shows what was set, when it was set for.

use countersign_desk::ports::{FeedError, MarketData};
use countersign_domain::{
    instrument::Instrument,
    money::Price,
    quote::{Bar, Quote, Source},
};
use countersign_feeds::{Feed, scripted::ScriptedMarket};
use futures::executor::block_on;
use jiff::Timestamp;

use crate::{
    bars, chain, contract,
    fixture::{CALL_OSI, DAY},
    ny, symbol,
};

fn quote(at: Timestamp, cents: i64) -> Quote {
    Quote {
        bid: Price::from_ten_thousandths(cents * 100),
        ask: Price::from_ten_thousandths(cents * 100 + 500),
        bid_size: 10,
        ask_size: 10,
        at,
        source: Source::Scripted,
    }
}

fn bar(start: Timestamp) -> Bar {
    let price = Price::from_ten_thousandths(7_500_000);
    Bar {
        start,
        open: price,
        high: price,
        low: price,
        close: price,
        volume: 100,
    }
}

#[test]
fn a_quote_set_now_shows_at_once_and_one_set_for_later_shows_then() {
    let (now, later) = (ny(DAY, 10, 0), ny(DAY, 10, 5));
    let market = ScriptedMarket::new(now);
    let call = Instrument::Option(contract(CALL_OSI));
    assert_eq!(market.snapshot(&call), None);
    market.set_quote(call, quote(now, 500));
    market.script_quote(later, call, quote(later, 600));
    assert_eq!(market.snapshot(&call), Some(quote(now, 500)));
    assert_eq!(market.next_due(now), Some(later));

    market.advance(later);
    assert_eq!(market.snapshot(&call), Some(quote(later, 600)));
    assert_eq!(chain(&market, symbol("GOOG")).quotes.len(), 1);
    assert_eq!(market.next_due(later), None);
    assert_eq!(market.health().newest, Some(later));

    market.clear_quote(call);
    assert_eq!(market.snapshot(&call), None);
    assert_eq!(chain(&market, symbol("GOOG")).quotes, []);
}

#[test]
fn a_bar_shows_when_its_minute_has_ended() {
    let market = ScriptedMarket::new(ny(DAY, 10, 0));
    market.push_bar(symbol("GOOG"), bar(ny(DAY, 10, 0)));
    market.advance(ny(DAY, 10, 0));
    assert_eq!(bars(&market, symbol("GOOG")), []);
    assert_eq!(market.next_due(ny(DAY, 10, 0)), Some(ny(DAY, 10, 1)));
    market.advance(ny(DAY, 10, 1));
    assert_eq!(bars(&market, symbol("GOOG")).len(), 1);
    let tomorrow = DAY.tomorrow().unwrap();
    market.advance(ny(tomorrow, 10, 0));
    assert_eq!(bars(&market, symbol("GOOG")), []);
}

#[test]
fn an_outage_makes_chains_and_bars_unreachable_and_leaves_quotes_to_age() {
    let now = ny(DAY, 10, 0);
    let market = ScriptedMarket::new(now);
    let shares = Instrument::Equity(symbol("GOOG"));
    market.set_quote(shares, quote(now, 75_000));
    market.set_outage(Some("line down"));
    let down = FeedError::Unreachable("line down".into());
    assert_eq!(block_on(market.chain(symbol("GOOG"))), Err(down.clone()));
    assert_eq!(block_on(market.bars(symbol("GOOG"))), Err(down));
    assert_eq!(market.snapshot(&shares), Some(quote(now, 75_000)));
    market.set_outage(None);
    assert_eq!(
        chain(&market, symbol("GOOG")).spot,
        Some(quote(now, 75_000))
    );
}

#[test]
fn what_was_never_set_is_unknown_and_what_is_watched_is_remembered() {
    let market = ScriptedMarket::new(ny(DAY, 10, 0));
    let unknown = FeedError::Unknown(symbol("SPY"));
    assert_eq!(block_on(market.chain(symbol("SPY"))), Err(unknown));
    let call = Instrument::Option(contract(CALL_OSI));
    market.watch(&[call]);
    assert_eq!(market.watched(), [call]);
}
