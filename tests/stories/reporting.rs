//! What the report of a day says, on that day and later.

use countersign_domain::{calendar, money::Usd, view::ReportView};
use countersign_tests::{Button, World, secs};
use jiff::civil::{Date, date};

use crate::scene::{enter, held, holding, no_plan, shift, target, with_plan};

const MONDAY: Date = date(2026, 3, 2);
const TUESDAY: Date = date(2026, 3, 3);

fn report(world: &mut World, day: Date) -> ReportView {
    let report = world.act(async |desk| desk.report(day).await);
    report.expect("the store answers")
}

#[test]
fn the_report_of_yesterday_says_what_yesterday_said() {
    let mut world = holding(target());
    shift(&world, 150);
    world.advance(secs(60));
    assert!(held(&world).state.is_closed());
    // One that stays over night.
    shift(&world, -150);
    enter(&mut world, with_plan(no_plan()));
    let fresh = report(&mut world, MONDAY);
    assert!(fresh.realised.is_positive() && fresh.fees.is_positive());
    assert_eq!((fresh.trades.len(), fresh.open.len()), (1, 1));

    let tuesday = calendar::ny(TUESDAY, 9, 45).expect("a time");
    world.jump(tuesday);
    world.advance(secs(30));
    assert_eq!(report(&mut world, TUESDAY).open.len(), 1);
    let of_monday = report(&mut world, MONDAY);
    assert!(of_monday.open.is_empty(), "nobody knows them any more");
    assert_eq!(of_monday.unrealised, Usd::ZERO);
    world.press("ana", Button::Close).expect("Ana may");
    world.advance(secs(60));
    assert!(held(&world).state.is_closed());

    let later = report(&mut world, MONDAY);
    assert_eq!(later.realised, fresh.realised);
    assert_eq!(later.fees, fresh.fees);
    assert_eq!(later.trades, fresh.trades);
    assert_eq!(report(&mut world, TUESDAY).trades.len(), 1);
}
