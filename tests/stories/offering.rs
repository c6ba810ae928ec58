//! Screen, offer and propose: where tickets come from, and what never becomes one.

use countersign_desk::{
    desk::{DeskAsk, Edited},
    scan::{Looked, ScanLine},
    work::Done,
};
use countersign_domain::{
    exit::ExitPlan,
    instrument::Instrument,
    limits::Limits,
    money::{Contracts, Percent},
    operator::Surface,
    refusal::Refusal,
    signal::{Direction, SignalState, Veto},
    structure::{Leg, Side, Structure},
    ticket::TicketState,
};
use countersign_signals::strategy::Reason;
use countersign_tests::{
    Button::{Confirm, Decline, Desk, Edit},
    Offer, Setup, World,
    market::{CALL, HIGH_CALL, acme, cents, option, shares},
    secs,
};
use insta::assert_snapshot;

use crate::{
    rise::at_noon,
    scene::{buttons, monday, no_plan, with_plan},
};

/// What the one line of a scan came to.
#[track_caller]
fn only(lines: Vec<ScanLine>) -> Looked {
    let [line] = lines.try_into().expect("one underlying, one strategy");
    line.looked
}

/// Why the newest signal was vetoed.
fn vetoes(world: &mut World) -> Vec<Veto> {
    let id = world.id();
    let signals = world.act(async |desk| desk.store().signals(id, 1).await);
    match &signals.expect("the store answers")[0].state {
        SignalState::Vetoed(why) => why.clone(),
        state => panic!("{state:?}"),
    }
}

