//! The board: the desk at a glance.

use countersign_domain::{
    calendar::market_date,
    limits::LimitCode,
    money::Usd,
    standing::Standing,
    trading::TradingState,
    view::{BoardView, Health, PositionView},
};

use super::{position::toned, sheet::Sheet};
use crate::{
    breach,
    button::Action,
    card::{Card, Style, Tone},
    figures, instruments,
    locale::Locale,
    overrides,
    pen::{Named, Pen},
    people::verbatim,
    say, words,
};

pub(super) fn draw(view: &BoardView, locale: &Locale) -> Card {
    let mut sheet = titled(view, locale);
    let pen = sheet.pen;
    at_stake(&mut sheet, view);
    today(&mut sheet, view);
    sheet.field("label-trading", pen.say(meaning(view.trading)));
    sheet.field("label-offered", offered(&pen, view));
    if let Some(next) = view.next_scan {
        sheet.field("label-next-scan", pen.time(next));
    }
    approvals(&mut sheet, view);
    exceptions(&mut sheet, view);
    for line in &view.health {
        let (label, value) = health(&pen, line);
        sheet.field(label, value);
    }
    positions(&mut sheet, &view.positions);
    limits(&mut sheet, view, |_| true);
    buttons(&mut sheet, view);
    sheet.footer(as_of(&pen));
    sheet.finish()
}

/// The board of a process that only looks into the store. Marks, the parts and the timetable are in
/// the memory of the process that runs the desk, so nothing is said of them; ids are whole, since
/// they are typed from here. `flattening`: everything is being closed.
pub fn status(view: &BoardView, flattening: bool, locale: &Locale) -> Card {
    let mut sheet = titled(view, locale);
    let pen = sheet.pen;
    if flattening {
        sheet.lead(Tone::Critical, pen.say("lead-status-flattening"));
    }
    at_stake(&mut sheet, view);
    let taken = figures::signed(view.realised_today, locale);
    let words = say!(locale, "lead-status-profit", taken = taken);
    sheet.lead(toned(view.realised_today), words);
    sheet.field("label-trading", pen.say(meaning(view.trading)));
    sheet.field("label-offered", offered(&pen, view));
    approvals(&mut sheet, view);
    exceptions(&mut sheet, view);
    let row = |view: &PositionView| {
        let position = &view.position;
        vec![
            position.id.to_string(),
            instruments::structure_in_row(&pen, &position.structure),
            words::position_stands(position, locale),
            figures::usd(position.at_stake(), locale),
        ]
    };
    let columns = [
        ("column-id", false),
        ("column-position", false),
        ("column-state", false),
        ("column-worst-loss", true),
    ];
    let rows = view.positions.iter().map(row).collect();
    sheet.table("table-positions", &columns, rows);
    // The day's loss counts what is open.
    limits(&mut sheet, view, |code| code != LimitCode::DailyLoss);
    sheet.footer(as_of(&pen));
    sheet.finish()
}

fn titled<'a>(view: &BoardView, locale: &'a Locale) -> Sheet<'a> {
    let mut sheet = Sheet::new(&view.header, locale);
    let tone = match view.trading {
        TradingState::Active => Tone::Neutral,
        TradingState::Reducing => Tone::Attention,
        TradingState::Halted => Tone::Critical,
    };
    let state = words::trading(view.trading, locale);
    sheet.title(tone, say!(locale, "title-board", state = state));
    sheet
}

fn as_of(pen: &Pen<'_>) -> String {
    say!(pen.locale, "footer-board", time = pen.time(pen.now))
}

fn approvals(sheet: &mut Sheet<'_>, view: &BoardView) {
    let pen = sheet.pen;
    let live = view.standing.iter().map(|one| standing(&pen, one));
    let lines: Vec<String> = live.collect();
    if !lines.is_empty() {
        sheet.field("label-standing", lines.join("\n"));
    }
}

/// Overrides and changes of limits, asked for or in force, and what passed with one today.
fn exceptions(sheet: &mut Sheet<'_>, view: &BoardView) {
    let pen = sheet.pen;
    let open = view.overrides.iter().map(|one| overrides::line(&pen, one));
    let lines: Vec<String> = open.collect();
    if !lines.is_empty() {
        sheet.field("label-overrides", lines.join("\n"));
    }
    let used = view.passed.iter().map(|one| overrides::used(&pen, one));
    let used: Vec<String> = used.collect();
    if !used.is_empty() {
        sheet.field("label-overrides-used", used.join("\n"));
    }
}

/// What may still be lost.
fn at_stake(sheet: &mut Sheet<'_>, view: &BoardView) {
    let locale = sheet.pen.locale;
    let at_stake: Usd = view
        .positions
        .iter()
        .map(|one| one.position.at_stake())
        .sum();
    let worst = figures::usd(at_stake, locale);
    let count = view.positions.len();
    sheet.lead(
        Tone::Neutral,
        say!(locale, "lead-board-at-stake", worst = worst, count = count),
    );
}

/// What today came to.
fn today(sheet: &mut Sheet<'_>, view: &BoardView) {
    let locale = sheet.pen.locale;
    let tone = toned(view.realised_today + view.unrealised);
    sheet.lead(
        tone,
        say!(
            locale,
            "lead-board-profit",
            taken = figures::signed(view.realised_today, locale),
            open = figures::signed(view.unrealised, locale)
        ),
    );
}

