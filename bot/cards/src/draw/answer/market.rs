//! The market, and how the desk looks at it.

use countersign_domain::{
    instrument::Symbol,
    money::Price,
    quote::Quote,
    view::{ChainRow, ChainView, Header, StrategyView, WatchedView},
};

use super::{begun, unless_any};
use crate::{
    card::{Card, Tone},
    draw::sheet::Sheet,
    figures,
    locale::Locale,
    pen::Pen,
    people::verbatim,
    say, scanning, words,
};

/// Strikes that a chain shows, those nearest to the price.
const STRIKES: usize = 11;

/// The price of an underlying now.
pub fn quote(header: &Header, symbol: Symbol, quote: Option<&Quote>, locale: &Locale) -> Card {
    let title = say!(locale, "title-quote", symbol = symbol.as_str());
    let mut sheet = begun(header, title, locale);
    match quote {
        Some(quote) => {
            priced(&mut sheet, quote);
            let pen = sheet.pen;
            let side = |price: Price, size: u32| {
                let price = figures::price(price, locale);
                say!(pen.locale, "quote-side", price = price, size = size)
            };
            sheet.field("column-bid", side(quote.bid, quote.bid_size));
            sheet.field("column-ask", side(quote.ask, quote.ask_size));
            sheet.field("label-source", words::source(quote.source, locale));
        }
        None => sheet.lead(Tone::Attention, locale.say("lead-no-quote")),
    }
    sheet.finish()
}

fn priced(sheet: &mut Sheet<'_>, quote: &Quote) {
    let pen = sheet.pen;
    let (mid, age) = (figures::price(quote.mid(), pen.locale), pen.age(quote.at));
    let tone = match quote.check_sides() {
        Ok(()) => Tone::Neutral,
        Err(fault) => {
            sheet.note(words::quote_fault(fault, pen.locale));
            Tone::Attention
        }
    };
    sheet.lead(tone, say!(pen.locale, "lead-quote", mid = mid, age = age));
}

/// The options of one expiry around the price, as bid and ask.
pub fn chain(view: &ChainView, locale: &Locale) -> Card {
    let pen = Pen {
        locale,
        now: view.header.now,
    };
    let title = say!(
        locale,
        "title-chain",
        symbol = view.underlying.as_str(),
        expiry = pen.day(view.expiry)
    );
    let mut sheet = begun(&view.header, title, locale);
    if let Some(spot) = &view.spot {
        priced(&mut sheet, spot);
    }
    let spot = view.spot.as_ref().map(Quote::mid);
    let side = |quote: Option<&Quote>| {
        let both = |quote: &Quote| {
            [quote.bid, quote.ask]
                .map(|price| figures::bare(price, locale))
                .join("/")
        };
        quote.map_or_else(|| "–".to_owned(), both)
    };
    let rows = around(&view.rows, spot).iter().map(|row| {
        vec![
            side(row.call.as_ref()),
            figures::number(row.strike.decimal(), locale),
            side(row.put.as_ref()),
        ]
    });
    let columns = [
        ("column-call", true),
        ("column-strike", true),
        ("column-put", true),
    ];
    sheet.table("table-chain", &columns, rows.collect());
    unless_any(&mut sheet, view.rows.len(), "note-no-chain");
    let left_out = view.rows.len().saturating_sub(STRIKES);
    if left_out > 0 {
        sheet.note(say!(locale, "note-strikes", count = left_out));
    }
    sheet.finish()
}

/// The strikes nearest to the price; the first ones without a price.
fn around(rows: &[ChainRow], spot: Option<Price>) -> &[ChainRow] {
    let middle = spot.map_or(0, |spot| rows.partition_point(|row| row.strike < spot));
    let last = rows.len().saturating_sub(STRIKES);
    let first = middle.saturating_sub(STRIKES / 2).min(last);
    let end = rows.len().min(first.saturating_add(STRIKES));
    rows.get(first..end).unwrap_or_default()
}

/// What is watched, and who made it other than configured.
pub fn watchlist(header: &Header, symbols: &[WatchedView], locale: &Locale) -> Card {
    let watched = symbols.iter().filter(|it| it.watched);
    let names: Vec<&str> = watched.map(|it| it.symbol.as_str()).collect();
    let title = say!(locale, "title-watchlist", count = names.len());
    let mut sheet = begun(header, title, locale);
    let pen = sheet.pen;
    if names.is_empty() {
        sheet.note(locale.say("note-nothing-watched"));
    } else {
        sheet.lead(Tone::Neutral, names.join(" · "));
    }
    let changed: Vec<_> = symbols
        .iter()
        .filter_map(|it| scanning::watched(&pen, it))
        .collect();
    if !names.is_empty() {
        unless_any(&mut sheet, changed.len(), "note-as-configured");
    }
    for one in changed {
        sheet.note(one);
    }
    sheet.finish()
}

/// The strategies and what they noticed today.
pub fn strategies(header: &Header, strategies: &[StrategyView], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-strategies"), locale);
    let row = |one: &StrategyView| {
        let state = match one.off {
            None => "state-on",
            Some(_) => "state-off",
        };
        vec![
            verbatim(&one.name),
            locale.say(state),
            figures::grouped(&one.signals.to_string(), locale),
            figures::grouped(&one.tickets.to_string(), locale),
        ]
    };
    let columns = [
        ("column-strategy", false),
        ("column-state", false),
        ("column-signals", true),
        ("column-tickets", true),
    ];
    let rows = strategies.iter().map(row).collect();
    sheet.table("table-strategies", &columns, rows);
    unless_any(&mut sheet, strategies.len(), "note-no-strategies");
    let pen = sheet.pen;
    for one in strategies {
        if let Some(said) = &one.off {
            sheet.note(scanning::off(&pen, &one.name, said));
        }
    }
    sheet.finish()
}
