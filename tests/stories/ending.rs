//! The end of a contract on the real paper account: what the desk does before it, and what it
//! takes in when it was away.

use countersign_desk::desk::Idea;
use countersign_domain::{
    calendar,
    exit::{ExitPlan, ExitReason},
    money::{Contracts, Usd},
    position::{ClosedBy, Position, PositionState},
    structure::{Leg, Side, Structure},
};
use countersign_tests::{
    market::{cents, option, shares},
    secs,
};
use jiff::{Timestamp, civil::date};

use crate::{
    paper::Paper,
    scene::{dollars, monday, no_plan},
};

/// Calls that end on the Monday of the stories.
const CALL: &str = "ACME  260302C00100000";
const HIGHER: &str = "ACME  260302C00105000";

fn leg(name: &str, side: Side) -> Leg {
    Leg {
        instrument: option(name),
        side,
        ratio: 1,
    }
}

/// A bull call spread that ends today, bought twice for 1.30.
fn spread(paper: &Paper) -> Position {
    paper.market.quote(option(CALL), 200, 210);
    paper.market.quote(option(HIGHER), 80, 90);
    let legs = vec![leg(CALL, Side::Buy), leg(HIGHER, Side::Sell)];
    let idea = Idea {
        structure: Structure::new(legs).expect("a vertical"),
        contracts: Contracts(2),
        limit: cents(130),
    };
    paper.enter(idea, no_plan())
}

fn tuesday(hour: i8, minute: i8) -> Timestamp {
    calendar::ny(date(2026, 3, 3), hour, minute).expect("a time")
}

#[test]
fn the_desk_closes_what_ends_today_an_hour_before_its_end() {
    let paper = Paper::new();
    let position = spread(&paper);
    paper.at(monday(14, 59));
    assert_eq!(paper.position(&position).state, PositionState::Open);
    paper.at(monday(15, 0));
    paper.wait(secs(60));
    let closed = paper.position(&position);
    let by = ClosedBy::Exit(ExitReason::Expiry);
    assert!(matches!(closed.state, PositionState::Closed { by: known, .. } if known == by));
    assert!(paper.is_flat());
    // What the position says it made is what the cash says.
    let profit = closed.realised() - closed.fees;
    assert_eq!(paper.cash(), (dollars(100_000) + profit).to_string());
}

#[test]
fn a_spread_that_ends_worthless_while_nobody_runs_is_booked_as_expired() {
    let mut paper = Paper::new();
    let position = spread(&paper);
    let paid = position.fees;
    paper.die();
    paper.market.quote(shares(), 9_799, 9_801);
    paper.at(monday(16, 0));
    paper.at(tuesday(8, 0));
    paper.start();
    paper.at(tuesday(8, 1));
    let closed = paper.position(&position);
    assert!(
        matches!(
            closed.state,
            PositionState::Closed {
                by: ClosedBy::Expired,
                ..
            }
        ),
        "{:?}",
        closed.state
    );
    // Everything paid is lost: twice 1.2x for 100 shares, and the fees of the way in alone.
    let cost: Usd = position.holdings.iter().map(|one| one.cost).sum();
    assert_eq!(closed.realised(), -cost);
    assert_eq!(closed.fees, paid);
    assert!(paper.is_flat());
    let profit = closed.realised() - closed.fees;
    assert_eq!(paper.cash(), (dollars(100_000) + profit).to_string());
    assert_eq!(paper.seen().desk.trading.as_str(), "active");
}

// R53
#[test]
fn shares_that_an_exercise_brought_are_sold_by_the_same_position() {
    let mut paper = Paper::new();
    let position = spread(&paper);
    paper.die();
    paper.market.quote(shares(), 10_299, 10_301);
    paper.at(monday(16, 0));
    paper.at(tuesday(8, 0));
    paper.start();
    paper.at(tuesday(8, 1));
    // The long call was exercised, the short one ended: 200 shares are held, and nothing is hidden.
    let broken = paper.position(&position);
    assert_eq!(broken.state, PositionState::Broken);
    let held = |position: &Position| -> i64 {
        let of_shares = position
            .holdings
            .iter()
            .filter(|one| one.instrument == shares());
        of_shares.map(|one| one.quantity).sum()
    };
    assert_eq!(held(&broken), 200);

    // They go with the open.
    paper.at(tuesday(9, 30));
    paper.wait(secs(60));
    let closed = paper.position(&position);
    assert!(closed.state.is_closed(), "{:?}", closed.state);
    assert!(paper.is_flat());
    let profit = closed.realised() - closed.fees;
    assert_eq!(paper.cash(), (dollars(100_000) + profit).to_string());
}

