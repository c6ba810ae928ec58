//! The fill model: which units of an order execute now, and at which prices. Pure.
//!
//! The rules and their parameters are told in [`super`].

use countersign_desk::ports::OrderRequest;
use countersign_domain::{
    instrument::Instrument,
    money::{Contracts, Price, Usd},
    quote::Quote,
    structure::{Leg, Side},
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{
    PaperConfig,
    record::{Kept, Used},
};

/// A cent, in ten-thousandths of a dollar: what executions are priced in.
const CENT: i64 = 100;

/// What an order meets in the market now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// A leg has no quote that may fill it.
    NoQuote,
    /// The quotes are there and the net price is past the limit, or nothing of their size is left.
    Nothing,
    /// So many units execute.
    Fill {
        /// Units, at least one.
        units: Contracts,
        /// Price per share of each leg.
        prices: Vec<Price>,
        /// What is then taken from each leg's quote.
        used: Vec<Used>,
    },
}

/// What an order may look at: the newest visible quotes, and what was taken from them already.
pub(super) struct Sight<'a> {
    /// The time.
    pub(super) now: Timestamp,
    /// The model's parameters.
    pub(super) config: &'a PaperConfig,
    /// The newest visible quote of an instrument, raw.
    pub(super) quote: &'a dyn Fn(&Instrument) -> Option<Quote>,
    /// What was taken from the newest quote that gave something on a side.
    pub(super) used: &'a dyn Fn(&Instrument, Side) -> Option<Used>,
}

impl Sight<'_> {
    /// What `order` meets. All its legs execute together, in whole units, or nothing does.
    pub(super) fn meet(&self, order: &Kept) -> Met {
        let legs = &order.request.legs;
        let quotes = legs.iter().map(|leg| self.quote_for(leg, order.live_from));
        let Some(quotes) = quotes.collect::<Option<Vec<Quote>>>() else {
            return Met::NoQuote;
        };
        let pairs = || legs.iter().zip(&quotes);
        let prices: Vec<Price> = pairs()
            .map(|(leg, quote)| price(quote, leg.side, self.config.cross_share))
            .collect();
        let free = pairs().map(|(leg, quote)| self.free(leg, quote) / leg.ratio.max(1));
        let units = free.min().unwrap_or(0).min(order.remaining().0);
        if units == 0 || !within_limit(&order.request, &prices) {
            return Met::Nothing;
        }
        let used = pairs()
            .map(|(leg, quote)| self.taken(leg, quote, units))
            .collect();
        Met::Fill {
            units: Contracts(units),
            prices,
            used,
        }
    }

    /// The quote that may fill a leg of an order that is in the market since then.
    fn quote_for(&self, leg: &Leg, since: Timestamp) -> Option<Quote> {
        let quote = (self.quote)(&leg.instrument)?;
        let believed = quote.check(self.now, self.config.max_quote_age()).is_ok();
        let older_was_used =
            (self.used)(&leg.instrument, leg.side).is_some_and(|used| quote.at < used.quote_at);
        (believed && quote.at >= since && !older_was_used).then_some(quote)
    }

    /// Instruments that may still be taken from a quote.
    fn free(&self, leg: &Leg, quote: &Quote) -> u32 {
        let visible = match leg.side {
            Side::Buy => quote.ask_size,
            Side::Sell => quote.bid_size,
        };
        let part = u64::from(visible) * u64::from(self.config.participation_percent) / 100;
        let part = u32::try_from(part).unwrap_or(u32::MAX);
        part.saturating_sub(self.already(leg, quote))
    }

    fn already(&self, leg: &Leg, quote: &Quote) -> u32 {
        (self.used)(&leg.instrument, leg.side)
            .filter(|used| used.quote_at == quote.at)
            .map_or(0, |used| used.quantity)
    }

    fn taken(&self, leg: &Leg, quote: &Quote, units: u32) -> Used {
        Used {
            instrument: leg.instrument,
            side: leg.side,
            quote_at: quote.at,
            quantity: self.already(leg, quote).saturating_add(leg.ratio * units),
        }
    }
}

/// What a leg executes at: the mid, moved against us by `cross` of the half-spread, in whole
/// cents rounded against us, and never outside the quote.
fn price(quote: &Quote, side: Side, cross: Decimal) -> Price {
    let cent = Price::from_ten_thousandths(CENT);
    let crossed = quote.spread().scaled(cross / Decimal::TWO);
    match side {
        Side::Buy => (quote.mid() + crossed)
            .up_to(cent)
            .clamp(quote.bid, quote.ask),
        Side::Sell => (quote.mid() - crossed)
            .down_to(cent)
            .clamp(quote.bid, quote.ask),
    }
}

/// Whether one unit at these prices costs at most what the limit allows. Compared in dollars, so
/// that nothing is divided.
fn within_limit(order: &OrderRequest, prices: &[Price]) -> bool {
    let cost = |(leg, price): (&Leg, &Price)| {
        price.dollars(leg.signed(1).saturating_mul(leg.instrument.multiplier()))
    };
    let unit: Usd = order.legs.iter().zip(prices).map(cost).sum();
    unit <= order.limit.dollars(multiplier(&order.legs))
}

/// Shares that a net price per share of these legs is multiplied by.
pub(super) fn multiplier(legs: &[Leg]) -> i64 {
    let each = legs.iter().map(|leg| leg.instrument.multiplier());
    each.max().unwrap_or(1)
}
