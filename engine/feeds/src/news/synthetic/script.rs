//! What happens when: the script of a session, and its background.

use countersign_domain::{calendar::Session, instrument::Symbol, news::RawStory};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{SyntheticNews, SyntheticNewsConfig, texts};
use crate::synthetic::draw::Draw;

/// What a made-up story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something happened that moves nothing.
    Fact,
    /// Good for the price.
    Good,
    /// Bad for it.
    Bad,
    /// An analyst thinks more of it.
    Upgrade,
    /// An analyst thinks less of it.
    Downgrade,
    /// Results.
    Earnings,
    /// Courts and regulators.
    Lawsuit,
    /// A takeover.
    Merger,
    /// Somebody at the top leaves.
    Departure,
    /// Trading was stopped.
    Halt,
    /// What economies and central banks do, as expected.
    Macro,
    /// What they do when nobody expected it.
    Shock,
    /// A lawsuit of last week, told once more.
    Stale,
    /// Markup, and words that give orders.
    Injection,
}

/// A story of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Seconds after the first scan that can offer a ticket; before it when negative.
    pub after_s: i32,
    /// So many seconds later at the most, by the seed.
    #[serde(default)]
    pub within_s: u32,
    /// About which symbol; about none in particular without one.
    #[serde(default)]
    pub symbol: Option<Symbol>,
    /// What it is about.
    pub kind: Kind,
    /// How many other publishers carry it seconds later; at most 5.
    #[serde(default)]
    pub copies: u32,
}

/// The usual script: the first symbol is vetoed before a ticket can be offered, the second has stories
/// that pass and later one that warns, the third is vetoed while its ticket waits. Of fewer symbols one
/// plays several parts, the last of them first.
pub(super) fn usual(symbols: &[Symbol]) -> Vec<Planned> {
    let part = |index: usize| symbols.get(index).or(symbols.last()).copied();
    let (stopped, passing, late) = (part(0), part(1), part(2));
    let planned = |after_s, symbol, kind, copies| Planned {
        after_s,
        within_s: 0,
        symbol,
        kind,
        copies,
    };
    let first = [
        planned(-112, passing, Kind::Fact, 1),
        planned(-105, passing, Kind::Fact, 0),
        planned(-98, passing, Kind::Injection, 0),
        planned(-90, passing, Kind::Stale, 0),
    ];
    let vetoes = [
        planned(-80, stopped, Kind::Halt, 2),
        Planned {
            within_s: 25,
            ..planned(32, late, Kind::Departure, 2)
        },
    ];
    let later = [
        planned(240, passing, Kind::Good, 1),
        planned(480, passing, Kind::Downgrade, 2),
        planned(600, None, Kind::Macro, 0),
        planned(1_500, late, Kind::Earnings, 1),
        planned(3_300, stopped, Kind::Good, 0),
        planned(5_400, passing, Kind::Merger, 2),
        planned(7_200, late, Kind::Lawsuit, 1),
    ];
    // A market of one symbol shows a ticket first, and its veto then.
    let vetoes = vetoes.into_iter().skip(usize::from(symbols.len() < 2));
    first.into_iter().chain(vetoes).chain(later).collect()
}

/// A story, when it is told, and about which symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) at: Timestamp,
    pub(super) symbol: Option<Symbol>,
    pub(super) story: RawStory,
}

/// Every story of a session, by time.
pub(super) fn of_session(news: &SyntheticNews, session: Session) -> Vec<Told> {
    let symbols = news.symbols.iter().copied().map(Some);
    let mut told = Vec::new();
    for symbol in std::iter::once(None).chain(symbols) {
        let mut stream = Stream::new(news, session, symbol);
        stream.script(&news.script, news.config.first_offer_s);
        stream.background(&news.config);
        told.append(&mut stream.told);
    }
    told.sort_by(|a, b| (a.at, &a.story.name).cmp(&(b.at, &b.story.name)));
    told
}

/// The stories about one symbol in one session.
struct Stream {
    session: Session,
    symbol: Option<Symbol>,
    draw: Draw,
    told: Vec<Told>,
    /// Stories so far, copies not counted.
    count: u32,
}

impl Stream {
    fn new(news: &SyntheticNews, session: Session, symbol: Option<Symbol>) -> Self {
        Self {
            session,
            symbol,
            draw: Draw::of_news(news.seed, symbol, session.date),
            told: Vec::new(),
            count: 0,
        }
    }

