//! People: who is known where, and why a code, a change or a second press did not count.

use countersign_cards::{Language, Locale, event, refusal};
use countersign_domain::{
    event::Fact,
    money::Contracts,
    operator::{Identity, Operator, Role, Surface},
    people::{LinkFault, PeopleFault, TapFault},
    refusal::Refusal,
};
use insta::assert_snapshot;

use crate::desk::{BEN, at, usd};

fn say(refused: &[Refusal]) -> String {
    let english = Locale::english();
    let say = |one| refusal(one, at(10, 45, 0), &english);
    refused.iter().map(say).collect::<Vec<_>>().join("\n")
}

#[test]
fn facts_about_people() {
    let name = || "Ben".to_owned();
    let identity = || Identity {
        surface: Surface::Cli,
        user: "@ben\u{202e}".to_owned(),
    };
    let ben = Operator {
        id: BEN,
        name: name(),
        role: Role::Trader,
        identities: vec![identity()],
    };
    let facts = [
        Fact::OperatorSet {
            operator: ben.clone(),
            removed: false,
        },
        Fact::OperatorSet {
            operator: ben,
            removed: true,
        },
        Fact::LinkAsked {
            until: at(10, 50, 0),
        },
        Fact::OperatorInvited {
            operator: BEN,
            name: name(),
            role: Role::Viewer,
            until: at(10, 50, 0),
        },
        Fact::OperatorLinked {
            operator: BEN,
            name: name(),
            identity: identity(),
        },
        Fact::OperatorUnlinked {
            operator: BEN,
            name: name(),
            identity: identity(),
        },
    ];
    let say = |language| {
        let locale = Locale::of(language);
        let told = facts
            .iter()
            .map(|fact| event::fact(fact, at(10, 45, 0), &locale));
        told.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(say(Language::English), @r"
    Ben is trader now.
    Ben may no longer act.
    A link code was asked for, good until 10:50:00 EST.
    Ben was invited as viewer; the code is good until 10:50:00 EST.
    Ben is known as @ben (command line) as well.
    Ben is no longer known as @ben (command line).
    ");
    assert_snapshot!(say(Language::German), @r"
    Ben hat jetzt die Rolle Trader.
    Ben darf nicht mehr eingreifen.
    Ein Verknüpfungscode wurde verlangt, er gilt bis 10:50:00 EST.
    Ben wurde mit der Rolle Beobachter eingeladen; der Code gilt bis 10:50:00 EST.
    Ben ist jetzt auch als @ben (Kommandozeile) bekannt.
    Ben ist nicht mehr als @ben (Kommandozeile) bekannt.
    ");
}

#[test]
fn a_code_that_does_not_count_says_what_to_do_and_never_whose_it_is() {
    let faults = [
        LinkFault::Unknown,
        LinkFault::Used,
        LinkFault::Expired { at: at(10, 40, 0) },
        LinkFault::SameSurface,
        LinkFault::Linked,
        LinkFault::TooMany {
            until: at(10, 55, 0),
        },
    ];
    assert_snapshot!(say(&faults.map(Refusal::Link)), @r"
    This code does not count. Ask for a new one on a surface where you are known, or ask an admin for one.
    This code was used before and counts once. Ask for a new one.
    This code expired at 10:40:00 EST. Ask for a new one; it counts for five minutes.
    This code was asked for on this surface. Enter it on the other one, where you are not known yet.
    You are known here already, so there is nothing to link.
    Too many codes were wrong. The next one is looked at from 10:55:00 EST on.
    ");
}

#[test]
fn a_list_that_cannot_be_changed_so_says_why() {
    let faults = [
        PeopleFault::UnknownOperator,
        PeopleFault::UnknownIdentity,
        PeopleFault::LastAdmin,
        PeopleFault::LastIdentity,
        PeopleFault::Name,
        PeopleFault::NameTaken,
    ];
    assert_snapshot!(say(&faults.map(Refusal::People)), @r"
    There is no such operator on this desk.
    Nobody on this desk is known there.
    Of the admins that the configuration names, this is the last who is one, so chat cannot change that. Name another one in the configuration first.
    This is the only place where they are known. Link another one first, or ask an admin to remove them.
    A name has 1 to 64 visible characters and no spaces at its ends.
    Another operator has this name. Choose one that tells them apart.
    ");
}

// R30
#[test]
fn a_second_press_that_does_not_count_says_that_nothing_was_done() {
    let faults = [
        TapFault::Unknown,
        TapFault::Used,
        TapFault::Late {
            until: at(10, 44, 0),
        },
        TapFault::Changed,
        TapFault::Another,
    ];
    assert_snapshot!(say(&faults.map(Refusal::SecondTap)), @r"
    This button is old and does nothing. Ask again from the beginning.
    This was pressed before and counts once. Nothing was done a second time.
    The second press had to come by 10:44:00 EST. Nothing was done. Ask again from the beginning.
    This changed since you were asked. Nothing was done. Look at it and ask again.
    Somebody else was asked this. Nothing was done. Ask for it yourself.
    ");
}

#[test]
fn what_has_to_be_typed_is_read_off_the_card_and_not_told() {
    let loss = usd("1234.5");
    let typed = [None, Some(Contracts(1_000))];
    let refused = typed.map(|typed| Refusal::TypeToConfirm { loss, typed });
    assert_snapshot!(say(&refused), @r"
    This ticket could lose $1,234.50, so a yes needs its number of contracts, typed from the card. Nothing was sent. Confirm in a chat or on the web console: both ask for it.
    This ticket could lose $1,234.50, and 1,000 is not its number of contracts. Nothing was sent. Read the card and type the number that it shows.
    ");
}
