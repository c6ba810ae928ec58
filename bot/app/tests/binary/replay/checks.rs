//! What holds of every replay, whatever it traded. Each check answers with what is wrong, in words.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::{
    event::Fact,
    execution::Execution,
    ids::{OrderId, PositionId, SignalId},
    instrument::Instrument,
    order::Order,
    quote::{Mark, Quote},
    signal::Signal,
    structure::Side,
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::tale::{Tale, cash};
use crate::lean::{Day, Minute};

/// Everything that is wrong with a replay of that day.
pub(crate) fn faults(tale: &Tale, day: &Day) -> Vec<String> {
    let mut found = Vec::new();
    executions_lie_within_visible_quotes(tale, day, &mut found);
    nothing_executes_past_its_limit(tale, &mut found);
    what_was_seen_was_there_to_be_seen(tale, day, &mut found);
    positions_make_what_their_executions_make(tale, &mut found);
    every_signal_has_an_end(tale, &mut found);
    found
}

/// Each execution lies within the newest quote that had ended, and all of them together within its
/// size.
fn executions_lie_within_visible_quotes(tale: &Tale, day: &Day, found: &mut Vec<String>) {
    let mut taken: BTreeMap<(String, bool, Timestamp), u32> = BTreeMap::new();
    for execution in tale.executions() {
        let name = contract(&execution.instrument);
        let Some(quote) = day.visible(&name, execution.at) else {
            found.push(format!("no quote at all behind {execution:?}"));
            continue;
        };
        let price = execution.price.decimal();
        let two_sided = quote.bid > Decimal::ZERO && quote.ask >= quote.bid;
        if !two_sided || price < quote.bid || price > quote.ask {
            found.push(format!("{execution:?} is outside of {quote:?}"));
        }
        let buys = execution.side == Side::Buy;
        let all = taken.entry((name, buys, quote.end)).or_default();
        *all += execution.quantity;
        let size = if buys { quote.ask_size } else { quote.bid_size };
        if *all > size {
            found.push(format!("{all} were taken of {quote:?} by {execution:?}"));
        }
    }
}

/// What the legs of an order made together is at or below its limit; that of an entry never passes
/// the card's. An exit follows the market.
fn nothing_executes_past_its_limit(tale: &Tale, found: &mut Vec<String>) {
    let orders: BTreeMap<OrderId, &Order> = tale
        .facts()
        .filter_map(|(_, fact)| match fact {
            Fact::OrderSubmitted(order) => Some((order.id, &**order)),
            _ => None,
        })
        .collect();
    for (id, at, limit, bound) in tale.limits_at_executions() {
        let order = orders[&id];
        let batch: Vec<&Execution> = tale
            .executions()
            .filter(|one| one.order == Some(id) && one.at == at)
            .collect();
        let units = batch.first().map_or(0, |one| {
            let leg = order
                .legs
                .iter()
                .find(|leg| leg.instrument == one.instrument);
            one.quantity / leg.map_or(1, |leg| leg.ratio)
        });
        let paid: Decimal = batch.iter().map(|one| -cash(one)).sum();
        let net = paid / Decimal::from(100 * units.max(1));
        if net > limit.decimal() || (order.purpose.is_entry() && limit > bound) {
            found.push(format!(
                "order {id} made {net}, its limit is {limit:?} within {bound:?}"
            ));
        }
    }
}

/// Every quote and mark that a decision rests on is a recorded one, and had ended by then.
fn what_was_seen_was_there_to_be_seen(tale: &Tale, day: &Day, found: &mut Vec<String>) {
    for (at, fact) in tale.facts() {
        match fact {
            Fact::TicketOffered(ticket) => {
                let legs = ticket.structure.legs().iter();
                for (leg, quote) in legs.zip(&ticket.quote.legs) {
                    found.extend(quote_fault(&leg.instrument, quote, at, day));
                }
            }
            Fact::TicketConfirmed { confirmation, .. } => {
                for quote in &confirmation.quote.legs {
                    if quote.at > at {
                        found.push(format!("{quote:?} was seen at {at}"));
                    }
                }
            }
            Fact::ExitDecided {
                position, marks, ..
            } => {
                let held = tale
                    .executions()
                    .filter(|one| one.position == *position && one.at <= at);
                let held: BTreeSet<Instrument> = held.map(|one| one.instrument).collect();
                for mark in marks.iter().flatten() {
                    found.extend(mark_fault(&held, mark, at, day));
                }
            }
            Fact::SignalRaised(signal) => found.extend(signal_fault(signal, day)),
            _ => {}
        }
    }
}