#[test]
fn a_rise_becomes_a_signal_and_the_signal_a_ticket_that_can_be_confirmed() {
    let mut world = at_noon(Setup::default());
    let looked = only(world.scan());
    assert!(
        matches!(looked, Looked::Raised(Done::Ticket(..))),
        "{looked:?}"
    );

    let story = world.story_of(world.ticket());
    let (ticket, signal) = (story.ticket.expect("stored"), story.signal.expect("stored"));
    assert_eq!(
        (ticket.strategy.as_str(), ticket.underlying),
        ("trend", acme())
    );
    assert_eq!(
        (ticket.direction, signal.direction),
        (Direction::Bullish, Direction::Bullish)
    );
    assert_eq!(signal.state, SignalState::Ticketed(ticket.id));
    let names: Vec<_> = signal
        .evidence
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    for name in ["gap", "slope", "rsi", "days_left", "iv_at_the_money"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(ticket.terms.worst_loss <= Setup::default().limits.worst_loss_per_ticket);
    assert!(buttons(&world).contains(&"Confirm".to_owned()));
    assert!(world.press("ana", Confirm).is_ok());
}

// R10
#[test]
fn the_same_idea_again_makes_no_second_card_and_names_the_first() {
    let mut world = at_noon(Setup::default());
    world.scan();
    let ticket = world.ticket();
    world.advance(secs(60));
    assert!(matches!(
        only(world.scan()),
        Looked::Raised(Done::Vetoed(_))
    ));
    assert_eq!(
        vetoes(&mut world),
        [Veto::Duplicate {
            ticket: Some(ticket)
        }]
    );
    assert_eq!(world.tickets().len(), 1);

    // Nor while the position that came of it is held.
    world.press("ana", Confirm).expect("Ana may");
    world.broker.fill(99);
    world.advance(secs(3));
    assert!(world.position().is_some());
    assert!(matches!(
        only(world.scan()),
        Looked::Raised(Done::Vetoed(_))
    ));
    assert_eq!(world.tickets().len(), 1);
}

#[test]
fn a_declined_idea_may_come_back() {
    let mut world = at_noon(Setup::default());
    world.scan();
    let reason = countersign_domain::ticket::DeclineReason::Timing;
    world.press("ana", Decline(reason)).expect("Ana may");
    world.advance(secs(60));
    assert!(matches!(
        only(world.scan()),
        Looked::Raised(Done::Ticket(..))
    ));
    assert_eq!(world.tickets().len(), 2);
}

#[test]
fn a_desk_that_takes_no_entries_vetoes_every_signal() {
    let mut world = at_noon(Setup::default());
    world
        .press("ana", Desk(DeskAsk::Reduce, "lunch"))
        .expect("Ana may");
    assert!(matches!(
        only(world.scan()),
        Looked::Raised(Done::Vetoed(_))
    ));
    let state = countersign_domain::trading::TradingState::Reducing;
    assert_eq!(vetoes(&mut world), [Veto::Trading { state }]);
    assert!(world.tickets().is_empty());
}

// R9
#[test]
fn a_signal_for_which_the_limits_leave_no_room_is_vetoed_by_name() {
    let mut world = at_noon(Setup {
        limits: Limits {
            open_positions: 0,
            ..Setup::default().limits
        },
        ..Setup::default()
    });
    world.scan();
    let why = vetoes(&mut world);
    let [Veto::Limit(breach)] = why.as_slice() else {
        panic!("a limit");
    };
    assert_eq!(
        breach.code,
        countersign_domain::limits::LimitCode::OpenPositions
    );
    assert!(world.tickets().is_empty());
}

#[test]
fn without_data_or_without_a_trend_there_is_no_signal() {
    let mut world = at_noon(Setup::default());
    world.market.feed().set_outage(Some("the line is cut"));
    assert!(matches!(only(world.scan()), Looked::NoData(_)));
    world.market.feed().set_outage(None);
    world.market.feed().set_bars(acme(), Vec::new());
    let Looked::Quiet(quiet) = only(world.scan()) else {
        panic!("no bars, no signal");
    };
    assert!(matches!(quiet.reason, Reason::TooEarly { bars: 0, .. }));
    assert!(world.tickets().is_empty());
}

#[test]
fn a_scan_that_a_trader_asks_for_offers_what_it_finds() {
    let mut world = at_noon(Setup::default());
    let press = world.hand(Surface::Web, "ana");
    let lines = world.act(async |desk| desk.scan_now(press.clone()).await);
    let looked = only(lines.expect("Ana may"));
    assert!(
        matches!(looked, Looked::Raised(Done::Ticket(..))),
        "{looked:?}"
    );
}

#[test]
fn a_trader_proposes_and_everybody_sees_the_card() {
    let mut world = World::with(Setup {
        surfaces: Surface::ALL.to_vec(),
        ..Setup::default()
    });
    let ticket = world.offer();
    let stands = world.stands();
    assert_eq!((stands.strategy.as_str(), stands.signal), ("manual", None));
    assert!(stands.proposer.is_some());
    for chat in world.chats() {
        assert!(chat.ticket(ticket).is_some());
    }
}

// R18
#[test]
fn a_ticket_keeps_what_its_underlying_stood_at_whenever_its_quotes_are_seen() {
    let mut screened = at_noon(Setup::default());
    screened.scan();
    let stands = screened.stands();
    assert_eq!(stands.quote.underlying, Some(cents(10_300)));

    let mut world = World::new();
    world.offer();
    assert_eq!(world.stands().quote.underlying, Some(cents(10_000)));
    assert!(
        world.card().contains("of a profit at expiry"),
        "{}",
        world.card()
    );
    world.market.quote(shares(), 10_009, 10_011);
    let more = Edited {
        contracts: Some(Contracts(1)),
        limit: None,
    };
    world.press("ana", Edit(more)).expect("Ana may");
    assert_eq!(world.stands().quote.underlying, Some(cents(10_010)));
    assert!(
        world.card().contains("of a profit at expiry"),
        "{}",
        world.card()
    );

    // What nobody quotes, or quoted too long ago, is not known.
    world.market.withdraw(shares());
    world.press("ana", Edit(more)).expect("Ana may");
    assert_eq!(world.stands().quote.underlying, None);
    assert!(
        !world.card().contains("of a profit at expiry"),
        "{}",
        world.card()
    );
}

// R12 R18
#[test]
fn a_new_price_and_a_yes_keep_what_the_underlying_stood_at() {
    let mut world = World::new();
    world.offer();
    world.market.shift(option(CALL), 40);
    world.market.quote(shares(), 10_049, 10_051);
    let repriced = world.press("ana", Confirm);
    assert!(
        matches!(repriced, Err(Refusal::Repriced { .. })),
        "{repriced:?}"
    );
    assert_eq!(world.stands().quote.underlying, Some(cents(10_050)));
    world.market.quote(shares(), 10_059, 10_061);
    world.press("ana", Confirm).expect("the new card");
    let TicketState::Confirmed { yes, .. } = &world.stands().state else {
        panic!("{:?}", world.stands().state);
    };
    assert_eq!(yes[0].quote.underlying, Some(cents(10_060)));
}

#[test]
fn an_exit_plan_must_suit_what_is_traded_and_when() {
    let mut world = World::new();
    let legs = [(CALL, Side::Sell), (HIGH_CALL, Side::Buy)];
    let legs = legs.map(|(name, side)| Leg {
        instrument: option(name),
        side,
        ratio: 1,
    });
    let credit = Offer {
        structure: Structure::new(legs.to_vec()).expect("a credit spread"),
        limit: cents(-110),
        ..with_plan(no_plan())
    };
    let year = world.now() + secs(365 * 86_400);
    let absurd = [
        with_plan(ExitPlan {
            stop_loss: Some(Percent(1_000)),
            ..no_plan()
        }),
        with_plan(ExitPlan {
            time_stop: Some(year),
            ..no_plan()
        }),
        Offer {
            exit_plan: ExitPlan {
                profit_target: Some(Percent(101)),
                ..no_plan()
            },
            ..credit.clone()
        },
    ];
    let words = absurd.map(|offer| {
        let refusal = world.propose(offer).expect_err("absurd");
        world.in_words(&refusal)
    });
    assert_snapshot!(words.join("\n"), @r"
    The stop cannot be a loss of 1,000% of the premium: 1% to 99% would pass.
    The time stop cannot be 10:02:00 EST, Mar 2, 2027: a time after 10:02:00 EST and before 16:00:00 EDT, Mar 20, when trading in its contracts ends, would pass.
    The profit target cannot be 101% of the premium: 1% to 100% would pass.
    ");
    assert!(world.tickets().is_empty());
    let sound = Offer {
        exit_plan: ExitPlan {
            profit_target: Some(Percent(100)),
            stop_loss: Some(Percent(1_000)),
            ..no_plan()
        },
        ..credit
    };
    world.propose(sound).expect("what is received can be won");
}

#[test]
fn nothing_is_opened_once_its_time_stop_has_come() {
    let mut world = World::new();
    let soon = ExitPlan {
        time_stop: Some(world.now() + secs(30)),
        ..no_plan()
    };
    world.propose(with_plan(soon)).expect("it lies ahead");
    world.advance(secs(30));
    assert!(world.stands().state.is_offered());
    let changed = Edited {
        contracts: Some(Contracts(1)),
        limit: None,
    };
    for press in [Confirm, Edit(changed)] {
        let answer = world.press("ana", press);
        assert!(matches!(answer, Err(Refusal::ExitPlan(_))), "{answer:?}");
    }
    assert!(world.broker.orders().is_empty());
}

#[test]
fn absurd_proposals_are_refused_and_nothing_is_offered() {
    let mut world = World::new();
    let adjusted = Instrument::Option("ACME1 260320C00100000".parse().expect("a name"));
    let expired = option("ACME  260227C00100000");
    let bare = |instrument| {
        let side = Side::Buy;
        Structure::new(vec![Leg {
            instrument,
            side,
            ratio: 1,
        }])
        .expect("a long call")
    };
    world.market.quote(adjusted, 200, 210);
    world.market.quote(expired, 200, 210);
    let past = world.now();
    let usual = || with_plan(no_plan());
    let absurd = [
        Offer {
            contracts: 0,
            ..usual()
        },
        Offer {
            limit: cents(0),
            ..usual()
        },
        Offer {
            limit: cents(-210),
            ..usual()
        },
        Offer {
            structure: bare(adjusted),
            ..usual()
        },
        Offer {
            structure: bare(expired),
            ..usual()
        },
        Offer {
            structure: bare(option("ACME  260320C00200000")),
            ..usual()
        },
        with_plan(ExitPlan {
            stop_loss: Some(Percent(0)),
            ..no_plan()
        }),
        with_plan(ExitPlan {
            time_stop: Some(past),
            ..no_plan()
        }),
    ];
    let words = absurd.map(|offer| {
        let refusal = world.propose(offer).expect_err("absurd");
        world.in_words(&refusal)
    });
    assert_snapshot!(words.join("\n"), @r"
    Contracts must be a whole number from 1 to 1,000,000.
    The limit must be a price in whole increments, within what the structure can cost.
    The limit must be a price in whole increments, within what the structure can cost.
    ACME1 Mar 20, 2026 100 call was adjusted after a corporate action and cannot be opened. Choose a standard contract.
    That contract is unknown or has expired. Choose one that is listed now.
    There is no price to rest on for ACME Mar 20, 2026 200 call: there is no quote. Nothing was sent. Press again when the quote is good.
    The stop cannot be a loss of 0% of the premium: 1% to 99% would pass.
    The time stop cannot be 10:02:00 EST: a time after 10:02:00 EST and before 16:00:00 EDT, Mar 20, when trading in its contracts ends, would pass.
    ");
    assert!(world.tickets().is_empty());
}

#[test]
fn a_contract_that_is_about_to_be_closed_anyway_is_not_opened() {
    let mut world = World::new();
    let today = option("ACME  260302C00100000");
    world.market.quote(today, 200, 210);
    world.jump(monday(15, 0));
    let side = Side::Buy;
    let structure = Structure::new(vec![Leg {
        instrument: today,
        side,
        ratio: 1,
    }]);
    let offer = Offer {
        structure: structure.expect("a long call"),
        ..with_plan(no_plan())
    };
    let refusal = world.propose(offer).expect_err("its last hour has begun");
    assert_snapshot!(world.in_words(&refusal), @"That contract is unknown or has expired. Choose one that is listed now.");
}

#[test]
fn a_halted_desk_takes_no_proposal() {
    let mut world = World::new();
    world
        .press("ana", Desk(DeskAsk::Halt, "fire drill"))
        .expect("Ana may");
    let refusal = world.propose(Offer::default()).expect_err("it is halted");
    assert_snapshot!(world.in_words(&refusal), @"The desk is halted and takes no entries. An admin can resume it.");
}

/// The last hour and a quarter of a session is quiet.
fn quiet() -> Setup {
    let mut setup = Setup::default();
    setup.settings.quiet_minutes = 75;
    setup
}

#[test]
fn in_the_quiet_time_before_the_close_no_idea_becomes_a_ticket() {
    let mut world = World::with(quiet());
    world.jump(monday(14, 44));
    world.propose(Offer::default()).expect("it is in time");
    world.jump(monday(14, 45));
    let late = world.propose(Offer::default()).expect_err("it is too late");
    assert_snapshot!(world.in_words(&late), @"The session ends at 16:00:00 EST, too soon for a new ticket. Propose it again in the next session.");
    // The ticket of before keeps its life.
    world.press("ana", Confirm).expect("Ana may");
}

#[test]
fn in_the_quiet_time_before_the_close_no_signal_becomes_a_ticket() {
    // At noon the close is 240 minutes away.
    for (minutes, offered) in [(240, false), (239, true)] {
        let mut setup = quiet();
        setup.settings.quiet_minutes = minutes;
        let mut world = at_noon(setup);
        let looked = only(world.scan());
        let ticketed = matches!(looked, Looked::Raised(Done::Ticket(..)));
        assert_eq!(ticketed, offered, "{looked:?}");
        if !offered {
            let late = Veto::Calendar { minutes_left: 240 };
            assert_eq!(vetoes(&mut world), [late]);
        }
    }
}
