//! What is scanned: people change the watchlist and switch strategies while the desk runs.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_app::{clock::ManualClock, ids::SeededIds};
use countersign_cards::{Card, Locale, answer};
use countersign_desk::{
    Desk, Ports,
    ports::{Chain, FeedError, FeedHealth, MarketData},
    press::Press,
    scan::{Looked, ScanLine},
    work::Done,
};
use countersign_domain::{
    event::Fact,
    instrument::{Instrument, Symbol},
    operator::{Role, Surface},
    quote::{Bar, Quote},
    refusal::{Answer, Refusal},
    scanning::{ScanChange, ScanFault, Scanning as Changes},
    signal::{SignalState, Veto},
};
use countersign_tests::{
    Button::{Close, Confirm, Scanning},
    Setup, World,
    market::acme,
    secs,
};
use insta::assert_snapshot;

use crate::{rise::at_noon, scene::refused};

fn qqq() -> Symbol {
    "QQQ".parse().expect("a symbol")
}

/// A world whose feed has bars of a second underlying, which does not move.
fn with_qqq() -> World {
    let world = at_noon(Setup::default());
    world.market.feed().set_bars(qqq(), Vec::new());
    world
}

fn trend() -> String {
    "trend".to_owned()
}

fn underlyings(lines: &[ScanLine]) -> Vec<Symbol> {
    lines.iter().map(|line| line.underlying).collect()
}

/// What a card says, on one line each.
fn said(card: &Card) -> String {
    let lead = card.lead.iter().map(|line| line.text.clone());
    let lines: Vec<_> = lead.chain(card.notes.clone()).collect();
    lines.join("\n")
}

fn watchlist(world: &mut World) -> String {
    let shown = world.act(async |desk| {
        let header = desk.header_now().await.expect("the store answers");
        let watched = desk.watched().await.expect("the store answers");
        answer::watchlist(&header, &watched, &Locale::english())
    });
    format!("{}\n{}", shown.title, said(&shown))
}

fn why_not(world: &mut World, symbol: Symbol) -> String {
    let shown = world.act(async |desk| {
        let view = desk.why_not(symbol).await.expect("the store answers");
        answer::why_not(&view, &Locale::english())
    });
    said(&shown)
}

