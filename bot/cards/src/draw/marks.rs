//! The tables of a position: its legs with their marks, its exits, its executions.

use countersign_domain::{
    execution::Execution, position::Holding, structure::Side, view::PositionView,
};

use super::{plan, sheet::Sheet};
use crate::{figures, instruments, say, words};

/// Executions that a card shows; the rest are counted.
const SHOWN: usize = 12;

/// What is held of each contract, and what it is believed to be worth.
pub(super) fn legs(sheet: &mut Sheet<'_>, view: &PositionView) {
    let pen = sheet.pen;
    let row = |(index, holding): (usize, &Holding)| {
        let mark = view.marks.get(index).copied().flatten();
        let (price, age, open) = match mark {
            Some(mark) => (
                figures::price(mark.price, pen.locale),
                pen.age(mark.at),
                figures::signed(holding.value(mark.price) - holding.cost, pen.locale),
            ),
            None => (pen.say("mark-none"), String::new(), String::new()),
        };
        vec![
            figures::count(holding.quantity, pen.locale),
            instruments::instrument(&pen, &holding.instrument),
            figures::price(holding.average, pen.locale),
            price,
            age,
            open,
        ]
    };
    let held = view.position.holdings.iter().enumerate();
    let rows = held.filter(|(_, holding)| holding.quantity != 0).map(row);
    let columns = [
        ("column-held", true),
        ("column-contract", false),
        ("column-average", true),
        ("column-mark", true),
        ("column-age", true),
        ("column-open-profit", true),
    ];
    sheet.table("table-legs", &columns, rows.collect());
}

/// How far each armed exit is.
pub(super) fn exits(sheet: &mut Sheet<'_>, view: &PositionView) {
    let pen = sheet.pen;
    let rows = view.distances.iter().map(|exit| {
        vec![
            words::exit_reason(exit.reason, pen.locale),
            plan::distance(&pen, exit),
        ]
    });
    let columns = [("column-exit", false), ("column-distance", false)];
    sheet.table("table-exits", &columns, rows.collect());
}

/// What the broker did: the newest executions, oldest first.
pub(super) fn executions(sheet: &mut Sheet<'_>, view: &PositionView) {
    let pen = sheet.pen;
    let skipped = view.executions.len().saturating_sub(SHOWN);
    let row = |execution: &Execution| {
        vec![
            pen.time(execution.at),
            traded(sheet, execution),
            figures::price(execution.price, pen.locale),
            figures::usd(execution.cost(), pen.locale),
        ]
    };
    let rows: Vec<_> = view.executions.iter().skip(skipped).map(row).collect();
    let columns = [
        ("column-time", false),
        ("column-executed", false),
        ("column-price", true),
        ("column-fee", true),
    ];
    sheet.table("table-executions", &columns, rows);
    if skipped > 0 {
        sheet.note(say!(pen.locale, "note-executions-skipped", count = skipped));
    }
}

fn traded(sheet: &Sheet<'_>, execution: &Execution) -> String {
    let pen = sheet.pen;
    let key = match (execution.bust, execution.side) {
        (true, _) => "executed-bust",
        (false, Side::Buy) => "executed-bought",
        (false, Side::Sell) => "executed-sold",
    };
    let what = instruments::instrument(&pen, &execution.instrument);
    say!(pen.locale, key, count = execution.quantity, what = what)
}
