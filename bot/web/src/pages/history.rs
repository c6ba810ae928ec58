//! Recent tickets and what they came to; recent signals and why they were not traded.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::{extract::State, response::Response};
use countersign_cards::{
    console::{expects, structure, time},
    figures, veto, words,
};
use countersign_desk::ports::StoreError;
use countersign_domain::{
    calendar::{market_date, session_on},
    ids::TicketId,
    money::Usd,
    signal::{Signal, SignalState},
    ticket::Ticket,
};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};

use super::{
    ink::Ink,
    parts::head,
    shell::{Page, Place},
};
use crate::{access::visitor::Visitor, console::Room, fault::Fault, live::scene::Scene};

/// Rows of each table.
const ROWS: u32 = 100;
/// Days on which closed trades are looked for.
const DAYS: usize = 15;

/// The page.
pub(crate) async fn page(State(room): State<Room>, visitor: Visitor) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let (store, desk) = (room.desk.store(), room.desk.id());
    let tickets = store.tickets(desk, ROWS).await.map_err(|_| Fault::Store)?;
    let signals = store.signals(desk, ROWS).await.map_err(|_| Fault::Store)?;
    let profits = profits(&room, &scene, &tickets).await;
    let profits = profits.map_err(|_| Fault::Store)?;
    let page = Page {
        place: Place::History,
        title: ink.say("console-history"),
        head: Some(head::draw(&room, &scene)),
        body: html! {
            section.sheet {
                h1 { (ink.say("console-history")) }
                (ticket_table(&ink, &tickets, &profits))
                (signal_table(&ink, &signals))
                (reports(&tickets, &ink))
                (files(&ink))
            }
        },
        said: None,
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}

/// What each ticket's position came to after fees, closed or open.
async fn profits(
    room: &Room,
    scene: &Scene,
    tickets: &[Arc<Ticket>],
) -> Result<BTreeMap<TicketId, Usd>, StoreError> {
    let mut found = BTreeMap::new();
    for date in days(tickets, scene.board.header.now) {
        for closed in room.desk.store().closed_on(room.desk.id(), date).await? {
            found.insert(closed.ticket, closed.realised() - closed.fees);
        }
    }
    for open in &scene.board.positions {
        if let Some(profit) = open.profit() {
            found.insert(open.position.ticket, profit);
        }
    }
    Ok(found)
}

/// The newest days from the oldest ticket's until today.
fn days(tickets: &[Arc<Ticket>], now: Timestamp) -> BTreeSet<Date> {
    let today = market_date(now);
    let oldest = tickets.iter().map(|it| market_date(it.offered_at)).min();
    let mut day = Some(today);
    let mut days = BTreeSet::new();
    while let Some(date) = day.filter(|date| oldest.is_some_and(|oldest| *date >= oldest)) {
        days.insert(date);
        day = date.yesterday().ok().filter(|_| days.len() < DAYS);
    }
    days
}

/// The days with a session, newest first.
fn reports(tickets: &[Arc<Ticket>], ink: &Ink<'_>) -> Markup {
    html! {
        h2 { (ink.say("console-history-reports")) }
        ul.days {
            @for date in days(tickets, ink.now).iter().rev().filter(|date| session_on(**date).is_some()) {
                li { a href={ "/reports/" (date) } { (date) } }
            }
        }
    }
}

/// Links to everything as a file.
fn files(ink: &Ink<'_>) -> Markup {
    html! {
        h2 { (ink.say("console-history-files")) }
        p { (ink.say("console-history-files-how")) }
        ul.days {
            li { a href="/export.csv" download { "CSV" } }
            li { a href="/export.json" download { "JSON" } }
        }
    }
}

fn ticket_table(
    ink: &Ink<'_>,
    tickets: &[Arc<Ticket>],
    profits: &BTreeMap<TicketId, Usd>,
) -> Markup {
    html! {
        h2 { (ink.say("console-history-tickets")) }
        @if tickets.is_empty() { p.empty { (ink.say("console-history-no-tickets")) } }
        @else {
            table.wide {
                thead {
                    tr {
                        th scope="col" { (ink.say("console-column-offered")) }
                        th scope="col" { (ink.say("console-column-ticket")) }
                        th.figures scope="col" { (ink.say("console-column-worst")) }
                        th scope="col" { (ink.say("console-column-state")) }
                        th.figures scope="col" { (ink.say("console-column-profit")) }
                    }
                }
                tbody {
                    @for ticket in tickets { (ticket_row(ink, ticket, profits.get(&ticket.id))) }
                }
            }
        }
    }
}

fn ticket_row(ink: &Ink<'_>, ticket: &Ticket, profit: Option<&Usd>) -> Markup {
    html! {
        tr {
            td data-label=(ink.say("console-column-offered")) {
                (time(ticket.offered_at, ink.now, ink.locale))
            }
            td data-label=(ink.say("console-column-ticket")) {
                a href={ "/tickets/" (ticket.id) } {
                    (structure(&ticket.structure, ink.now, ink.locale))
                }
            }
            td.figures data-label=(ink.say("console-column-worst")) {
                (figures::usd(ticket.terms.worst_loss, ink.locale))
            }
            td data-label=(ink.say("console-column-state")) {
                (words::ticket_state(ticket.state.name(), ink.locale))
            }
            td.figures data-label=(ink.say("console-column-profit")) {
                @if let Some(profit) = profit {
                    span class={ "tone-" (head::profit_class(*profit)) } { (figures::signed(*profit, ink.locale)) }
                }
            }
        }
    }
}

fn signal_table(ink: &Ink<'_>, signals: &[Signal]) -> Markup {
    html! {
        h2 { (ink.say("console-history-signals")) }
        @if signals.is_empty() { p.empty { (ink.say("console-history-no-signals")) } }
        @else {
            table.wide {
                thead {
                    tr {
                        th scope="col" { (ink.say("console-column-raised")) }
                        th scope="col" { (ink.say("console-column-signal")) }
                        th scope="col" { (ink.say("console-column-outcome")) }
                    }
                }
                tbody {
                    @for signal in signals {
                        tr {
                            td data-label=(ink.say("console-column-raised")) {
                                (time(signal.raised_at, ink.now, ink.locale))
                            }
                            td data-label=(ink.say("console-column-signal")) {
                                (expects(signal, ink.locale))
                            }
                            td data-label=(ink.say("console-column-outcome")) {
                                (outcome(ink, signal))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Why a signal was not traded, or its ticket.
fn outcome(ink: &Ink<'_>, signal: &Signal) -> Markup {
    html! {
        @match &signal.state {
            SignalState::Raised => { (ink.say("console-outcome-raised")) }
            SignalState::Lapsed => { (ink.say("console-outcome-lapsed")) }
            SignalState::Ticketed(ticket) => {
                a href={ "/tickets/" (ticket) } { (ink.say("console-outcome-ticketed")) }
            }
            SignalState::Vetoed(why) => {
                @for one in why { span.line { (veto(one, signal.raised_at, ink.locale)) } }
            }
        }
    }
}
