//! Synthetic chains: no free lunch, a smile, and spreads that widen where they should.

use std::collections::BTreeMap;

use countersign_desk::ports::{ChainQuote, MarketData};
use countersign_domain::{
    calendar,
    increment::increment,
    instrument::{Instrument, OptionContract, Right},
    money::Price,
    quote::Quote,
    structure::{Leg, Side},
};
use countersign_feeds::{
    Feed,
    synthetic::{SymbolConfig, SyntheticConfig, SyntheticMarket},
};
use countersign_pricing::{Terms, implied_vol_one};
use jiff::{SignedDuration, Timestamp, civil::date};

use crate::{
    chain, ny, symbol,
    synthetic::{DAY, market},
};

const SEEDS: std::ops::Range<u64> = 0..6;

/// Every chain of a few markets, with the underlying's quote.
fn chains() -> Vec<(Quote, Vec<ChainQuote>)> {
    let times = [
        ny(DAY, 9, 30),
        ny(DAY, 12, 17),
        ny(date(2026, 9, 18), 15, 58),
    ];
    let mut chains = Vec::new();
    for seed in SEEDS {
        for at in times {
            let market = market(seed, at);
            for config in &market.config().symbols {
                let chain = chain(&market, config.symbol);
                chains.push((chain.spot.unwrap(), chain.quotes));
            }
        }
    }
    chains
}

/// The quotes of one right and expiry, by strike.
fn by_strike(quotes: &[ChainQuote]) -> BTreeMap<(jiff::civil::Date, Right), Vec<ChainQuote>> {
    let mut groups: BTreeMap<_, Vec<ChainQuote>> = BTreeMap::new();
    for each in quotes {
        let key = (each.contract.expiry, each.contract.right);
        groups.entry(key).or_default().push(*each);
    }
    groups
}

#[test]
fn a_chain_has_about_200_contracts_that_all_trade() {
    for (_, quotes) in chains() {
        assert!((150..260).contains(&quotes.len()), "{}", quotes.len());
        assert!(quotes.is_sorted_by_key(|each| each.contract));
        let mut expiries: Vec<_> = quotes.iter().map(|each| each.contract.expiry).collect();
        expiries.dedup();
        expiries.sort_unstable();
        expiries.dedup();
        assert_eq!(expiries.len(), 6);
        assert!(
            expiries
                .iter()
                .all(|expiry| calendar::session_on(*expiry).is_some())
        );
    }
}

#[test]
fn every_bid_is_below_its_ask_on_the_increment_of_its_price() {
    for (_, quotes) in chains() {
        for ChainQuote { contract, quote } in quotes {
            assert!(quote.bid < quote.ask, "{contract} {quote:?}");
            assert!(!quote.bid.is_negative() && quote.ask_size > 0);
            assert_eq!(quote.bid.is_zero(), quote.bid_size == 0);
            let leg = Leg {
                instrument: Instrument::Option(contract),
                ratio: 1,
                side: Side::Buy,
            };
            for side in [quote.bid, quote.ask] {
                let step = increment(&[leg], side);
                assert_eq!(side.down_to(step), side, "{contract} {quote:?}");
            }
        }
    }
}

#[test]
fn no_option_can_be_bought_and_exercised_at_a_profit_nor_sold_above_its_bound() {
    for (spot, quotes) in chains() {
        for ChainQuote { contract, quote } in quotes {
            let exercised = match contract.right {
                Right::Call => spot.bid - contract.strike,
                Right::Put => contract.strike - spot.ask,
            };
            assert!(quote.ask >= exercised, "{contract} {quote:?} {spot:?}");
            let bound = match contract.right {
                Right::Call => spot.ask,
                Right::Put => contract.strike,
            };
            assert!(quote.bid <= bound, "{contract} {quote:?} {spot:?}");
        }
    }
}

#[test]
fn no_vertical_costs_nothing_or_more_than_its_width_and_no_butterfly_pays_to_be_bought() {
    for (_, quotes) in chains() {
        for ((_, right), group) in by_strike(&quotes) {
            for pair in group.windows(2) {
                let (near, far) = match right {
                    Right::Call => (pair[0], pair[1]),
                    Right::Put => (pair[1], pair[0]),
                };
                let debit = near.quote.ask - far.quote.bid;
                assert!(debit.is_positive(), "{near:?} {far:?}");
                let width = (near.contract.strike - far.contract.strike).abs();
                let credit = near.quote.bid - far.quote.ask;
                assert!(credit <= width, "{near:?} {far:?}");
            }
            for wings in group.windows(3) {
                let [low, body, high] = [wings[0].quote, wings[1].quote, wings[2].quote];
                let cost = low.ask + high.ask - body.bid - body.bid;
                assert!(!cost.is_negative(), "{wings:?}");
            }
        }
    }
}

