//! Strikes by delta, among what trades well enough.

use countersign_domain::{
    instrument::{Instrument, Right},
    money::Price,
    signal::{Direction, Veto},
    structure::{Leg, Side, Structure},
};
use jiff::{SignedDuration, Timestamp};

use super::{SelectParams, Shape, liquidity};
use crate::chain::{Expiry, Priced};

/// A structure and the contracts in it, in the order of its legs.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// What would be traded.
    pub structure: Structure,
    /// Its contracts with quotes, volatilities and deltas.
    pub legs: Vec<Priced>,
}

/// What is asked of one leg.
struct Wanted {
    right: Right,
    delta: f64,
    /// Only strikes further out of the money than this.
    beyond: Option<Price>,
}

/// Who selects: the parameters, and the time by which quotes are judged.
#[derive(Clone, Copy, Debug)]
pub struct Selector<'a> {
    /// The parameters.
    pub params: &'a SelectParams,
    /// The oldest that a quote may be.
    pub oldest: SignedDuration,
    /// The desk's time.
    pub now: Timestamp,
}

impl Selector<'_> {
    /// Puts an idea into contracts of one expiry.
    ///
    /// The first leg is the contract whose delta is nearest to its target; the second one the same
    /// among the strikes further out of the money. Contracts that trade too thinly are passed over
    /// as long as another one lies within the tolerance.
    ///
    /// # Errors
    ///
    /// - [`Veto::NoContract`]: no strike has such a delta; another expiry or shape may.
    /// - [`Veto::Liquidity`]: those that have it trade too thinly; names the nearest, with figures.
    pub fn pick(&self, expiry: &Expiry, direction: Direction, shape: Shape) -> Result<Pick, Veto> {
        let (bought, sold) = match direction {
            Direction::Bullish => (Right::Call, Right::Put),
            Direction::Bearish => (Right::Put, Right::Call),
        };
        let choose = |right, delta, beyond| {
            let wanted = Wanted {
                right,
                delta,
                beyond,
            };
            self.nearest(expiry, &wanted)
        };
        let params = self.params;
        let legs = match shape {
            Shape::LongSingle => vec![(Side::Buy, choose(bought, params.long_delta, None)?)],
            Shape::DebitVertical => {
                let long = choose(bought, params.long_delta, None)?;
                let beyond = Some(long.contract.strike);
                let short = choose(bought, params.debit_short_delta, beyond)?;
                vec![(Side::Buy, long), (Side::Sell, short)]
            }
            Shape::CreditVertical => {
                let short = choose(sold, params.credit_short_delta, None)?;
                let beyond = Some(short.contract.strike);
                let long = choose(sold, params.credit_long_delta, beyond)?;
                vec![(Side::Sell, short), (Side::Buy, long)]
            }
        };
        build(&legs)
    }

    /// The contract nearest to the wanted delta that trades well enough.
    fn nearest<'a>(&self, expiry: &'a Expiry, wanted: &Wanted) -> Result<&'a Priced, Veto> {
        let off = |priced: &Priced| (priced.delta.abs() - wanted.delta).abs();
        let mut all: Vec<&Priced> = expiry
            .side(wanted.right)
            .filter(|priced| wanted.is_beyond(priced.contract.strike))
            .collect();
        all.sort_by(|a, b| off(a).total_cmp(&off(b)));
        let tolerance = self.params.delta_tolerance;
        let mut thin = None;
        for priced in all.iter().filter(|priced| off(priced) <= tolerance) {
            let liquidity = &self.params.liquidity;
            match liquidity::check(&priced.quote, liquidity, self.oldest, self.now) {
                Ok(()) => return Ok(priced),
                Err(fault) => thin = thin.or(Some((priced.contract, fault))),
            }
        }
        Err(match thin {
            Some((contract, fault)) => Veto::Liquidity {
                contract: contract.to_string(),
                fault: fault.to_string(),
            },
            None => Veto::NoContract {
                seen: all.len(),
                lacking: wanted.lacking(expiry, all.first().copied(), tolerance),
            },
        })
    }
}

fn build(legs: &[(Side, &Priced)]) -> Result<Pick, Veto> {
    let leg = |(side, priced): &(Side, &Priced)| Leg {
        instrument: Instrument::Option(priced.contract),
        side: *side,
        ratio: 1,
    };
    let structure =
        Structure::new(legs.iter().map(leg).collect()).map_err(|error| Veto::NoContract {
            seen: legs.len(),
            lacking: error.to_string(),
        })?;
    Ok(Pick {
        structure,
        legs: legs.iter().map(|(_, priced)| **priced).collect(),
    })
}

impl Wanted {
    /// True for a strike further out of the money than the bound, if there is one.
    fn is_beyond(&self, strike: Price) -> bool {
        self.beyond.is_none_or(|bound| match self.right {
            Right::Call => strike > bound,
            Right::Put => strike < bound,
        })
    }

    /// What no contract had, in figures.
    fn lacking(&self, expiry: &Expiry, nearest: Option<&Priced>, tolerance: f64) -> String {
        let right = match self.right {
            Right::Call => "call",
            Right::Put => "put",
        };
        let beyond = match self.beyond {
            Some(bound) => format!(" beyond {bound}"),
            None => String::new(),
        };
        let found = match nearest {
            Some(priced) => format!(
                "nearest is {:.2} at {}",
                priced.delta.abs(),
                priced.contract.strike
            ),
            None => "there is none".to_owned(),
        };
        format!(
            "a {right} of {}{beyond} with delta {:.2} ± {tolerance:.2}; {found}",
            expiry.date, self.delta
        )
    }
}
