//! Structures: what would be traded, as legs, with its exact payoff at expiry.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    instrument::{Instrument, OptionContract, Right, Symbol},
    money::{Price, Usd},
};

/// Buy or sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Pays.
    Buy,
    /// Receives.
    Sell,
}

impl Side {
    /// `1` for a buy, `-1` for a sell.
    pub const fn sign(self) -> i64 {
        match self {
            Self::Buy => 1,
            Self::Sell => -1,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }
}

/// One part of a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Leg {
    /// What is traded.
    pub instrument: Instrument,
    /// Whether the opening trade buys or sells it.
    pub side: Side,
    /// How many of it go into one unit of the structure; at least 1.
    pub ratio: u32,
}

impl Leg {
    /// Instruments gained by opening `units`: negative when sold.
    pub fn signed(&self, units: i64) -> i64 {
        i64::from(self.ratio)
            .saturating_mul(units)
            .saturating_mul(self.side.sign())
    }
}

/// The structures that the desk knows by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StructureKind {
    /// One call bought.
    LongCall,
    /// One put bought.
    LongPut,
    /// Call bought, call at a higher strike sold, same expiry: pays a debit, gains when it rises.
    BullCallSpread,
    /// Put bought, put at a lower strike sold: pays a debit, gains when it falls.
    BearPutSpread,
    /// Put sold, put at a lower strike bought: receives a credit, gains when it does not fall.
    BullPutSpread,
    /// Call sold, call at a higher strike bought: receives a credit, gains when it does not rise.
    BearCallSpread,
}

impl StructureKind {
    /// True when opening it receives money as a rule.
    pub const fn is_credit(self) -> bool {
        matches!(self, Self::BullPutSpread | Self::BearCallSpread)
    }
}

/// Why legs are no structure of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StructureError {
    /// The legs fit none of the kinds.
    #[error(
        "these legs are no structure that the desk trades: use a single long option or a vertical of one expiry"
    )]
    Unknown,
    /// A contract with a changed deliverable.
    #[error("{0} was adjusted by a corporate action and cannot be opened")]
    Adjusted(OptionContract),
}

/// Legs that are opened and closed as one, classified by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Leg>", into = "Vec<Leg>")]
pub struct Structure {
    kind: StructureKind,
    underlying: Symbol,
    legs: Vec<Leg>,
}

impl TryFrom<Vec<Leg>> for Structure {
    type Error = StructureError;

    fn try_from(legs: Vec<Leg>) -> Result<Self, StructureError> {
        Self::new(legs)
    }
}

impl From<Structure> for Vec<Leg> {
    fn from(structure: Structure) -> Self {
        structure.legs
    }
}

/// What a structure can lose and gain at expiry, per unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The most that can be lost, as a positive amount; zero when nothing can be.
    pub worst_loss: Usd,
    /// The most that can be gained, or `None` when there is no bound; negative when the price
    /// leaves no gain at all.
    pub max_gain: Option<Usd>,
    /// Prices of the underlying at which nothing is gained or lost, ascending; of a whole stretch
    /// of them, its ends.
    pub breakevens: Vec<Price>,
}

impl Structure {
    /// Classifies legs.
    ///
    /// # Errors
    ///
    /// [`StructureError::Unknown`] for legs of no kind.
    pub fn new(legs: Vec<Leg>) -> Result<Self, StructureError> {
        let kind = classify(&legs).ok_or(StructureError::Unknown)?;
        let first = legs.first().ok_or(StructureError::Unknown)?;
        Ok(Self {
            kind,
            underlying: first.instrument.underlying(),
            legs,
        })
    }

    /// Refuses contracts that no entry may use.
    ///
    /// # Errors
    ///
    /// [`StructureError::Adjusted`] names the first one with a changed deliverable.
    pub fn openable(&self) -> Result<(), StructureError> {
        match self.contracts().find(|contract| contract.is_adjusted()) {
            Some(contract) => Err(StructureError::Adjusted(*contract)),
            None => Ok(()),
        }
    }

    /// What it is called.
    pub const fn kind(&self) -> StructureKind {
        self.kind
    }

    /// Its legs, the first one first.
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// The same legs as an order that closes them.
    pub fn closing_legs(&self) -> Vec<Leg> {
        let close = |leg: &Leg| Leg {
            side: leg.side.opposite(),
            ..*leg
        };
        self.legs.iter().map(close).collect()
    }

    /// The option contracts in it.
    pub fn contracts(&self) -> impl Iterator<Item = &OptionContract> {
        self.legs.iter().filter_map(|leg| leg.instrument.option())
    }

    /// What moves it.
    pub const fn underlying(&self) -> Symbol {
        self.underlying
    }

    /// Shares per unit of a leg with ratio 1.
    pub fn multiplier(&self) -> i64 {
        self.legs
            .first()
            .map_or(1, |leg| leg.instrument.multiplier())
    }

