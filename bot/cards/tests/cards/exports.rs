//! Files of what was executed and decided.

use countersign_cards::{
    Language, Locale,
    export::{COLUMNS, about, csv, file_name, json, too_large},
};
use countersign_domain::{
    execution::Execution,
    export::{Effect, Export, Exported, decision, fills},
    money::Usd,
    order::{Order, OrderState},
    ticket::{Ticket, TicketState},
};
use insta::assert_snapshot;
use jiff::civil::date;

use crate::desk::{at, bought, confirmed, entry, exit, header, sold, ticket};

fn orders() -> [Order; 2] {
    let reason = countersign_domain::exit::ExitReason::Human;
    [entry(OrderState::Filled), exit(OrderState::Filled, reason)]
}

/// A spread that was bought and sold, and the decision before it.
fn export(ticket: &Ticket) -> Export {
    let executions = [bought(2), sold(2)].concat();
    let orders = orders();
    let orders: Vec<_> = orders.iter().collect();
    let decided = decision(ticket);
    let rows = decided.into_iter();
    let rows = rows.chain(fills(ticket, &orders, &executions));
    Export {
        header: header(at(16, 0, 0)),
        from: Some(date(2015, 12, 1)),
        to: date(2015, 12, 23),
        rows: rows.collect(),
    }
}

/// The rows of a file as a spreadsheet reads them.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert_eq!((quoted, cell.as_str()), (false, ""), "the last line ends");
    rows
}

fn column(name: &str) -> usize {
    COLUMNS.iter().position(|it| *it == name).expect("a column")
}

#[test]
fn every_row_has_every_column_and_totals_come_out_as_those_of_the_position() {
    let file = export(&ticket(confirmed()));
    let rows = read(&csv(&file));
    assert_eq!(rows[0], COLUMNS);
    assert!(
        rows.iter().all(|row| row.len() == COLUMNS.len()),
        "{rows:?}"
    );
    assert_eq!(rows.len(), file.rows.len() + 1);
    let of = |name: &str| -> Vec<&str> {
        let rows = rows.iter().skip(1);
        rows.map(|row| row[column(name)].as_str()).collect()
    };
    assert_eq!(of("kind")[..2], ["decision", "fill"]);
    assert_eq!(of("mode")[0], "PAPER");
    assert_eq!(
        of("legs")[0],
        "buy 1 GOOG 2015-12-24 750 call; sell 1 GOOG 2015-12-24 755 call"
    );
    assert!(
        of("time_utc")
            .iter()
            .all(|at| at.starts_with("2015-12-23T") && at.ends_with('Z'))
    );
    assert!(
        of("decided_by").iter().all(|who| !who.is_empty()),
        "who confirmed stands in every row"
    );
    assert!(of("decided_on").iter().all(|place| !place.is_empty()));

    // Everything was sold again: profit is what came in.
    let sum = |name: &str| -> Usd {
        let cells = of(name).into_iter().filter(|cell| !cell.is_empty());
        cells
            .map(|cell| cell.parse::<Usd>().expect("an amount"))
            .sum()
    };
    assert_eq!(sum("realised_pnl"), sum("amount"));
    let executions = [bought(2), sold(2)].concat();
    let cash: Usd = executions.iter().map(Execution::cash).sum();
    let fees: Usd = executions.iter().map(Execution::cost).sum();
    assert_eq!((sum("amount"), sum("fee")), (cash, fees));
    let effects = file.rows.iter().filter_map(|row| match &row.what {
        Exported::Fill { effect, .. } => Some(*effect),
        Exported::Decision => None,
    });
    let effects: Vec<_> = effects.collect();
    assert_eq!(effects[0], Effect::Open);
    assert_eq!(effects.last(), Some(&Effect::Close));
}

#[test]
fn what_the_broker_took_back_stands_there_and_counts_for_nothing() {
    let mut executions = bought(2);
    for execution in &mut executions {
        execution.bust = true;
    }
    let ticket = ticket(confirmed());
    let mut file = export(&ticket);
    let orders = orders();
    let orders: Vec<_> = orders.iter().collect();
    file.rows = fills(&ticket, &orders, &executions);
    for row in read(&csv(&file)).iter().skip(1) {
        assert_eq!(row[column("reversed")], "yes");
        for name in ["amount", "fee", "realised_pnl"] {
            assert_eq!(row[column(name)].parse(), Ok(Usd::ZERO), "{name}");
        }
    }
}

#[test]
fn no_cell_is_taken_for_a_formula_and_none_breaks_a_row() {
    for evil in [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "a,\"b\"\r\nc",
    ] {
        let mut ticket = ticket(confirmed());
        ticket.strategy = evil.to_owned();
        let TicketState::Confirmed { yes, .. } = &mut ticket.state else {
            panic!("it is confirmed");
        };
        yes[0].name = evil.to_owned();
        let file = export(&ticket);
        let rows = read(&csv(&file));
        assert_eq!(rows.len(), file.rows.len() + 1, "{evil:?}");
        for row in rows.iter().skip(1) {
            for name in ["strategy", "decided_by"] {
                let cell = &row[column(name)];
                assert!(cell.ends_with(evil), "{cell:?}");
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                assert!(!formula, "{cell:?}");
            }
        }
        // A program gets it as it is.
        let lines: serde_json::Value = serde_json::from_str(&json(&file)).expect("JSON");
        assert_eq!(lines[0]["strategy"], evil);
    }
    // Amounts that are negative stay numbers.
    let rows = read(&csv(&export(&ticket(confirmed()))));
    let amounts = rows.iter().skip(2).map(|row| &row[column("amount")]);
    assert!(
        amounts.clone().any(|cell| cell.starts_with('-')),
        "{rows:?}"
    );
}

#[test]
fn a_semicolon_parts_no_cell_and_no_name() {
    let mut ticket = ticket(confirmed());
    let TicketState::Confirmed { yes, .. } = &mut ticket.state else {
        panic!("it is confirmed");
    };
    yes[0].name = "ana; bo".to_owned();
    let text = csv(&export(&ticket));
    let legs = "\"buy 1 GOOG 2015-12-24 750 call; sell 1 GOOG 2015-12-24 755 call\"";
    assert!(text.contains(legs), "{text}");
    assert_eq!(read(&text)[1][column("decided_by")], "ana, bo");
}

#[test]
fn a_file_has_a_plain_name_and_says_what_it_holds() {
    let mut file = export(&ticket(confirmed()));
    assert_eq!(
        file_name(&file),
        "countersign-pa-1-2015-12-01-to-2015-12-23"
    );
    file.header.account.0 = "../U 1".to_owned();
    file.from = None;
    assert_eq!(file_name(&file), "countersign----u-1-2015-12-23");
    let file = export(&ticket(confirmed()));
    let english = Locale::english();
    assert_snapshot!(about(&file, &english), @"Account PA-1: 4 executions and one decision. Times are UTC, amounts are dollars, and profit is by average cost before fees: no tax advice.");
    assert_snapshot!(too_large(12_345_678, 10_000_000, &english), @"The file would have 12.3 MB, and 10.0 MB is the most that can be sent here. Ask for fewer days, or write it with countersign desk export.");
    let german = Locale::of(Language::German);
    assert!(about(&file, &german).contains("keine Steuerberatung"));
}
