//! Tables that are written as lines of text.

use super::rules::LineError;

/// The lines of a table that say something: no empty ones, no comments. A line that begins with a space
/// goes on with the one before it.
pub(super) fn written(table: &str) -> impl Iterator<Item = String> {
    let mut lines: Vec<String> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let more = line.starts_with(' ');
        match lines.last_mut() {
            Some(last) if more => last.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.into_iter().filter(|line| !line.trim().is_empty())
}

/// A line that cannot be used.
pub(super) fn unwritable(line: &str, fault: &str) -> LineError {
    LineError {
        line: line.chars().take(80).collect(),
        fault: fault.to_owned(),
    }
}