#[test]
fn calls_and_puts_keep_parity_within_their_spreads() {
    for (spot, quotes) in chains() {
        let quotes: BTreeMap<OptionContract, Quote> = quotes
            .iter()
            .map(|each| (each.contract, each.quote))
            .collect();
        for (contract, call) in quotes.iter().filter(|(each, _)| each.right == Right::Call) {
            let put = &quotes[&OptionContract {
                right: Right::Put,
                ..*contract
            }];
            let years = years(contract, spot.at);
            let (spot_mid, strike) = (spot.mid().to_f64(), contract.strike.to_f64());
            let difference = call.mid().to_f64() - put.mid().to_f64();
            let half_spreads = (call.spread() + put.spread() + spot.spread()).to_f64() / 2.0;
            // American options keep it as two bounds (Merton, 1973).
            let least = spot_mid * (-0.01 * years).exp() - strike - half_spreads;
            let most = spot_mid - strike * (-0.04 * years).exp() + half_spreads;
            assert!(
                (least..=most).contains(&difference),
                "{contract}: {least} {difference} {most}"
            );
        }
    }
}

fn years(contract: &OptionContract, at: Timestamp) -> f64 {
    let left = contract.last_trading().unwrap().duration_since(at);
    left.as_secs_f64() / (365.0 * 86_400.0)
}

/// Implied volatility of the mid.
fn volatility(each: &ChainQuote, spot: Price) -> f64 {
    let contract = &each.contract;
    let terms = Terms {
        spot: spot.to_f64(),
        strike: contract.strike.to_f64(),
        years: years(contract, each.quote.at),
        rate: 0.04,
        dividend_yield: 0.01,
        right: match contract.right {
            Right::Call => countersign_pricing::Right::Call,
            Right::Put => countersign_pricing::Right::Put,
        },
    };
    implied_vol_one(&terms, each.quote.mid().to_f64()).unwrap()
}

/// The quote whose strike is nearest to `strike`.
fn nearest(group: &[ChainQuote], strike: f64) -> ChainQuote {
    let distance = |each: &&ChainQuote| (each.contract.strike.to_f64() - strike).abs();
    *group
        .iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap()
}

#[test]
fn puts_far_below_the_money_are_richer_than_at_it_and_short_options_richer_than_long() {
    for seed in SEEDS {
        let market = market(seed, ny(DAY, 12, 0));
        let chain = chain(&market, symbol("SPY"));
        let spot = chain.spot.unwrap().mid();
        let groups = by_strike(&chain.quotes);
        let puts: Vec<_> = groups
            .iter()
            .filter(|((_, right), _)| *right == Right::Put)
            .collect();
        let at_money = |index: usize| volatility(&nearest(puts[index].1, spot.to_f64()), spot);
        let below = volatility(&puts[3].1[0], spot);
        assert!(below > at_money(3) * 1.05, "{below} {}", at_money(3));
        assert!(
            at_money(0) > at_money(5) * 1.01,
            "{} {}",
            at_money(0),
            at_money(5)
        );
        assert!((at_money(5) / 0.16 - 1.0).abs() < 0.12, "{}", at_money(5));
    }
}

/// The calls at the open of a market whose prices are so high that a tick is nothing, one list for
/// each expiry, and the price of the underlying.
fn dear_calls(seed: u64, vol: f64) -> (Vec<Vec<ChainQuote>>, f64) {
    let price = Price::from_micros(5_000_000_000);
    let config = SyntheticConfig {
        symbols: vec![SymbolConfig::new(symbol("DEAR"), price, vol)],
        ..SyntheticConfig::default()
    };
    let market = SyntheticMarket::new(config, seed, ny(DAY, 9, 30)).unwrap();
    let chain = chain(&market, symbol("DEAR"));
    let groups = by_strike(&chain.quotes).into_iter();
    let calls = groups.filter_map(|((_, right), group)| (right == Right::Call).then_some(group));
    (calls.collect(), chain.spot.unwrap().mid().to_f64())
}

/// The spread as a part of the price.
fn part(quote: Quote) -> f64 {
    quote.spread().to_f64() / quote.mid().to_f64()
}

