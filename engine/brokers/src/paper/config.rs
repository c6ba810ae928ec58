//! How the paper account behaves.

use countersign_domain::money::Usd;
use jiff::SignedDuration;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// When a journal line counts as kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Durability {
    /// Once the disk has it: survives a power cut. For every account that is kept.
    #[default]
    Synced,
    /// Once the operating system has it: survives a killed process, not a power cut. For replays
    /// at full speed, whose account is thrown away.
    Buffered,
}

/// The settings of a paper account. What each does to a fill is told in [`super`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaperConfig {
    /// The account's name: 1 to 32 letters, digits, `-` and `_`; names its files.
    pub account: String,
    /// Dollars in a new account. An account that exists keeps its own cash.
    pub starting_cash: Usd,
    /// Dollars per option contract and way; shares cost nothing.
    pub fee_per_contract: Usd,
    /// Milliseconds from the submission until the order reaches the market; at most a minute.
    pub latency_ms: u32,
    /// The oldest quote that fills, in milliseconds from when it became visible.
    pub max_quote_age_ms: u32,
    /// The part of a quote's visible size that may be taken, percent: 1 to 100.
    pub participation_percent: u32,
    /// The part of the half-spread that a fill crosses from the mid: 0 is the mid, 1 the far side.
    pub cross_share: Decimal,
    /// How long an IOC order waits for quotes once it has reached the market, in milliseconds.
    pub ioc_wait_ms: u32,
    /// Minutes from a contract's last trading time (or its settling open) to its settlement.
    pub settle_after_minutes: u32,
    /// Minutes before a contract's last trading time at which positions are closed at the latest:
    /// 60 or more, for the last trading hour cannot be switched off.
    pub close_before_end_minutes: u32,
    /// When a journal line counts as kept.
    pub durability: Durability,
    /// Bytes of new journal lines from which opening the account compacts them.
    pub compact_above_bytes: u64,
}

impl Default for PaperConfig {
    fn default() -> Self {
        Self {
            account: "paper".to_owned(),
            starting_cash: Usd::from_micros(100_000_000_000),
            fee_per_contract: Usd::from_micros(650_000),
            latency_ms: 250,
            max_quote_age_ms: 10_000,
            participation_percent: 100,
            cross_share: Decimal::new(5, 1),
            ioc_wait_ms: 5_000,
            settle_after_minutes: 5,
            close_before_end_minutes: 60,
            durability: Durability::Synced,
            compact_above_bytes: 4 * 1024 * 1024,
        }
    }
}

/// A setting that makes no sense: correct the named key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} = {value}: it must be {must}")]
pub struct ConfigError {
    /// Which key.
    pub key: &'static str,
    /// What it holds.
    pub value: String,
    /// What would be right.
    pub must: &'static str,
}

/// The longest latency, wait and age: longer ones are a mistake of unit.
const LONGEST_LATENCY_MS: u32 = 60_000;
const LONGEST_WAIT_MS: u32 = 3_600_000;
/// A day: settlement and closing happen within it.
const LONGEST_MINUTES: u32 = 1_440;
/// The last trading hour is promised on every card: it can begin earlier, never later.
const LAST_HOUR_MINUTES: u32 = 60;

impl PaperConfig {
    /// Checks every setting.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] names the first key that makes no sense and what would.
    pub fn check(&self) -> Result<(), ConfigError> {
        let named = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let name_fits = (1..=32).contains(&self.account.len()) && self.account.chars().all(named);
        let shares = Decimal::ZERO..=Decimal::ONE;
        ensure(
            name_fits,
            "account",
            &self.account,
            "1 to 32 letters, digits, - and _",
        )?;
        let cash = self.starting_cash;
        let cash_fits = cash.is_positive() && cash.micros().is_some();
        ensure(cash_fits, "starting_cash", &cash, "an amount above zero")?;
        let fee = self.fee_per_contract;
        let fee_fits = !fee.is_negative() && fee <= Usd::from_micros(100_000_000);
        ensure(fee_fits, "fee_per_contract", &fee, "from 0 to 100 dollars")?;
        let latency = self.latency_ms;
        ensure(
            latency <= LONGEST_LATENCY_MS,
            "latency_ms",
            &latency,
            "at most 60000",
        )?;
        let age = self.max_quote_age_ms;
        let age_fits = (1..=LONGEST_WAIT_MS).contains(&age);
        ensure(age_fits, "max_quote_age_ms", &age, "from 1 to 3600000")?;
        let part = self.participation_percent;
        ensure(
            (1..=100).contains(&part),
            "participation_percent",
            &part,
            "from 1 to 100",
        )?;
        let cross = self.cross_share;
        ensure(
            shares.contains(&cross),
            "cross_share",
            &cross,
            "from 0 to 1",
        )?;
        let wait = self.ioc_wait_ms;
        ensure(
            wait <= LONGEST_WAIT_MS,
            "ioc_wait_ms",
            &wait,
            "at most 3600000",
        )?;
        let settle = self.settle_after_minutes;
        ensure(
            settle <= LONGEST_MINUTES,
            "settle_after_minutes",
            &settle,
            "at most 1440",
        )?;
        let close = self.close_before_end_minutes;
        ensure(
            (LAST_HOUR_MINUTES..=LONGEST_MINUTES).contains(&close),
            "close_before_end_minutes",
            &close,
            "from 60 to 1440",
        )
    }

    pub(super) fn latency(&self) -> SignedDuration {
        SignedDuration::from_millis(i64::from(self.latency_ms))
    }

    pub(super) fn max_quote_age(&self) -> SignedDuration {
        SignedDuration::from_millis(i64::from(self.max_quote_age_ms))
    }

    pub(super) fn ioc_wait(&self) -> SignedDuration {
        SignedDuration::from_millis(i64::from(self.ioc_wait_ms))
    }

    pub(super) fn settle_after(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.settle_after_minutes))
    }

    pub(super) fn close_before_end(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.close_before_end_minutes))
    }
}

fn ensure(
    fits: bool,
    key: &'static str,
    value: &dyn ToString,
    must: &'static str,
) -> Result<(), ConfigError> {
    if fits {
        return Ok(());
    }
    Err(ConfigError {
        key,
        value: value.to_string(),
        must,
    })
}