// R27
#[test]
fn a_symbol_is_watched_from_the_next_scan_on_and_a_restart_keeps_that() {
    let mut world = with_qqq();
    assert_eq!(underlyings(&world.scan()), [acme()]);
    assert_snapshot!(watchlist(&mut world), @"
    Watched: 1 underlying
    ACME
    All as configured; nobody has added or taken off anything.
    ");

    let done = world.press("dee", Scanning(ScanChange::Add(qqq())));
    assert_eq!(done, Ok(Done::Ok));
    let again = world.press("dee", Scanning(ScanChange::Add(qqq())));
    assert_eq!(again, Ok(Done::Nothing));
    assert_eq!(underlyings(&world.scan()), [acme(), qqq()]);
    world.advance(secs(3));
    let wanted = world.market.feed().watched();
    assert!(wanted.contains(&Instrument::Equity(qqq())), "{wanted:?}");

    let done = world.press("dee", Scanning(ScanChange::Remove(acme())));
    assert_eq!(done, Ok(Done::Ok));
    let shown = "
    Watched: 1 underlying
    QQQ
    ACME: configured, taken off by dee (web console), 12:00:03 EST
    QQQ: not configured, added by dee (web console), 12:00:00 EST
    ";
    assert_snapshot!(watchlist(&mut world), @"
    Watched: 1 underlying
    QQQ
    ACME: configured, taken off by dee (web console), 12:00:03 EST
    QQQ: not configured, added by dee (web console), 12:00:00 EST
    ");
    world.crash();
    world.advance(secs(3));
    world.restart().expect("it starts");
    assert_eq!(underlyings(&world.scan()), [qqq()]);
    let kept: Vec<_> = shown.lines().map(str::trim).collect();
    assert_eq!(watchlist(&mut world), kept.join("\n").trim());
    let changes = |fact: &Fact| matches!(fact, Fact::ScanningChanged(_));
    let events = world.events();
    let noted = events.iter().filter(|row| changes(&row.event.fact));
    assert_eq!(noted.count(), 2);

    // What stands as it is configured again needs nobody's word.
    world
        .press("dee", Scanning(ScanChange::Add(acme())))
        .expect("Dee may");
    world
        .press("dee", Scanning(ScanChange::Remove(qqq())))
        .expect("Dee may");
    assert_eq!(world.seen().desk.scanning, Changes::default());
    assert_eq!(underlyings(&world.scan()), [acme()]);
}

// R27
#[test]
fn what_the_configuration_adds_later_is_watched_and_what_was_taken_off_stays_off() {
    let mut world = with_qqq();
    world
        .press("dee", Scanning(ScanChange::Remove(acme())))
        .expect("Dee may");
    world.reconfigure(|setup| setup.settings.watchlist = vec![acme(), qqq()]);
    assert_eq!(underlyings(&world.scan()), [qqq()]);
}

// R27
#[test]
fn a_symbol_that_the_feed_does_not_have_is_refused_and_so_is_who_may_not() {
    let mut world = with_qqq();
    let unknown: Symbol = "ZZZZ".parse().expect("a symbol");
    let answer = world.press("dee", Scanning(ScanChange::Add(unknown)));
    assert_snapshot!(refused(&world, answer), @"The feed has nothing on ZZZZ, so it can not be watched. Look at how it is spelled.");
    world.market.feed().set_outage(Some("the line is cut"));
    let answer = world.press("dee", Scanning(ScanChange::Add(qqq())));
    assert_eq!(answer, Err(Refusal::Scanning(ScanFault::Silent(qqq()))));
    world.market.feed().set_outage(None);
    let absent = world.press("dee", Scanning(ScanChange::Remove(qqq())));
    assert_eq!(absent, Ok(Done::Nothing));
    for change in [ScanChange::Add(qqq()), ScanChange::Off(trend())] {
        let answer = world.press("ana", Scanning(change));
        let (needs, has) = (Role::Admin, Some(Role::Trader));
        assert_eq!(answer, Err(Refusal::NotPermitted { needs, has }));
    }
    // What people propose themselves is no strategy that could be switched off.
    let manual = ScanChange::Off("manual".to_owned());
    let answer = world.press("dee", Scanning(manual));
    assert_snapshot!(refused(&world, answer), @"There is no strategy of that name. There is: trend.");
    assert_eq!(underlyings(&world.scan()), [acme()]);
}

#[test]
fn a_watchlist_that_is_full_takes_no_more() {
    let symbols = (0..countersign_domain::scanning::MOST_WATCHED)
        .map(|number| format!("S{number}").parse().expect("a symbol"));
    let mut setup = Setup::default();
    setup.settings.watchlist = symbols.collect();
    let mut world = World::with(setup);
    let answer = world.press("dee", Scanning(ScanChange::Add(acme())));
    assert_eq!(answer, Err(Refusal::Scanning(ScanFault::Full)));
}

// R27
#[test]
fn a_strategy_that_is_off_raises_nothing_and_what_it_raised_before_goes_on() {
    let mut world = with_qqq();
    world.scan();
    let ticket = world.ticket();
    let done = world.press("dee", Scanning(ScanChange::Off(trend())));
    assert_eq!(done, Ok(Done::Ok));
    world.restart().expect("it starts");
    assert_eq!(world.scan(), Vec::new());
    assert_snapshot!(why_not(&mut world, acme()), @"12:00:00 EST, trend: switched off by dee (web console); it raises no signals until somebody switches it on.");

    // Its ticket can be confirmed, and its position is closed.
    world.press("ana", Confirm).expect("Ana may");
    world.broker.fill(99);
    world.advance(secs(3));
    assert!(world.position().is_some(), "it was bought");
    world.press("ana", Close).expect("Ana may");
    world.broker.fill(99);
    world.advance(secs(15));
    let closed = world.position().expect("it was bought");
    assert!(closed.state.is_closed(), "{:?}", closed.state);
    assert_eq!(world.tickets().len(), 1, "{ticket}");

    let done = world.press("dee", Scanning(ScanChange::On(trend())));
    assert_eq!(done, Ok(Done::Ok));
    assert_eq!(underlyings(&world.scan()), [acme()]);
    assert_eq!(world.tickets().len(), 2);
}

#[test]
fn why_not_says_that_nothing_is_watched_and_by_whose_word() {
    let mut world = with_qqq();
    assert_snapshot!(why_not(&mut world, qqq()), @"QQQ is not on the watchlist, so no scan looks at it. /watchlist add QQQ puts it there.");
    world
        .press("dee", Scanning(ScanChange::Remove(acme())))
        .expect("Dee may");
    assert_snapshot!(why_not(&mut world, acme()), @"ACME is not watched: dee (web console) took it off the watchlist, 12:00:00 EST. /watchlist add ACME puts it back.");
}

/// A market in which somebody changes what is scanned while it is asked for bars.
struct Meddled {
    market: Arc<dyn MarketData>,
    desk: Arc<Desk>,
    press: Press,
    change: ScanChange,
}

#[async_trait]
impl MarketData for Meddled {
    fn watch(&self, instruments: &[Instrument]) {
        self.market.watch(instruments);
    }

    fn snapshot(&self, instrument: &Instrument) -> Option<Quote> {
        self.market.snapshot(instrument)
    }

    async fn chain(&self, underlying: Symbol) -> Result<Chain, FeedError> {
        self.market.chain(underlying).await
    }

    async fn bars(&self, underlying: Symbol) -> Result<Vec<Bar>, FeedError> {
        let changed = self
            .desk
            .set_scanning(self.press.clone(), self.change.clone());
        changed.await.expect("Dee may");
        self.market.bars(underlying).await
    }

    fn health(&self) -> FeedHealth {
        self.market.health()
    }
}

fn scanned_meanwhile(change: &ScanChange) -> (Answer<Vec<ScanLine>>, World) {
    let mut world = at_noon(Setup::default());
    let desk = world.desk();
    let press = world.hand(Surface::Web, "dee");
    let asks = world.hand(Surface::Web, "ana");
    let clock = Arc::new(ManualClock::at(world.now()));
    let ports = Ports {
        broker: world.broker.clone(),
        market: Arc::new(Meddled {
            market: world.market.feed().clone(),
            desk: desk.clone(),
            press,
            change: change.clone(),
        }),
        chats: Vec::new(),
        store: desk.store().clone(),
        clock: clock.clone(),
        ids: Arc::new(SeededIds::new(77, clock)),
        news: countersign_desk::news::NewsDesk::default(),
    };
    let settings = desk.settings().clone();
    let other = Desk::attach(world.id(), settings, ports, "another process");
    drop(desk);
    let lines = world.act(async |_| other.scan_now(asks.clone()).await);
    world.advance(secs(3));
    (lines, world)
}

#[test]
fn what_is_switched_off_while_it_looks_is_vetoed() {
    for change in [ScanChange::Off(trend()), ScanChange::Remove(acme())] {
        let (lines, mut world) = scanned_meanwhile(&change);
        let lines = lines.expect("Ana may");
        assert!(
            matches!(
                lines[..],
                [ScanLine {
                    looked: Looked::Raised(Done::Vetoed(_)),
                    ..
                }]
            ),
            "{lines:?}"
        );
        let id = world.id();
        let signals = world.act(async |desk| desk.store().signals(id, 1).await);
        let signals = signals.expect("the store answers");
        let state = &signals[0].state;
        assert_eq!(*state, SignalState::Vetoed(vec![Veto::NotScanned]));
        assert!(world.tickets().is_empty());
    }
}
