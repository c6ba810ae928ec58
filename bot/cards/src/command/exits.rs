//! Changes of an exit plan as people type them: `target 50 stop 35 trail 25/15 time 15:45 days 7`.

use std::fmt;

use countersign_domain::{
    calendar::market_date,
    exit::{ExitPlan, TrailingStop},
    money::Percent,
};
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{fault::Fault, read};

static NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

/// What becomes of one part of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is switched off.
    Off,
    /// It is this from now on.
    To(T),
}

/// A time in New York: of today, or of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day, when it was said.
    pub day: Option<Date>,
    /// The time of the day.
    pub time: Time,
}

/// What is to change about an exit plan; what was not named stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanChange {
    /// The profit target.
    pub target: Part<Percent>,
    /// The stop.
    pub stop: Part<Percent>,
    /// The trailing stop.
    pub trail: Part<TrailingStop>,
    /// The time stop.
    pub time: Part<Clock>,
    /// Days before expiry.
    pub days: Part<u32>,
}

impl<T> Part<T> {
    fn onto<U>(self, was: Option<U>, made: impl FnOnce(T) -> Option<U>) -> Option<U> {
        match self {
            Self::Keep => was,
            Self::Off => None,
            Self::To(value) => made(value),
        }
    }
}

impl Clock {
    /// That time, where `now` says which day today is.
    pub fn at(self, now: Timestamp) -> Option<Timestamp> {
        let day = self.day.unwrap_or_else(|| market_date(now));
        NEW_YORK.to_timestamp(day.to_datetime(self.time)).ok()
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.day {
            write!(f, "{day}T")?;
        }
        f.write_str(&read::time_text(self.time))
    }
}

impl PlanChange {
    /// Everything is switched off.
    pub const OFF: Self = Self {
        target: Part::Off,
        stop: Part::Off,
        trail: Part::Off,
        time: Part::Off,
        days: Part::Off,
    };

    /// What makes any plan this one. A time that is not on a whole minute cannot be written, so that
    /// it stays.
    pub fn to(plan: &ExitPlan) -> Self {
        let time = plan.time_stop.map(|at| {
            let at = at.to_zoned(NEW_YORK.clone());
            let clock = Clock {
                day: Some(at.date()),
                time: at.time(),
            };
            let whole = at.second() == 0 && at.subsec_nanosecond() == 0;
            if whole { Part::To(clock) } else { Part::Keep }
        });
        Self {
            target: plan.profit_target.map_or(Part::Off, Part::To),
            stop: plan.stop_loss.map_or(Part::Off, Part::To),
            trail: plan.trail.map_or(Part::Off, Part::To),
            time: time.unwrap_or(Part::Off),
            days: plan.days_to_expiry.map_or(Part::Off, Part::To),
        }
    }

    /// The plan with these changes. The desk checks whether it makes sense.
    pub fn onto(&self, plan: ExitPlan, now: Timestamp) -> ExitPlan {
        ExitPlan {
            profit_target: self.target.onto(plan.profit_target, Some),
            stop_loss: self.stop.onto(plan.stop_loss, Some),
            trail: self.trail.onto(plan.trail, Some),
            time_stop: self.time.onto(plan.time_stop, |clock| clock.at(now)),
            days_to_expiry: self.days.onto(plan.days_to_expiry, Some),
        }
    }

    /// Reads pairs of a part and its figure, or `off` alone.
    pub(super) fn read(words: &[&str]) -> Result<Self, Fault> {
        if let [word] = words
            && is_off(word)
        {
            return Ok(Self::OFF);
        }
        let mut change = Self::default();
        for pair in words.chunks(2) {
            let (part, value) = match pair {
                [part, value] => (part.to_ascii_lowercase(), *value),
                [part] if is_part(part) => return Err(Fault::PartValue),
                _ => return Err(Fault::Part),
            };
            match part.as_str() {
                "target" => set(&mut change.target, value, percent)?,
                "stop" => set(&mut change.stop, value, percent)?,
                "trail" => set(&mut change.trail, value, trail)?,
                "time" => set(&mut change.time, value, clock)?,
                "days" => set(&mut change.days, value, days)?,
                _ => return Err(Fault::Part),
            }
        }
        Ok(change)
    }

    /// As `PlanChange::read` reads it; empty when nothing changes.
    pub fn text(&self) -> String {
        if *self == Self::OFF {
            return "off".to_owned();
        }
        let percent = |percent: Percent| percent.0.to_string();
        let trail = |trail: TrailingStop| format!("{}/{}", trail.arm.0, trail.give_back.0);
        let parts = [
            part("target", self.target, percent),
            part("stop", self.stop, percent),
            part("trail", self.trail, trail),
            part("time", self.time, |clock| clock.to_string()),
            part("days", self.days, |days| days.to_string()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn is_off(word: &str) -> bool {
    word.eq_ignore_ascii_case("off")
}

fn is_part(word: &str) -> bool {
    ["target", "stop", "trail", "time", "days"]
        .iter()
        .any(|part| part.eq_ignore_ascii_case(word))
}

fn part<T>(name: &str, value: Part<T>, text: impl Fn(T) -> String) -> Option<String> {
    match value {
        Part::Keep => None,
        Part::Off => Some(format!("{name} off")),
        Part::To(value) => Some(format!("{name} {}", text(value))),
    }
}

/// Each part is named once.
fn set<T>(
    part: &mut Part<T>,
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Fault>,
) -> Result<(), Fault> {
    if !matches!(part, Part::Keep) {
        return Err(Fault::PartValue);
    }
    *part = if is_off(text) {
        Part::Off
    } else {
        Part::To(read(text)?)
    };
    Ok(())
}

fn percent(text: &str) -> Result<Percent, Fault> {
    let number = text.strip_suffix('%').unwrap_or(text);
    let number = read::whole(number, 1..=1_000).ok_or(Fault::Percent)?;
    Ok(Percent(number))
}

fn trail(text: &str) -> Result<TrailingStop, Fault> {
    let (arm, back) = text.split_once('/').ok_or(Fault::Trail)?;
    let (arm, give_back) = (percent(arm), percent(back));
    match (arm, give_back) {
        (Ok(arm), Ok(give_back)) => Ok(TrailingStop { arm, give_back }),
        _ => Err(Fault::Trail),
    }
}

fn clock(text: &str) -> Result<Clock, Fault> {
    let (day, time) = match text.split_once(['T', 't']) {
        Some((day, time)) => (Some(read::day(day).ok_or(Fault::Clock)?), time),
        None => (None, text),
    };
    let time = read::time(time).ok_or(Fault::Clock)?;
    Ok(Clock { day, time })
}

fn days(text: &str) -> Result<u32, Fault> {
    read::whole(text, 0..=365).ok_or(Fault::Days)
}
