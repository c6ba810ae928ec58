//! A made-up day of minute bars, and the session that it lies in.

use countersign_domain::{
    calendar::{self, Session},
    money::Price,
    quote::Bar,
};
use jiff::{SignedDuration, Timestamp, civil::date};

/// A plain Thursday: 09:30 to 16:00 in New York.
pub(crate) fn session() -> Session {
    calendar::session_on(date(2024, 3, 14)).unwrap()
}

/// The instant `minutes` after the open.
pub(crate) fn at(minutes: i64) -> Timestamp {
    session().open + SignedDuration::from_mins(minutes)
}

/// Cents as a price.
pub(crate) fn cents(value: i64) -> Price {
    Price::from_ten_thousandths(value * 100)
}

/// A minute that begins `minute` after the open, 5 cents around its close, with 100 shares.
pub(crate) fn bar(minute: i64, close: i64) -> Bar {
    Bar {
        start: at(minute),
        open: cents(close),
        high: cents(close + 5),
        low: cents(close - 5),
        close: cents(close),
        volume: 100,
    }
}

/// The whole day, each minute closing at `price(minute)` cents.
pub(crate) fn day(price: impl Fn(i64) -> i64) -> Vec<Bar> {
    (0..390).map(|minute| bar(minute, price(minute))).collect()
}

/// $100, and two cents more every minute.
pub(crate) fn rising() -> Vec<Bar> {
    day(|minute| 10_000 + 2 * minute + 6 * (minute / 5 % 2))
}

/// $100, and two cents less every minute.
pub(crate) fn falling() -> Vec<Bar> {
    day(|minute| 10_000 - 2 * minute - 6 * (minute / 5 % 2))
}
