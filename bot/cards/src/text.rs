//! A card as plain text, 80 columns wide: what the terminal prints.
//!
//! A column is a character; wide scripts and emoji in names take more on most screens.

use crate::card::{Card, Column, Field, Table};

/// Columns of a line.
const WIDTH: usize = 80;
/// Blanks between a label and its value, and between columns.
const GAP: usize = 2;
/// The narrowest that a column of words is squeezed to.
const NARROWEST: usize = 8;

impl Card {
    /// The card as lines of at most 80 characters, ended by a line break.
    pub fn text(&self) -> String {
        let mut parts = vec![head(self)];
        parts.push(fields(&self.fields));
        parts.extend(self.tables.iter().map(titled));
        let notes = self.notes.iter().flat_map(|note| wrapped(note, WIDTH));
        parts.push(notes.collect());
        let labels = self.buttons.iter().map(|button| {
            // A label is never broken across lines.
            format!("[{}]", button.label.replace(' ', "\u{a0}"))
        });
        let buttons = wrapped(&labels.collect::<Vec<_>>().join(" "), WIDTH);
        parts.push(
            buttons
                .iter()
                .map(|row| row.replace('\u{a0}', " "))
                .collect(),
        );
        parts.push(wrapped(&self.footer, WIDTH));
        parts.retain(|part| !part.is_empty());
        let parts: Vec<String> = parts.iter().map(|lines| lines.join("\n")).collect();
        parts.join("\n\n") + "\n"
    }
}

fn head(card: &Card) -> Vec<String> {
    let mut lines = wrapped(&card.banner, WIDTH);
    lines.extend(wrapped(&card.title, WIDTH));
    if !card.lead.is_empty() {
        lines.push(String::new());
    }
    lines.extend(card.lead.iter().flat_map(|line| wrapped(&line.text, WIDTH)));
    lines
}

fn fields(fields: &[Field]) -> Vec<String> {
    let label = fields.iter().map(|field| width(&field.label)).max();
    let indent = label.unwrap_or(0) + GAP;
    let room = WIDTH.saturating_sub(indent).max(NARROWEST);
    let one = |field: &Field| {
        let parts = field.value.split('\n').flat_map(|part| wrapped(part, room));
        let mut lines: Vec<String> = Vec::new();
        for part in parts {
            let label = if lines.is_empty() { &field.label } else { "" };
            lines.push(format!("{label:<indent$}{part}"));
        }
        lines
    };
    fields.iter().flat_map(one).collect()
}

/// A table in columns of one width for each letter, no line longer than `width`.
pub fn table(table: &Table, width: usize) -> String {
    rows(table, width).join("\n")
}

fn titled(table: &Table) -> Vec<String> {
    let mut lines = wrapped(&table.title, WIDTH);
    lines.extend(rows(table, WIDTH));
    lines
}

fn rows(table: &Table, width: usize) -> Vec<String> {
    let widths = widths(table, width);
    let labels = table.columns.iter().map(|column| column.label.clone());
    let mut lines = row(&labels.collect::<Vec<_>>(), &table.columns, &widths);
    for cells in &table.rows {
        lines.extend(row(cells, &table.columns, &widths));
    }
    lines
}

/// Column widths that fit a line: the widest column of words gives way first.
fn widths(table: &Table, most: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = table
        .columns
        .iter()
        .map(|column| width(&column.label))
        .collect();
    for cells in &table.rows {
        for (room, cell) in widths.iter_mut().zip(cells) {
            *room = width(cell).max(*room);
        }
    }
    let gaps = GAP * widths.len();
    while widths.iter().sum::<usize>() + gaps > most {
        let columns = widths.iter_mut().zip(&table.columns);
        let widest = columns
            .filter(|(room, _)| **room > NARROWEST)
            .max_by_key(|(room, column)| (!column.figures, **room));
        match widest {
            Some((room, _)) => *room -= 1,
            None => break,
        }
    }
    widths
}

/// One row, indented, over as many lines as its highest cell needs.
fn row(cells: &[String], columns: &[Column], widths: &[usize]) -> Vec<String> {
    let cells: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, room)| wrapped(cell, *room))
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |index: usize| {
        let mut line = String::new();
        for ((cell, column), room) in cells.iter().zip(columns).zip(widths) {
            let part = cell.get(index).map_or("", String::as_str);
            let blank = " ".repeat(room.saturating_sub(width(part)));
            line.push_str(&" ".repeat(GAP));
            if column.figures {
                line.push_str(&blank);
                line.push_str(part);
            } else {
                line.push_str(part);
                line.push_str(&blank);
            }
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// The text in lines of at most `room` characters, broken at spaces where it has them.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let mut word = word;
        if !line.is_empty() && width(&line) + 1 + width(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        while width(word) > room {
            let cut = word
                .char_indices()
                .nth(room)
                .map_or(word.len(), |(at, _)| at);
            let (first, rest) = word.split_at(cut);
            lines.push(first.to_owned());
            word = rest;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
