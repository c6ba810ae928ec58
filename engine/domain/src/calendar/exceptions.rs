//! The exceptions: closures and early closes that no rule foretells, each with its reason.
//!
//! A new one is one row here; days to come are added as soon as the exchange announces them.

use jiff::civil::{Date, Time, date, time};

/// Weekdays on which the exchange did not open although no yearly holiday says so.
const CLOSURES: [(Date, &str); 11] = [
    (date(1994, 4, 27), "funeral of President Nixon"),
    (date(2001, 9, 11), "attacks of September 11"),
    (date(2001, 9, 12), "attacks of September 11"),
    (date(2001, 9, 13), "attacks of September 11"),
    (date(2001, 9, 14), "attacks of September 11"),
    (date(2004, 6, 11), "funeral of President Reagan"),
    (date(2007, 1, 2), "mourning for President Ford"),
    (date(2012, 10, 29), "Hurricane Sandy"),
    (date(2012, 10, 30), "Hurricane Sandy"),
    (
        date(2018, 12, 5),
        "mourning for President George H. W. Bush",
    ),
    (date(2025, 1, 9), "mourning for President Carter"),
];

/// Days that closed early although no rule says so: date, close in New York, reason.
const EARLY_CLOSES: [(Date, Time, &str); 3] = [
    (date(1997, 12, 26), ONE, "Friday after Christmas"),
    (date(1999, 12, 31), ONE, "eve of the year 2000"),
    (date(2003, 12, 26), ONE, "Friday after Christmas"),
];

const ONE: Time = time(13, 0, 0, 0);

/// Why the exchange was exceptionally closed on `date`, if it was.
pub(super) fn closure_on(date: Date) -> Option<&'static str> {
    CLOSURES
        .iter()
        .find(|(day, _)| *day == date)
        .map(|&(_, reason)| reason)
}

/// When `date` exceptionally closed early, if it did. New York time.
pub(super) fn early_close_on(date: Date) -> Option<Time> {
    EARLY_CLOSES
        .iter()
        .find(|(day, _, _)| *day == date)
        .map(|&(_, close, _)| close)
}
