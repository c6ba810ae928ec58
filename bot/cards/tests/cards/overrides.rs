//! Overrides and changes of limits, wherever they are told.

use countersign_cards::{Card, Locale, event, refusal};
use countersign_domain::{
    event::Fact,
    ids::OverrideId,
    limits::LimitCode,
    overrides::{Hand, Override, OverrideFault, OverrideState, Passed, Term},
    refusal::Refusal,
    view::{OverrideCard, View},
};
use insta::assert_snapshot;
use rust_decimal::Decimal;

use crate::desk::{ANA, BEN, TICKET, at, drawn, header};

const OVERRIDE: OverrideId = OverrideId::from_bits(77);

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn hand(name: &str) -> Hand {
    Hand {
        operator: BEN,
        name: name.to_owned(),
        at: at(10, 40, 0),
    }
}

/// Ana's, that two people granted.
pub(crate) fn granted() -> Override {
    Override {
        id: OVERRIDE,
        code: LimitCode::WorstLossPerTicket,
        value: number("800"),
        ceiling: number("500"),
        term: Term::Once,
        until: at(16, 0, 0),
        reason: "earnings\u{202e}".to_owned(),
        asker: ANA,
        name: "Ana".to_owned(),
        asked_at: at(10, 30, 0),
        uses: 0,
        state: OverrideState::Granted {
            grants: vec![hand("Ben"), hand("Dee")],
        },
    }
}

/// Ana's wish for another limit, that nobody granted yet.
pub(crate) fn change() -> Override {
    Override {
        code: LimitCode::OpenPositions,
        value: number("6"),
        ceiling: number("5"),
        term: Term::Change,
        reason: String::new(),
        state: OverrideState::Asked { grants: Vec::new() },
        ..granted()
    }
}

pub(crate) fn passed() -> Passed {
    Passed {
        id: OVERRIDE,
        code: LimitCode::WorstLossPerTicket,
        value: number("633.90"),
        bound: number("500"),
        granted_by: vec!["Ben".to_owned(), "Dee".to_owned()],
    }
}