fn quote_fault(
    instrument: &Instrument,
    quote: &Quote,
    now: Timestamp,
    day: &Day,
) -> Option<String> {
    let recorded = day.visible(&contract(instrument), now)?;
    let same = Minute {
        end: quote.at,
        bid: quote.bid.decimal().normalize(),
        bid_size: quote.bid_size,
        ask: quote.ask.decimal().normalize(),
        ask_size: quote.ask_size,
    };
    (same != *recorded)
        .then(|| format!("{quote:?} was seen at {now}, the newest there was is {recorded:?}"))
}

/// A mark is halfway in a quote of one of the contracts held.
fn mark_fault(
    held: &BTreeSet<Instrument>,
    mark: &Mark,
    now: Timestamp,
    day: &Day,
) -> Option<String> {
    let halfway = held.iter().any(|instrument| {
        let quote = day.visible(&contract(instrument), mark.at);
        quote.is_some_and(|quote| {
            quote.end == mark.at && mark.price.decimal() * Decimal::TWO == quote.bid + quote.ask
        })
    });
    (mark.at > now || !halfway).then(|| format!("{mark:?} was believed at {now}"))
}

/// The last price that a signal rests on is that of the newest minute that had ended.
fn signal_fault(signal: &Signal, day: &Day) -> Option<String> {
    let close = signal.evidence.iter().find(|one| one.name == "close")?;
    let recorded = day.close(signal.raised_at)?;
    let seen = Decimal::from_f64_retain(close.value)?
        .round_dp(4)
        .normalize();
    (seen != recorded).then(|| {
        format!(
            "a signal of {} saw {seen}, the newest close was {recorded}",
            signal.raised_at
        )
    })
}

/// The profit told of a position is the cash of its executions, and its fees are theirs.
fn positions_make_what_their_executions_make(tale: &Tale, found: &mut Vec<String>) {
    for (_, fact) in tale.facts() {
        let Fact::PositionClosed {
            position,
            realised,
            fees,
            ..
        } = fact
        else {
            continue;
        };
        let (made, paid) = sums(tale, *position);
        if realised.decimal() != made || fees.decimal() != paid {
            found.push(format!(
                "position {position}: told {realised:?} and {fees:?}, executions make {made} and {paid}"
            ));
        }
    }
}

fn sums(tale: &Tale, position: PositionId) -> (Decimal, Decimal) {
    let mine = || tale.executions().filter(|one| one.position == position);
    (
        mine().map(cash).sum(),
        mine().map(|one| one.fee.decimal()).sum(),
    )
}

/// Each signal became a ticket, or was vetoed for a reason; none did both.
fn every_signal_has_an_end(tale: &Tale, found: &mut Vec<String>) {
    let mut ends: BTreeMap<SignalId, u32> = BTreeMap::new();
    for (_, fact) in tale.facts() {
        match fact {
            Fact::SignalRaised(signal) => {
                ends.entry(signal.id).or_default();
            }
            Fact::SignalVetoed { signal, why } if !why.is_empty() => {
                *ends.entry(*signal).or_default() += 1;
            }
            Fact::TicketOffered(ticket) if ticket.supersedes.is_none() => {
                if let Some(signal) = ticket.signal {
                    *ends.entry(signal).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    for (signal, count) in ends {
        if count != 1 {
            found.push(format!("signal {signal} has {count} ends"));
        }
    }
}

fn contract(instrument: &Instrument) -> String {
    match instrument {
        Instrument::Option(contract) => contract.to_string(),
        Instrument::Equity(symbol) => symbol.as_str().to_owned(),
    }
}