    /// Instruments traded per unit, over all legs: what fees are counted by.
    pub fn contracts_per_unit(&self) -> i64 {
        let ratios = self.legs.iter().map(|leg| i64::from(leg.ratio));
        ratios.fold(0, i64::saturating_add)
    }

    /// The earliest instant at which trading in one of its contracts ends.
    pub fn last_trading(&self) -> Option<Timestamp> {
        self.contracts()
            .filter_map(OptionContract::last_trading)
            .min()
    }

    /// True when a leg is sold, so that it can be assigned.
    pub fn has_short_leg(&self) -> bool {
        self.legs.iter().any(|leg| leg.side == Side::Sell)
    }

    /// The payoff at expiry when it was opened at `net` per share (debit positive), before fees.
    ///
    /// Exact: the payoff is linear between strikes, so its extremes lie at zero, at a strike or
    /// at infinity (Hull, Options, Futures and Other Derivatives, ch. 12).
    pub fn risk(&self, net: Price) -> Risk {
        let mut points = vec![Price::ZERO];
        points.extend(self.contracts().map(|contract| contract.strike));
        points.sort_unstable();
        points.dedup();
        let profits: Vec<_> = points
            .iter()
            .map(|spot| (*spot, self.profit(*spot, net)))
            .collect();
        let least = profits
            .iter()
            .map(|(_, profit)| *profit)
            .min()
            .unwrap_or_default();
        let most = profits
            .iter()
            .map(|(_, profit)| *profit)
            .max()
            .unwrap_or_default();
        let slope = self.slope_above();
        Risk {
            worst_loss: (-least).max(Price::ZERO).dollars(self.multiplier()),
            max_gain: (slope <= 0).then(|| most.dollars(self.multiplier())),
            breakevens: breakevens(&profits, slope),
        }
    }

    /// Profit per share at expiry with the underlying at `spot`, opened at `net`, before fees.
    pub fn profit(&self, spot: Price, net: Price) -> Price {
        let value = |leg: &Leg| {
            let each = match &leg.instrument {
                Instrument::Option(contract) => contract.intrinsic(spot),
                Instrument::Equity(_) => spot,
            };
            each.times(leg.signed(1))
        };
        self.legs.iter().map(value).sum::<Price>() - net
    }

    /// Dollars gained per dollar that the underlying rises above all strikes.
    fn slope_above(&self) -> i64 {
        let calls = self.legs.iter().filter(|leg| {
            leg.instrument
                .option()
                .is_none_or(|contract| contract.right == Right::Call)
        });
        calls.map(|leg| leg.signed(1)).fold(0, i64::saturating_add)
    }
}

fn breakevens(profits: &[(Price, Price)], slope_above: i64) -> Vec<Price> {
    let mut found: Vec<Price> = profits
        .iter()
        .filter(|(_, profit)| profit.is_zero())
        .map(|(spot, _)| *spot)
        .collect();
    for pair in profits.windows(2) {
        if let [(low, at_low), (high, at_high)] = pair
            && at_low.is_negative() != at_high.is_negative()
        {
            let share = at_low
                .abs()
                .decimal()
                .checked_div((*at_high - *at_low).abs().decimal());
            found.extend(share.map(|share| *low + (*high - *low).scaled(share)));
        }
    }
    if let Some((last, profit)) = profits.last()
        && slope_above != 0
        && profit.is_negative() == (slope_above > 0)
        && !profit.is_zero()
    {
        let run = profit
            .abs()
            .decimal()
            .checked_div(Decimal::from(slope_above.unsigned_abs()));
        found.extend(
            run.and_then(|run| Price::try_from(run.round_dp(6)).ok())
                .map(|run| *last + run),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn classify(legs: &[Leg]) -> Option<StructureKind> {
    match legs {
        [
            Leg {
                instrument: Instrument::Option(contract),
                side: Side::Buy,
                ratio: 1,
            },
        ] => Some(match contract.right {
            Right::Call => StructureKind::LongCall,
            Right::Put => StructureKind::LongPut,
        }),
        [a, b] => vertical(a, b),
        _ => None,
    }
}

fn vertical(a: &Leg, b: &Leg) -> Option<StructureKind> {
    let (bought, sold) = match (a.side, b.side) {
        (Side::Buy, Side::Sell) => (a, b),
        (Side::Sell, Side::Buy) => (b, a),
        _ => return None,
    };
    let (long, short) = (bought.instrument.option()?, sold.instrument.option()?);
    let same = long.root == short.root && long.expiry == short.expiry && long.right == short.right;
    if !same || long.strike == short.strike || (bought.ratio, sold.ratio) != (1, 1) {
        return None;
    }
    Some(match (long.right, long.strike < short.strike) {
        (Right::Call, true) => StructureKind::BullCallSpread,
        (Right::Call, false) => StructureKind::BearCallSpread,
        (Right::Put, true) => StructureKind::BullPutSpread,
        (Right::Put, false) => StructureKind::BearPutSpread,
    })
}
