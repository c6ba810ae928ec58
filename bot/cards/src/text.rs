//! A card as plain text, 80 columns wide: what the terminal prints. And a table as plain text of
//! any width, for blocks of a chat whose letters are all as wide.

use crate::{
    card::{Card, Column, Field, Table},
    columns::{set, width, wrapped},
    people::turns,
};

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
        parts.extend(self.tables.iter().map(wide));
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
            lines.push(format!("{}{part}", set(label, indent, false)));
        }
        lines
    };
    fields.iter().flat_map(one).collect()
}

fn wide(table: &Table) -> Vec<String> {
    let widths = widths(table);
    let labels = table.columns.iter().map(|column| column.label.clone());
    let mut lines = wrapped(&table.title, WIDTH);
    lines.extend(row(&labels.collect::<Vec<_>>(), &table.columns, &widths));
    for cells in &table.rows {
        lines.extend(row(cells, &table.columns, &widths));
    }
    lines
}

/// Column widths that fit a line: the widest column of words gives way first.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths = natural(table);
    let gaps = GAP * widths.len();
    while widths.iter().sum::<usize>() + gaps > WIDTH {
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

/// What each column would take.
fn natural(table: &Table) -> Vec<usize> {
    let labels = table.columns.iter().map(|column| width(&column.label));
    let mut widths: Vec<usize> = labels.collect();
    for cells in &table.rows {
        for (room, cell) in widths.iter_mut().zip(cells) {
            *room = width(cell).max(*room);
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
            line.push_str(&" ".repeat(GAP));
            line.push_str(&set(part, *room, column.figures));
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// A value of several parts with a point before each, so that lines that a phone wraps are not taken
/// for parts; `None` for a value of one part.
pub fn points(value: &str) -> Option<String> {
    if !value.trim().contains('\n') {
        return None;
    }
    let point = |part: &str| match part.trim() {
        "" => String::new(),
        _ => format!("• {part}"),
    };
    let parts: Vec<String> = value.split('\n').map(point).collect();
    Some(parts.join("\n"))
}

/// The card such that no sign, unit and amount part at the end of a line where the chat breaks them: the
/// rules of Unicode let a line end between a sign and a dollar. Tables are set in columns and break at
/// blanks alone.
#[must_use]
pub fn joined(card: &Card) -> Card {
    /// A mark without width at which no line ends.
    const JOINER: &str = "\u{2060}";
    let join = |text: &mut String| {
        for sign in ['\u{2212}', '+'] {
            let parted = format!("{sign}$");
            if text.contains(&parted) {
                *text = text.replace(&parted, &format!("{sign}{JOINER}$"));
            }
        }
    };
    let mut card = card.clone();
    join(&mut card.title);
    card.lead.iter_mut().for_each(|line| join(&mut line.text));
    card.fields.iter_mut().for_each(|it| join(&mut it.value));
    card.notes.iter_mut().for_each(join);
    card
}

/// Blanks between the columns of a narrow table.
const NARROW_GAP: usize = 1;
/// The narrowest table.
const LEAST: usize = 12;

/// A table in lines of at most `width` columns of a screen, at least 12, without its title: its
/// heading and its rows. Cells break between words into further lines, beside several columns of figures
/// into a second one at the most; where figures and words do not fit side by side so, each row becomes a
/// block of labelled lines.
pub fn table(table: &Table, width: usize) -> String {
    let room = width.max(LEAST);
    let table = tamed(table);
    let lines = match squeezed(&table, room).filter(|widths| is_low(&table, widths)) {
        Some(widths) => grid(&table, &widths),
        None => blocks(&table, room),
    };
    lines.join("\n")
}

/// The rows of a table that says something of each: two columns of words that do not fit side by side
/// in so many columns of a screen. As a head and a sentence each, to be set as text of the whole
/// width; `None` for every other table.
pub fn told(table: &Table, width: usize) -> Option<Vec<(String, String)>> {
    let words = table.columns.iter().all(|column| !column.figures);
    let room = natural(table).iter().sum::<usize>() + NARROW_GAP;
    if !words || table.columns.len() != 2 || room <= width {
        return None;
    }
    let pair = |cells: &Vec<String>| match &cells[..] {
        [head, said] => Some((head.clone(), said.clone())),
        _ => None,
    };
    table.rows.iter().map(pair).collect()
}

/// The same table without what would move columns: cells in scripts that run from right to left
/// are set apart, so that they stay in their place, and piles of marks are cut.
fn tamed(table: &Table) -> Table {
    let mut tame = table.clone();
    let labels = tame.columns.iter_mut().map(|column| &mut column.label);
    for text in labels.chain(tame.rows.iter_mut().flatten()) {
        *text = cell(text);
    }
    tame
}

/// Marks that one letter keeps.
const MARKS: usize = 2;

fn cell(text: &str) -> String {
    let mut marks = 0_usize;
    let kept = text.chars().filter(|c| {
        let blank = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        marks = if width(c.encode_utf8(&mut [0; 4])) == 0 {
            marks + 1
        } else {
            0
        };
        !turns(*c) && (marks <= MARKS || blank)
    });
    let kept = kept.map(|c| {
        // A no-break space holds a figure and its unit together.
        if (c.is_whitespace() && c != '\u{a0}') || c.is_control() {
            ' '
        } else {
            c
        }
    });
    kept.collect()
}

/// Column widths that fit, or none. Lines break between words, never inside one.
fn squeezed(table: &Table, room: usize) -> Option<Vec<usize>> {
    let mut widths = natural(table);
    let whole = floors(table);
    let gaps = NARROW_GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > room {
        let at = widest(&widths, &whole)?;
        *widths.get_mut(at)? -= 1;
    }
    Some(widths)
}

/// Lines of a cell from which on it is torn more than a block of labelled lines.
const HIGHEST: usize = 2;

/// True when no cell breaks into more lines than are read at a glance, or when the figures leave words
/// enough room to try: it is beside several columns of them that a contract is torn.
fn is_low(table: &Table, widths: &[usize]) -> bool {
    let figures = table.columns.iter().filter(|column| column.figures);
    let mut cells = table.rows.iter().flat_map(|cells| cells.iter().zip(widths));
    figures.count() < 2 || cells.all(|(cell, room)| wrapped(cell, *room).len() <= HIGHEST)
}

/// What each column takes when only blanks break: figures in one piece, words one by one.
fn floors(table: &Table) -> Vec<usize> {
    let longest = |text: &str| text.split(' ').map(width).max().unwrap_or(0);
    let column = |(at, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|cells| cells.get(at));
        let cells = cells.map(|cell| {
            if column.figures {
                width(cell)
            } else {
                longest(cell)
            }
        });
        cells.max().unwrap_or(0).max(longest(&column.label))
    };
    table.columns.iter().enumerate().map(column).collect()
}

/// The widest column that is above its floor.
fn widest(widths: &[usize], floors: &[usize]) -> Option<usize> {
    let above = widths.iter().zip(floors).enumerate();
    let above = above.filter(|(_, (width, floor))| width > floor);
    above
        .max_by_key(|(_, (width, _))| **width)
        .map(|(at, _)| at)
}

fn grid(table: &Table, widths: &[usize]) -> Vec<String> {
    let labels: Vec<String> = table.columns.iter().map(|it| it.label.clone()).collect();
    let rows = std::iter::once(&labels).chain(&table.rows);
    let part = |(column, (text, room)): (&Column, (&str, usize))| {
        apart(&set(text, room, column.figures), text)
    };
    let lines = rows.flat_map(|cells| {
        let cells: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, room)| wrapped(cell, *room))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height).map(move |index| {
            let texts = cells
                .iter()
                .map(|it| it.get(index).map_or("", String::as_str));
            let parts = table.columns.iter().zip(texts.zip(widths.iter().copied()));
            let line = parts.map(part).collect::<Vec<_>>().join(" ");
            line.trim_end().to_owned()
        })
    });
    lines.collect()
}

/// Each row as lines of a label and a value, with a line between rows.
fn blocks(table: &Table, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for cells in &table.rows {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        for (column, cell) in table.columns.iter().zip(cells) {
            let label = &column.label;
            if width(label) + 1 + width(cell) <= room {
                let blank = room - width(label) - width(cell);
                lines.push(format!("{label}{}{}", " ".repeat(blank), apart(cell, cell)));
            } else {
                let parts = [label, cell].into_iter().flat_map(|it| wrapped(it, room));
                lines.extend(parts.map(|part| apart(&part, &part)));
            }
        }
    }
    lines
}

/// A part of a line that stays in its place although its letters run from right to left.
fn apart(set: &str, text: &str) -> String {
    if text.chars().any(runs_left) {
        format!("\u{2066}{set}\u{2069}")
    } else {
        set.to_owned()
    }
}

/// Letters of scripts that run from right to left.
const fn runs_left(c: char) -> bool {
    matches!(
        c,
        '\u{0590}'..='\u{08FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}
