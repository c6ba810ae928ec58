//! Overrides and changes of limits: granted by others than who asks, never of a hard limit, and
//! over when their time is.

use countersign_cards::{Card, Locale, draw};
use countersign_desk::{
    desk::{
        OverrideAnswer::{Grant, Refuse, Revoke},
        OverrideAsk, StandingBounds,
    },
    ports::CardKey,
    work::Done,
};
use countersign_domain::{
    event::Fact,
    ids::OverrideId,
    limits::{LimitCode, Limits},
    notices::Volume,
    operator::{Role, Surface},
    overrides::OverrideFault,
    refusal::{Invalid, Refusal},
    ticket::TicketState,
};
use countersign_tests::{
    Button::{AskOverride, Confirm, Override, SetLimit, Sign},
    Offer, Setup, World, secs,
};
use insta::assert_snapshot;
use rust_decimal::Decimal;

use crate::scene::{dollars, held, holding, no_plan, refused, shift, stop, with_plan};

const WORST: LimitCode = LimitCode::WorstLossPerTicket;

/// A desk on which a ticket may lose 500 dollars, and Bo's usual one would lose 633.90. Dee, Fay and
/// Gus administer it.
fn strict() -> World {
    World::with(strict_with(|limits| {
        limits.worst_loss_per_ticket = dollars(500);
    }))
}

fn strict_with(tighten: fn(&mut Limits)) -> Setup {
    let mut setup = Setup {
        surfaces: Surface::ALL.to_vec(),
        ..Setup::default()
    };
    tighten(&mut setup.limits);
    setup.people.push(("fay", Role::Admin));
    setup.people.push(("gus", Role::Admin));
    setup
}

fn once(value: i64) -> OverrideAsk {
    OverrideAsk {
        code: WORST,
        value: Decimal::from(value),
        until: None,
        reason: "earnings".to_owned(),
    }
}

fn for_an_hour(world: &World, value: i64) -> OverrideAsk {
    OverrideAsk {
        until: Some(world.now() + secs(3_600)),
        ..once(value)
    }
}

