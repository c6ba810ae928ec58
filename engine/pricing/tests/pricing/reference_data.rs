//! Reads the recorded reference tables. `build.rs` has decided where they are.

use std::collections::HashMap;
use std::path::Path;

/// The text of one file of the data folder.
///
/// # Panics
///
/// When it is not there: the caller's test runs only where it must be there.
pub(crate) fn read(file: &str) -> String {
    let path = Path::new(env!("TEST_DATA_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "reference data {}: {error}; set COUNTERSIGN_TEST_DATA to the folder that holds it",
            path.display()
        )
    })
}

/// One row of a table, by column name, as printed.
pub(crate) struct Row(HashMap<String, String>);

impl Row {
    pub(crate) fn text(&self, column: &str) -> &str {
        self.0
            .get(column)
            .unwrap_or_else(|| panic!("no column {column}"))
    }

    pub(crate) fn number(&self, column: &str) -> f64 {
        let text = self.text(column);
        text.parse()
            .unwrap_or_else(|_| panic!("{column} is {text}"))
    }
}

/// The rows of a CSV file without quotes.
pub(crate) fn csv(file: &str) -> Vec<Row> {
    let text = read(file);
    let mut lines = text.lines();
    let header: Vec<_> = lines.next().expect("a header").split(',').collect();
    let row = |line: &str| {
        let cells: Vec<_> = line.split(',').map(str::to_owned).collect();
        assert_eq!(cells.len(), header.len(), "{file}: {line}");
        Row(header.iter().map(ToString::to_string).zip(cells).collect())
    };
    lines.map(row).collect()
}

/// The rows of a JSON file in pandas' "split" form without spaces: `columns`, and `data` row by row.
///
/// Read as text, since the digits as printed say how precise a number is.
pub(crate) fn json_split(file: &str) -> Vec<Row> {
    let text = read(file);
    let between = |from: &str, to: &str| {
        let (_, rest) = text
            .split_once(from)
            .unwrap_or_else(|| panic!("{file}: no {from}"));
        let (part, _) = rest
            .split_once(to)
            .unwrap_or_else(|| panic!("{file}: no {to}"));
        part.to_owned()
    };
    let columns = between("\"columns\":[", "]").replace('"', "");
    let columns: Vec<_> = columns.split(',').collect();
    let row = |cells: &str| {
        let cells: Vec<_> = cells.split(',').map(str::to_owned).collect();
        assert_eq!(cells.len(), columns.len(), "{file}: {cells:?}");
        Row(columns.iter().map(ToString::to_string).zip(cells).collect())
    };
    between("\"data\":[[", "]]").split("],[").map(row).collect()
}
