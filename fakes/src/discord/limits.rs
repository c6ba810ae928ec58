//! Rate limits: a bucket per route and place, and one for everything.

use std::collections::BTreeMap;
use std::time::Duration;

use super::clock::micros;

/// How many requests in how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests in a window.
    pub requests: u32,
    /// The window, which starts with its first request.
    pub per: Duration,
}

impl Allowance {
    /// `requests` in every `seconds`.
    pub const fn of(requests: u32, seconds: u64) -> Self {
        Self {
            requests,
            per: Duration::from_secs(seconds),
        }
    }
}

/// The name of the bucket of edits of messages that are older than an hour.
pub const OLD_EDITS: &str = "update_message older than an hour";

/// Over all routes, except answers to interactions.
const GLOBAL: Allowance = Allowance::of(50, 1);

/// What the platform commonly sends, by operation.
const COMMON: [(&str, Allowance); 16] = [
    ("create_message", Allowance::of(5, 5)),
    ("update_message", Allowance::of(5, 5)),
    ("delete_message", Allowance::of(5, 1)),
    ("list_messages", Allowance::of(5, 5)),
    ("create_pin", Allowance::of(5, 5)),
    ("deprecated_create_pin", Allowance::of(5, 5)),
    ("create_thread", Allowance::of(50, 300)),
    ("create_thread_from_message", Allowance::of(50, 300)),
    ("update_channel", Allowance::of(10, 600)),
    ("create_dm", Allowance::of(10, 10)),
    ("execute_webhook", Allowance::of(5, 2)),
    ("update_original_webhook_message", Allowance::of(5, 2)),
    ("update_webhook_message", Allowance::of(5, 2)),
    ("list_guild_members", Allowance::of(10, 10)),
    (OLD_EDITS, Allowance::of(3, 30)),
    ("trigger_typing_indicator", Allowance::of(5, 5)),
];

const OTHERS: Allowance = Allowance::of(50, 1);

/// The state of one bucket after a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Passed {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_us: i64,
    pub(crate) reset_after_us: i64,
    pub(crate) bucket: String,
}

/// Why a request is too much, and when it would not be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TooMuch {
    pub(crate) retry_after_us: i64,
    pub(crate) global: bool,
    pub(crate) passed: Option<Passed>,
}

pub(crate) struct Limits {
    pub(crate) on: bool,
    own: BTreeMap<String, Allowance>,
    windows: BTreeMap<(String, String), Window>,
    global: Allowance,
    global_window: Window,
    /// How often 429 was said, by operation.
    pub(crate) refused: BTreeMap<String, u64>,
}

#[derive(Default, Clone, Copy)]
struct Window {
    start_us: i64,
    used: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            on: true,
            own: BTreeMap::new(),
            windows: BTreeMap::new(),
            global: GLOBAL,
            global_window: Window::default(),
            refused: BTreeMap::new(),
        }
    }
}

impl Limits {
    pub(crate) fn set(&mut self, bucket: &str, allowance: Allowance) {
        self.own.insert(bucket.to_owned(), allowance);
    }

    pub(crate) fn set_global(&mut self, allowance: Allowance) {
        self.global = allowance;
    }

    fn allowance(&self, bucket: &str) -> Allowance {
        let common = COMMON
            .iter()
            .find(|(name, _)| *name == bucket)
            .map_or(OTHERS, |(_, allowance)| *allowance);
        self.own.get(bucket).copied().unwrap_or(common)
    }

    /// Counts a request against everything. Answers to interactions are not counted here.
    pub(crate) fn pass_global(&mut self, now_us: i64) -> Result<(), TooMuch> {
        if !self.on {
            return Ok(());
        }
        match self.global_window.take(now_us, self.global) {
            Ok(_) => Ok(()),
            Err(retry_after_us) => Err(TooMuch {
                retry_after_us,
                global: true,
                passed: None,
            }),
        }
    }

    /// Counts a request against its bucket: the operation and the place that it is about.
    pub(crate) fn pass(
        &mut self,
        bucket: &str,
        place: &str,
        now_us: i64,
    ) -> Result<Option<Passed>, TooMuch> {
        if !self.on {
            return Ok(None);
        }
        let allowance = self.allowance(bucket);
        let window = self
            .windows
            .entry((bucket.to_owned(), place.to_owned()))
            .or_default();
        let taken = window.take(now_us, allowance);
        let reset_us = window.start_us + micros(allowance.per);
        let passed = Passed {
            limit: allowance.requests,
            remaining: taken.unwrap_or(0),
            reset_us,
            reset_after_us: reset_us - now_us,
            bucket: name_of(bucket),
        };
        match taken {
            Ok(_) => Ok(Some(passed)),
            Err(retry_after_us) => Err(TooMuch {
                retry_after_us,
                global: false,
                passed: Some(passed),
            }),
        }
    }
}

impl Window {
    /// How many are left after this one, or how long to wait.
    fn take(&mut self, now_us: i64, allowance: Allowance) -> Result<u32, i64> {
        let per = micros(allowance.per);
        if now_us >= self.start_us + per {
            *self = Self {
                start_us: now_us,
                used: 0,
            };
        }
        if self.used >= allowance.requests {
            return Err(self.start_us + per - now_us);
        }
        self.used += 1;
        Ok(allowance.requests - self.used)
    }
}

/// A bucket's name on the wire tells nothing, as on the platform.
fn name_of(bucket: &str) -> String {
    use sha2::Digest;
    hex::encode(&sha2::Sha256::digest(bucket.as_bytes())[..16])
}
