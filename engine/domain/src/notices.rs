//! Notices: what people are told by themselves, how loudly, and when it is quiet.

mod quiet;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use quiet::{Quiet, time_zone};

use crate::{event::Alarm, trading::TradingEvent, view::View};

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Routine,
    /// Somebody should look.
    Important,
    /// Somebody has to act now: it can not be muted.
    Critical,
}

/// How loudly something is told; each is louder than the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Volume {
    /// Not at all.
    Off,
    /// Without a sound.
    Silent,
    /// With a sound.
    Loud,
}

/// What people are told by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A ticket waits for a decision, or waited for one.
    Offer,
    /// Something was traded whose card was not shown before.
    Trade,
    /// Somebody asks for an override or a looser limit, which waits for others to grant it.
    Override,
    /// The end of a day.
    Report,
    /// An alarm that can wait for a moment.
    Warning,
    /// An alarm that can not.
    Alarm,
}

impl Severity {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Important => "important",
            Self::Critical => "critical",
        }
    }
}

/// How much each notice matters, and how loudly it is told where nobody said otherwise.
const TABLE: [(Notice, &str, Severity, Volume); 6] = [
    (Notice::Offer, "offer", Severity::Important, Volume::Loud),
    (Notice::Trade, "trade", Severity::Routine, Volume::Loud),
    (
        Notice::Override,
        "override",
        Severity::Important,
        Volume::Loud,
    ),
    (Notice::Report, "report", Severity::Routine, Volume::Silent),
    (
        Notice::Warning,
        "warning",
        Severity::Important,
        Volume::Loud,
    ),
    (Notice::Alarm, "alarm", Severity::Critical, Volume::Loud),
];

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 6] = [
        Self::Offer,
        Self::Trade,
        Self::Override,
        Self::Report,
        Self::Warning,
        Self::Alarm,
    ];

    fn row(self) -> (&'static str, Severity, Volume) {
        let mut rows = TABLE.into_iter();
        let row = rows.find(|(notice, ..)| *notice == self);
        // One that stood in no row would be told as loudly as can be.
        row.map_or(
            ("", Severity::Critical, Volume::Loud),
            |(_, name, severity, volume)| (name, severity, volume),
        )
    }

    /// The word for it in commands and events.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// How much it matters.
    pub fn severity(self) -> Severity {
        self.row().1
    }

    /// How loudly it is told where nobody said otherwise.
    pub fn usual(self) -> Volume {
        self.row().2
    }

    /// The notice of that name.
    ///
    /// # Errors
    ///
    /// [`NoticeFault::Unknown`]
    pub fn named(name: &str) -> Result<Self, NoticeFault> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|it| it.name().eq_ignore_ascii_case(name));
        found.ok_or(NoticeFault::Unknown)
    }

    /// What it is to be shown that for the first time.
    pub fn of(view: &View) -> Self {
        match view {
            View::Ticket(ticket) if ticket.position.is_none() => Self::Offer,
            View::Ticket(_) | View::Position(_) | View::Board(_) => Self::Trade,
            View::Override(_) => Self::Override,
            View::Report(_) | View::Digest(_) => Self::Report,
            View::Alarm { alarm, .. } => Self::of_alarm(alarm),
        }
    }

    /// What it is to be told of that alarm.
    pub const fn of_alarm(alarm: &Alarm) -> Self {
        match alarm {
            Alarm::LateOrder(_)
            | Alarm::NeverArrived(_)
            | Alarm::Unmarked(_)
            | Alarm::CardRefused { .. }
            | Alarm::Forged { .. } => Self::Warning,
            Alarm::Stopped(stop) if matches!(stop.event, TradingEvent::Reduce) => Self::Warning,
            Alarm::ExitStuck { .. }
            | Alarm::Overfilled(_)
            | Alarm::LegsDiverged(_)
            | Alarm::ExitRejected { .. }
            | Alarm::Mismatch(_)
            | Alarm::StoreDown(_)
            | Alarm::BrokerDown(_)
            | Alarm::CrashLoop { .. }
            | Alarm::RoomLost { .. }
            | Alarm::Deaf { .. }
            | Alarm::News(_)
            | Alarm::Stopped(_) => Self::Alarm,
        }
    }
}

