//! From rows to contracts that can be chosen from.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::{calendar, instrument, instrument::Symbol};
use countersign_pricing as pricing;
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{Basis, Chain, ChainParams, Clean, Dropped, Expiry, Priced, Row, parity};

/// Keeps the rows that can be believed at `now`, and gives each its volatility and delta.
///
/// A quote is kept when both its sides are there and not crossed and it is at most `oldest` old;
/// one from the future is left out like a stale one, so what comes after `now` changes nothing.
/// Options are valued as European ones on the mid.
pub fn clean(chain: &Chain, params: &ChainParams, oldest: SignedDuration, now: Timestamp) -> Clean {
    let mut dropped = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut kept: BTreeMap<(Date, Symbol), Vec<Row>> = BTreeMap::new();
    for row in &chain.rows {
        let why = fault(row, chain.underlying, oldest, now)
            .or_else(|| (!known.insert(row.contract)).then_some(Dropped::Duplicate));
        match why {
            Some(why) => note(&mut dropped, why, 1),
            None => kept
                .entry((row.contract.expiry, row.contract.root))
                .or_default()
                .push(*row),
        }
    }
    let mut expiries = Vec::new();
    for rows in kept.into_values() {
        match measure(&rows, chain, params, now) {
            Ok(expiry) => {
                let lost = rows.len().saturating_sub(expiry.contracts.len());
                note(&mut dropped, Dropped::NoVolatility, lost);
                expiries.push(expiry);
            }
            Err(why) => note(&mut dropped, why, rows.len()),
        }
    }
    expiries.retain(|expiry| !expiry.contracts.is_empty());
    Clean {
        underlying: chain.underlying,
        expiries,
        seen: chain.rows.len(),
        dropped,
    }
}

fn note(dropped: &mut BTreeMap<Dropped, usize>, why: Dropped, rows: usize) {
    if rows > 0 {
        let count = dropped.entry(why).or_insert(0);
        *count = count.saturating_add(rows);
    }
}

/// What is wrong with one row by itself.
fn fault(row: &Row, underlying: Symbol, oldest: SignedDuration, now: Timestamp) -> Option<Dropped> {
    if row.contract.is_adjusted() {
        Some(Dropped::Adjusted)
    } else if row.contract.underlying() != underlying {
        Some(Dropped::OtherUnderlying)
    } else if row.contract.last_trading().is_none_or(|end| end <= now) {
        Some(Dropped::Expired)
    } else {
        row.quote.check(now, oldest).err().map(Dropped::Quote)
    }
}

/// Volatility and delta of the rows of one expiry, which all passed [`fault`].
fn measure(
    rows: &[Row],
    chain: &Chain,
    params: &ChainParams,
    now: Timestamp,
) -> Result<Expiry, Dropped> {
    let contract = rows.first().ok_or(Dropped::Expired)?.contract;
    let last_trading = contract.last_trading().ok_or(Dropped::Expired)?;
    let years = pricing::years(last_trading.duration_since(now).as_secs_f64());
    let (spot, basis) = underlying(rows, chain, params, years)?;
    let mut contracts: Vec<Priced> = rows
        .iter()
        .filter_map(|row| priced(row, spot, years, params.rate))
        .collect();
    contracts.sort_by_key(|priced| (priced.contract.right, priced.contract.strike));
    Ok(Expiry {
        root: contract.root,
        date: contract.expiry,
        last_trading,
        days_left: contract.days_left(calendar::market_date(now)),
        years,
        spot,
        basis,
        contracts,
    })
}

/// The underlying's price without the dividends until expiry, and where it came from.
fn underlying(
    rows: &[Row],
    chain: &Chain,
    params: &ChainParams,
    years: f64,
) -> Result<(f64, Basis), Dropped> {
    let spot = chain.spot.to_f64();
    let discount = (-params.rate * years).exp();
    match parity::implied_spot(rows, spot, discount, params.parity_pairs) {
        Some((implied, _)) if ((implied / spot) - 1.0).abs() > params.parity_off_most => {
            Err(Dropped::OffParity)
        }
        Some(found) => Ok(found),
        None => Ok((spot * (-params.dividend_yield * years).exp(), Basis::Spot)),
    }
}

fn priced(row: &Row, spot: f64, years: f64, rate: f64) -> Option<Priced> {
    let terms = pricing::Terms {
        spot,
        strike: row.contract.strike.to_f64(),
        years,
        rate,
        dividend_yield: 0.0,
        right: match row.contract.right {
            instrument::Right::Call => pricing::Right::Call,
            instrument::Right::Put => pricing::Right::Put,
        },
    };
    let iv = pricing::implied_vol_one(&terms, row.quote.mid().to_f64()).ok()?;
    Some(Priced {
        contract: row.contract,
        quote: row.quote,
        iv,
        delta: pricing::value_one(&terms, iv).delta,
    })
}