#[test]
fn spreads_widen_away_from_the_money_on_both_sides() {
    for seed in SEEDS {
        let (calls, spot) = dear_calls(seed, 0.1);
        for group in &calls[..4] {
            let at_money = part(nearest(group, spot).quote);
            for far in [group[0].quote, group[group.len() - 1].quote] {
                assert!(part(far) > at_money * 1.2, "{far:?} {at_money}");
            }
        }
    }
}

#[test]
fn spreads_widen_with_time_to_expiry() {
    for seed in SEEDS {
        // So volatile that every listed strike is near the money.
        let (calls, spot) = dear_calls(seed, 2.0);
        let parts: Vec<f64> = calls
            .iter()
            .map(|group| part(nearest(group, spot).quote))
            .collect();
        assert!(parts[5] > parts[0] * 1.1, "{parts:?}");
    }
}

#[test]
fn spreads_at_the_money_are_tradable() {
    for seed in SEEDS {
        let market = market(seed, ny(DAY, 12, 0));
        for config in &market.config().symbols {
            let chain = chain(&market, config.symbol);
            let spot = chain.spot.unwrap().mid().to_f64();
            for group in by_strike(&chain.quotes).into_values() {
                let quote = nearest(&group, spot).quote;
                assert!(quote.spread_bps() <= 500, "{} bps", quote.spread_bps());
                assert!(quote.bid_size >= 10 && quote.ask_size >= 10);
            }
        }
    }
}

#[test]
fn spreads_are_wider_at_the_open_than_at_noon() {
    let wide = |hour| {
        let total = SEEDS.map(|seed| {
            let market = market(seed, ny(DAY, hour, 30));
            let chain = chain(&market, symbol("NVDA"));
            let parts = chain
                .quotes
                .iter()
                .map(|each| each.quote.spread_bps().min(10_000));
            parts.sum::<u32>() / u32::try_from(chain.quotes.len()).unwrap()
        });
        total.sum::<u32>()
    };
    assert!(wide(9) > wide(12), "{} {}", wide(9), wide(12));
}

#[test]
fn a_contract_is_quoted_until_it_stops_trading_and_no_longer() {
    let expiry = date(2026, 9, 18);
    let market = market(1, ny(expiry, 15, 50));
    let spot = chain(&market, symbol("SPY")).spot.unwrap().mid();
    let strike = spot.down_to(Price::from_micros(5_000_000));
    let call = OptionContract::new(symbol("SPY"), expiry, Right::Call, strike).unwrap();
    let call = Instrument::Option(call);
    market.advance(ny(expiry, 15, 59));
    assert_eq!(market.snapshot(&call).unwrap().at, ny(expiry, 15, 59));
    market.advance(ny(expiry, 16, 0));
    let last = market.snapshot(&call).unwrap();
    assert!(last.at < ny(expiry, 16, 0));
    let intrinsic = (spot_at(&market) - strike).max(Price::ZERO);
    let off = (last.mid() - intrinsic).abs();
    assert!(off < Price::from_micros(500_000), "{off}");
    market.advance(ny(date(2026, 9, 21), 9, 30));
    assert_eq!(market.snapshot(&call), None);
}

fn spot_at(market: &SyntheticMarket) -> Price {
    let spy = Instrument::Equity(symbol("SPY"));
    market.snapshot(&spy).unwrap().mid()
}

#[test]
fn a_contract_listed_once_is_quoted_on_later_days_wherever_the_price_went() {
    let market = market(9, ny(DAY, 9, 30));
    let listed = chain(&market, symbol("NVDA")).quotes;
    let late: Vec<_> = listed
        .iter()
        .map(|each| each.contract)
        .filter(|contract| contract.expiry > date(2026, 9, 25))
        .collect();
    assert!(late.len() > 100);
    for days in 1..10 {
        let now = ny(DAY, 12, 0) + SignedDuration::from_hours(24 * days);
        market.advance(now);
        for contract in &late {
            assert!(
                market.snapshot(&Instrument::Option(*contract)).is_some(),
                "{contract}"
            );
        }
    }
}

#[test]
fn what_was_never_listed_is_not_quoted() {
    let market = market(9, ny(DAY, 12, 0));
    let quoted = |osi: &str| market.snapshot(&Instrument::Option(crate::contract(osi)));
    assert!(quoted("SPY   260918C00600000").is_some());
    // A Thursday; a past week; a strike between two; far away; far ahead; another root.
    for osi in [
        "SPY   260917C00600000",
        "SPY   260911C00600000",
        "SPY   260918C00600125",
        "SPY   260918C09000000",
        "SPY   281215C00600000",
        "XYZ   260918C00600000",
    ] {
        assert_eq!(quoted(osi), None, "{osi}");
    }
}
