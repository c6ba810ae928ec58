//! Greeks of a whole position, from its marks.

use countersign_domain::{
    instrument::{Instrument, OptionContract, Right},
    money::Price,
    position::Position,
    quote::Mark,
    view::PositionGreeks,
};
use countersign_pricing as pricing;
use jiff::Timestamp;

/// Dollars of as many shares as there are, as a float, are their count.
const ONE_DOLLAR: Price = Price::from_whole(1);

/// Greeks of a position at `spot` dollars, with the volatility that its marks imply; `None` when
/// a leg has no mark or its mark implies none.
pub fn position(
    position: &Position,
    marks: &[Option<Mark>],
    spot: f64,
    rate: f64,
    now: Timestamp,
) -> Option<PositionGreeks> {
    let mut total = PositionGreeks {
        delta: 0.0,
        gamma: 0.0,
        theta: 0.0,
        vega: 0.0,
    };
    for (holding, mark) in position.holdings.iter().zip(marks) {
        if holding.quantity == 0 {
            continue;
        }
        let count = holding
            .quantity
            .saturating_mul(holding.instrument.multiplier());
        let shares = ONE_DOLLAR.dollars(count).to_f64();
        let Instrument::Option(contract) = &holding.instrument else {
            total.delta += shares;
            continue;
        };
        let terms = terms(contract, spot, rate, now)?;
        let value = leg(&terms, mark.as_ref()?.price)?;
        total.delta += shares * value.delta;
        total.gamma += shares * value.gamma;
        total.theta += shares * value.theta;
        total.vega += shares * value.vega;
    }
    Some(total)
}

/// The formula's terms of a contract now.
pub fn terms(
    contract: &OptionContract,
    spot: f64,
    rate: f64,
    now: Timestamp,
) -> Option<pricing::Terms> {
    let seconds = contract.last_trading()?.duration_since(now).as_secs_f64();
    Some(pricing::Terms {
        spot,
        strike: contract.strike.to_f64(),
        years: pricing::years(seconds).max(0.0),
        rate,
        dividend_yield: 0.0,
        right: match contract.right {
            Right::Call => pricing::Right::Call,
            Right::Put => pricing::Right::Put,
        },
    })
}

/// Greeks of one contract per share at its mark. A mark with no time value left has the limits'
/// Greeks: delta of 0 or 1 and nothing else.
fn leg(terms: &pricing::Terms, mark: Price) -> Option<pricing::Valuation> {
    match pricing::implied_vol_one(terms, mark.to_f64()) {
        Ok(vol) => Some(pricing::value_one(terms, vol)),
        Err(pricing::IvError::AtIntrinsic | pricing::IvError::BelowIntrinsic) => {
            Some(pricing::value_one(terms, 0.0))
        }
        Err(_) => None,
    }
}
