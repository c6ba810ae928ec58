//! What the web console says beside the cards: words for figures, times and lines of its own.

pub mod news;

use countersign_domain::{
    ids::OrderId,
    money::Price,
    order::Order,
    signal::Signal,
    standing::Standing,
    structure::Structure,
    ticket::{Confirmation, SeenQuote, Ticket},
    trading::TradingState,
    view::{Health, LimitUse},
};
use jiff::Timestamp;

use crate::{
    breach,
    draw::board,
    endings, evidence, instruments,
    locale::Locale,
    pen::{Named, Pen},
};

/// A time in New York with its zone: `10:32:07 EST`; on another day than `now` it says which.
pub fn time(at: Timestamp, now: Timestamp, locale: &Locale) -> String {
    Pen { locale, now }.time(at)
}

/// `GOOG bull call spread 750/755, Dec 24, 2015`.
pub fn structure(structure: &Structure, now: Timestamp, locale: &Locale) -> String {
    instruments::structure(&Pen { locale, now }, structure)
}

/// One line for each leg of an order: `Buy 2 GOOG Dec 24, 2015 750 call`.
pub fn legs(order: &Order, now: Timestamp, locale: &Locale) -> String {
    instruments::legs(&Pen { locale, now }, &order.legs, order.quantity)
}

/// A net price as a bound: `pay at most $1.25 per share`.
pub fn bound(net: Price, locale: &Locale) -> String {
    let now = Timestamp::UNIX_EPOCH;
    instruments::bound(&Pen { locale, now }, net)
}

/// How much of a limit is used and where it ends: `2 positions`, `5 positions`.
pub fn limit_use(limit: &LimitUse, locale: &Locale) -> (String, String) {
    let now = Timestamp::UNIX_EPOCH;
    let pen = Pen { locale, now };
    let amount = |value| breach::amount(&pen, limit.code, value);
    (amount(limit.used), amount(limit.bound))
}

/// The end of an order's id, for the eye.
pub fn short_order(id: OrderId) -> String {
    id.short()
}

/// What a trading state lets the desk do: `takes entries and exits`.
pub fn meaning(state: TradingState, locale: &Locale) -> String {
    locale.say(board::meaning(state))
}

/// One part of the desk and how it is: `Broker`, `answers`.
pub fn health(health: &Health, now: Timestamp, locale: &Locale) -> (String, String) {
    let (label, value) = board::health(&Pen { locale, now }, health);
    (locale.say(label), value)
}

/// A standing approval with what is left of it today, in one line.
pub fn standing(standing: &Standing, now: Timestamp, locale: &Locale) -> String {
    board::standing(&Pen { locale, now }, standing)
}

/// That so many stories were heard besides and changed nothing; `None` for none.
pub fn quiet_news(count: u32, locale: &Locale) -> Option<String> {
    let now = Timestamp::UNIX_EPOCH;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    crate::news::more(&Pen { locale, now }, count, "note-news-quiet")
}

/// What led to a ticket, with every figure behind it, or who proposed it.
pub fn why(ticket: &Ticket, signal: Option<&Signal>, now: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now };
    match signal {
        Some(signal) => evidence::story(&pen, signal),
        None => evidence::why(&pen, ticket, None),
    }
}

/// What a signal expects: `trend expects GOOG to rise, strength 0.72 of 1`.
pub fn expects(signal: &Signal, locale: &Locale) -> String {
    let now = signal.raised_at;
    evidence::expects(&Pen { locale, now }, signal)
}

/// Who said yes, where, when and to which revision.
pub fn yes(yes: &Confirmation, now: Timestamp, locale: &Locale) -> String {
    endings::one_yes(&Pen { locale, now }, yes)
}

/// The market as somebody saw it at `now`: what it cost at once and halfway, and how old it was.
pub fn market(seen: &SeenQuote, now: Timestamp, locale: &Locale) -> String {
    instruments::market(&Pen { locale, now }, seen)
}
