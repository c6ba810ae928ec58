//! A position's own card.

use countersign_cards::{Action, Card, HoldSpan, Language, Locale, chat::thread_name, draw};
use countersign_domain::{
    exit::ExitReason,
    ids::{PositionId, Revision},
    order::OrderState,
    position::{ClosedBy, Hold, PositionState},
    view::{PositionCard, PositionView, View},
};
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::desk::{ANA, EXIT, POSITION, at, bought, entry, exit, header, position, sold};

fn of(view: PositionView) -> PositionCard {
    PositionCard {
        header: header(at(10, 45, 0)),
        view,
        entry: Some(entry(OrderState::Filled)),
    }
}

fn card(view: PositionView) -> Card {
    written(view, &Locale::english())
}

fn written(view: PositionView, locale: &Locale) -> Card {
    draw(&View::Position(Box::new(of(view))), locale)
}

fn actions(card: &Card) -> Vec<Action> {
    card.buttons.iter().map(|button| button.action).collect()
}

fn open() -> PositionView {
    position(bought(2), PositionState::Open)
}

#[test]
fn an_open_position_tells_its_profit_first_then_its_exits_and_what_can_be_done() {
    let card = card(open());
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Position open: GOOG bull call spread 750/755, Dec 24, 2015

    P&L +$45.40, after $2.60 of fees.
    Worst loss $255.20 on what is held.

    Greeks     delta $42.31 per $1, gamma 3.08, theta −$61.20 a day, vega $4.98 a
               point
    Exit plan  profit of $122.00 (50% of the premium)
               loss of $97.60 (40% of the premium)
               once $73.20 in profit, a fall of $36.60 from the best
               at 15:30:00 EST
               on the last trading day
               always in the last trading hour, which ends at 13:00:00 EST, Dec 24
    Held       2 contracts
    Entry      filled 2 of 2 contracts, paid $1.22 per share ($244.00)
    Opened     10:32:09 EST

    Exits
      Exit            What is left
      profit target   $74.00 more profit
      stop loss       a fall of $145.60
      trailing stop   off until $73.20 in profit (30% of the premium)
      time stop       15:30:00 EST, in 4 h 45 min
      days to expiry  1 day

    Legs
      Held  Contract                    Average   Mark  Age  Open P&L
        +2  GOOG Dec 24, 2015 750 call    $3.20  $3.60  3 s   +$80.00
        −2  GOOG Dec 24, 2015 755 call    $1.98  $2.14  3 s   −$32.00

    Executions
      Time          Executed                             Price    Fee
      10:32:09 EST  bought 2 GOOG Dec 24, 2015 750 call  $3.20  $1.30
      10:32:09 EST  sold 2 GOOG Dec 24, 2015 755 call    $1.98  $1.30

    [Close] [Tighten stop] [Hold 15 min] [Hold 1 h]

    Position 01A77QC460B8Y93NSBWG4FC3VF, ticket …4FC1PW, as of 10:45:00 EST
    ");
    assert_eq!(
        actions(&card),
        [
            Action::Close(POSITION),
            Action::Tighten(POSITION, Revision(20_040)),
            Action::HoldFor(POSITION, HoldSpan::Quarter),
            Action::HoldFor(POSITION, HoldSpan::Hour),
        ]
    );
}

#[test]
fn the_same_in_german() {
    let card = written(open(), &Locale::of(Language::German));
    let labels: Vec<&str> = card.buttons.iter().map(|it| it.label.as_str()).collect();
    assert_snapshot!(labels.join(", "), @"Schließen, Stop nachziehen, 15 min aussetzen, 1 h aussetzen");
    assert_snapshot!(card.lead[0].text, @"Ergebnis +45,40 $, nach 2,60 $ Gebühren.");
}

#[test]
fn held_exits_can_be_let_go_on() {
    let mut view = open();
    view.position.hold = Some(Hold {
        by: ANA,
        name: "Ana".to_owned(),
        until: at(11, 0, 0),
    });
    let card = card(view);
    assert!(actions(&card).contains(&Action::Release(POSITION)));
    assert!(
        !actions(&card)
            .iter()
            .any(|it| matches!(it, Action::HoldFor(..)))
    );
}

#[test]
fn a_position_on_its_way_out_or_closed_has_no_buttons() {
    let reason = ExitReason::Human;
    let mut closing = position(
        bought(2),
        PositionState::Closing {
            reason,
            order: EXIT,
        },
    );
    closing.exit = Some(exit(OrderState::Working, reason));
    assert_eq!(actions(&card(closing)), []);
    let at = at(11, 14, 33);
    let by = ClosedBy::Exit(ExitReason::ProfitTarget);
    let closed = position(
        [bought(2), sold(2)].concat(),
        PositionState::Closed { by, at },
    );
    let card = card(closed);
    assert_eq!(actions(&card), []);
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Position closed: GOOG bull call spread 750/755, Dec 24, 2015

    P&L +$122.80, after $5.20 of fees.
    Closed at 11:14:33 EST: profit target.

    Worst loss   $255.20
    Entry        filled 2 of 2 contracts, paid $1.22 per share ($244.00)
    Opened       10:32:09 EST
    Held for     42 min 24 s
    Before fees  +$128.00
    Fees         $5.20

    Executions
      Time          Executed                             Price    Fee
      10:32:09 EST  bought 2 GOOG Dec 24, 2015 750 call  $3.20  $1.30
      10:32:09 EST  sold 2 GOOG Dec 24, 2015 755 call    $1.98  $1.30
      11:14:33 EST  sold 2 GOOG Dec 24, 2015 750 call    $4.40  $1.30
      11:14:33 EST  bought 2 GOOG Dec 24, 2015 755 call  $2.54  $1.30

    Position 01A77QC460B8Y93NSBWG4FC3VF, ticket …4FC1PW
    ");
}

#[test]
fn a_thread_is_named_after_what_is_held() {
    assert_snapshot!(thread_name(&of(open()), &Locale::english()), @"GOOG bull call spread 750/755, Dec 24");
}

/// Positions that differ in nothing but their ids.
fn some(ids: &[u128]) -> Vec<PositionView> {
    let one = |id: &u128| {
        let mut view = open();
        view.position.id = PositionId::from_bits(*id);
        view
    };
    ids.iter().map(one).collect()
}

proptest! {
    // R31
    #[test]
    fn buttons_name_their_position_wherever_it_stands_in_a_list(
        (ids, order) in prop::collection::btree_set(any::<u128>(), 1..8).prop_flat_map(|ids| {
            let ids: Vec<u128> = ids.into_iter().collect();
            (Just(ids.clone()), Just(ids).prop_shuffle())
        }),
    ) {
        let locale = Locale::english();
        let drawn = |view: PositionView| (view.position.id, written(view, &locale));
        let before: Vec<_> = some(&ids).into_iter().map(drawn).collect();
        for view in some(&order) {
            let id = view.position.id;
            let drawn = written(view, &locale);
            for action in actions(&drawn) {
                let named = action.position();
                prop_assert_eq!(named, Some(id), "{:?}", action);
                prop_assert!(action.encode().contains(&id.to_string()));
            }
            let known = before.iter().find(|(known, _)| *known == id).map(|(_, card)| card);
            prop_assert_eq!(Some(&drawn), known);
        }
    }
}
