//! Sizing.

use countersign_domain::{
    instrument::{Instrument, Right},
    limits::{LimitCode, Limits},
    money::{Contracts, Usd},
    signal::Veto,
    structure::{Leg, Side, Structure},
    ticket::Terms,
};
use countersign_signals::size::{Bound, Room, size};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{
    day::cents,
    market::{april, contract, limits, usd},
};

fn vertical(long: i64, short: i64, right: Right) -> Structure {
    let leg = |side, dollars| Leg {
        instrument: Instrument::Option(contract(right, dollars, april())),
        side,
        ratio: 1,
    };
    Structure::new(vec![leg(Side::Buy, long), leg(Side::Sell, short)]).unwrap()
}

fn room(limits: &Limits) -> Room<'_> {
    Room {
        limits,
        exposure: Usd::ZERO,
        fee: Usd::from_micros(650_000),
        visible: 100,
    }
}

#[test]
fn the_worst_loss_of_a_ticket_binds_first() {
    let limits = limits();
    // $180 and $2.60 of fees each way and leg: five are $913, six would be $1,095.60.
    let found = size(&vertical(100, 105, Right::Call), cents(180), &room(&limits)).unwrap();
    assert_eq!(found.terms.contracts, Contracts(5));
    assert_eq!(found.bound, Bound::Limit(LimitCode::WorstLossPerTicket));
    assert_eq!(found.terms.worst_loss.to_string(), "913.00");
}

#[test]
fn each_ceiling_binds_in_its_turn() {
    let structure = vertical(100, 105, Right::Call);
    let wide = Limits {
        worst_loss_per_ticket: usd(1_000_000),
        contracts_per_order: 1_000,
        value_per_order: usd(1_000_000),
        exposure_per_underlying: usd(1_000_000),
        ..limits()
    };
    let bound = |limits: &Limits, visible, exposure| {
        let room = Room {
            visible,
            exposure,
            ..room(limits)
        };
        let found = size(&structure, cents(180), &room).unwrap();
        (found.terms.contracts.0, found.bound)
    };
    let none = Usd::ZERO;
    assert_eq!(bound(&wide, 7, none), (7, Bound::VisibleSize));
    let few = Limits {
        contracts_per_order: 3,
        ..wide.clone()
    };
    assert_eq!(
        bound(&few, 100, none),
        (3, Bound::Limit(LimitCode::ContractsPerOrder))
    );
    let cheap = Limits {
        value_per_order: usd(400),
        ..wide.clone()
    };
    assert_eq!(
        bound(&cheap, 100, none),
        (2, Bound::Limit(LimitCode::ValuePerOrder))
    );
    let taken = Limits {
        exposure_per_underlying: usd(1_000),
        ..wide
    };
    let expected = (1, Bound::Limit(LimitCode::ExposurePerUnderlying));
    assert_eq!(bound(&taken, 100, usd(700)), expected);
}

#[test]
fn when_not_one_fits_the_veto_says_what_would() {
    let tight = Limits {
        worst_loss_per_ticket: usd(150),
        ..limits()
    };
    let structure = vertical(100, 105, Right::Call);
    let Err(Veto::Limit(breach)) = size(&structure, cents(180), &room(&tight)) else {
        panic!("one unit is worth $182.60")
    };
    assert_eq!(breach.code, LimitCode::WorstLossPerTicket);
    assert_eq!(breach.value, Decimal::new(18_260, 2));
    assert_eq!(breach.bound, Decimal::from(150));
    assert_eq!(breach.would_pass, Some(Decimal::from(150)));
}

#[test]
fn when_nothing_is_left_only_waiting_helps() {
    let limits = limits();
    let full = Room {
        exposure: usd(2_000),
        ..room(&limits)
    };
    let structure = vertical(100, 105, Right::Call);
    let Err(Veto::Limit(breach)) = size(&structure, cents(180), &full) else {
        panic!("the exposure is used up")
    };
    assert_eq!(breach.code, LimitCode::ExposurePerUnderlying);
    assert_eq!(breach.would_pass, None);
}

#[test]
fn a_price_that_cannot_lose_is_a_wrong_price() {
    let limits = limits();
    let free = size(&vertical(100, 105, Right::Call), cents(-10), &room(&limits));
    assert!(matches!(free, Err(Veto::DataQuality { .. })), "{free:?}");
}

#[test]
fn a_price_that_cannot_gain_is_not_worth_it() {
    let limits = limits();
    let dear = size(&vertical(100, 105, Right::Call), cents(499), &room(&limits));
    assert!(matches!(dear, Err(Veto::NoContract { .. })), "{dear:?}");
}

proptest! {
    // R8
    #[test]
    fn no_size_ever_passes_a_ceiling_and_one_more_would(
        width in 1_i64..20,
        part in 1_i64..99,
        credit in any::<bool>(),
        ceilings in (1_i64..5_000, 1_u32..40, 1_i64..5_000, 1_i64..5_000),
        exposure in 0_i64..3_000,
        fee in 0_i64..2_000_000,
        visible in 0_u32..50,
    ) {
        let limits = Limits {
            worst_loss_per_ticket: usd(ceilings.0),
            contracts_per_order: ceilings.1,
            value_per_order: usd(ceilings.2),
            exposure_per_underlying: usd(ceilings.3),
            ..limits()
        };
        let (structure, net) = if credit {
            (vertical(100 - width, 100, Right::Put), cents(-width * part))
        } else {
            (vertical(100, 100 + width, Right::Call), cents(width * part))
        };
        let fee = Usd::from_micros(fee);
        let room = Room { limits: &limits, exposure: usd(exposure), fee, visible };
        let passes = |units: u32| {
            let terms = Terms::of(&structure, Contracts(units), net, fee);
            terms.worst_loss <= limits.worst_loss_per_ticket
                && units <= limits.contracts_per_order
                && terms.value(&structure) <= limits.value_per_order
                && terms.worst_loss + room.exposure <= limits.exposure_per_underlying
                && units <= visible
        };
        match size(&structure, net, &room) {
            Ok(found) => {
                let units = found.terms.contracts.0;
                prop_assert!(units > 0 && passes(units));
                prop_assert!(!passes(units + 1));
            }
            Err(Veto::NoContract { .. }) => {
                let one = Terms::of(&structure, Contracts(1), net, fee);
                prop_assert!(one.max_gain.unwrap() <= Usd::ZERO);
            }
            Err(_) => prop_assert!(!passes(1)),
        }
    }
}