    /// The planned ones about this symbol.
    fn script(&mut self, script: &[Planned], first_offer_s: u32) {
        let about = self.symbol;
        for planned in script.iter().filter(|it| it.symbol == about) {
            let late = self.below(planned.within_s + 1);
            let seconds = i64::from(first_offer_s) + i64::from(planned.after_s) + i64::from(late);
            let at = self.session.open + SignedDuration::from_secs(seconds);
            self.tell(at, planned.kind, planned.copies);
        }
    }

    /// A chance for a story in each five minutes. Until a quarter of an hour after the first ticket can
    /// be offered there is nothing in it that could matter, so that the script is seen.
    fn background(&mut self, config: &SyntheticNewsConfig) {
        const SLOT_S: u32 = 300;
        let per_hour = config.per_hour;
        let quiet_s = config.first_offer_s + 900;
        let length = self.session.close.duration_since(self.session.open);
        let length = length.as_secs().to_u32().unwrap_or_default();
        for slot in 0..length / SLOT_S {
            let stories = per_hour * SLOT_S / 3_600;
            let rest = f64::from(per_hour * SLOT_S % 3_600) / 3_600.0;
            let stories = stories + u32::from(self.draw.chance(rest));
            for _ in 0..stories {
                let seconds = slot * SLOT_S + self.below(SLOT_S);
                let at = self.session.open + SignedDuration::from_secs(seconds.into());
                let copies = u32::from(self.draw.chance(0.25));
                match (self.kind(), self.symbol) {
                    (kind, _) if seconds >= quiet_s => self.tell(at, kind, copies),
                    (_, Some(_)) => self.tell(at, Kind::Fact, copies),
                    (_, None) => {}
                }
            }
        }
    }

    /// A kind for the background: one in fifty is dangerous.
    fn kind(&mut self) -> Kind {
        let of_fund = self.symbol.is_none_or(texts::is_fund);
        let kinds: &[(f64, Kind)] = match self.symbol {
            None => &[(1.0, Kind::Macro)],
            Some(_) if of_fund => &[(0.5, Kind::Fact), (0.75, Kind::Good), (1.0, Kind::Bad)],
            Some(_) => &[
                (0.48, Kind::Fact),
                (0.66, Kind::Good),
                (0.78, Kind::Bad),
                (0.88, Kind::Upgrade),
                (0.96, Kind::Downgrade),
                (0.98, Kind::Stale),
                (0.987, Kind::Lawsuit),
                (0.994, Kind::Departure),
                (1.0, Kind::Merger),
            ],
        };
        let drawn = self.draw.even();
        let kind = kinds.iter().find(|(up_to, _)| drawn < *up_to);
        kind.map_or(Kind::Fact, |(_, kind)| *kind)
    }

    /// Evenly from 0 up to but not including `end`.
    fn below(&mut self, end: u32) -> u32 {
        let drawn = self.draw.even() * f64::from(end);
        drawn
            .to_u32()
            .unwrap_or_default()
            .min(end.saturating_sub(1))
    }

    /// Tells a story, and what other publishers make of it.
    fn tell(&mut self, at: Timestamp, kind: Kind, copies: u32) {
        self.count += 1;
        let headline = texts::headline(kind, self.symbol, |end| self.below(end));
        let first = self.below(texts::PUBLISHERS);
        let mut at = at;
        for copy in 0..=copies {
            let publisher = texts::publisher(first + copy);
            let word = self.symbol.map_or("all".to_owned(), |it| it.to_string());
            let name = format!("{}-{word}-{}-{copy}", self.session.date, self.count);
            let old = kind == Kind::Stale;
            let days = if old { 5 } else { 0 };
            let since = at - SignedDuration::from_hours(24 * days);
            // Not every publisher says what it is about.
            let tagged = copy == 0 && kind != Kind::Fact;
            let story = RawStory {
                link: texts::link(publisher, &name),
                name,
                headline: texts::retold(&headline, copy),
                publisher: publisher.to_owned(),
                published_at: Some(since),
                symbols: self
                    .symbol
                    .filter(|_| tagged)
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            };
            if at >= self.session.open && at <= self.session.close {
                let symbol = self.symbol;
                self.told.push(Told { at, symbol, story });
            }
            at += SignedDuration::from_secs(2 + i64::from(self.below(5)));
        }
    }
}
