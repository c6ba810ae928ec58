//! What the account refuses at the door, in words, as a broker would.

use countersign_desk::ports::{MarketData, OrderRequest};
use countersign_domain::{
    calendar::{self, Session},
    increment::increment,
    instrument::Instrument,
    money::Price,
    structure::{Leg, Side},
};
use jiff::Timestamp;

use super::{
    PaperConfig,
    book::Book,
    margin::{buying_power, opening_need},
    record::Kept,
};

/// The most instruments that one account may hold of a kind: far beyond any sensible order, and
/// far within what an execution can count.
const MOST_HELD: i64 = 10_000_000;

/// The highest limit, in ten-thousandths of a dollar: a million dollars a share.
const MOST_LIMIT: i64 = 10_000_000_000;

/// What an order is looked at with.
pub(super) struct Door<'a> {
    /// The account.
    pub(super) book: &'a Book,
    /// Its settings.
    pub(super) config: &'a PaperConfig,
    /// Which instruments there are.
    pub(super) market: &'a dyn MarketData,
    /// The time.
    pub(super) now: Timestamp,
    /// The order whose place this one takes.
    pub(super) replaces: Option<&'a Kept>,
}

/// Says no, in these words.
fn refuse<T>(words: impl Into<String>) -> Result<T, String> {
    Err(words.into())
}

impl Door<'_> {
    /// Lets an order in; answers with the session that it belongs to.
    ///
    /// # Errors
    ///
    /// Why not, in words: final, and nothing was noted of it.
    pub(super) fn admit(&self, order: &OrderRequest) -> Result<Session, String> {
        let id = &order.client_order_id;
        if self.book.order(id).is_some() {
            return refuse(format!("duplicate client order id {id}"));
        }
        shape(order)?;
        let Some(session) = calendar::session_at(self.now) else {
            return refuse("the market is closed");
        };
        for leg in &order.legs {
            self.check_end(&leg.instrument)?;
        }
        check_price(order)?;
        if order.opens {
            self.check_opening(order)
        } else {
            self.check_closing(order)
        }?;
        Ok(session)
    }

    fn check_end(&self, instrument: &Instrument) -> Result<(), String> {
        let Some(contract) = instrument.option() else {
            return Ok(());
        };
        match contract.last_trading() {
            Some(end) if self.now < end => Ok(()),
            _ => refuse(format!("{contract} has expired")),
        }
    }

    fn check_opening(&self, order: &OrderRequest) -> Result<(), String> {
        for leg in &order.legs {
            let instrument = &leg.instrument;
            if let Some(contract) = instrument.option().filter(|it| it.is_adjusted()) {
                return refuse(format!("{contract} is adjusted: it can only be closed"));
            }
            if self.market.snapshot(instrument).is_none() {
                return refuse(format!("unknown instrument {instrument}: it has no market"));
            }
            self.check_other_side(leg)?;
            let wanted = leg.signed(order.quantity.count());
            if self.book.held(instrument).saturating_add(wanted).abs() > MOST_HELD {
                return refuse(format!("more than {MOST_HELD} of {instrument}"));
            }
        }
        let need = match opening_need(order, self.config) {
            Ok(need) => need,
            Err(fault) => return refuse(format!("cannot be opened in this account: {fault}")),
        };
        let has = buying_power(self.book, self.config, self.replaces);
        if need > has {
            return refuse(format!(
                "insufficient buying power: needs ${need}, has ${has}"
            ));
        }
        Ok(())
    }

    /// One account holds one side of an instrument at a time, so that no fill can close what an
    /// order meant to open, or flip what another meant to close.
    fn check_other_side(&self, leg: &Leg) -> Result<(), String> {
        let instrument = &leg.instrument;
        if self.book.held(instrument).signum() == -leg.side.sign() {
            return refuse(format!(
                "the other side of {instrument} is held: close it first"
            ));
        }
        let against = |it: &Leg| it.instrument == *instrument && it.side != leg.side;
        let opposite = self
            .others()
            .filter(|kept| kept.request.opens)
            .any(|kept| kept.request.legs.iter().any(against));
        if opposite {
            return refuse(format!("an order opens the other side of {instrument}"));
        }
        Ok(())
    }

    fn check_closing(&self, order: &OrderRequest) -> Result<(), String> {
        for leg in &order.legs {
            let instrument = &leg.instrument;
            let held = self.book.held(instrument) * -leg.side.sign();
            let bound: i64 = self
                .others()
                .filter(|kept| !kept.request.opens)
                .map(|kept| bound_by(kept, leg))
                .sum();
            let wanted = leg.signed(order.quantity.count()).abs();
            if wanted > held.max(0) - bound {
                let side = match leg.side {
                    Side::Sell => "long",
                    Side::Buy => "short",
                };
                return refuse(format!(
                    "closing more than held: {wanted} of {instrument}, with {} held {side} \
                     and {bound} of them in other orders",
                    held.max(0)
                ));
            }
        }
        Ok(())
    }

    /// Working orders but the one that is being replaced.
    fn others(&self) -> impl Iterator<Item = &Kept> {
        let replaced = self.replaces.map(|kept| kept.number);
        self.book
            .working()
            .filter(move |kept| Some(kept.number) != replaced)
    }
}

/// Instruments that the rest of an order trades like `leg`.
fn bound_by(kept: &Kept, leg: &Leg) -> i64 {
    let like = |it: &&Leg| it.instrument == leg.instrument && it.side == leg.side;
    let legs = kept.request.legs.iter().filter(like);
    legs.map(|leg| leg.signed(kept.remaining().count()).abs())
        .sum()
}

fn shape(order: &OrderRequest) -> Result<(), String> {
    if order.quantity.is_zero() {
        return refuse("the quantity is zero");
    }
    if order.legs.is_empty() {
        return refuse("the order has no legs");
    }
    for (index, leg) in order.legs.iter().enumerate() {
        let instrument = &leg.instrument;
        if leg.ratio == 0 {
            return refuse(format!("{instrument} has ratio zero"));
        }
        if order
            .legs
            .iter()
            .skip(index + 1)
            .any(|other| other.instrument == *instrument)
        {
            return refuse(format!("{instrument} stands in two legs"));
        }
        if leg.signed(order.quantity.count()).abs() > MOST_HELD {
            return refuse(format!("more than {MOST_HELD} of {instrument}"));
        }
    }
    Ok(())
}

fn check_price(order: &OrderRequest) -> Result<(), String> {
    let limit = order.limit;
    if limit.abs() > Price::from_ten_thousandths(MOST_LIMIT) {
        return refuse(format!("limit {limit} is out of range"));
    }
    let step = increment(&order.legs, limit);
    if limit.up_to(step) != limit {
        return refuse(format!(
            "limit {limit} is no multiple of the increment {step}"
        ));
    }
    match order.legs.as_slice() {
        [leg] if leg.side == Side::Buy && limit <= Price::ZERO => refuse(format!(
            "limit {limit} can buy nothing: it must be above zero"
        )),
        [leg] if leg.side == Side::Sell && limit.is_positive() => refuse(format!(
            "limit {limit} pays for a sale: a credit is negative"
        )),
        _ => Ok(()),
    }
}
