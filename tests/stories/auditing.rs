//! The audit log, asked for in a chat: by whom, about what, page by page, and whether its chain is whole.

use std::sync::Arc;

use countersign_cards::{Action, Card, Locale, command::parse_text};
use countersign_chat::{Asker, Reply, Talk};
use countersign_domain::operator::{Room, Surface};
use countersign_tests::{
    Button::{Close, Confirm, Snooze},
    World, secs,
};

use crate::scene::{holding, no_plan};

/// What somebody on Telegram is answered.
pub(crate) fn told(world: &mut World, who: &str, ask: impl AsyncFn(Talk, Asker) -> Reply) -> Reply {
    let press = world.hand(Surface::Telegram, who);
    let asker = Asker {
        who: press.who.clone(),
        key: press.key.clone().expect("a key"),
        room: Room::of(Surface::Telegram),
    };
    let talk = Talk::new(world.desk(), Arc::new(Locale::english()));
    world.act(async |_| ask(talk.clone(), asker.clone()).await)
}

pub(crate) fn asked(world: &mut World, who: &str, line: &str) -> Reply {
    let read = parse_text(line, "a_bot").expect("a command");
    told(world, who, async |talk, asker| {
        talk.command(&asker, read.clone()).await
    })
}

pub(crate) fn pressed(world: &mut World, who: &str, action: Action) -> Reply {
    let payload = action.encode();
    told(world, who, async |talk, asker| {
        talk.press(&asker, &payload).await
    })
}

fn card(reply: Reply) -> Card {
    match reply {
        Reply::Cards(cards) => cards.into_iter().next().expect("a card"),
        other => panic!("{other:?}"),
    }
}

/// The events on a card, newest first.
fn events(card: &Card) -> Vec<String> {
    let rows = card.tables.iter().flat_map(|table| &table.rows);
    rows.map(|row| row[1].clone()).collect()
}

/// Every event of an answer, page by page.
fn leafed(world: &mut World, who: &str, line: &str) -> Vec<String> {
    let mut page = card(asked(world, who, line));
    let mut all = events(&page);
    while let Some(next) = page
        .buttons
        .iter()
        .find(|button| button.label.ends_with('›'))
    {
        let action = next.action;
        page = card(pressed(world, who, action));
        all.extend(events(&page));
    }
    all
}

// R61
#[test]
fn the_log_is_read_page_by_page_and_says_that_its_chain_is_whole() {
    let mut world = holding(no_plan());
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(15));
    let first = card(asked(&mut world, "dee", "/audit"));
    let rows = world.events().len();
    let whole = format!("The chain is intact up to event {rows}.");
    assert_eq!(first.lead[0].text, whole);
    assert_eq!(leafed(&mut world, "dee", "/audit").len(), rows);
    assert_eq!(leafed(&mut world, "dee", "/audit today").len(), rows);
    world.jump(world.now() + secs(86_400));
    let today = leafed(&mut world, "dee", "/audit today");
    assert!(today.len() < rows, "{today:?}");
}

#[test]
fn a_position_and_an_order_lead_to_everything_around_them_also_when_they_are_closed() {
    let mut world = holding(no_plan());
    world.press("ana", Close).expect("Ana may");
    world.advance(secs(15));
    let (position, entry, exit) = (
        world.position().expect("it was bought").id.to_string(),
        world.entry().expect("an entry").id.to_string(),
        world.exit().expect("an exit").id.to_string(),
    );
    let ticket = world.ticket().to_string();
    world.offer();
    let around = leafed(&mut world, "dee", &format!("/audit {ticket}"));
    assert!(around.len() > 5, "{around:?}");
    for id in [&position, &entry, &exit] {
        let end = &id[id.len() - 8..];
        for named in [id.as_str(), end] {
            let told = leafed(&mut world, "dee", &format!("/audit {named}"));
            assert_eq!(told, around, "{named}");
        }
    }
    let nothing = asked(&mut world, "dee", "/audit ZZZZZZ");
    assert!(nothing.is_bad(), "{nothing:?}");
}

#[test]
fn a_person_leads_to_what_they_did_and_to_nothing_of_others() {
    let mut world = holding(no_plan());
    let until = world.now() + secs(60);
    world.offer();
    world.press("cy", Snooze(until)).expect("Cy may");
    world.press("ana", Confirm).expect("Ana may");
    let anas = leafed(&mut world, "dee", "/audit ana");
    let (last, first) = anas.split_last().expect("events");
    assert!(
        first.iter().all(|event| event.starts_with("ana (")),
        "{anas:?}"
    );
    assert!(first.len() >= 2, "{anas:?}");
    assert!(last.starts_with("desk: ana is trader"), "{last}");
    let cys = leafed(&mut world, "dee", "/audit Cy");
    assert_eq!(cys.len(), 2, "{cys:?}");
}

// R28
#[test]
fn only_admins_read_the_log_also_by_a_page_that_somebody_else_was_shown() {
    let mut world = holding(no_plan());
    let shown = card(asked(&mut world, "dee", "/audit"));
    let next = shown.buttons.last().expect("a second page").action;
    for who in ["cy", "ana", "eve"] {
        for line in ["/audit", "/audit today", "/audit ana"] {
            let reply = asked(&mut world, who, line);
            assert!(reply.is_bad(), "{who} {line}: {reply:?}");
        }
        let ticket = world.ticket();
        for action in [next, Action::AuditPage(ticket, 1)] {
            let reply = pressed(&mut world, who, action);
            assert!(reply.is_bad(), "{who}: {reply:?}");
        }
    }
}

// R5
#[test]
fn a_ticket_that_is_asked_for_is_read_and_decided_on_its_own_card() {
    let mut world = World::new();
    let ticket = world.offer().to_string();
    let line = format!("/ticket {}", &ticket[ticket.len() - 6..]);
    let shown = card(asked(&mut world, "ana", &line));
    assert!(shown.title.contains("Ticket"), "{shown:?}");
    // Nobody takes the buttons off an answer when the ticket is decided, or expires.
    let actions: Vec<_> = shown.buttons.iter().map(|it| it.action).collect();
    let reads = |it: &Action| matches!(it, Action::Why(_) | Action::Picture(_));
    assert!(
        !actions.is_empty() && actions.iter().all(reads),
        "{actions:?}"
    );
}