/// Bo asks.
#[track_caller]
fn asked(world: &mut World, ask: OverrideAsk) -> OverrideId {
    match world.press("bo", AskOverride(ask)) {
        Ok(Done::Override(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// Bo asks for what one person may grant, and Dee grants it.
#[track_caller]
fn granted(world: &mut World, ask: OverrideAsk) -> OverrideId {
    let id = asked(world, ask);
    assert_eq!(world.press("dee", Override(id, Grant)), Ok(Done::Ok));
    id
}

/// The kinds of what happened to overrides and limits, oldest first.
fn facts(world: &World) -> Vec<&'static str> {
    let kind = |fact: &Fact| match fact {
        Fact::OverrideAsked(_) => Some("asked"),
        Fact::OverrideGranted { missing: 0, .. } => Some("granted"),
        Fact::OverrideGranted { .. } => Some("granted by one"),
        Fact::OverrideRefused(_) => Some("refused"),
        Fact::OverrideRevoked(_) => Some("revoked"),
        Fact::OverrideLapsed(_) => Some("lapsed"),
        Fact::OverrideUsed { .. } => Some("used"),
        Fact::LimitChanged { .. } => Some("limit changed"),
        _ => None,
    };
    let rows = world.events();
    rows.iter()
        .filter_map(|row| kind(&row.event.fact))
        .collect()
}

#[track_caller]
fn no_room(world: &mut World) {
    match world.propose(Offer::default()) {
        Err(Refusal::Limits(breaches)) => {
            assert_eq!(breaches.len(), 1, "{breaches:?}");
            assert_eq!(breaches[0].code, WORST);
        }
        other => panic!("{other:?}"),
    }
}

fn limit(world: &World, code: LimitCode) -> Decimal {
    world.seen().desk.limits.get(code)
}

// R33
#[test]
fn two_people_grant_what_is_more_than_half_beyond_and_one_ticket_passes() {
    let mut world = strict();
    no_room(&mut world);
    let id = asked(&mut world, once(800));
    no_room(&mut world);
    assert_eq!(
        world.press("dee", Override(id, Grant)),
        Ok(Done::Override(id))
    );
    no_room(&mut world);
    assert_eq!(world.press("fay", Override(id, Grant)), Ok(Done::Ok));

    // An offer takes nothing of it; the yes does, in the unit that confirms.
    let ticket = world.offer();
    assert_eq!(world.seen().overrides[&id].uses, 0);
    assert!(matches!(world.press("ana", Confirm), Ok(Done::Order(_))));
    assert!(world.seen().overrides.is_empty());
    assert_eq!(world.broker.orders().len(), 1);
    assert_eq!(
        facts(&world),
        ["asked", "granted by one", "granted", "used"]
    );

    // The ticket and its card say so.
    let TicketState::Confirmed { yes, .. } = &world.stands().state else {
        panic!("it is confirmed");
    };
    let [passed] = yes[0].overrides.as_slice() else {
        panic!("one limit was passed");
    };
    assert_eq!(
        (passed.id, passed.code, passed.bound),
        (id, WORST, 500.into())
    );
    assert_eq!(passed.granted_by, ["dee", "fay"]);
    assert!(
        world.card().contains("granted by dee and fay"),
        "{}",
        world.card()
    );
    let used = world
        .events()
        .into_iter()
        .find_map(|row| match row.event.fact {
            Fact::OverrideUsed { ticket, passed } => Some((ticket, passed)),
            _ => None,
        });
    assert_eq!(used, Some((ticket, passed.clone())));

    // The board says it all day long.
    let passed_today = |world: &mut World| {
        let board = world.act(async |desk| desk.board().await);
        board.expect("the store answers").passed
    };
    let on_board = passed_today(&mut world);
    let [used] = on_board.as_slice() else {
        panic!("one use: {on_board:?}");
    };
    assert_eq!((used.ticket, &used.passed), (ticket, passed));

    // It was for one.
    no_room(&mut world);
    let late = world.press("gus", Override(id, Revoke));
    assert_snapshot!(refused(&world, late), @"It was used at 10:02:00 EST and is over.");
}

// R33
#[test]
fn one_person_grants_what_is_half_beyond_at_the_most() {
    let mut world = strict();
    let id = granted(&mut world, once(750));
    world.offer();
    assert!(matches!(world.press("ana", Confirm), Ok(Done::Order(_))));
    assert_eq!(facts(&world), ["asked", "granted", "used"]);
    assert!(!world.seen().overrides.contains_key(&id));
}

// R33
#[test]
fn the_same_person_counts_once_from_whatever_account() {
    let mut world = strict();
    let id = asked(&mut world, once(800));
    world.press("dee", Override(id, Grant)).expect("Dee may");
    let again = world.press("dee", Override(id, Grant));
    assert_snapshot!(refused(&world, again), @"You granted this already. Now another person has to.");
    for surface in [Surface::Terminal, Surface::Cli] {
        let elsewhere = world.press_on(surface, "dee", Override(id, Grant));
        assert_eq!(elsewhere, Err(Refusal::Override(OverrideFault::SamePerson)));
    }
    no_room(&mut world);
}

// R33
#[test]
fn who_asks_grants_nothing_of_it() {
    let mut world = strict();
    for value in [750, 800] {
        let ask = AskOverride(once(value));
        let Ok(Done::Override(id)) = world.press("dee", ask) else {
            panic!("an admin may ask");
        };
        let own = world.press("dee", Override(id, Grant));
        let elsewhere = world.press_on(Surface::Cli, "dee", Override(id, Grant));
        let words = [own, elsewhere].map(|answer| refused(&world, answer));
        assert_eq!(
            words,
            ["You asked for this, so others have to grant it."; 2]
        );
        no_room(&mut world);
    }
}

#[test]
fn a_time_serves_every_entry_until_its_end() {
    let mut world = strict();
    let ask = for_an_hour(&world, 700);
    let id = granted(&mut world, ask);
    for uses in 1..=2 {
        world.propose(with_plan(no_plan())).expect("there is room");
        world.press("ana", Confirm).expect("Ana may");
        assert_eq!(world.seen().overrides[&id].uses, uses);
    }
    let press = world.hand(Surface::Web, "cy");
    let listed = world.act(async |desk| desk.overrides(press.clone()).await);
    assert_eq!(listed.expect("a viewer may look")[0].uses, 2);
    let board = world.act(async |desk| desk.board().await).expect("a board");
    assert_eq!(board.overrides[0].id, id);

    // Offered in time and pressed too late.
    world.advance(secs(3_540));
    world.propose(with_plan(no_plan())).expect("there is room");
    let end = world.now() + secs(60);
    world.unattended(end);
    let late = world.press("ana", Confirm);
    assert!(matches!(late, Err(Refusal::Limits(_))), "{late:?}");
    assert_eq!(facts(&world).last(), Some(&"used"), "nobody swept yet");
    world.advance(secs(3));
    assert_eq!(facts(&world).last(), Some(&"lapsed"));
    assert!(world.seen().overrides.is_empty());
    no_room(&mut world);
}

#[test]
fn what_nobody_grants_in_time_lapses_too() {
    let mut world = strict();
    let ask = for_an_hour(&world, 700);
    let id = asked(&mut world, ask);
    // Also when the desk was away over its end.
    world.set_downtime(secs(3_700));
    world.crash();
    world.advance(secs(3));
    assert_eq!(facts(&world), ["asked", "lapsed"]);
    let late = world.press("dee", Override(id, Grant));
    let told = refused(&world, late);

    // Nor is it granted before a sweep has come by.
    let ask = for_an_hour(&world, 700);
    let id = asked(&mut world, ask);
    let end = world.now() + secs(3_600);
    world.unattended(end);
    let late = world.press("dee", Override(id, Grant));
    assert!(matches!(late, Err(Refusal::OverrideDecided(_))), "{late:?}");
    assert_eq!(facts(&world), ["asked", "lapsed", "asked", "lapsed"]);
    assert_snapshot!(told, @"Its time passed at 11:03:43 EST. Ask again if it is still needed.");
}

#[test]
fn one_that_was_revoked_between_offer_and_press_lets_nothing_pass() {
    let mut world = strict();
    let id = granted(&mut world, once(700));
    world.offer();
    assert_eq!(world.press("fay", Override(id, Revoke)), Ok(Done::Ok));
    let answer = world.press("ana", Confirm);
    assert_snapshot!(refused(&world, answer), @"Worst loss per ticket would be $633.90; the limit is $500.00.");
    assert!(world.broker.orders().is_empty());
    assert_eq!(facts(&world), ["asked", "granted", "revoked"]);
}

#[test]
fn it_outlives_a_crash_and_is_used_once_all_the_same() {
    let mut world = strict();
    granted(&mut world, once(700));
    world.offer();
    world.crash();
    assert!(matches!(world.press("ana", Confirm), Ok(Done::Order(_))));
    world.crash();
    no_room(&mut world);
    assert_eq!(facts(&world), ["asked", "granted", "used"]);
}

#[test]
fn a_refused_one_is_over_and_whoever_comes_later_is_told() {
    let mut world = strict();
    let id = asked(&mut world, once(700));
    assert_eq!(world.press("dee", Override(id, Refuse)), Ok(Done::Ok));
    let late = world.press("fay", Override(id, Grant));
    assert_snapshot!(refused(&world, late), @"dee refused it at 10:02:00 EST.");
    no_room(&mut world);

    let id = granted(&mut world, once(700));
    let late = world.press("fay", Override(id, Grant));
    assert_snapshot!(refused(&world, late), @"It holds already, granted by dee. Revoke it if it should not.");
    let unknown = world.press("fay", Override(OverrideId::from_bits(7), Grant));
    assert_snapshot!(refused(&world, unknown), @"There is no such override on this desk. The board lists those that are asked for and those that hold.");
}

#[test]
fn it_dies_with_the_right_of_whoever_asked_or_granted() {
    let changes: [fn(&mut Setup); 2] = [
        |setup| setup.people.retain(|(name, _)| *name != "bo"),
        |setup| {
            for (name, role) in &mut setup.people {
                if *name == "dee" {
                    *role = Role::Trader;
                }
            }
        },
    ];
    for change in changes {
        let mut world = strict();
        let ask = for_an_hour(&world, 700);
        granted(&mut world, ask);
        world.reconfigure(change);
        assert!(world.seen().overrides.is_empty());
        world.reconfigure(|setup| {
            *setup = strict_with(|limits| limits.worst_loss_per_ticket = dollars(500));
        });
        no_room(&mut world);
        assert_eq!(facts(&world), ["asked", "granted", "revoked"]);
    }
}

#[test]
fn a_hard_limit_is_passed_by_nobody_and_loosened_by_configuration_alone() {
    let mut world = strict();
    let hard = LimitCode::ALL.into_iter().filter(|code| code.is_hard());
    let mut words = Vec::new();
    for code in hard {
        let bound = limit(&world, code);
        let ask = OverrideAsk {
            code,
            value: bound + Decimal::ONE,
            ..once(0)
        };
        let answer = world.press("bo", AskOverride(ask));
        assert_eq!(answer, Err(Refusal::Override(OverrideFault::Hard(code))));
        let answer = world.press("dee", SetLimit(code, bound + Decimal::ONE));
        words.push(refused(&world, answer));
        let tighter = SetLimit(code, bound - Decimal::ONE);
        assert_eq!(world.press("dee", tighter), Ok(Done::Limit));
        assert_eq!(limit(&world, code), bound - Decimal::ONE);
    }
    assert!(world.seen().overrides.is_empty());
    assert_snapshot!(words.join("\n"), @r"
    Loss today is a hard limit: nobody passes it, and only the configuration loosens it.
    Quote age is a hard limit: nobody passes it, and only the configuration loosens it.
    Drift since the card is a hard limit: nobody passes it, and only the configuration loosens it.
    ");
}

#[test]
fn what_makes_no_sense_is_not_asked_for() {
    let mut world = strict();
    let ahead = world.now();
    let absurd: [(OverrideAsk, Refusal); 7] = [
        (
            OverrideAsk {
                reason: "  ".to_owned(),
                ..once(700)
            },
            Refusal::Invalid(Invalid::Reason),
        ),
        (
            OverrideAsk {
                reason: "x".repeat(201),
                ..once(700)
            },
            Refusal::Invalid(Invalid::Reason),
        ),
        (
            OverrideAsk {
                until: Some(ahead),
                ..once(700)
            },
            Refusal::Invalid(Invalid::Time),
        ),
        (
            OverrideAsk {
                until: Some(ahead + secs(8 * 3_600 + 60)),
                ..once(700)
            },
            Refusal::Invalid(Invalid::Time),
        ),
        (once(0), Refusal::Override(OverrideFault::Value(WORST))),
        (
            once(500),
            Refusal::Override(OverrideFault::NotAbove {
                code: WORST,
                given: 500.into(),
                bound: 500.into(),
            }),
        ),
        (
            once(1_501),
            Refusal::Override(OverrideFault::TooFar {
                code: WORST,
                given: 1_501.into(),
                most: 1_500.into(),
            }),
        ),
    ];
    for (ask, why) in absurd {
        assert_eq!(world.press("bo", AskOverride(ask)), Err(why));
    }
    assert!(world.seen().overrides.is_empty());
}

#[test]
fn what_a_standing_approval_confirms_by_itself_keeps_to_the_limits() {
    let mut world = strict();
    let ask = for_an_hour(&world, 700);
    let id = granted(&mut world, ask);
    let bounds = StandingBounds {
        strategy: None,
        underlying: None,
        per_day: 5,
        worst_loss_per_ticket: dollars(500),
        worst_loss_per_day: dollars(5_000),
        until: world.now() + secs(3_600),
    };
    world.press("dee", Sign(bounds)).expect("Dee may");
    // By its own bounds the approval would cover this; only the value of the order is beyond.
    let tight = SetLimit(LimitCode::ValuePerOrder, Decimal::from(400));
    world.press("fay", tight).expect("Fay may");
    let ask = OverrideAsk {
        code: LimitCode::ValuePerOrder,
        value: Decimal::from(450),
        ..once(0)
    };
    granted(&mut world, ask);
    let small = Offer {
        contracts: 2,
        ..Offer::default()
    };
    world.propose(small).expect("there is room");
    world.advance(secs(9));
    assert!(world.stands().state.is_offered());
    assert!(matches!(world.press("ana", Confirm), Ok(Done::Order(_))));
    assert_eq!(world.seen().overrides[&id].uses, 0);
}

#[test]
fn a_spread_that_was_let_pass_makes_an_order_and_no_new_revision() {
    let mut world = World::with(strict_with(|limits| limits.spread_bps = 400));
    let ask = OverrideAsk {
        code: LimitCode::Spread,
        value: Decimal::from(500),
        ..once(0)
    };
    let id = granted(&mut world, ask);
    world.offer();
    assert!(matches!(world.press("ana", Confirm), Ok(Done::Order(_))));
    assert!(!world.seen().overrides.contains_key(&id));
}

#[test]
fn an_entry_beyond_the_override_is_told_its_bound() {
    let mut world = strict();
    granted(&mut world, once(600));
    let refusal = world
        .propose(Offer::default())
        .expect_err("600 is too little");
    assert_snapshot!(world.in_words(&refusal), @"Worst loss per ticket would be $633.90; the limit is $600.00.");
}

#[test]
fn a_tighter_limit_holds_at_once_and_ends_what_was_granted_under_the_looser_one() {
    let mut world = World::with(strict_with(|_| {}));
    world.offer();
    let ask = OverrideAsk {
        until: Some(world.now() + secs(3_600)),
        ..once(6_000)
    };
    granted(&mut world, ask);
    assert_eq!(
        world.press("dee", SetLimit(WORST, 500.into())),
        Ok(Done::Limit)
    );
    assert_eq!(limit(&world, WORST), 500.into());
    assert!(matches!(
        world.press("ana", Confirm),
        Err(Refusal::Limits(_))
    ));
    assert_eq!(
        facts(&world),
        ["asked", "granted", "limit changed", "revoked"]
    );
    // The same again is nothing.
    let same = world.press("dee", SetLimit(WORST, 500.into()));
    assert_eq!(same, Ok(Done::Nothing));
    for absurd in [Decimal::ZERO, Decimal::NEGATIVE_ONE] {
        let answer = world.press("dee", SetLimit(LimitCode::OpenPositions, absurd));
        assert!(matches!(
            answer,
            Err(Refusal::Override(OverrideFault::Value(_)))
        ));
    }
}

// R33
#[test]
fn a_looser_limit_waits_for_another_admin_and_for_two_when_it_is_more_than_half() {
    let mut world = strict();
    for (value, others) in [(700, vec!["fay"]), (1_000, vec!["fay", "gus"])] {
        let before = limit(&world, WORST);
        let Ok(Done::Override(id)) = world.press("dee", SetLimit(WORST, value.into())) else {
            panic!("it waits");
        };
        let own = world.press("dee", Override(id, Grant));
        assert_eq!(own, Err(Refusal::Override(OverrideFault::OwnAsk)));
        for who in others {
            assert_eq!(limit(&world, WORST), before);
            world.press(who, Override(id, Grant)).expect("they may");
        }
        assert_eq!(limit(&world, WORST), value.into());
        assert!(world.seen().overrides.is_empty());
    }
    world.offer();
    // What it came to by steps is measured from where they began.
    let far = world.press("dee", SetLimit(WORST, 1_501.into()));
    assert!(matches!(
        far,
        Err(Refusal::Override(OverrideFault::TooFar { .. }))
    ));
    assert_eq!(
        facts(&world),
        [
            "asked",
            "granted",
            "limit changed",
            "asked",
            "granted by one",
            "granted",
            "limit changed"
        ]
    );
}

#[test]
fn a_change_outlives_a_restart_until_the_configuration_itself_changes() {
    let mut world = strict();
    world
        .press("dee", SetLimit(WORST, 400.into()))
        .expect("Dee may");
    world.crash();
    world.desk();
    world.reconfigure(|_| {});
    assert_eq!(limit(&world, WORST), 400.into());

    // Another setting than the limits leaves them, and the event says which are kept.
    world.reconfigure(|setup| setup.surfaces.truncate(1));
    assert_eq!(limit(&world, WORST), 400.into());
    assert_eq!(kept(&world), [WORST]);

    world.reconfigure(|setup| setup.limits.open_positions = 3);
    assert_eq!(limit(&world, WORST), 500.into());
    assert_eq!(kept(&world), []);
}

/// Which limits the newest configuration left as people had set them.
fn kept(world: &World) -> Vec<LimitCode> {
    let configured = |row: countersign_desk::ports::StoredEvent| match row.event.fact {
        Fact::DeskConfigured { kept, .. } => Some(kept),
        _ => None,
    };
    let mut rows = world.events().into_iter().filter_map(configured);
    rows.next_back().expect("it was configured")
}

#[test]
fn a_limit_that_people_tighten_holds_no_exit_back() {
    let mut world = holding(stop());
    let tight = SetLimit(LimitCode::QuoteAge, Decimal::ONE);
    world.press("dee", tight).expect("Dee may");
    shift(&world, -110);
    world.market.freeze(true);
    world.advance(secs(21));
    assert!(held(&world).state.is_closed());
}

/// The newest drawing of an override's card in a chat, and how often it was drawn there.
#[track_caller]
fn card_of(world: &World, id: OverrideId) -> (Card, usize) {
    let drawn = world
        .chat(Surface::Telegram)
        .drawn_of(CardKey::Override(id));
    let newest = drawn.last().expect("it is drawn");
    assert!(drawn.iter().all(|it| it.message == newest.message));
    assert_eq!(drawn[0].volume, Volume::Loud);
    (draw(&newest.view, &Locale::english()), drawn.len())
}

fn labels(card: &Card) -> Vec<&str> {
    card.buttons.iter().map(|it| it.label.as_str()).collect()
}

// R33
#[test]
fn who_may_grant_is_shown_what_is_asked_for_and_everybody_who_decided_it() {
    let mut world = strict();
    let id = asked(&mut world, once(800));
    let (card, drawn) = card_of(&world, id);
    assert_eq!((labels(&card), drawn), (vec!["Grant", "Refuse"], 1));
    assert_snapshot!(card.notes[0], @"It goes more than half beyond the limit: 2 admins other than bo have to grant it.");

    // Who may not is told so, and the card stays as it is.
    let answer = world.press("bo", Override(id, Grant));
    assert!(matches!(answer, Err(Refusal::NotPermitted { .. })));
    assert_eq!(card_of(&world, id).1, 1);

    world.press("dee", Override(id, Grant)).expect("Dee may");
    let (card, _) = card_of(&world, id);
    assert_snapshot!(card.notes[0], @"One more admin, other than bo, has to grant it.");
    assert!(card.text().contains("dee, 10:02:00 EST"), "{}", card.text());
    world.press("fay", Override(id, Grant)).expect("Fay may");
    let (card, _) = card_of(&world, id);
    assert_eq!(labels(&card), ["Revoke"]);

    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let (card, drawn) = card_of(&world, id);
    assert_eq!((labels(&card), drawn), (vec![], 4));
    assert!(card.text().contains("It was used at"), "{}", card.text());
    for room in [Surface::Web, Surface::Terminal] {
        let drawn = world.chat(room).drawn_of(CardKey::Override(id));
        assert!(drawn.is_empty(), "the console tells it by itself");
    }
}

// R33
#[test]
fn the_card_of_what_is_refused_taken_back_or_over_has_no_buttons_and_says_who_and_when() {
    let mut world = strict();
    let one = asked(&mut world, once(800));
    world.press("dee", Override(one, Refuse)).expect("Dee may");
    let two = granted(&mut world, once(750));
    world.press("gus", Override(two, Revoke)).expect("Gus may");
    let ask = for_an_hour(&world, 800);
    let three = asked(&mut world, ask);
    world.advance(secs(3_601));
    let texts = [one, two, three].map(|id| {
        let (card, _) = card_of(&world, id);
        assert!(labels(&card).is_empty(), "{card:?}");
        card.lead.last().expect("how it ended").text.clone()
    });
    assert_snapshot!(texts.join("\n"), @r"
    dee refused it at 10:02:00 EST.
    gus revoked it at 10:02:00 EST.
    Its time passed at 11:02:00 EST. Ask again if it is still needed.
    ");
}

// R33
#[test]
fn a_looser_limit_is_asked_for_on_a_card_of_its_own_and_a_tighter_one_is_not() {
    let mut world = strict();
    let tighter = Decimal::from(400);
    world
        .press("dee", SetLimit(WORST, tighter))
        .expect("Dee may");
    let Ok(Done::Override(id)) = world.press("dee", SetLimit(WORST, 550.into())) else {
        panic!("others have to grant it");
    };
    let (card, _) = card_of(&world, id);
    assert_snapshot!(card.title, @"Looser limit asked for: Worst loss per ticket");
    world.press("fay", Override(id, Grant)).expect("Fay may");
    let (card, _) = card_of(&world, id);
    assert_snapshot!(card.title, @"Limit loosened: Worst loss per ticket");
    let drawn = world.chat(Surface::Telegram).drawn();
    let cards = drawn
        .iter()
        .filter(|it| matches!(it.card, CardKey::Override(_)));
    assert_eq!(cards.count(), 2);
}
