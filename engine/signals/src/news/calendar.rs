//! What is known to come, read from text.

use countersign_domain::{
    calendar::{market_date, ny},
    instrument::Symbol,
    news::{Category, Scheduled},
};
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::clean;

/// What is wrong with a line of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct CalendarFault {
    /// Which, from 1.
    pub line: usize,
    /// What is wrong with it, and what would be right.
    pub fault: String,
}

/// The most lines that are read.
const LINES_MOST: usize = 20_000;

/// The most faults that are told.
const FAULTS_MOST: usize = 20;

/// The most characters of a name.
const NAME_MOST: usize = 80;

/// What the program ships: decisions of the Federal Reserve, as it announced them. Other figures of the
/// economy and companies' earnings come from the user's own calendar.
const SHIPPED: &str = include_str!("data/calendar.csv");

/// The calendar that the program ships.
pub fn shipped() -> Vec<Scheduled> {
    read(SHIPPED).unwrap_or_default()
}

/// Reads a calendar: lines of `date,time,symbol,category,name` under a line that names them so, in
/// whatever order, with `zone` where it is wanted. Lines that are empty or begin with `#` are passed
/// over.
///
/// - `date`: `2026-12-09`; `time`: `14:00`, or nothing when it is not known;
/// - `zone`: `America/New_York`, also when it is empty, or `UTC`;
/// - `symbol`: whose it is; empty for everybody;
/// - `category`: `earnings`, `macro`, `clinical` and so on;
/// - `name`: what people read. The last column holds the rest of its line, commas and all.
///
/// # Errors
///
/// What is wrong with each line, the first 20 of them: tell whoever wrote it, and use none of it.
pub fn read(text: &str) -> Result<Vec<Scheduled>, Vec<CalendarFault>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at.saturating_add(1), line.trim()));
    let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let Some((first, head)) = lines.next() else {
        return Ok(Vec::new());
    };
    let at = |line| move |fault| CalendarFault { line, fault };
    let columns = Columns::of(head).map_err(|fault| vec![at(first)(fault)])?;
    let (mut events, mut faults) = (Vec::new(), Vec::new());
    for (many, (line, text)) in lines.enumerate() {
        let event = if many < LINES_MOST {
            columns.event(text)
        } else {
            Err(format!("a calendar has at most {LINES_MOST} lines"))
        };
        match event {
            Ok(event) => events.push(event),
            Err(fault) => faults.push(at(line)(fault)),
        }
        if faults.len() >= FAULTS_MOST {
            break;
        }
    }
    if faults.is_empty() {
        events.sort();
        events.dedup();
        Ok(events)
    } else {
        Err(faults)
    }
}

const NAMES: [&str; 6] = ["date", "time", "zone", "symbol", "category", "name"];

/// Which column holds what.
struct Columns(Vec<String>);

impl Columns {
    fn of(head: &str) -> Result<Self, String> {
        let columns: Vec<String> = head
            .split(',')
            .map(|name| unquoted(name).to_ascii_lowercase())
            .collect();
        for name in &columns {
            if !NAMES.contains(&name.as_str()) {
                let name = clean::line(name, 40);
                return Err(format!(
                    "`{name}` is no column; there are {}",
                    NAMES.join(", ")
                ));
            }
        }
        for name in NAMES {
            let many = columns.iter().filter(|column| *column == name).count();
            if many > 1 {
                return Err(format!("the column `{name}` is there twice"));
            }
            if many == 0 && name != "zone" {
                return Err(format!("there is no column `{name}`"));
            }
        }
        Ok(Self(columns))
    }

    fn event(&self, line: &str) -> Result<Scheduled, String> {
        let fields: Vec<&str> = line.splitn(self.0.len(), ',').map(unquoted).collect();
        if fields.len() < self.0.len() {
            let (wanted, found) = (self.0.len(), fields.len());
            return Err(format!("{found} of {wanted} columns are there"));
        }
        let field = |name: &str| {
            let at = self.0.iter().position(|column| column == name);
            at.and_then(|at| fields.get(at))
                .copied()
                .unwrap_or_default()
        };
        let shown = |name: &str| clean::line(field(name), 40);
        let on: Date = field("date")
            .parse()
            .map_err(|_| format!("`{}` is no date; one is `2026-12-09`", shown("date")))?;
        let (on, at) = instant(on, field("time"), field("zone"))?;
        let underlying = match field("symbol") {
            "" => None,
            symbol => Some(
                symbol
                    .parse::<Symbol>()
                    .map_err(|error| error.to_string())?,
            ),
        };
        let category = Category::named(field("category")).ok_or_else(|| {
            let all = Category::ALL.map(Category::as_str).join(", ");
            format!("`{}` is no category; there are {all}", shown("category"))
        })?;
        let name = clean::line(field("name"), NAME_MOST);
        if name.is_empty() {
            return Err("it has no name".to_owned());
        }
        Ok(Scheduled {
            underlying,
            category,
            name,
            on,
            at,
        })
    }
}

/// The New York day and the instant of a date and time.
fn instant(on: Date, time: &str, zone: &str) -> Result<(Date, Option<Timestamp>), String> {
    let new_york = match zone {
        "" | "America/New_York" => true,
        "UTC" => false,
        zone => {
            let zone = clean::line(zone, 40);
            return Err(format!(
                "`{zone}` is no zone of a calendar; there are `America/New_York` and `UTC`"
            ));
        }
    };
    if time.is_empty() {
        return Ok((on, None));
    }
    let wrong = || format!("`{}` is no time; one is `14:00`", clean::line(time, 40));
    let clock: Time = match time.split_once(':') {
        Some((hour, minute)) if hour.len() <= 2 && minute.len() == 2 => {
            let (hour, minute) = (hour.parse::<i8>(), minute.parse::<i8>());
            let clock = hour.ok().zip(minute.ok());
            clock
                .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok())
                .ok_or_else(wrong)?
        }
        _ => return Err(wrong()),
    };
    let at = if new_york {
        ny(on, clock.hour(), clock.minute()).map_err(|error| error.to_string())?
    } else {
        let there = on.to_datetime(clock).to_zoned(TimeZone::UTC);
        there.map_err(|error| error.to_string())?.timestamp()
    };
    Ok((market_date(at), Some(at)))
}

/// A field without the quotes around it.
fn unquoted(field: &str) -> &str {
    let field = field.trim();
    let inner = field.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.unwrap_or(field).trim()
}
