//! What becomes of a contract at its end. Pure.

use countersign_desk::ports::Settled;
use countersign_domain::{
    calendar,
    instrument::{Instrument, OptionContract, Right, Settlement, SettlesAt},
    money::Price,
    structure::Side,
};
use jiff::Timestamp;

/// From this intrinsic value per share on, in ten-thousandths of a dollar, a contract is exercised
/// (OCC rule 805, exercise by exception: one cent in the money).
const EXERCISED_FROM: i64 = 100;

/// The instant whose price settles an instrument: of a contract the last trading time, or the open
/// of the session after it when it settles at the open. `None` for shares and outside the calendar.
pub(super) fn settling_instant(instrument: &Instrument) -> Option<Timestamp> {
    let contract = instrument.option()?;
    match contract.terms().settles_at {
        SettlesAt::Close => contract.last_trading(),
        SettlesAt::Open => {
            let last = contract.last_session()?;
            calendar::next_session(last.date).map(|session| session.open)
        }
    }
}

/// One trade that ends a contract or delivers what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// What ended it.
    pub(super) settled: Settled,
    /// The contract, when these are the shares that it delivers.
    pub(super) delivered_by: Option<OptionContract>,
    /// What is traded.
    pub(super) instrument: Instrument,
    /// Bought or sold.
    pub(super) side: Side,
    /// How many.
    pub(super) quantity: i64,
    /// Dollars per share.
    pub(super) price: Price,
}

/// What ends `held` contracts (negative is short) with the underlying at `spot`: the contract's own
/// trade first, then that of delivered shares.
pub(super) fn endings(contract: &OptionContract, held: i64, spot: Price) -> Vec<Ending> {
    let value = contract.intrinsic(spot);
    let exercised = value >= Price::from_ten_thousandths(EXERCISED_FROM);
    let physical = contract.terms().settlement == Settlement::Physical;
    let settled = match (exercised && physical, held > 0) {
        (false, _) => Settled::Expired,
        (true, true) => Settled::Exercised,
        (true, false) => Settled::Assigned,
    };
    let own = Ending {
        settled,
        delivered_by: None,
        instrument: Instrument::Option(*contract),
        side: if held > 0 { Side::Sell } else { Side::Buy },
        quantity: held.abs(),
        price: if exercised && !physical {
            value
        } else {
            Price::ZERO
        },
    };
    if !(exercised && physical) {
        return vec![own];
    }
    let receives = (contract.right == Right::Call) == (held > 0);
    let shares = Ending {
        settled,
        delivered_by: Some(*contract),
        instrument: Instrument::Equity(contract.underlying()),
        side: if receives { Side::Buy } else { Side::Sell },
        quantity: held.abs().saturating_mul(contract.multiplier()),
        price: contract.strike,
    };
    vec![own, shares]
}
