//! Buying power: what new orders may still bind.

use std::collections::BTreeMap;

use countersign_desk::ports::OrderRequest;
use countersign_domain::{
    instrument::{Instrument, OptionContract, Symbol},
    money::{Price, Usd},
    structure::{Structure, StructureError},
};
use jiff::civil::Date;

use super::{
    PaperConfig,
    book::{Book, Held},
    record::Kept,
};

/// What short shares bind, percent of their newest price (Regulation T: 150 % at the sale).
const SHORT_SHARES_PERCENT: u32 = 150;

/// Cash, less what positions could still cost at expiry, less what working opening orders could
/// lose. `without` is left out of the orders: the one that is being replaced.
pub(super) fn buying_power(book: &Book, config: &PaperConfig, without: Option<&Kept>) -> Usd {
    let number = without.map(|kept| kept.number);
    let reserved: Usd = book
        .working()
        .filter(|kept| kept.request.opens && Some(kept.number) != number)
        .map(|kept| reserved(kept, config))
        .sum();
    book.cash() - required(book.positions()) - reserved
}

fn reserved(kept: &Kept, config: &PaperConfig) -> Usd {
    let rest = OrderRequest {
        quantity: kept.remaining(),
        ..kept.request.clone()
    };
    opening_need(&rest, config).unwrap_or(Usd::ZERO)
}

/// Dollars that an opening order binds: the most that its units can lose at the limit, and the
/// fees of opening them.
///
/// # Errors
///
/// [`StructureError`]: legs whose loss has no bound that we know.
pub(super) fn opening_need(
    order: &OrderRequest,
    config: &PaperConfig,
) -> Result<Usd, StructureError> {
    let structure = Structure::new(order.legs.clone())?;
    structure.openable()?;
    let fees = config
        .fee_per_contract
        .times(structure.contracts_per_unit());
    let unit = structure.risk(order.limit).worst_loss + fees;
    Ok(unit.times(order.quantity.count()))
}

/// Dollars that positions bind: for the options of each root and expiry the most that they could
/// cost at expiry, and for short shares a share of their price.
///
/// The payoff of options is linear between strikes, so it is looked at in zero, at the strikes
/// and, for short calls that nothing covers, at twice the highest strike.
fn required(positions: &BTreeMap<Instrument, Held>) -> Usd {
    let mut groups: BTreeMap<(Symbol, Date), Vec<(OptionContract, i64)>> = BTreeMap::new();
    let mut required = Usd::ZERO;
    for (instrument, held) in positions {
        match instrument {
            Instrument::Option(contract) => groups
                .entry((contract.root, contract.expiry))
                .or_default()
                .push((*contract, held.quantity)),
            Instrument::Equity(_) if held.quantity < 0 => {
                required += held
                    .last_price
                    .dollars(-held.quantity)
                    .percent(SHORT_SHARES_PERCENT);
            }
            Instrument::Equity(_) => {}
        }
    }
    required + groups.values().map(|group| worst_payoff(group)).sum()
}

/// The most that a group could cost at expiry, as a positive amount.
fn worst_payoff(group: &[(OptionContract, i64)]) -> Usd {
    let strikes = group.iter().map(|(contract, _)| contract.strike);
    let beyond = strikes.clone().max().unwrap_or_default().times(2);
    let payoff = |spot: Price| -> Usd {
        let each = group.iter().map(|(contract, quantity)| {
            contract
                .intrinsic(spot)
                .dollars(quantity.saturating_mul(contract.multiplier()))
        });
        each.sum()
    };
    let spots = strikes.chain([Price::ZERO, beyond]);
    let least = spots.map(payoff).min().unwrap_or_default();
    (-least).max(Usd::ZERO)
}
