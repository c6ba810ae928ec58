//! The news explains itself: what was heard of a ticket, why there is none, what was let pass.

use countersign_cards::{Card, Locale, answer};
use countersign_desk::{news::PassAsk, scan::Looked, work::Done};
use countersign_domain::{
    ids::TicketId,
    news::{Action, Topic},
    operator::Surface,
    view::{Deed, NewsView},
};
use countersign_tests::{
    Button::{Close, Confirm},
    Setup, World,
    market::acme,
    secs,
};

use crate::rise::at_noon;

/// A desk that reads the news, at noon, with ACME on the rise.
fn reading() -> World {
    let mut world = at_noon(Setup {
        news: Some(countersign_desk::news::NewsRules::default()),
        ..Setup::default()
    });
    world.newsroom.reads("sued", -0.9, Topic::Legal);
    world.newsroom.reads("downgrade", -0.7, Topic::Analyst);
    world.hear();
    world
}

fn tell(world: &mut World, headline: &str, ago: i64) {
    let at = world.now() - secs(ago);
    world.newsroom.publish(headline, "Wire", at);
    world.hear();
}

/// What a card says, with each row of its tables on a line.
fn said(card: &Card) -> String {
    let lead = card.lead.iter().map(|line| line.text.clone());
    let rows = card.tables.iter().flat_map(|table| &table.rows);
    let rows = rows.map(|cells| cells.join(" "));
    let lines: Vec<_> = lead.chain(rows).chain(card.notes.clone()).collect();
    lines.join("\n")
}

fn why(world: &mut World, ticket: TicketId) -> String {
    let view = world.act(async |desk| desk.trail_of(ticket).await);
    let view = view.expect("the store answers").expect("a ticket");
    said(&answer::why(&view, &Locale::english()))
}

fn why_not(world: &mut World) -> String {
    let view = world.act(async |desk| desk.why_not(acme()).await);
    said(&answer::why_not(
        &view.expect("the store answers"),
        &Locale::english(),
    ))
}

fn news(world: &mut World) -> NewsView {
    let view = world.act(async |desk| desk.news_view(Some(acme())).await);
    view.expect("the store answers")
}

/// The places of these in a text, which have to be there, in this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("{part:?} is not in its place in\n{text}"));
    }
}

#[test]
fn why_tells_what_was_heard_before_and_since_and_what_was_done_about_it() {
    let mut world = reading();
    tell(&mut world, "ACME opens a shop in Lyon", 600);
    world.scan();
    let ticket = world.stands().id;
    world.advance(secs(30));
    tell(&mut world, "Broker cuts ACME in a downgrade", 20);
    world.advance(secs(30));
    tell(&mut world, "ACME sued by the SEC over its accounts", 30);
    world.advance(secs(600));
    tell(&mut world, "ACME sued once more", 30);
    let told = why(&mut world, ticket);
    in_order(
        &told,
        &[
            "offered",
            "“Broker cuts ACME in a downgrade” (Wire, 20 s ago): −0.70, analyst",
            "“ACME sued by the SEC over its accounts” (Wire, 30 s ago): −0.90, legal, high impact; the \
             ticket was taken back",
            "withdrawn: the news stands against it",
            "1 more story was heard and changed nothing",
        ],
    );
    assert!(
        !told.contains("Lyon"),
        "of low impact, it did nothing: {told}"
    );
    assert!(
        !told.contains("once more"),
        "it came when all was over: {told}"
    );
    world.restart().expect("it starts");
    assert_eq!(why(&mut world, ticket), told, "a restart forgets nothing");
}