/// How a room, or a person, is told things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manners {
    /// How loudly, where it is not as usual.
    pub volumes: BTreeMap<Notice, Volume>,
    /// When it is quiet.
    pub quiet: Option<Quiet>,
    /// In which language, by its tag.
    pub language: Option<String>,
}

impl Manners {
    /// How loudly a notice is told outside quiet hours. What is critical is always loud.
    pub fn set(&self, notice: Notice) -> Volume {
        if notice.severity() == Severity::Critical {
            return Volume::Loud;
        }
        let set = self.volumes.get(&notice).copied();
        set.unwrap_or_else(|| notice.usual())
    }

    /// How loudly a notice is told now.
    pub fn volume(&self, notice: Notice, now: Timestamp) -> Volume {
        let quiet = self.quiet.as_ref().is_some_and(|quiet| quiet.holds(now));
        if quiet && notice.severity() < Severity::Critical {
            self.set(notice).min(Volume::Silent)
        } else {
            self.set(notice)
        }
    }

    /// These, and where they say nothing, those.
    #[must_use]
    pub fn over(&self, those: &Self) -> Self {
        let mut all = those.clone();
        all.volumes
            .extend(self.volumes.iter().map(|(it, volume)| (*it, *volume)));
        all.quiet = self.quiet.clone().or(all.quiet);
        all.language = self.language.clone().or(all.language);
        all
    }

    /// The time zone in which who is told so reads times, where one was named: that of the quiet hours.
    pub fn zone(&self) -> Option<&str> {
        self.quiet.as_ref().map(Quiet::zone)
    }

    /// These with one thing changed.
    ///
    /// # Errors
    ///
    /// [`NoticeFault::Critical`]
    pub fn changed(&self, change: &MannersChange) -> Result<Self, NoticeFault> {
        let mut next = self.clone();
        match change {
            MannersChange::Volume(notice, volume) => {
                if notice.severity() == Severity::Critical && *volume != Volume::Loud {
                    return Err(NoticeFault::Critical);
                }
                next.volumes.insert(*notice, *volume);
            }
            MannersChange::Quiet(quiet) => next.quiet.clone_from(quiet),
            MannersChange::Language(language) => next.language = Some(language.clone()),
        }
        Ok(next)
    }
}

/// How a card is told in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// How loudly a new message is.
    pub volume: Volume,
    /// In which language, by its tag; `None` for the desk's own.
    pub language: Option<String>,
    /// In which time zone, by its name in the tz database; `None` for the market's.
    pub zone: Option<String>,
}

impl Telling {
    /// With a sound, in the desk's own language and the market's time zone.
    pub const LOUD: Self = Self::plain(Volume::Loud);

    /// So loudly, in the desk's own language and the market's time zone.
    pub const fn plain(volume: Volume) -> Self {
        Self {
            volume,
            language: None,
            zone: None,
        }
    }
}

/// One thing to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MannersChange {
    /// How loudly a notice is told.
    Volume(Notice, Volume),
    /// When it is quiet; `None` for never.
    Quiet(Option<Quiet>),
    /// In which language, by its tag.
    Language(String),
}

/// Why it cannot be told so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeFault {
    /// What is critical is always loud.
    Critical,
    /// It is the last room in which a ticket that waits for a decision would be shown.
    LastRoom,
    /// There is no notice of that name.
    Unknown,
    /// Quiet hours that begin when they end.
    Hours,
    /// There is no time zone of that name.
    Zone,
    /// The desk has no such room.
    Room,
    /// The desk shows that person nothing in private.
    NoPrivate,
}