// R47
#[test]
fn an_exit_that_the_close_cut_off_goes_on_at_the_open() {
    let paper = Paper::new();
    let name = "ACME  260320C00100000";
    paper.market.quote(option(name), 200, 210);
    let idea = Idea {
        structure: Structure::new(vec![leg(name, Side::Buy)]).expect("a long call"),
        contracts: Contracts(1),
        limit: cents(210),
    };
    let plan = ExitPlan {
        time_stop: Some(monday(15, 58)),
        ..no_plan()
    };
    let position = paper.enter(idea, plan);
    // Nobody bids in the last minutes, so that the exit works and does not fill.
    paper.market.quote(option(name), 0, 5);
    paper.at(monday(15, 58));
    paper.wait(secs(60));
    let closing = paper.position(&position);
    assert!(matches!(closing.state, PositionState::Closing { .. }));
    // The broker ends it with the session; the position is as open as it was.
    paper.at(monday(16, 0));
    assert_eq!(paper.position(&position).state, PositionState::Open);
    paper.market.quote(option(name), 200, 210);
    paper.at(tuesday(9, 30));
    paper.wait(secs(30));
    let closed = paper.position(&position);
    let by = ClosedBy::Exit(ExitReason::TimeStop);
    assert!(matches!(closed.state, PositionState::Closed { by: known, .. } if known == by));
    assert!(paper.is_flat());
}

/// Stops, lets the Monday end with the shares at that price, and starts on Tuesday morning.
fn ends_unattended(paper: &mut Paper, cents: i64) {
    paper.die();
    paper.market.quote(shares(), cents - 1, cents + 1);
    paper.at(monday(16, 0));
    paper.at(tuesday(8, 0));
    paper.start();
    paper.at(tuesday(8, 1));
}

fn shares_of(position: &Position) -> i64 {
    let held = position.holdings.iter();
    let held = held.filter(|one| one.instrument == shares());
    held.map(|one| one.quantity).sum()
}

/// Its shares go with the open, and the account's cash is what the position says.
fn sold_with_the_open(paper: &Paper, position: &Position) {
    paper.at(tuesday(9, 30));
    paper.wait(secs(60));
    let closed = paper.position(position);
    assert!(closed.state.is_closed(), "{:?}", closed.state);
    assert!(paper.is_flat());
    let profit = closed.realised() - closed.fees;
    assert_eq!(paper.cash(), (dollars(100_000) + profit).to_string());
}

// R53
#[test]
fn a_long_call_that_is_exercised_keeps_its_shares_until_it_has_sold_them() {
    let mut paper = Paper::new();
    paper.market.quote(option(CALL), 200, 210);
    let idea = Idea {
        structure: Structure::new(vec![leg(CALL, Side::Buy)]).expect("a long call"),
        contracts: Contracts(2),
        limit: cents(210),
    };
    let position = paper.enter(idea, no_plan());
    ends_unattended(&mut paper, 10_300);
    let after = paper.position(&position);
    assert!(!after.state.is_closed(), "{:?}", after.state);
    assert_eq!(shares_of(&after), 200);
    sold_with_the_open(&paper, &position);
}

// R53
#[test]
fn a_put_spread_whose_long_leg_alone_is_exercised_keeps_its_shares() {
    let mut paper = Paper::new();
    let (higher, lower) = ("ACME  260302P00105000", "ACME  260302P00100000");
    paper.market.quote(option(higher), 200, 210);
    paper.market.quote(option(lower), 80, 90);
    let legs = vec![leg(higher, Side::Buy), leg(lower, Side::Sell)];
    let idea = Idea {
        structure: Structure::new(legs).expect("a vertical"),
        contracts: Contracts(2),
        limit: cents(130),
    };
    let position = paper.enter(idea, no_plan());
    ends_unattended(&mut paper, 10_300);
    let after = paper.position(&position);
    assert_eq!(shares_of(&after), -200);
    sold_with_the_open(&paper, &position);
}

// R53
#[test]
fn shares_go_to_the_position_whose_contract_brought_them() {
    let mut paper = Paper::new();
    let later = "ACME  260320C00100000";
    paper.market.quote(option(later), 200, 210);
    paper.market.quote(option(CALL), 200, 210);
    let call = |name| Idea {
        structure: Structure::new(vec![leg(name, Side::Buy)]).expect("a long call"),
        contracts: Contracts(1),
        limit: cents(210),
    };
    // Another position on the same shares, opened first and still open afterwards.
    let other = paper.enter(call(later), no_plan());
    let position = paper.enter(call(CALL), no_plan());
    ends_unattended(&mut paper, 10_300);
    assert_eq!(shares_of(&paper.position(&other)), 0);
    assert_eq!(shares_of(&paper.position(&position)), 100);
}
