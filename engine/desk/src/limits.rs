//! The gate of entries: every ceiling, against everything in flight.

use countersign_domain::{
    calendar,
    ids::{OrderId, PositionId},
    instrument::Symbol,
    limits::{Breach, LimitCode, Limits},
    money::{Contracts, Price, Usd},
    order::{Order, OrderState, Purpose, TimeInForce},
    overrides::Passed,
    structure::Structure,
    ticket::{SeenQuote, Terms, Ticket},
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::{
    effect::Effect,
    overrides::{passing, raised},
    seen::Seen,
    settings::Walk,
};

/// An entry as the gate looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// What would be opened.
    pub structure: &'a Structure,
    /// How much, at which price, with what at stake.
    pub terms: &'a Terms,
    /// What moves it.
    pub underlying: Symbol,
    /// The market now.
    pub quote: &'a SeenQuote,
    /// Open profit of everything held, dollars before fees.
    pub open_profit: Usd,
    /// True where overrides count: for all but what a standing approval confirms by itself.
    pub overrides: bool,
}

/// Proof that the last check passed. Only [`clear`] makes one, and an entry order can be made from
/// nothing else: there is no path around the gate.
#[derive(Debug)]
pub struct Cleared {
    exposure: Usd,
    passed: Vec<Passed>,
}

/// The names of an entry order and of the position that it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryIds {
    /// The order.
    pub order: OrderId,
    /// The position.
    pub position: PositionId,
}

/// An entry that could not be sent within this long of its yes is never sent.
pub const SEND_WITHIN: SignedDuration = SignedDuration::from_secs(2);

impl Cleared {
    /// What everything in flight on the underlying could lose before this entry.
    pub const fn exposure(&self) -> Usd {
        self.exposure
    }

    /// The limits that the entry passes, each with the override that lets it.
    pub fn passed(&self) -> &[Passed] {
        &self.passed
    }

    /// The one entry order of a confirmed ticket, never past its card, and the effect that sends
    /// it.
    pub fn entry(
        self,
        ticket: &Ticket,
        ids: EntryIds,
        walk: Walk,
        now: Timestamp,
    ) -> (Order, Effect) {
        let first = first_price(ticket, walk);
        let order = Order {
            id: ids.order,
            desk: ticket.desk,
            purpose: Purpose::Entry {
                ticket: ticket.id,
                revision: ticket.revision,
            },
            position: ids.position,
            legs: ticket.structure.legs().to_vec(),
            quantity: ticket.terms.contracts,
            limit: first,
            bound: ticket.terms.limit,
            tif: TimeInForce::Day,
            attempt: 1,
            next: None,
            state: OrderState::Submitted,
            filled: Contracts::ZERO,
            filled_before: Contracts::ZERO,
            broker_id: None,
            send_before: Some(now + SEND_WITHIN),
            cancel_wanted: false,
            steps: 0,
            next_step_at: Some(now + walk.every()),
            lookups: 0,
            created_at: now,
            changed_at: now,
            said: None,
        };
        (
            order,
            Effect::Submit {
                order: ids.order,
                attempt: 1,
            },
        )
    }
}

/// Where an entry starts its walk: halfway, in whole increments, never past the card.
fn first_price(ticket: &Ticket, walk: Walk) -> Price {
    if walk.steps == 0 {
        return ticket.terms.limit;
    }
    let legs = ticket.structure.legs();
    let mid = ticket.quote.mid;
    let step = countersign_domain::increment::increment(legs, mid);
    mid.down_to(step).min(ticket.terms.limit)
}

/// Checks an entry against every ceiling, at the prices of `candidate.quote`. Where an override
/// holds it may pass the ceiling up to the override's value; which ones it needed is told.
///
/// # Errors
///
/// Every ceiling that would be passed, with what would pass.
pub fn clear(
    seen: &Seen,
    candidate: &Candidate<'_>,
    now: Timestamp,
) -> Result<Cleared, Vec<Breach>> {
    let exposure = exposure(seen, candidate.underlying);
    let breaches = breaches(seen, &seen.desk.limits, candidate, now);
    let mut passed = Vec::new();
    if candidate.overrides && !breaches.is_empty() {
        let left = self::breaches(seen, &raised(seen, now), candidate, now);
        if !left.is_empty() {
            return Err(left);
        }
        passed = breaches
            .iter()
            .filter_map(|breach| passing(seen, breach, now))
            .collect();
    }
    if passed.len() == breaches.len() {
        Ok(Cleared { exposure, passed })
    } else {
        Err(breaches)
    }
}

/// Every one of `limits` that an entry would pass.
fn breaches(
    seen: &Seen,
    limits: &Limits,
    candidate: &Candidate<'_>,
    now: Timestamp,
) -> Vec<Breach> {
    let exposure = exposure(seen, candidate.underlying);
    let mut breaches = Vec::new();
    size(limits, candidate, &mut breaches);
    breaches.extend(over(
        LimitCode::OpenPositions,
        in_flight(seen).saturating_add(1).into(),
        limits.open_positions.into(),
    ));
    breaches.extend(money_over(
        LimitCode::ExposurePerUnderlying,
        exposure + candidate.terms.worst_loss,
        limits.exposure_per_underlying,
        limits.exposure_per_underlying - exposure,
    ));
    rates(seen, limits, now, &mut breaches);
    let lost = -day_profit(seen, candidate.open_profit, now);
    if lost >= limits.daily_loss {
        breaches.push(Breach {
            code: LimitCode::DailyLoss,
            value: lost.decimal(),
            bound: limits.daily_loss.decimal(),
            would_pass: None,
        });
    }
    breaches.extend(quote_faults(limits, candidate.quote, now));
    breaches
}

