//! Rows of a file, whatever its format.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read as _},
};

use countersign_domain::news::RawStory;
use jiff::Timestamp;
use serde_json::Value;

use super::{Columns, Format};
use crate::news::{
    cursor::fingerprint,
    time::{instant, instant_in},
};

/// The most bytes of a file.
const MOST: u64 = 64_000_000;
/// Most digits of Unix seconds: more are of another unit.
const SECONDS: usize = 10;

/// What a file holds.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Rows that are none.
    pub(super) unreadable: u64,
}

/// One row: what stands under a column.
pub(super) enum Row {
    Line(HashMap<String, String>),
    Object(Value),
}

/// Reads a file, or says why it cannot be read.
pub(super) fn read(path: &str, format: Format, items: &str) -> Result<Rows, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let mut file = BufReader::new(file).take(MOST + 1);
    file.read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).map_or(true, |it| it > MOST) {
        return Err("it holds more than 64 MB".to_owned());
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    match format {
        Format::Csv => csv(text),
        Format::Json => json(text, items),
        Format::Jsonl => Ok(lines(text)),
    }
}

/// A row has its columns by their places (`#1`), and by the names of the first line as long as it has as
/// many values as that.
fn csv(text: &str) -> Result<Rows, String> {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.flexible(true).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut rows = Rows::default();
    for record in reader.records() {
        let Ok(record) = record else {
            rows.unreadable += 1;
            continue;
        };
        let places = (1..).map(|place: usize| format!("#{place}"));
        let mut row: HashMap<String, String> =
            places.zip(record.iter().map(str::to_owned)).collect();
        if record.len() == names.len() {
            let pairs = names.iter().zip(&record);
            row.extend(pairs.map(|(name, value)| (name.trim().to_owned(), value.to_owned())));
        }
        rows.rows.push(Row::Line(row));
    }
    Ok(rows)
}

fn json(text: &str, items: &str) -> Result<Rows, String> {
    let whole: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let list = if items.is_empty() {
        Some(&whole)
    } else {
        deep(&whole, items)
    };
    let Some(list) = list.and_then(Value::as_array) else {
        return Err("there is no list in it where the configuration says".to_owned());
    };
    let mut rows = Rows::default();
    for value in list {
        rows.object(Some(value.clone()));
    }
    Ok(rows)
}

fn lines(text: &str) -> Rows {
    let mut rows = Rows::default();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    for line in lines {
        rows.object(serde_json::from_str(line).ok());
    }
    rows
}

impl Rows {
    fn object(&mut self, value: Option<Value>) {
        match value.filter(Value::is_object) {
            Some(object) => self.rows.push(Row::Object(object)),
            None => self.unreadable += 1,
        }
    }
}

/// A value by its path, such as `source.name`.
fn deep<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| value.get(key))
}

impl Row {
    /// `None` without a headline.
    pub(super) fn story(&self, columns: &Columns, zone: Option<&str>) -> Option<RawStory> {
        let headline = self.text(&columns.headline);
        if headline.is_empty() {
            return None;
        }
        let link = self.text(&columns.link);
        let published = self.text(&columns.published_at);
        let own = self.text(&columns.name);
        let name = match (own.is_empty(), link.is_empty()) {
            (false, _) => own,
            (true, false) => link.clone(),
            (true, true) => fingerprint([headline.as_str(), published.as_str()]),
        };
        Some(RawStory {
            name,
            publisher: self.text(&columns.publisher),
            link,
            published_at: time(&published, zone),
            symbols: self.symbols(&columns.symbols),
            headline,
        })
    }

    fn text(&self, column: &str) -> String {
        match self {
            Self::Line(row) => row.get(column).map(|it| it.trim().to_owned()),
            Self::Object(row) => deep(row, column).and_then(|value| match value {
                Value::String(text) => Some(text.trim().to_owned()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }),
        }
        .unwrap_or_default()
    }

    fn symbols(&self, column: &str) -> Vec<String> {
        if let Self::Object(row) = self
            && let Some(list) = deep(row, column).and_then(Value::as_array)
        {
            let symbols = list.iter().filter_map(Value::as_str);
            return symbols.map(|it| it.trim().to_owned()).collect();
        }
        let text = self.text(column);
        let symbols = text.split([',', ';', '|', ' ']).map(str::trim);
        let symbols = symbols.filter(|it| !it.is_empty());
        symbols.map(str::to_owned).collect()
    }
}

fn time(text: &str, zone: Option<&str>) -> Option<Timestamp> {
    let digits = text.len() <= SECONDS && text.bytes().all(|it| it.is_ascii_digit());
    if digits {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    match zone {
        Some(zone) => instant_in(text, zone),
        None => instant(text),
    }
}