pub(crate) const fn meaning(state: TradingState) -> &'static str {
    match state {
        TradingState::Active => "meaning-active",
        TradingState::Reducing => "meaning-reducing",
        TradingState::Halted => "meaning-halted",
    }
}

fn offered(pen: &Pen<'_>, view: &BoardView) -> String {
    let ids: Vec<String> = view.offered.iter().map(Named::short).collect();
    if ids.is_empty() {
        return pen.say("offered-none");
    }
    let tickets = instruments::listed(pen, &ids);
    say!(
        pen.locale,
        "offered-some",
        count = ids.len(),
        tickets = tickets
    )
}

/// One standing approval with what is left of it today.
pub(crate) fn standing(pen: &Pen<'_>, standing: &Standing) -> String {
    let locale = pen.locale;
    let (count, loss) = standing.used(market_date(pen.now));
    let (strategy, symbol) = covers(pen, standing);
    say!(
        locale,
        "standing",
        id = standing.id.short(),
        name = verbatim(&standing.name),
        strategy = strategy,
        symbol = symbol,
        each = figures::usd(standing.worst_loss_per_ticket, locale),
        used = count,
        count = standing.per_day,
        loss = figures::usd(loss, locale),
        daily = figures::usd(standing.worst_loss_per_day, locale),
        until = pen.time(standing.until)
    )
}

/// The strategy and the underlying that a standing approval covers.
pub(crate) fn covers(pen: &Pen<'_>, standing: &Standing) -> (String, String) {
    let strategy = standing.strategy.as_deref().map(verbatim);
    let symbol = standing.underlying.map(|symbol| symbol.as_str().to_owned());
    (
        strategy.unwrap_or_else(|| pen.say("standing-every-strategy")),
        symbol.unwrap_or_else(|| pen.say("standing-every-underlying")),
    )
}

pub(crate) fn health(pen: &Pen<'_>, health: &Health) -> (&'static str, String) {
    let locale = pen.locale;
    match *health {
        Health::Monitor {
            ticks,
            skipped,
            last,
        } => {
            let last = last.map_or_else(|| pen.say("never"), |at| pen.time(at));
            (
                "label-monitor",
                say!(
                    locale,
                    "health-monitor",
                    ticks = ticks,
                    skipped = skipped,
                    last = last
                ),
            )
        }
        Health::Feed {
            kept,
            dropped,
            newest,
        } => {
            let newest = newest.map_or_else(|| pen.say("never"), |at| pen.time(at));
            (
                "label-feed",
                say!(
                    locale,
                    "health-feed",
                    kept = kept,
                    dropped = dropped,
                    newest = newest
                ),
            )
        }
        Health::Outbox { waiting } => (
            "label-outbox",
            say!(locale, "health-outbox", waiting = waiting),
        ),
        Health::Broker { reachable } => {
            let key = if reachable {
                "health-broker-up"
            } else {
                "health-broker-down"
            };
            ("label-broker", pen.say(key))
        }
        Health::Store { committing } => {
            let key = if committing {
                "health-store-up"
            } else {
                "health-store-down"
            };
            ("label-store", pen.say(key))
        }
    }
}

/// Open positions: what they are, what they came to, what they may still lose.
pub(super) fn positions(sheet: &mut Sheet<'_>, positions: &[PositionView]) {
    let pen = sheet.pen;
    let row = |view: &PositionView| {
        let position = &view.position;
        let profit = view.profit();
        vec![
            position.id.short(),
            instruments::structure_in_row(&pen, &position.structure),
            words::position_stands(position, pen.locale),
            profit.map_or_else(
                || pen.say("mark-none"),
                |it| figures::signed(it, pen.locale),
            ),
            figures::usd(position.at_stake(), pen.locale),
        ]
    };
    let columns = [
        ("column-id", false),
        ("column-position", false),
        ("column-state", false),
        ("column-profit", true),
        ("column-worst-loss", true),
    ];
    sheet.table(
        "table-positions",
        &columns,
        positions.iter().map(row).collect(),
    );
}

fn limits(sheet: &mut Sheet<'_>, view: &BoardView, shown: impl Fn(LimitCode) -> bool) {
    let pen = sheet.pen;
    let shown = view.limits.iter().filter(|limit| shown(limit.code));
    let rows = shown.map(|limit| {
        vec![
            words::limit(limit.code, pen.locale),
            breach::amount(&pen, limit.code, limit.used),
            breach::amount(&pen, limit.code, limit.bound),
        ]
    });
    let columns = [
        ("column-limit", false),
        ("column-used", true),
        ("column-bound", true),
    ];
    sheet.table("table-limits", &columns, rows.collect());
}

fn buttons(sheet: &mut Sheet<'_>, view: &BoardView) {
    let desk = view.header.desk;
    if view.trading != TradingState::Active {
        sheet.button("button-resume", Action::Resume(desk), Style::Primary);
    }
    if view.trading != TradingState::Reducing {
        sheet.button("button-reduce", Action::Reduce(desk), Style::Secondary);
    }
    if view.trading != TradingState::Halted {
        sheet.button("button-halt", Action::Halt(desk), Style::Danger);
    }
}
