//! What is lived through, and what is taken of it.

use anyhow::{Context as _, Result};
use countersign_cards::{Action, HoldSpan, Language};
use countersign_desk::ports::CardKey;
use countersign_domain::{
    calendar::market_date,
    ids::{Revision, TicketId},
    operator::{Room, Surface},
    view::{PositionCard, TicketView, View},
};
use jiff::Timestamp;

use super::{
    Sample, Scene,
    life::{Life, Person, second},
    states,
};
use crate::config::Config;

/// What is read while something is held.
const READ: [&str; 28] = [
    "/help",
    "/help exitplan",
    "/status",
    "/positions",
    "/position POSITION",
    "/pnl",
    "/account",
    "/greeks",
    "/tickets",
    "/ticket TICKET",
    "/why TICKET",
    "/signals",
    "/signal SIGNAL",
    "/whynot SPY",
    "/whynot AAPL",
    "/orders",
    "/history",
    "/quote SPY",
    "/chain SPY",
    "/watchlist",
    "/strategies",
    "/limits",
    "/audit",
    "/settings",
    "/whoami",
    "/perms",
    "/ping",
    "/version",
];

/// What is asked for, and what nobody understands.
const ACT: [&str; 15] = [
    "/close all",
    "/close profitable",
    "/panic flash crash",
    "/scan",
    "/limits set open_positions 4",
    "/limits set open_positions 9",
    "/approve sign 5 300 1000 8h",
    "/approve",
    "/settings quiet 22:00 07:00 Europe/Berlin",
    "/export csv month",
    "/position",
    "/positoins",
    "/propose buy 2 SPY",
    "/perms grant Dora viewer",
    "/link",
];

/// Lives through it, in one language.
///
/// # Errors
///
/// What the desk could not do.
pub async fn record(config: &Config, language: Language) -> Result<Vec<Scene>> {
    let mut life = Life::begin(config, language).await?;
    let begun = life.now();
    quiet(&mut life).await?;
    let ticket = decided(&mut life).await?;
    let held = filled(&mut life, ticket).await?;
    asked(&mut life, &held).await?;
    overrides(&mut life).await?;
    closed(&mut life, &held).await?;
    stopped(&mut life).await?;
    let today = market_date(life.now());
    let report = life.desk().report(today).await?;
    life.card("board", "report", View::Report(Box::new(report)));
    digest(&mut life, begun).await?;
    states::alarms(&mut life, &held);
    life.desk().stop().await?;
    Ok(life.scenes)
}

/// All of it, as if the room had had quiet hours.
async fn digest(life: &mut Life, begun: Timestamp) -> Result<()> {
    let room = Room {
        surface: Surface::Telegram,
        chat: -1001,
    };
    let span = (begun.as_microsecond(), life.now().as_microsecond());
    let view = life.desk().digest_view(room, span).await?;
    let view = view.context("quiet hours held something back")?;
    life.card("board", "digest", view);
    Ok(())
}

fn offer(view: &TicketView) -> View {
    View::Ticket(Box::new(view.clone()))
}

/// The position of a ticket by itself.
fn alone(view: &TicketView) -> Result<View> {
    let position = view.position.clone();
    Ok(View::Position(Box::new(PositionCard {
        header: view.header.clone(),
        view: position.context("nothing is held")?,
        entry: view.entry.clone(),
    })))
}

/// Nothing is offered or held.
async fn quiet(life: &mut Life) -> Result<()> {
    let board = life.board().await?;
    life.card("board", "quiet", View::Board(Box::new(board)));
    for line in [
        "/positions",
        "/tickets",
        "/signals",
        "/orders",
        "/approve",
        "/overrides",
    ] {
        life.ask("empty", Person::Ana, line).await?;
    }
    life.until("a ticket", |seen| seen.offered().next().is_some())
        .await
}

/// A ticket until it was said yes to.
async fn decided(life: &mut Life) -> Result<TicketId> {
    let seen = life.desk().seen().await?;
    let ticket = seen.offered().next().context("a ticket is offered")?.id;
    let first = Revision::FIRST;
    let view = life.ticket(ticket).await?;
    life.card("tickets", "offered", offer(&view));
    let board = life.board().await?;
    life.card("board", "ticket-waits", View::Board(Box::new(board)));
    let presses = [
        ("why", Action::Why(ticket)),
        ("reject-why", Action::Decline(ticket, first)),
        ("edit", Action::Edit(ticket, first)),
        ("snooze", Action::Snooze(ticket)),
    ];
    for (name, action) in presses {
        let reply = life.press(Person::Ana, action).await;
        life.add("asks", name, Sample::Reply(reply));
    }
    let contracts = view
        .ticket
        .terms
        .contracts
        .0
        .saturating_sub(1)
        .max(1)
        .to_string();
    let limit = view.ticket.terms.limit.abs().to_string();
    let values = [("contracts", contracts.as_str()), ("limit", limit.as_str())];
    let edited = life
        .hand_in(Person::Ben, Action::Edit(ticket, first), &values)
        .await;
    life.add("asks", "edited", Sample::Reply(edited));
    let view = life.ticket(ticket).await?;
    life.card("tickets", "edited", offer(&view));
    let revision = view.ticket.revision;
    for (name, person, revision) in [
        ("confirm-as-nobody", Person::Nobody, revision),
        ("confirm-an-old-revision", Person::Ana, first),
        ("confirm", Person::Ana, revision),
        ("confirm-again", Person::Cem, revision),
    ] {
        let reply = life.press(person, Action::Confirm(ticket, revision)).await;
        life.add("asks", name, Sample::Reply(reply));
    }
    states::to_type(life, &view);
    let sent = life.ticket(ticket).await?;
    life.card("tickets", "being-sent", offer(&sent));
    states::undecided(life, &view, &sent);
    // Before the two seconds of the yes are over.
    life.desk().pump().await?;
    Ok(ticket)
}

