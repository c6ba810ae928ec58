//! Files of what was executed and decided: for a spreadsheet, or for a program.
//!
//! Columns have fixed English names, times are UTC and amounts dollars without grouping: what reads a
//! file is no person.

use countersign_domain::{
    export::{Export, ExportRow, Exported},
    instrument::Instrument,
    structure::{Leg, Side},
    ticket::{Confirmation, TicketState},
    view::Mode,
};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{figures, locale::Locale, people::verbatim, say};

/// What stands in a column of one row.
enum Cell {
    /// Words, or a name that somebody else gave.
    Text(String),
    /// A number, written as exactly as it is known.
    Number(String),
    /// Nothing.
    Empty,
}

/// The columns of a file, in order.
pub const COLUMNS: [&str; 30] = [
    "time_utc",
    "kind",
    "account",
    "mode",
    "strategy",
    "symbol",
    "legs",
    "decision",
    "contracts",
    "limit",
    "worst_loss",
    "instrument",
    "side",
    "effect",
    "quantity",
    "multiplier",
    "price",
    "amount",
    "fee",
    "realised_pnl",
    "reversed",
    "decided_by",
    "decided_on",
    "decided_utc",
    "ticket",
    "revision",
    "position",
    "order",
    "execution",
    "desk",
];

/// Comma-separated rows below their names, as RFC 4180 has them. Words that a spreadsheet would take for a
/// formula stand behind an apostrophe.
pub fn csv(export: &Export) -> String {
    let mut text = COLUMNS.join(",");
    text.push_str("\r\n");
    for row in &export.rows {
        let cells = cells(export, row);
        let line: Vec<String> = cells.iter().map(quoted).collect();
        text.push_str(&line.join(","));
        text.push_str("\r\n");
    }
    text
}

/// The same rows as JSON: amounts are text, so that no program rounds them.
pub fn json(export: &Export) -> String {
    let value = |cell: Cell| match cell {
        Cell::Text(text) | Cell::Number(text) => Value::String(text),
        Cell::Empty => Value::Null,
    };
    let row = |row: &ExportRow| -> Value {
        let named = COLUMNS.iter().zip(cells(export, row));
        let named = named.map(|(name, cell)| ((*name).to_owned(), value(cell)));
        Value::Object(named.collect::<Map<_, _>>())
    };
    let rows: Vec<Value> = export.rows.iter().map(row).collect();
    let mut text = Value::Array(rows).to_string();
    text.push('\n');
    text
}

/// What a file holds, to the one who asked for it.
pub fn about(export: &Export, locale: &Locale) -> String {
    let fills = export.rows.iter();
    let fills = fills.filter(|row| matches!(row.what, Exported::Fill { .. }));
    let fills = fills.count();
    let decisions = export.rows.len() - fills;
    let account = verbatim(&export.header.account.0);
    say!(
        locale,
        "export-about",
        account = account,
        fills = fills,
        decisions = decisions
    )
}

/// That a file is too large for the place where it was asked for.
pub fn too_large(bytes: usize, most: usize, locale: &Locale) -> String {
    let megabytes = |bytes: usize| {
        let tenths = u32::try_from(bytes / 100_000).unwrap_or(u32::MAX);
        figures::measured(f64::from(tenths) / 10.0, 1, locale).unwrap_or_default()
    };
    say!(
        locale,
        "export-too-large",
        size = megabytes(bytes),
        most = megabytes(most)
    )
}

/// What a file of these days is called, before its ending.
pub fn file_name(export: &Export) -> String {
    let account: String = export.header.account.0.to_lowercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let account: String = account.chars().map(plain).collect();
    let from = export
        .from
        .map_or_else(String::new, |day| format!("{day}-to-"));
    format!("countersign-{account}-{from}{}", export.to)
}

fn quoted(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.clone(),
        Cell::Text(text) => {
            let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            let text = if formula {
                format!("'{text}")
            } else {
                text.clone()
            };
            // Some spreadsheets part cells at semicolons.
            if text.contains([',', ';', '"', '\r', '\n']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text
            }
        }
    }
}