#[test]
fn why_tells_news_of_before_the_ticket_that_it_warns_of_and_who_let_a_veto_pass() {
    let mut world = reading();
    tell(&mut world, "ACME sued by the SEC over its accounts", 30);
    world.scan();
    assert!(world.tickets().is_empty());
    let refused = why_not(&mut world);
    in_order(
        &refused,
        &[
            "trend: The news stands against it. “ACME sued by the SEC over its accounts” (Wire, 30 s \
             ago): −0.90, legal, high impact; it counts until",
        ],
    );
    let_pass(&mut world);
    let looked = world.scan();
    assert!(matches!(looked[0].looked, Looked::Raised(Done::Ticket(..))));
    let ticket = world.stands().id;
    let told = why(&mut world, ticket);
    in_order(
        &told,
        &[
            "“ACME sued by the SEC over its accounts” (Wire, 30 s ago)",
            "the ticket warns of it",
            "dee (web console)",
            "settled years ago",
            "offered",
        ],
    );
    assert!(
        told.contains("dee (web console) let its veto pass (“settled years ago”)"),
        "{told}"
    );
}

#[test]
fn why_not_remembers_signals_over_a_restart_and_tells_each_reason_once() {
    let mut world = reading();
    tell(&mut world, "ACME sued by the SEC over its accounts", 30);
    for _ in 0..3 {
        world.scan();
        world.advance(secs(60));
    }
    let before = why_not(&mut world);
    assert_eq!(before.matches("sued by the SEC").count(), 1, "{before}");
    world.restart().expect("it starts");
    let after = why_not(&mut world);
    assert!(after.contains("Nothing looked at it yet"), "{after}");
    in_order(
        &after,
        &["trend, for a rise: The news stands against it. “ACME sued by the SEC"],
    );
}

#[test]
fn news_tells_what_a_story_does_what_was_done_and_what_is_let_pass_until_its_end() {
    let mut world = reading();
    tell(&mut world, "ACME sued by the SEC over its accounts", 30);
    for _ in 0..2 {
        world.scan();
        world.advance(secs(60));
    }
    let view = news(&mut world);
    let does: Vec<_> = view.stories.iter().map(|it| it.action).collect();
    assert_eq!(does, [Action::Veto]);
    assert_eq!(view.against.len(), 1, "{:?}", view.against);
    assert_eq!(view.against[0].until, view.stories[0].until);
    assert!(view.passing.is_empty());
    let [deed] = view.deeds.as_slice() else {
        panic!("{:?}", view.deeds);
    };
    assert_eq!(deed.deed, Deed::Vetoed("trend".to_owned()));
    assert_eq!(deed.times, 2);
    assert_eq!(view.reader.expect("somebody reads").scorer.name, "newsroom");

    let_pass(&mut world);
    let view = news(&mut world);
    assert!(view.against.is_empty(), "{:?}", view.against);
    assert!(view.stories[0].passes);
    let card = said(&answer::news(&view, &Locale::english()));
    in_order(
        &card,
        &["by dee: “settled years ago”", "“ACME sued by the SEC"],
    );
    world.advance(secs(3_700));
    let view = news(&mut world);
    assert!(view.passing.is_empty());
    assert_eq!(view.against.len(), 1);
}

#[test]
fn why_says_that_what_the_exit_plan_ended_was_not_rolled_and_what_a_person_closed_was_theirs() {
    let mut world = reading();
    world.offer();
    let ticket = world.stands().id;
    world.press("ana", Confirm).expect("Ana may");
    world.broker.fill(99);
    world.advance(secs(6));
    world.press("ana", Close).expect("Ana may");
    world.broker.fill(99);
    world.advance(secs(9));
    let told = why(&mut world, ticket);
    assert!(told.contains("closed"), "{told}");
    assert!(!told.contains("not rolled"), "{told}");
}

/// An admin lets the veto of the one story pass for an hour.
fn let_pass(world: &mut World) {
    let view = news(world);
    let name = view.against[0].reason.name();
    let until = world.now() + secs(3_600);
    let admin = world.hand(Surface::Web, "dee");
    let passed = world.act(async |desk| {
        let ask = PassAsk {
            name: name.clone(),
            underlying: acme(),
            until: Some(until),
            reason: "settled years ago".to_owned(),
        };
        desk.let_news_pass(admin.clone(), ask).await
    });
    assert_eq!(passed, Ok(Done::Ok));
}