/// The same until it is held.
async fn filled(life: &mut Life, ticket: TicketId) -> Result<TicketView> {
    life.until("a position", |seen| {
        let filled = |it: &countersign_domain::order::Order| it.state.name() == "filled";
        seen.orders.values().any(|it| filled(it)) && !seen.positions.is_empty()
    })
    .await?;
    life.step().await?;
    let view = life.ticket(ticket).await?;
    life.card("tickets", "filled", offer(&view));
    life.card("positions", "open", alone(&view)?);
    states::sent(life, &view);
    let board = life.board().await?;
    life.card("board", "held", View::Board(Box::new(board.clone())));
    life.card("board", "full", View::Board(Box::new(states::full(board))));
    Ok(view)
}

/// Everything that can be asked while something is held.
async fn asked(life: &mut Life, held: &TicketView) -> Result<()> {
    let position = held
        .position
        .as_ref()
        .context("something is held")?
        .position
        .id;
    let (ticket, signal) = (held.ticket.id, held.ticket.signal.context("a signal")?);
    for asks in READ {
        let asked = asks
            .replace("TICKET", &ticket.to_string())
            .replace("POSITION", &position.to_string())
            .replace("SIGNAL", &signal.to_string());
        life.ask("answers", Person::Ana, &asked).await?;
    }
    for line in ACT {
        life.ask("asks", Person::Ana, line).await?;
    }
    life.ask_alone(Person::Ana, "settings-alone", "/settings")
        .await?;
    life.ask("asks", Person::Nobody, "/whoami").await?;
    for (name, action) in [
        ("hold", Action::Hold(position)),
        ("hold-for", Action::HoldFor(position, HoldSpan::Hour)),
        ("close", Action::Close(position)),
    ] {
        let reply = life.press(Person::Ana, action).await;
        life.add("asks", name, Sample::Reply(reply));
    }
    let view = life.ticket(ticket).await?;
    life.card("positions", "held-by-a-person", alone(&view)?);
    life.press(Person::Ana, Action::Release(position)).await;
    Ok(())
}

/// A limit that somebody wants to pass.
async fn overrides(life: &mut Life) -> Result<()> {
    let ask = "/override ask open_positions 8 2h expiry day";
    life.ask("asks", Person::Cem, ask).await?;
    life.ask("asks", Person::Ana, "/overrides").await?;
    let board = life.board().await?;
    let id = board
        .overrides
        .iter()
        .find(|one| one.name == "Cem")
        .context("an override is asked for")?
        .id;
    life.card("board", "override-asked", View::Board(Box::new(board)));
    let card = life.desk().view_of(CardKey::Override(id)).await?;
    if let Some(View::Override(card)) = card {
        states::overrides(life, &card);
    }
    for (name, person) in [("grant-first", Person::Ana), ("grant-second", Person::Ben)] {
        let reply = life.press(person, Action::Grant(id)).await;
        life.add("asks", name, Sample::Reply(reply));
    }
    let board = life.board().await?;
    life.card("board", "override-holds", View::Board(Box::new(board)));
    life.ask("answers", Person::Ana, "/overrides").await
}

/// A position until it is closed, by hand.
async fn closed(life: &mut Life, held: &TicketView) -> Result<()> {
    let ticket = held.ticket.id;
    let position = held
        .position
        .as_ref()
        .context("something is held")?
        .position
        .id;
    let question = life.press(Person::Ben, Action::Close(position)).await;
    let reply = life.press(Person::Ben, second(&question)?).await;
    life.add("asks", "close-now", Sample::Reply(reply));
    let view = life.ticket(ticket).await?;
    life.card("tickets", "closing", offer(&view));
    life.card("positions", "closing", alone(&view)?);
    life.until("a closed position", |seen| {
        !seen.positions.contains_key(&position)
    })
    .await?;
    let view = life.ticket(ticket).await?;
    life.card("tickets", "closed", offer(&view));
    life.card("positions", "closed", alone(&view)?);
    life.card(
        "positions",
        "closed-otherwise",
        alone(&states::turned(view))?,
    );
    for line in [format!("/why {ticket}"), format!("/audit {ticket}")] {
        life.ask("answers", Person::Ana, &line).await?;
    }
    for line in ["/pnl", "/pnl week", "/report", "/history"] {
        life.ask("answers", Person::Ana, line).await?;
    }
    Ok(())
}

/// The desk is kept from trading.
async fn stopped(life: &mut Life) -> Result<()> {
    life.ask("asks", Person::Cem, "/reduce news at 14:00")
        .await?;
    let board = life.board().await?;
    life.card("board", "reduced", View::Board(Box::new(board)));
    let question = life.typed(Person::Ana, "/halt flash crash").await?;
    life.add("asks", "halt", Sample::Reply(question.clone()));
    let reply = life.press(Person::Ana, second(&question)?).await;
    life.add("asks", "halt-now", Sample::Reply(reply));
    let board = life.board().await?;
    life.card("board", "halted", View::Board(Box::new(board)));
    life.ask("asks", Person::Cem, "/resume").await?;
    life.ask("asks", Person::Ana, "/resume looked at it").await
}
