//! What is held and what it came to.

use countersign_domain::{
    money::Usd,
    view::{AccountView, Header, PositionView, ProfitView, TradeLine},
};

use super::{begun, unless_any};
use crate::{
    card::{Card, Tone},
    draw::{board, plan, position::toned, sheet::Sheet},
    evidence::measured,
    figures, instruments,
    locale::Locale,
    pen::{Named, Pen},
    say, words,
};

/// What is held: each position with its P&L and how far its first exit is.
pub fn position_list(header: &Header, positions: &[PositionView], locale: &Locale) -> Card {
    let title = say!(locale, "title-positions", count = positions.len());
    let mut sheet = begun(header, title, locale);
    held(&mut sheet, positions);
    unless_any(&mut sheet, positions.len(), "note-nothing-held");
    sheet.finish()
}

fn held(sheet: &mut Sheet<'_>, positions: &[PositionView]) {
    let pen = sheet.pen;
    let row = |view: &PositionView| {
        let exit = view.distances.first();
        let exit = exit.map(|exit| plan::distance(&pen, exit));
        let profit = view.profit();
        vec![
            view.position.id.short(),
            instruments::structure_in_row(&pen, &view.position.structure),
            exit.unwrap_or_else(|| words::position_stands(&view.position, pen.locale)),
            profit.map_or_else(
                || pen.say("mark-none"),
                |it| figures::signed(it, pen.locale),
            ),
        ]
    };
    let columns = [
        ("column-id", false),
        ("column-position", false),
        ("column-exit", false),
        ("column-profit", true),
    ];
    let rows = positions.iter().map(row).collect();
    sheet.table("table-positions", &columns, rows);
}

/// What a period came to.
pub fn profit(view: &ProfitView, locale: &Locale) -> Card {
    let pen = Pen {
        locale,
        now: view.header.now,
    };
    let title = match view.from {
        Some(day) => say!(locale, "title-profit-since", day = pen.day(day)),
        None => locale.say("title-profit"),
    };
    let mut sheet = begun(&view.header, title, locale);
    let taken: Usd = view.trades.iter().map(|trade| trade.profit).sum();
    let fees: Usd = view.trades.iter().map(|trade| trade.position.fees).sum();
    sheet.lead(
        toned(taken),
        say!(
            locale,
            "lead-profit",
            profit = figures::signed(taken, locale),
            fees = figures::usd(fees, locale)
        ),
    );
    let open = view.unrealised.map(|it| figures::signed(it, locale));
    sheet.field(
        "label-open-profit",
        open.unwrap_or_else(|| locale.say("mark-none")),
    );
    let won = view.trades.iter().filter(|it| it.profit.is_positive());
    let lost = view.trades.iter().filter(|it| it.profit.is_negative());
    let trades = match view.trades.len() {
        0 => locale.say("trades-none"),
        count => say!(
            locale,
            "trades-some",
            count = count,
            won = won.count(),
            lost = lost.count()
        ),
    };
    sheet.field("label-trades", trades);
    let row = |trade: &TradeLine| {
        vec![
            instruments::structure_in_row(&pen, &trade.position.structure),
            figures::signed(trade.profit, locale),
        ]
    };
    let columns = [("column-position", false), ("column-profit", true)];
    let rows = view.trades.iter().rev().map(row).collect();
    sheet.table("table-trades", &columns, rows);
    sheet.finish()
}

/// The account: what the broker says of the money, and what is held.
pub fn account(view: &AccountView, locale: &Locale) -> Card {
    let mut sheet = begun(&view.header, locale.say("title-account"), locale);
    sheet.field("console-cash", figures::usd(view.cash, locale));
    sheet.field(
        "console-buying-power",
        figures::usd(view.buying_power, locale),
    );
    let pen = sheet.pen;
    let standing = view.standing.iter().map(|one| board::standing(&pen, one));
    let standing: Vec<String> = standing.collect();
    if !standing.is_empty() {
        sheet.field("label-standing", standing.join("\n"));
    }
    held(&mut sheet, &view.positions);
    unless_any(&mut sheet, view.positions.len(), "note-nothing-held");
    sheet.finish()
}

/// Greeks of each position, and of all of them where every one has some.
pub fn greeks(header: &Header, positions: &[PositionView], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-greeks"), locale);
    let pen = sheet.pen;
    let figures = |values: [f64; 4]| {
        let [delta, gamma, theta, vega] = values;
        [(delta, 1), (gamma, 2), (theta, 1), (vega, 1)]
            .map(|(value, decimals)| measured(&pen, value, decimals))
    };
    let of = |view: &PositionView| {
        let greeks = view.greeks?;
        Some([greeks.delta, greeks.gamma, greeks.theta, greeks.vega])
    };
    let row = |id: String, values: Option<[f64; 4]>| {
        let values = values.map_or_else(|| [(); 4].map(|()| pen.say("mark-none")), figures);
        std::iter::once(id).chain(values).collect::<Vec<String>>()
    };
    let mut rows: Vec<Vec<String>> = positions
        .iter()
        .map(|view| row(view.position.id.short(), of(view)))
        .collect();
    let all: Option<Vec<[f64; 4]>> = positions.iter().map(of).collect();
    if let Some(all) = all.filter(|all| all.len() > 1) {
        let mut total = [0.0; 4];
        for values in all {
            for (sum, value) in total.iter_mut().zip(values) {
                *sum += value;
            }
        }
        rows.push(row(pen.say("row-total"), Some(total)));
    }
    let columns = [
        ("column-id", false),
        ("column-delta", true),
        ("column-gamma", true),
        ("column-theta", true),
        ("column-vega", true),
    ];
    sheet.table("table-greeks", &columns, rows);
    if positions.is_empty() {
        unless_any(&mut sheet, 0, "note-nothing-held");
    } else {
        sheet.lead(Tone::Neutral, locale.say("lead-greeks"));
    }
    sheet.finish()
}
