//! A ticket that waits for a decision.

use countersign_domain::{
    money::Percent,
    news::Action,
    quote::Quote,
    structure::Leg,
    ticket::{Confirmation, Ticket},
    view::TicketView,
};

use super::{plan, sheet::Sheet};
use crate::{
    button,
    card::{Style, Tone},
    chance::{self, Chance},
    endings::said_yes,
    evidence, figures, instruments, news,
    pen::{Named, Pen},
    say, words,
};

/// Reasons of the news that a card says above everything else.
const REASONS: usize = 2;

pub(super) fn draw(sheet: &mut Sheet<'_>, view: &TicketView, yes: &[Confirmation]) {
    let pen = sheet.pen;
    let ticket = &view.ticket;
    let name = instruments::structure(&pen, &ticket.structure);
    let in_time = pen.now < ticket.expires_at;
    if in_time {
        sheet.title(
            Tone::Attention,
            say!(pen.locale, "title-offered", name = name),
        );
    } else {
        sheet.title(
            Tone::Neutral,
            say!(pen.locale, "title-out-of-time", name = name),
        );
    }
    at_stake(sheet, ticket);
    news_on(sheet, ticket);
    terms(sheet, ticket);
    if let Some(chance) = chance::of_profit(ticket, view.signal.as_ref()) {
        sheet.field("label-chance", estimated(&pen, chance));
    }
    sheet.field("label-exits", plan::of_ticket(&pen, ticket));
    sheet.field(
        "label-why",
        evidence::why(&pen, ticket, view.signal.as_ref()),
    );
    if let Some(news) = &ticket.news {
        sheet.field("label-news", news::verdict(&pen, news));
    }
    sheet.field("label-quote", instruments::market(&pen, &ticket.quote));
    sheet.field("label-decide-by", pen.time(ticket.expires_at));
    quotes(sheet, ticket);
    if !yes.is_empty() {
        sheet.field("label-yes", said_yes(&pen, yes));
        sheet.note(pen.say("note-second-person"));
    }
    if let Some(older) = ticket.supersedes {
        sheet.note(say!(pen.locale, "note-supersedes", ticket = older.short()));
    }
    if in_time {
        sheet.countdown(ticket.expires_at);
        buttons(sheet, ticket);
    } else {
        sheet.note(pen.say("note-out-of-time"));
    }
}

/// The chance of a profit, named as an estimate, with what it rests on.
fn estimated(pen: &Pen<'_>, chance: Chance) -> String {
    let percent = figures::percent(Percent(chance.percent.into()), pen.locale);
    match chance.of_legs {
        None => say!(pen.locale, "chance-estimated", percent = percent),
        Some(vol) => {
            let vol = figures::measured_percent(vol * 100.0, 1, pen.locale).unwrap_or_default();
            say!(
                pen.locale,
                "chance-estimated-legs",
                percent = percent,
                vol = vol
            )
        }
    }
}

/// Worst loss in dollars first, then what it leaves out.
fn at_stake(sheet: &mut Sheet<'_>, ticket: &Ticket) {
    let pen = sheet.pen;
    let worst = figures::usd(ticket.terms.worst_loss, pen.locale);
    sheet.lead(
        Tone::Attention,
        say!(pen.locale, "lead-worst-loss", worst = worst),
    );
    if !ticket.leaves_out.is_empty() {
        let items: Vec<String> = ticket
            .leaves_out
            .iter()
            .map(|item| words::omission(*item, pen.locale))
            .collect();
        let items = instruments::listed(&pen, &items);
        sheet.lead(
            Tone::Neutral,
            say!(pen.locale, "lead-leaves-out", items = items),
        );
    }
}

/// What the news has against it, above everything that is traded: a card that warns says so first.
fn news_on(sheet: &mut Sheet<'_>, ticket: &Ticket) {
    let pen = sheet.pen;
    let Some(news) = &ticket.news else {
        return;
    };
    let against = news.reasons.iter().filter(|it| it.action() > Action::Pass);
    for reason in against.take(REASONS) {
        let reason = news::reason(&pen, reason);
        sheet.lead(
            Tone::Attention,
            say!(pen.locale, "news-lead", reason = reason),
        );
    }
    if let Some(aside) = news::set_aside(&pen, news) {
        sheet.lead(Tone::Attention, aside);
    }
}

/// What is traded, at which bound, for how much gain: the part that a yes binds.
pub(super) fn terms(sheet: &mut Sheet<'_>, ticket: &Ticket) {
    let pen = sheet.pen;
    let (terms, structure) = (&ticket.terms, &ticket.structure);
    let legs = instruments::legs(&pen, structure.legs(), terms.contracts);
    sheet.field("label-trade", legs);
    let multiplier = structure.multiplier();
    let limit = instruments::bound_in_dollars(&pen, terms.limit, multiplier, terms.contracts);
    sheet.field("label-limit", limit);
    sheet.field(
        "label-contracts",
        figures::grouped(&terms.contracts.to_string(), pen.locale),
    );
    let gain = match terms.max_gain {
        Some(gain) => figures::signed(gain, pen.locale),
        None => pen.say("gain-unbounded"),
    };
    sheet.field("label-max-gain", gain);
    let breakevens: Vec<String> = terms
        .breakevens
        .iter()
        .map(|at| figures::price(*at, pen.locale))
        .collect();
    if !breakevens.is_empty() {
        let at = instruments::listed(&pen, &breakevens);
        let symbol = ticket.underlying.as_str();
        let breakeven = say!(pen.locale, "breakeven", symbol = symbol, at = at);
        sheet.field("label-breakeven", breakeven);
    }
    sheet.field(
        "label-fees",
        say!(
            pen.locale,
            "fees-both-ways",
            fees = figures::usd(terms.fees, pen.locale)
        ),
    );
}

/// Each leg's bid and ask.
fn quotes(sheet: &mut Sheet<'_>, ticket: &Ticket) {
    let pen = sheet.pen;
    let side = |price, size: u32| {
        let (price, size) = (
            figures::price(price, pen.locale),
            figures::grouped(&size.to_string(), pen.locale),
        );
        say!(pen.locale, "quote-side", price = price, size = size)
    };
    let row = |(leg, quote): (&Leg, &Quote)| {
        vec![
            instruments::instrument(&pen, &leg.instrument),
            side(quote.bid, quote.bid_size),
            side(quote.ask, quote.ask_size),
        ]
    };
    let legs = ticket.structure.legs().iter().zip(&ticket.quote.legs);
    let columns = [
        ("column-contract", false),
        ("column-bid", true),
        ("column-ask", true),
    ];
    sheet.table("table-quotes", &columns, legs.map(row).collect());
}

fn buttons(sheet: &mut Sheet<'_>, ticket: &Ticket) {
    let (id, revision) = (ticket.id, ticket.revision);
    sheet.button(
        "button-confirm",
        button::Action::Confirm(id, revision),
        Style::Primary,
    );
    sheet.button(
        "button-reject",
        button::Action::Decline(id, revision),
        Style::Danger,
    );
    sheet.button(
        "button-edit",
        button::Action::Edit(id, revision),
        Style::Secondary,
    );
    sheet.button(
        "button-snooze",
        button::Action::Snooze(id),
        Style::Secondary,
    );
    sheet.button("button-why", button::Action::Why(id), Style::Secondary);
}
