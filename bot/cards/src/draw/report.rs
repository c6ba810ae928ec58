//! The daily report.

use countersign_domain::view::{ReportView, TradeLine};

use super::{board, position::toned, sheet::Sheet};
use crate::{
    card::{Card, Tone},
    figures, instruments,
    locale::Locale,
    pen::date,
    say, words,
};

pub(super) fn draw(view: &ReportView, locale: &Locale) -> Card {
    let mut sheet = Sheet::new(&view.header, locale);
    let pen = sheet.pen;
    let profit = view.realised - view.fees;
    sheet.title(
        toned(profit),
        say!(locale, "title-report", date = date(view.date, locale)),
    );
    let (fees, amount) = (
        figures::usd(view.fees, locale),
        figures::signed(profit, locale),
    );
    sheet.lead(
        toned(profit),
        say!(locale, "lead-report", profit = amount, fees = fees),
    );
    if !view.open.is_empty() {
        let worst = view.open.iter().map(|one| one.position.at_stake()).sum();
        sheet.lead(
            Tone::Neutral,
            say!(
                locale,
                "lead-report-open",
                open = figures::signed(view.unrealised, locale),
                count = view.open.len(),
                worst = figures::usd(worst, locale)
            ),
        );
    }
    sheet.field("label-trades", closed(&sheet, &view.trades));
    sheet.field("label-tickets", tickets(&sheet, &view.tickets));
    trades(&mut sheet, &view.trades);
    board::positions(&mut sheet, &view.open);
    not_traded(&mut sheet, view);
    for (job, count) in &view.missed {
        let job = words::plain(job);
        sheet.note(say!(locale, "note-missed", job = job, count = *count));
    }
    sheet.footer(say!(
        locale,
        "footer-report",
        time = pen.time(view.header.now)
    ));
    sheet.finish()
}

fn closed(sheet: &Sheet<'_>, trades: &[TradeLine]) -> String {
    let pen = sheet.pen;
    if trades.is_empty() {
        return pen.say("trades-none");
    }
    let won = trades
        .iter()
        .filter(|trade| trade.profit.is_positive())
        .count();
    let lost = trades
        .iter()
        .filter(|trade| trade.profit.is_negative())
        .count();
    say!(
        pen.locale,
        "trades-some",
        count = trades.len(),
        won = won,
        lost = lost
    )
}

fn tickets(sheet: &Sheet<'_>, tickets: &[(String, u64)]) -> String {
    let pen = sheet.pen;
    let part = |(state, count): &(String, u64)| {
        let state = words::ticket_state(state, pen.locale);
        say!(
            pen.locale,
            "tickets-in-state",
            count = *count,
            state = state
        )
    };
    let parts: Vec<String> = tickets.iter().map(part).collect();
    if parts.is_empty() {
        return pen.say("tickets-none");
    }
    instruments::listed(&pen, &parts)
}

fn trades(sheet: &mut Sheet<'_>, trades: &[TradeLine]) {
    use countersign_domain::position::PositionState;
    let pen = sheet.pen;
    let row = |trade: &TradeLine| {
        let position = &trade.position;
        let (time, by) = match position.state {
            PositionState::Closed { by, at } => (pen.time(at), words::closed_by(by, pen.locale)),
            state => (String::new(), words::position_state(state, pen.locale)),
        };
        vec![
            time,
            instruments::structure_in_row(&pen, &position.structure),
            by,
            figures::signed(trade.profit, pen.locale),
        ]
    };
    let columns = [
        ("column-closed", false),
        ("column-position", false),
        ("column-by", false),
        ("column-profit", true),
    ];
    sheet.table("table-trades", &columns, trades.iter().map(row).collect());
}

fn not_traded(sheet: &mut Sheet<'_>, view: &ReportView) {
    let pen = sheet.pen;
    let rows = view.vetoed.iter().map(|(symbol, code, count)| {
        vec![
            symbol.as_str().to_owned(),
            words::veto_code(code, pen.locale),
            figures::grouped(&count.to_string(), pen.locale),
        ]
    });
    let columns = [
        ("column-underlying", false),
        ("column-reason", false),
        ("column-signals", true),
    ];
    sheet.table("table-not-traded", &columns, rows.collect());
}
