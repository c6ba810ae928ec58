//! People: what the configuration said of them, codes, guesses, and second presses.

use countersign_desk::{
    people::{CodeHash, LinkCode, Newcomer, WrongCodes},
    ports::Store,
    twice::{Subject, Tap},
};
use countersign_domain::{
    ids::{OperatorId, PositionId, TapId},
    operator::{Identity, Role, Surface},
};
use countersign_store::migrate;

use crate::{
    on_both,
    place::Place,
    samples::operator,
    world::{Act, DESK, ManualClock, at, row},
};

on_both!(
    what_is_kept_of_people_is_read_back_and_forgotten,
    a_code_and_a_second_press_are_used_up_in_place,
    an_identity_moves_from_one_operator_to_another_in_one_unit,
    operators_of_before_count_as_configured,
);

fn code(hash: &str) -> LinkCode {
    LinkCode {
        hash: CodeHash(hash.to_owned()),
        operator: OperatorId::from_bits(7),
        via: Surface::Web,
        until: at(300),
        newcomer: None,
        used: false,
    }
}

fn invitation(hash: &str) -> LinkCode {
    LinkCode {
        newcomer: Some(Newcomer {
            name: "fay".to_owned(),
            role: Role::Trader,
            inviter: OperatorId::from_bits(7),
        }),
        ..code(hash)
    }
}

fn eve() -> Identity {
    Identity {
        surface: Surface::Cli,
        user: "eve".to_owned(),
    }
}

fn tap(number: u128) -> Tap {
    Tap {
        id: TapId::from_bits(number),
        operator: OperatorId::from_bits(7),
        subject: Subject::close(PositionId::from_bits(2)),
        stands: "e3b0".to_owned(),
        until: at(30),
        used: false,
    }
}

async fn what_is_kept_of_people_is_read_back_and_forgotten(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    let committed = Act::doing(|draft| {
        draft.configured(operator(7, "ana"));
        draft.configured(operator(8, "ben"));
        draft.code(code("a0"));
        draft.code(invitation("b1"));
        draft.wrong_codes(WrongCodes {
            identity: eve(),
            at: vec![at(1), at(2)],
        });
        draft.tap(tap(3));
        draft.tap(Tap {
            subject: Subject::Halt {
                reason: "news".to_owned(),
            },
            ..tap(4)
        });
    })
    .run_on(&store)
    .await;
    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();
    assert_eq!(*seen, *committed.seen);
    assert_eq!((seen.configured.len(), seen.codes.len()), (2, 2));
    assert_eq!(*seen.codes[&CodeHash("b1".to_owned())], invitation("b1"));
    assert_eq!(seen.wrong_codes[&eve()].at, [at(1), at(2)]);
    assert_eq!(*seen.taps[&TapId::from_bits(3)], tap(3));

    Act::doing(|draft| {
        draft.forget_configured(OperatorId::from_bits(7));
        draft.forget_code(&CodeHash("a0".to_owned()));
        draft.forget_wrong_codes(&eve());
        draft.forget_tap(TapId::from_bits(3));
    })
    .run_on(&store)
    .await;
    let seen = place.store(&clock, "three").await.read(DESK).await.unwrap();
    assert_eq!(*seen, *store.read(DESK).await.unwrap());
    assert_eq!((seen.configured.len(), seen.codes.len()), (1, 1));
    assert_eq!((seen.wrong_codes.len(), seen.taps.len()), (0, 1));
}

async fn a_code_and_a_second_press_are_used_up_in_place(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    for used in [false, true] {
        Act::doing(move |draft| {
            draft.code(LinkCode { used, ..code("a0") });
            draft.tap(Tap { used, ..tap(3) });
        })
        .run_on(&store)
        .await;
    }
    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();
    assert!(seen.codes[&CodeHash("a0".to_owned())].used);
    assert!(seen.taps[&TapId::from_bits(3)].used);
    let sql = "select is_used from link_codes where hash = 'a0'";
    assert_eq!(place.number(sql).await, 1);
    assert_eq!(place.number_of("second_taps").await, 1);
}

async fn an_identity_moves_from_one_operator_to_another_in_one_unit(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| {
        draft.operator(operator(7, "ana"));
        draft.operator(operator(8, "ben"));
    })
    .run_on(&store)
    .await;
    Act::doing(|draft| {
        let (mut ana, mut ben) = (operator(7, "ana"), operator(8, "ben"));
        ben.identities.append(&mut ana.identities);
        // In either order.
        draft.operator(ben);
        draft.operator(ana);
    })
    .run_on(&store)
    .await;
    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();
    let [ana] = operator(7, "ana").identities.try_into().unwrap();
    assert_eq!(seen.operator(&ana).unwrap().name, operator(8, "ben").name);
}

async fn operators_of_before_count_as_configured(place: Place) {
    let clock = ManualClock::new();
    let store = place.store(&clock, "one").await;
    store.establish(&row(DESK)).await.unwrap();
    Act::doing(|draft| draft.operator(operator(7, "ana")))
        .run_on(&store)
        .await;
    drop(store);
    for table in [
        "configured_operators",
        "link_codes",
        "wrong_codes",
        "second_taps",
    ] {
        place.tamper(&format!("drop table {table}")).await;
    }
    place
        .tamper("delete from _sqlx_migrations where version = 6")
        .await;
    migrate(&place.url).await.unwrap();
    let seen = place.store(&clock, "two").await.read(DESK).await.unwrap();
    assert_eq!(seen.configured, seen.operators);
    assert_eq!(seen.configured.len(), 1);
}