fn size(limits: &Limits, candidate: &Candidate<'_>, breaches: &mut Vec<Breach>) {
    let terms = candidate.terms;
    breaches.extend(money_over(
        LimitCode::WorstLossPerTicket,
        terms.worst_loss,
        limits.worst_loss_per_ticket,
        limits.worst_loss_per_ticket,
    ));
    breaches.extend(over(
        LimitCode::ContractsPerOrder,
        terms.contracts.0.into(),
        limits.contracts_per_order.into(),
    ));
    let value = terms.value(candidate.structure);
    breaches.extend(money_over(
        LimitCode::ValuePerOrder,
        value,
        limits.value_per_order,
        limits.value_per_order,
    ));
}

fn rates(seen: &Seen, limits: &Limits, now: Timestamp, breaches: &mut Vec<Breach>) {
    let today = seen.day.on(calendar::market_date(now));
    let minute = SignedDuration::from_secs(60);
    let recent = today
        .entries
        .iter()
        .filter(|at| now.duration_since(**at) < minute)
        .count();
    for (code, count, bound) in [
        (LimitCode::OrdersPerMinute, recent, limits.orders_per_minute),
        (
            LimitCode::OrdersPerDay,
            today.entries.len(),
            limits.orders_per_day,
        ),
    ] {
        let next = Decimal::from(count).saturating_add(Decimal::ONE);
        if next > Decimal::from(bound) {
            breaches.push(Breach {
                code,
                value: next,
                bound: bound.into(),
                would_pass: None,
            });
        }
    }
}

/// The ceilings on age and spread of the quotes that an entry rests on.
pub fn quote_faults(limits: &Limits, quote: &SeenQuote, now: Timestamp) -> Vec<Breach> {
    let age = now.duration_since(quote.at).as_secs();
    let spread = quote
        .legs
        .iter()
        .map(countersign_domain::quote::Quote::spread_bps)
        .max();
    [
        over(LimitCode::QuoteAge, age.into(), limits.quote_age_s.into()),
        over(
            LimitCode::Spread,
            spread.unwrap_or(0).into(),
            limits.spread_bps.into(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How far the market moved against us between a card and now, when it is further than allowed.
pub fn drift(limits: &Limits, card: &SeenQuote, now: &SeenQuote) -> Option<Breach> {
    let moved = (now.mid - card.mid)
        .decimal()
        .checked_mul(Decimal::from(10_000))?;
    let bps = match moved.checked_div(card.mid.abs().decimal()) {
        Some(bps) => bps.round(),
        None if moved > Decimal::ZERO => Decimal::from(10_000),
        None => Decimal::ZERO,
    };
    over(LimitCode::Drift, bps, limits.drift_bps.into())
}

fn over(code: LimitCode, value: Decimal, bound: Decimal) -> Option<Breach> {
    (value > bound).then_some(Breach {
        code,
        value,
        bound,
        would_pass: Some(bound),
    })
}

fn money_over(code: LimitCode, value: Usd, bound: Usd, room: Usd) -> Option<Breach> {
    (value > bound).then(|| Breach {
        code,
        value: value.decimal(),
        bound: bound.decimal(),
        would_pass: Some(room.max(Usd::ZERO).decimal()),
    })
}

/// Positions held and entries at the broker that may still open one.
pub fn in_flight(seen: &Seen) -> u32 {
    let opening = seen
        .live_orders()
        .filter(|order| order.purpose.is_entry() && !seen.positions.contains_key(&order.position));
    let count = seen
        .open_positions()
        .count()
        .saturating_add(opening.count());
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What everything in flight on an underlying could lose together, by its confirmed worst loss.
pub fn exposure(seen: &Seen, underlying: Symbol) -> Usd {
    let held = seen
        .open_positions()
        .filter(|position| position.underlying == underlying);
    let held: Usd = held.map(|position| position.at_stake()).sum();
    let working = seen
        .live_orders()
        .filter_map(|order| working_loss(seen, order, underlying));
    held + working.sum()
}

fn working_loss(seen: &Seen, order: &Order, underlying: Symbol) -> Option<Usd> {
    let Purpose::Entry { ticket, .. } = order.purpose else {
        return None;
    };
    let ticket = seen.tickets.get(&ticket)?;
    if ticket.underlying != underlying {
        return None;
    }
    let share = Decimal::from(order.remaining().0)
        .checked_div(Decimal::from(ticket.terms.contracts.0))
        .unwrap_or(Decimal::ONE);
    Some(ticket.terms.worst_loss.scaled(share))
}

/// What the New York day of `now` has made so far, after fees: taken and open together.
pub fn day_profit(seen: &Seen, open_profit: Usd, now: Timestamp) -> Usd {
    let today = seen.day.on(calendar::market_date(now));
    today.realised - today.fees + open_profit
}
