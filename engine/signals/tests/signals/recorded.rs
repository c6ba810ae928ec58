//! The default parameters on recorded days.

use std::{fs::File, io::Read, path::Path};

use countersign_domain::{calendar, money::Price, quote::Bar, signal::Direction};
use countersign_signals::strategy::{Idea, Seen, Strategy, Trend, TrendParams};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// The lines of every member of a recorded zip, with the member's name.
pub(crate) fn members(path: &str) -> Vec<(String, Vec<Vec<i64>>)> {
    let path = Path::new(env!("TEST_DATA_DIR")).join(path);
    let file = File::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let mut text = String::new();
        member.read_to_string(&mut text).unwrap();
        let row = |line: &str| {
            line.split(',')
                .map(|cell| cell.trim().parse().unwrap_or(0))
                .collect()
        };
        let name = member.name().unwrap().into_owned();
        members.push((name, text.lines().map(row).collect()));
    }
    members
}

/// The instant of a recorded row: milliseconds after midnight in New York.
pub(crate) fn instant(date: Date, millis: i64) -> Timestamp {
    calendar::ny(date, 0, 0).unwrap() + SignedDuration::from_millis(millis)
}

/// All minute bars of a recorded day, before the open and after the close included.
pub(crate) fn minutes(symbol: &str, date: Date) -> Vec<Bar> {
    let day = date.strftime("%Y%m%d");
    let members = members(&format!("bars/lean/minute/{symbol}/{day}_trade.zip"));
    let price = Price::from_ten_thousandths;
    members
        .iter()
        .flat_map(|(_, rows)| rows)
        .map(|row| Bar {
            start: instant(date, row[0]),
            open: price(row[1]),
            high: price(row[2]),
            low: price(row[3]),
            close: price(row[4]),
            volume: row[5].unsigned_abs(),
        })
        .collect()
}

/// What the default parameters notice at every five minutes of a session.
pub(crate) fn ideas(symbol: &str, date: Date) -> Vec<(Timestamp, Idea)> {
    let strategy = Trend::new(TrendParams::default()).unwrap();
    let minutes = minutes(symbol, date);
    let session = calendar::session_on(date).unwrap();
    let underlying = symbol.to_uppercase().parse().unwrap();
    let mut found = Vec::new();
    let mut now = session.open;
    while now < session.close {
        let seen = Seen {
            underlying,
            minutes: &minutes,
            now,
        };
        found.extend(strategy.evaluate(&seen).ok().map(|idea| (now, idea)));
        now += SignedDuration::from_mins(5);
    }
    found
}

fn count(symbol: &str, date: Date) -> usize {
    let found = ideas(symbol, date);
    let up = found
        .iter()
        .filter(|(_, idea)| idea.direction == Direction::Bullish);
    let up = up.count();
    println!(
        "{symbol} {date}: {} of 78 scans found something, {up} bullish",
        found.len()
    );
    for (now, idea) in &found {
        println!("  {now} {:?} {:.2}", idea.direction, idea.strength);
    }
    found.len()
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "recorded data not present")]
fn the_default_parameters_find_something_on_each_recorded_day() {
    let days = [
        ("goog", 2015, 12, 23),
        ("nwsa", 2013, 6, 28),
        ("foxa", 2013, 7, 2),
    ];
    for (symbol, year, month, day) in days {
        let found = count(symbol, jiff::civil::date(year, month, day));
        // A trend is not the normal state of a market: a strategy that always fires is broken too.
        assert!((1..40).contains(&found), "{symbol}: {found}");
    }
}

/// Every recorded day of minute bars, as symbol and date.
fn days() -> Vec<(String, Date)> {
    let root = Path::new(env!("TEST_DATA_DIR")).join("bars/lean/minute");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            if let Some(day) = file.strip_suffix("_trade.zip") {
                let symbol = folder.file_name().into_string().unwrap();
                found.push((symbol, Date::strptime("%Y%m%d", day).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "recorded data not present")]
fn over_all_recorded_days_a_trend_is_the_exception() {
    let (mut scans, mut fired) = (0, 0);
    let days = days();
    for (symbol, day) in &days {
        let session = calendar::session_on(*day).unwrap();
        scans += session.close.duration_since(session.open).as_mins() / 5;
        fired += count(symbol, *day);
    }
    println!("{} days: {fired} of {scans} scans", days.len());
    let fired = i64::try_from(fired).unwrap();
    assert!(
        fired > 0 && fired * 2 < scans,
        "{fired} of {scans} scans over {} days",
        days.len()
    );
}