#[test]
fn facts_about_overrides() {
    let facts = [
        Fact::OverrideAsked(Box::new(granted())),
        Fact::OverrideAsked(Box::new(change())),
        Fact::OverrideGranted {
            granted: Box::new(granted()),
            missing: 1,
        },
        Fact::OverrideGranted {
            granted: Box::new(granted()),
            missing: 0,
        },
        Fact::OverrideRefused(OVERRIDE),
        Fact::OverrideRevoked(OVERRIDE),
        Fact::OverrideLapsed(OVERRIDE),
        Fact::OverrideUsed {
            ticket: TICKET,
            passed: passed(),
        },
        Fact::LimitChanged {
            code: LimitCode::Spread,
            before: number("1500"),
            after: number("1000"),
            asked: None,
        },
    ];
    let english = Locale::english();
    let say = |fact: &Fact| event::fact(fact, at(10, 45, 0), &english);
    assert_snapshot!(facts.iter().map(say).collect::<Vec<_>>().join("\n"), @r"
    Override …00002D asked for: Worst loss per ticket up to $800.00 instead of $500.00, for one entry, “earnings”; until 16:00:00 EST.
    Override …00002D asked for: Open positions up to 6 positions instead of 5 positions, as the new limit; until 16:00:00 EST.
    Override …00002D has a grant. One more is needed, from another person.
    Override …00002D granted: Worst loss per ticket up to $800.00 instead of $500.00, for one entry, “earnings”.
    Override …00002D refused.
    Override …00002D revoked.
    Override …00002D is over: its time passed.
    Ticket …4FC1PW passed a limit with override …00002D, granted by Ben and Dee: Worst loss per ticket $633.90 instead of $500.00.
    Spread of a leg is 10% now instead of 15%.
    ");
}

#[test]
fn refusals_about_overrides_say_what_to_do() {
    let code = LimitCode::WorstLossPerTicket;
    let (given, bound, most) = (number("1600"), number("500"), number("1500"));
    let faults = [
        OverrideFault::Hard(LimitCode::DailyLoss),
        OverrideFault::Value(LimitCode::OpenPositions),
        OverrideFault::NotAbove {
            code,
            given: number("400"),
            bound,
        },
        OverrideFault::TooFar { code, given, most },
        OverrideFault::OwnAsk,
        OverrideFault::SamePerson,
    ];
    let states = [
        change().state,
        granted().state,
        OverrideState::Used {
            grants: Vec::new(),
            ticket: Some(TICKET),
            at: at(10, 41, 0),
        },
        OverrideState::Lapsed { at: at(10, 41, 0) },
        OverrideState::Refused(hand("Ben")),
        OverrideState::Revoked {
            by: Some(hand("Ben")),
            at: at(10, 40, 0),
        },
        OverrideState::Revoked {
            by: None,
            at: at(10, 41, 0),
        },
    ];
    let faults = faults.map(Refusal::Override);
    let states = states.map(|state| Refusal::OverrideDecided(Box::new(state)));
    let english = Locale::english();
    let unknown = [Refusal::UnknownOverride];
    let all = unknown.iter().chain(&faults).chain(&states);
    let say = |one: &Refusal| refusal(one, at(10, 45, 0), &english);
    assert_snapshot!(all.map(say).collect::<Vec<_>>().join("\n"), @r"
    There is no such override on this desk. The board lists those that are asked for and those that hold.
    Loss today is a hard limit: nobody passes it, and only the configuration loosens it.
    That is no value for this limit (Open positions): it has to be above zero, and whole where things are counted.
    Worst loss per ticket: $400.00 is within the limit of $500.00 already. There is nothing to loosen.
    Worst loss per ticket cannot go to $1,600.00: $1,500.00 would pass. More than that takes a change of the configuration.
    You asked for this, so others have to grant it.
    You granted this already. Now another person has to.
    It waits to be granted.
    It holds already, granted by Ben and Dee. Revoke it if it should not.
    It was used at 10:41:00 EST and is over.
    Its time passed at 10:41:00 EST. Ask again if it is still needed.
    Ben refused it at 10:40:00 EST.
    Ben revoked it at 10:40:00 EST.
    The desk revoked it at 10:41:00 EST: its limit was tightened, or somebody behind it lost the right.
    ");
}

fn card(one: Override, missing: u32) -> Card {
    let header = header(at(10, 45, 0));
    drawn(&View::Override(Box::new(OverrideCard {
        header,
        one,
        missing,
    })))
}

#[test]
fn what_waits_says_who_asked_and_how_many_people_have_to_grant_it() {
    let waits = Override {
        state: OverrideState::Asked {
            grants: vec![hand("Ben")],
        },
        ..granted()
    };
    assert_snapshot!(card(waits, 1).text(), @r"
    PAPER · account PA-1 · Main desk
    Override asked for: Worst loss per ticket

    Worst loss per ticket up to $800.00 instead of $500.00, for one entry,
    “earnings”

    Asked by    Ana, 10:30:00 EST
    Granted by  Ben, 10:40:00 EST
    Until       16:00:00 EST

    One more admin, other than Ana, has to grant it.

    [Grant] [Refuse]

    Override 0000000000000000000000002D
    ");
    let first = card(change(), 2);
    assert_snapshot!(first.title, @"Looser limit asked for: Open positions");
    assert_snapshot!(first.notes[0], @"It goes more than half beyond the limit: 2 admins other than Ana have to grant it.");
}

#[test]
fn what_is_decided_says_by_whom_and_has_no_buttons_to_decide_it() {
    let ended = |state| card(Override { state, ..granted() }, 0);
    let holds = card(granted(), 0);
    let labels: Vec<_> = holds.buttons.iter().map(|it| &it.label).collect();
    assert_eq!(labels, ["Revoke"]);
    let over = [
        ended(OverrideState::Refused(hand("Ben"))),
        ended(OverrideState::Lapsed { at: at(10, 41, 0) }),
        ended(OverrideState::Used {
            grants: vec![hand("Ben"), hand("Dee")],
            ticket: Some(TICKET),
            at: at(10, 41, 0),
        }),
    ];
    for card in &over {
        assert!(card.buttons.is_empty(), "{card:?}");
    }
    assert_snapshot!(over.map(|it| it.text()).join("\n---\n"), @r"
    PAPER · account PA-1 · Main desk
    Override refused: Worst loss per ticket

    Worst loss per ticket up to $800.00 instead of $500.00, for one entry,
    “earnings”
    Ben refused it at 10:40:00 EST.

    Asked by  Ana, 10:30:00 EST

    Override 0000000000000000000000002D

    ---
    PAPER · account PA-1 · Main desk
    Override over: Worst loss per ticket

    Worst loss per ticket up to $800.00 instead of $500.00, for one entry,
    “earnings”
    Its time passed at 10:41:00 EST. Ask again if it is still needed.

    Asked by  Ana, 10:30:00 EST

    Override 0000000000000000000000002D

    ---
    PAPER · account PA-1 · Main desk
    Override used: Worst loss per ticket

    Worst loss per ticket up to $800.00 instead of $500.00, for one entry,
    “earnings”
    It was used at 10:41:00 EST and is over.

    Asked by    Ana, 10:30:00 EST
    Granted by  Ben, 10:40:00 EST
                Dee, 10:40:00 EST

    Override 0000000000000000000000002D
    ");
    // Its time has passed, and nobody has noted that yet.
    let late = Override {
        until: at(10, 44, 0),
        ..change()
    };
    assert!(card(late, 1).buttons.is_empty());
}
