//! How many units, by what they could lose.

use countersign_domain::{
    limits::{Breach, LimitCode, Limits},
    money::{Contracts, Price, Usd},
    signal::Veto,
    structure::Structure,
    ticket::Terms,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The ceilings, and what is used of them.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// The desk's limits.
    pub limits: &'a Limits,
    /// What everything in flight on the same underlying could lose already.
    pub exposure: Usd,
    /// Fee per contract and way.
    pub fee: Usd,
    /// Units that the quotes of the legs show.
    pub visible: u32,
}

/// What kept the size from being larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// One of the desk's limits.
    Limit(LimitCode),
    /// The market shows no more.
    VisibleSize,
}

/// A size, and what bound it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// The terms at that size.
    pub terms: Terms,
    /// What kept it from being larger; the first of several.
    pub bound: Bound,
}

/// The most units of `structure` at `limit` whose worst loss, value and number stay within every
/// ceiling.
///
/// # Errors
///
/// - [`Veto::Limit`]: not even one unit fits; names the first ceiling that one unit would pass.
/// - [`Veto::Liquidity`]: the market shows none.
/// - [`Veto::DataQuality`]: at that price nothing could be lost: the quotes are wrong.
/// - [`Veto::NoContract`]: at that price nothing could be gained after fees.
pub fn size(structure: &Structure, limit: Price, room: &Room<'_>) -> Result<Size, Veto> {
    let one = Terms::of(structure, Contracts(1), limit, room.fee);
    check_payoff(structure, &one)?;
    let mut best: Option<(u32, Bound)> = None;
    for ceiling in ceilings(structure, &one, room) {
        let units = ceiling.units();
        if units == 0 {
            return Err(Veto::Limit(ceiling.breach()));
        }
        if best.is_none_or(|(least, _)| units < least) {
            best = Some((units, Bound::Limit(ceiling.code)));
        }
    }
    if room.visible == 0 {
        return Err(Veto::Liquidity {
            contract: names(structure),
            fault: "size 0 shown".to_owned(),
        });
    }
    let (units, bound) = match best {
        Some(best) if best.0 <= room.visible => best,
        _ => (room.visible, Bound::VisibleSize),
    };
    Ok(Size {
        terms: Terms::of(structure, Contracts(units), limit, room.fee),
        bound,
    })
}

/// The option symbols in a structure.
pub(crate) fn names(structure: &Structure) -> String {
    let names: Vec<String> = structure.contracts().map(ToString::to_string).collect();
    names.join(" / ")
}

fn check_payoff(structure: &Structure, one: &Terms) -> Result<(), Veto> {
    let risk = structure.risk(one.limit);
    if !risk.worst_loss.is_positive() {
        return Err(Veto::DataQuality {
            fault: format!("{} at {} could lose nothing", names(structure), one.limit),
        });
    }
    match one.max_gain {
        Some(gain) if !gain.is_positive() => Err(Veto::NoContract {
            seen: structure.legs().len(),
            lacking: format!("a gain: at {} it would be {gain} after fees", one.limit),
        }),
        _ => Ok(()),
    }
}

/// One ceiling: what is used, what each unit adds, and where it ends.
struct Ceiling {
    code: LimitCode,
    used: Decimal,
    each: Decimal,
    bound: Decimal,
}

/// The ceilings that grow with the size, in the order of [`Limits`].
fn ceilings(structure: &Structure, one: &Terms, room: &Room<'_>) -> [Ceiling; 4] {
    let limits = room.limits;
    let ceiling = |code, used, each, bound| Ceiling {
        code,
        used,
        each,
        bound,
    };
    let worst = one.worst_loss.decimal();
    [
        ceiling(
            LimitCode::WorstLossPerTicket,
            Decimal::ZERO,
            worst,
            limits.worst_loss_per_ticket.decimal(),
        ),
        ceiling(
            LimitCode::ContractsPerOrder,
            Decimal::ZERO,
            Decimal::ONE,
            Decimal::from(limits.contracts_per_order),
        ),
        ceiling(
            LimitCode::ValuePerOrder,
            Decimal::ZERO,
            one.value(structure).decimal(),
            limits.value_per_order.decimal(),
        ),
        ceiling(
            LimitCode::ExposurePerUnderlying,
            room.exposure.decimal(),
            worst,
            limits.exposure_per_underlying.decimal(),
        ),
    ]
}

impl Ceiling {
    /// Room left below it.
    fn left(&self) -> Decimal {
        self.bound.saturating_sub(self.used)
    }

    /// Whole units that fit; as many as can be counted when a unit adds nothing.
    fn units(&self) -> u32 {
        if self.left() < Decimal::ZERO {
            return 0;
        }
        match self.left().checked_div(self.each) {
            Some(units) => units.floor().to_u32().unwrap_or(u32::MAX),
            None => u32::MAX,
        }
    }

    /// What one unit would do to it. What would pass is the ceiling itself, while there is room
    /// below it.
    fn breach(&self) -> Breach {
        Breach {
            code: self.code,
            value: self.used.saturating_add(self.each),
            bound: self.bound,
            would_pass: (self.left() > Decimal::ZERO).then_some(self.bound),
        }
    }
}