fn time(at: Timestamp) -> Cell {
    Cell::Text(at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

fn number(number: &impl ToString) -> Cell {
    Cell::Number(number.to_string())
}

fn text(text: &(impl ToString + ?Sized)) -> Cell {
    Cell::Text(text.to_string())
}

fn maybe(text: Option<impl ToString>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.to_string()))
}

/// One row in the order of [`COLUMNS`].
fn cells(export: &Export, row: &ExportRow) -> Vec<Cell> {
    let (header, ticket) = (&export.header, &row.ticket);
    let mut cells = vec![
        time(row.at),
        text(row.what.name()),
        text(&header.account),
        text(match header.mode {
            Mode::Paper => "PAPER",
            Mode::Live => "LIVE",
        }),
        text(&ticket.strategy),
        text(&ticket.underlying),
        text(&legs(ticket.structure.legs())),
    ];
    match &row.what {
        Exported::Decision => cells.extend([
            text(ticket.state.name()),
            number(&ticket.terms.contracts),
            number(&ticket.terms.limit.decimal()),
            number(&ticket.terms.worst_loss.decimal()),
        ]),
        Exported::Fill { .. } => cells.extend(empty(4)),
    }
    cells.extend(executed(&row.what));
    cells.extend(decided(&ticket.state));
    cells.extend([
        text(&ticket.id),
        number(&ticket.revision.0),
        maybe(row.what.position()),
        maybe(row.what.order()),
        match &row.what {
            Exported::Fill { execution, .. } => text(&execution.id),
            Exported::Decision => Cell::Empty,
        },
        text(&header.name),
    ]);
    cells
}

fn empty(columns: usize) -> impl Iterator<Item = Cell> {
    std::iter::repeat_with(|| Cell::Empty).take(columns)
}

/// From the instrument to whether it was taken back.
fn executed(what: &Exported) -> Vec<Cell> {
    let Exported::Fill {
        execution,
        effect,
        realised,
    } = what
    else {
        return empty(10).collect();
    };
    vec![
        text(&execution.instrument),
        text(side(execution.side)),
        text(effect.name()),
        number(&execution.quantity),
        number(&execution.instrument.multiplier()),
        number(&execution.price.decimal()),
        number(&execution.cash().decimal()),
        number(&execution.cost().decimal()),
        number(&realised.decimal()),
        text(if execution.bust { "yes" } else { "no" }),
    ]
}

const fn side(side: Side) -> &'static str {
    match side {
        Side::Buy => "buy",
        Side::Sell => "sell",
    }
}

/// A name among others, which are parted by semicolons.
fn one_of(name: &str) -> String {
    name.replace(';', ",")
}

/// Who decided, on which surface and when; several people stand beside each other.
fn decided(state: &TicketState) -> [Cell; 3] {
    let all = |yes: &[Confirmation]| {
        let names: Vec<String> = yes.iter().map(|one| one_of(&one.name)).collect();
        let surface =
            |one: &Confirmation| one.surface.map_or("standing approval", |it| it.as_str());
        let surfaces: Vec<&str> = yes.iter().map(surface).collect();
        let at = yes.last().map_or(Cell::Empty, |one| time(one.at));
        [text(&names.join("; ")), text(&surfaces.join("; ")), at]
    };
    match state {
        TicketState::Confirmed { yes, .. } | TicketState::Lapsed { yes, .. } => all(yes),
        TicketState::Declined { name, at, .. } => [text(&one_of(name)), Cell::Empty, time(*at)],
        _ => [Cell::Empty, Cell::Empty, Cell::Empty],
    }
}

/// `buy 1 ACME 2026-03-20 100 call; sell 1 ACME 2026-03-20 105 call`
fn legs(legs: &[Leg]) -> String {
    let leg = |leg: &Leg| {
        let what = match leg.instrument {
            Instrument::Equity(symbol) => symbol.to_string(),
            Instrument::Option(contract) => {
                let right = match contract.right {
                    countersign_domain::instrument::Right::Call => "call",
                    countersign_domain::instrument::Right::Put => "put",
                };
                let strike = contract.strike.decimal().normalize();
                format!("{} {} {strike} {right}", contract.root, contract.expiry)
            }
        };
        format!("{} {} {what}", side(leg.side), leg.ratio)
    };
    let legs: Vec<String> = legs.iter().map(leg).collect();
    legs.join("; ")
}
