//! Which contracts exist.

use countersign_domain::{
    calendar,
    instrument::{OptionContract, Right, Symbol},
    money::Price,
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use rust_decimal::prelude::ToPrimitive;

/// The farthest expiry that is quoted, in days.
const FARTHEST_DAYS: i32 = 400;

/// Steps between strikes in cents, each up to a price in dollars.
const STRIKE_STEPS: [(f64, i64); 5] = [
    (50.0, 50),
    (100.0, 100),
    (250.0, 250),
    (1_000.0, 500),
    (f64::INFINITY, 2_500),
];

/// What is listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listing {
    pub(super) weeklies: u32,
    pub(super) monthlies: u32,
    /// On each side of the strike nearest to the open.
    pub(super) strikes: u32,
}

impl Listing {
    /// The contracts on `root` in the session of `today`, which opened at `open`; ordered.
    pub(super) fn contracts(&self, root: Symbol, today: Date, open: f64) -> Vec<OptionContract> {
        let strikes = self.strikes(open);
        let mut contracts = Vec::new();
        for expiry in self.expiries(today) {
            for right in [Right::Call, Right::Put] {
                let all = strikes.iter().copied();
                contracts.extend(
                    all.filter_map(|strike| OptionContract::new(root, expiry, right, strike).ok()),
                );
            }
        }
        contracts
    }

    /// The expiries listed on `today`, in order: the weekly ones, then the monthly ones.
    fn expiries(&self, today: Date) -> Vec<Date> {
        let weeks = (0_i32..)
            .map_while(|week| today.checked_add((week * 7).days()).ok())
            .filter_map(week_end)
            .filter(|expiry| *expiry >= today);
        let mut expiries: Vec<Date> = weeks.take(count(self.weeklies)).collect();
        let last = expiries.last().copied().unwrap_or(today);
        let months = (0_i32..13)
            .map_while(|month| today.first_of_month().checked_add(month.months()).ok())
            .filter_map(|month| month.nth_weekday_of_month(3, Weekday::Friday).ok())
            .filter_map(week_end)
            .filter(|expiry| *expiry > last);
        expiries.extend(months.take(count(self.monthlies)));
        expiries
    }

    fn strikes(&self, open: f64) -> Vec<Price> {
        let step = STRIKE_STEPS
            .iter()
            .find(|(below, _)| open < *below)
            .map_or(2_500, |(_, step)| *step);
        let steps = f64::from(i32::try_from(step).unwrap_or(i32::MAX));
        let middle = (open * 100.0 / steps).round().to_i64().unwrap_or_default();
        let around = i64::from(self.strikes);
        (middle - around..=middle + around)
            .filter(|number| *number > 0)
            .map(|number| Price::from_ten_thousandths(number * step * 100))
            .collect()
    }
}

/// Whether a contract like this exists on `today`, listed or left over from a day before.
pub(super) fn exists(contract: &OptionContract, today: Date) -> bool {
    let near = today
        .checked_add(FARTHEST_DAYS.days())
        .is_ok_and(|farthest| contract.expiry <= farthest);
    let half_dollars = contract.strike.times(2).decimal();
    near && contract.expiry >= today
        && week_end(contract.expiry) == Some(contract.expiry)
        && half_dollars.is_integer()
}

/// The last session of the week of `date`: Friday, or the day before a holiday.
fn week_end(date: Date) -> Option<Date> {
    let friday = i32::from(Weekday::Friday.to_monday_zero_offset());
    let ahead = friday - i32::from(date.weekday().to_monday_zero_offset());
    let friday = date.checked_add(ahead.days()).ok()?;
    let last = calendar::session_on(friday).or_else(|| calendar::previous_session(friday))?;
    Some(last.date)
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
