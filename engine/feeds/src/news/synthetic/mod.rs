//! News of the synthetic market: made up, the same for the same seed, told at market time.
//!
//! Each session has a script and a background. The script ([`Planned`]) is timed from the first scan
//! that can offer a ticket, so that a demo shows within minutes what news does: a story that passes, a
//! warning, an underlying that is vetoed, and one that is vetoed 30 to 60 seconds after its ticket went
//! on offer. The background is a few stories an hour, mostly harmless. Among all of them are the same
//! story by several publishers, an old one, and one whose markup and words try to be more than text.
//!
//! Companies are real, their publishers and everything about them is not. Prices do not react.
//!
//! The cursor is the time up to which everything was told. What is due depends on configuration, seed,
//! symbols and time alone.

mod script;
mod texts;

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use countersign_desk::ports::{News, NewsBatch, NewsError};
use countersign_domain::{
    calendar::{self, Session},
    instrument::Symbol,
    news::RawStory,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use self::script::{Told, of_session};
use super::{NewsFault, check, cursor};

pub use script::{Kind, Planned};

/// How far back the first poll reaches, and the longest time between two polls that is told in full.
const BACK: SignedDuration = SignedDuration::from_hours(6);
/// How far ahead the next story is looked for.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// The news of the synthetic market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SyntheticNewsConfig {
    /// Its name; once on a desk. 1 to 32 letters, digits, `-` and `_`.
    pub name: String,
    /// Stories an hour about each symbol, on average, and about none; 0 to 60.
    pub per_hour: u32,
    /// Seconds from a session's open to the first scan that can offer a ticket; 0 to 23,400. The
    /// script's times count from there.
    pub first_offer_s: u32,
    /// What happens in every session beside the background; the usual script unless set. At most 200.
    pub script: Option<Vec<Planned>>,
}

impl Default for SyntheticNewsConfig {
    fn default() -> Self {
        Self {
            name: "synthetic".to_owned(),
            per_hour: 2,
            // 10:50 in New York: the trend strategy has its bars then.
            first_offer_s: 4_800,
            script: None,
        }
    }
}

impl SyntheticNewsConfig {
    /// Passes when a source can be made of it.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: the first key that makes no sense, and what would.
    pub fn check(&self) -> Result<(), NewsFault> {
        check::name(&self.name)?;
        check::within("per_hour", self.per_hour, 0..=60)?;
        check::within("first_offer_s", self.first_offer_s, 0..=23_400)?;
        let script = self.script.as_deref().unwrap_or_default();
        check::need(script.len() <= 200, "script", "at most 200 stories")?;
        for (index, planned) in script.iter().enumerate() {
            let at = |key: &str| format!("script[{index}].{key}");
            let good = planned.within_s <= 600 && planned.after_s.unsigned_abs() <= 23_400;
            let must = "within a session: at most 23400 seconds off, and 600 more by chance";
            check::need(good, &at("after_s"), must)?;
            check::need(planned.copies <= 5, &at("copies"), "at most 5")?;
        }
        Ok(())
    }
}

/// The news of the synthetic market as a source of news.
pub struct SyntheticNews {
    config: SyntheticNewsConfig,
    seed: u64,
    symbols: Vec<Symbol>,
    script: Vec<Planned>,
    /// The stories of the session that was asked for last, by time.
    session: Mutex<Option<(Date, Arc<[Told]>)>>,
}

/// What is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    seed: u64,
    /// Up to when everything was told.
    until: Timestamp,
}

impl SyntheticNews {
    /// The news of a market with that seed and these symbols.
    ///
    /// # Errors
    ///
    /// [`NewsFault`]: correct the configuration.
    pub fn new(
        config: SyntheticNewsConfig,
        seed: u64,
        symbols: &[Symbol],
    ) -> Result<Self, NewsFault> {
        config.check()?;
        let script = config.script.clone();
        Ok(Self {
            script: script.unwrap_or_else(|| script::usual(symbols)),
            symbols: symbols.to_vec(),
            config,
            seed,
            session: Mutex::new(None),
        })
    }

    /// The stories of a session, made once.
    fn of(&self, session: Session) -> Arc<[Told]> {
        let mut kept = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((date, stories)) if *date == session.date => stories.clone(),
            _ => {
                let stories: Arc<[Told]> = of_session(self, session).into();
                *kept = Some((session.date, stories.clone()));
                stories
            }
        }
    }

    /// Everything told after `from`, up to `to`.
    fn between(&self, from: Timestamp, to: Timestamp) -> Vec<Told> {
        let days = (calendar::market_date(from), calendar::market_date(to));
        let mut told = Vec::new();
        for session in calendar::sessions(days.0, days.1) {
            let stories = self.of(session);
            let due = stories.iter().filter(|it| it.at > from && it.at <= to);
            told.extend(due.cloned());
        }
        told
    }
}

#[async_trait]
impl News for SyntheticNews {
    fn name(&self) -> &str {
        &self.config.name
    }

    async fn poll(
        &self,
        cursor: Option<&str>,
        watched: &[Symbol],
        now: Timestamp,
    ) -> Result<NewsBatch, NewsError> {
        let before = cursor::read::<Cursor>(cursor);
        let before = before.filter(|it| it.seed == self.seed && it.until <= now);
        let first = now - BACK;
        let from = before.map_or(first, |it| it.until.max(first));
        let due = self.between(from, now).into_iter();
        let due = due.filter(|it| it.symbol.is_none_or(|it| watched.contains(&it)));
        let stories: Vec<RawStory> = due.map(|it| it.story).collect();
        let ahead = self.between(now, now + AHEAD);
        let next = ahead.first().map_or(now + AHEAD, |it| it.at);
        let cursor = Cursor {
            seed: self.seed,
            until: now,
        };
        Ok(NewsBatch {
            stories,
            unreadable: 0,
            cursor: cursor::write(&cursor).unwrap_or_default(),
            not_before: Some(next),
        })
    }
}
