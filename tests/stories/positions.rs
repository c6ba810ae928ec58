//! What people do to positions: close them, change their exits, hold their exits.

use countersign_cards::{Locale, draw};
use countersign_chat::Reply;
use countersign_desk::{desk::PositionAsk, work::Done};
use countersign_domain::{
    event::Fact,
    exit::{ExitPlan, ExitReason, TrailingStop},
    ids::{PositionId, Revision},
    money::Percent,
    operator::Surface,
    refusal::{Answer, Refusal},
    view::{PositionCard, View},
};
use countersign_tests::{
    Button::{Close, ExitPlan as Plan, Hold},
    Offer, World, secs,
};
use insta::assert_snapshot;

use crate::{
    auditing::{asked, pressed},
    monitor::due::reason,
    scene::{enter, held, holding, no_plan, refused, shift, stop, target, with_plan},
};

/// Ana asks something of that position.
fn ask(world: &mut World, position: PositionId, ask: PositionAsk) -> Answer<Done> {
    let press = world.hand(Surface::Web, "ana");
    let done = world.act(async |desk| desk.ask_position(press.clone(), position, ask).await);
    world.pump();
    done
}

// R11
#[test]
fn a_trader_closes_a_position_and_it_is_closed_when_the_broker_says_so() {
    let mut world = holding(no_plan());
    world.broker.behave(|manner| manner.exit_room = Some(0));
    let done = world.press("ana", Close);
    let exit = world.exit().expect("an exit");
    assert_eq!(done, Ok(Done::Order(exit.id)));
    assert_eq!(reason(&exit), ExitReason::Human);
    // Asked for, sent, accepted: and not closed.
    world.advance(secs(3));
    assert_eq!(held(&world).state.name(), "closing");
    let card = world.card();
    assert!(!card.to_lowercase().contains("closed"), "{card}");

    world.broker.behave(|manner| manner.exit_room = None);
    world.advance(secs(15));
    assert_eq!(held(&world).state.name(), "closed");
    assert!(world.broker.held().is_empty());
    assert!(world.card().contains("Closed"));
}

#[test]
fn what_is_closing_or_closed_or_unknown_cannot_be_closed() {
    let mut world = holding(no_plan());
    let position = held(&world).id;
    world.press("ana", Close).expect("Ana may");
    let twice = world.press("bo", Close);
    assert_snapshot!(refused(&world, twice), @"An exit is on its way already (asked for by a person). Wait until it has ended.");
    world.advance(secs(15));
    let late = ask(&mut world, position, PositionAsk::Close);
    assert_snapshot!(refused(&world, late), @"The position is closed since 10:02:21 EST (asked for by a person). There is nothing left to do.");
    let unknown = ask(&mut world, PositionId::from_bits(7), PositionAsk::Close);
    assert_snapshot!(refused(&world, unknown), @"There is no such position on this desk. The board lists those that are open.");
}

// R31
#[test]
fn a_press_acts_on_the_position_that_it_names_whatever_the_order_of_the_board() {
    let mut world = World::new();
    enter(&mut world, with_plan(no_plan()));
    let first = held(&world);
    enter(&mut world, with_plan(no_plan()));
    let second = held(&world);
    ask(&mut world, first.id, PositionAsk::Close).expect("Ana may");
    world.advance(secs(15));
    // The board is shorter now; the second is still the second.
    assert_eq!(world.seen().open_positions().count(), 1);
    let until = world.now() + secs(60);
    ask(&mut world, second.id, PositionAsk::Hold(until)).expect("Ana may");
    let seen = world.seen();
    assert!(seen.positions[&second.id].hold.is_some());
    let again = ask(&mut world, first.id, PositionAsk::Close);
    assert!(matches!(again, Err(Refusal::PositionState(_))));
}

// R30
#[test]
fn a_stop_is_brought_nearer_once_for_each_card_that_showed_it() {
    let mut world = holding(stop());
    let position = held(&world);
    let shown = Revision::of_stop(executions(&world), Some(Percent(50)));
    let nearer = PositionAsk::Tighten(shown);
    assert_eq!(ask(&mut world, position.id, nearer), Ok(Done::Ok));
    assert_eq!(held(&world).exit_plan.stop_loss, Some(Percent(25)));
    let again = ask(&mut world, position.id, nearer);
    assert_snapshot!(refused(&world, again), @"The stop stands at a loss of 25% of the premium already, so nothing was done again. The newest card shows it.");
    assert_eq!(held(&world).exit_plan.stop_loss, Some(Percent(25)));
    let changes = world
        .events()
        .into_iter()
        .filter(|row| matches!(row.event.fact, Fact::ExitPlanChanged { .. }));
    assert_eq!(changes.count(), 1);

    // A card from before another change is old, and the newest one counts.
    assert_eq!(world.press("ana", Plan(target())), Ok(Done::Ok));
    let old = ask(&mut world, position.id, nearer);
    assert_snapshot!(refused(&world, old), @"The position has changed since this card was drawn, so nothing was done. Look at the newest card and press there.");
    let newest = PositionAsk::Tighten(Revision::of_stop(executions(&world), None));
    assert_eq!(ask(&mut world, position.id, newest), Ok(Done::Ok));
    assert_eq!(held(&world).exit_plan.stop_loss, Some(Percent(10)));
    assert_eq!(held(&world).exit_plan.profit_target, target().profit_target);
}

fn executions(world: &World) -> usize {
    let seen = world.seen();
    seen.executions
        .get(&held(world).id)
        .map_or(0, |all| all.len())
}

// R18 R30
#[test]
fn two_presses_on_the_same_card_of_a_chat_bring_the_stop_nearer_once() {
    let mut world = holding(stop());
    let ticket = world.ticket();
    let view = world.act(async |desk| desk.ticket_view(ticket).await);
    let view = view.expect("the store answers").expect("the ticket");
    let card = PositionCard {
        header: view.header,
        view: view.position.expect("a position"),
        entry: view.entry,
    };
    let card = draw(&View::Position(Box::new(card)), &Locale::english());
    let button = card.buttons.iter().find(|it| it.label == "Tighten stop");
    let action = button.expect("the button").action;
    let first = pressed(&mut world, "ana", action);
    assert!(!first.is_bad(), "{first:?}");
    let second = pressed(&mut world, "bo", action);
    let Reply::Told(said) = &second else {
        panic!("{second:?}");
    };
    assert_snapshot!(said.text, @"The stop stands at a loss of 25% of the premium already, so nothing was done again. The newest card shows it.");
    assert_eq!(held(&world).exit_plan.stop_loss, Some(Percent(25)));
}

// R18
#[test]
fn closing_what_is_not_there_says_what_there_is_none_of() {
    let mut world = World::new();
    let told = |world: &mut World, who: &str, line: &str| match asked(world, who, line) {
        Reply::Told(told) => told.text,
        other => panic!("{other:?}"),
    };
    assert_snapshot!(told(&mut world, "ana", "/close all"), @"No position is open, so there is nothing to close.");
    enter(&mut world, with_plan(no_plan()));
    world.advance(secs(3));
    assert_snapshot!(told(&mut world, "ana", "/close profitable"), @"No open position is known to be in profit, so there is nothing to close.");
    assert_snapshot!(told(&mut world, "ana", "/close expiring"), @"No open position expires in this session or, after its end, in the next one, so there is nothing to close.");
    for who in ["cy", "eve"] {
        let refused = told(&mut world, who, "/close profitable");
        assert!(
            refused.contains("needs the role trader")
                || refused.contains("not on this desk's list"),
            "{refused}"
        );
    }
    shift(&world, 100);
    world.advance(secs(6));
    let question = asked(&mut world, "ana", "/close profitable");
    assert!(matches!(question, Reply::Choice(..)), "{question:?}");
}

#[test]
fn another_exit_plan_counts_from_the_next_look() {
    let mut world = holding(target());
    shift(&world, -100);
    world.advance(secs(6));
    assert!(world.exit().is_none());
    let before = held(&world).exit_plan;
    assert_eq!(world.press("ana", Plan(stop())), Ok(Done::Ok));
    let position = held(&world);
    assert_eq!(position.exit_plan, stop());
    let written = Fact::ExitPlanChanged {
        position: position.id,
        before,
        after: stop(),
    };
    assert!(world.events().iter().any(|row| row.event.fact == written));
    world.advance(secs(3));
    assert_eq!(
        reason(&world.exit().expect("the stop")),
        ExitReason::StopLoss
    );
}

#[test]
fn absurd_exit_plans_are_refused_and_hold_no_exit_that_is_due() {
    let mut world = holding(target());
    let trail = |arm, give_back| ExitPlan {
        trail: Some(TrailingStop {
            arm: Percent(arm),
            give_back: Percent(give_back),
        }),
        ..no_plan()
    };
    let loss = |percent| ExitPlan {
        stop_loss: Some(Percent(percent)),
        ..no_plan()
    };
    let time = |at| ExitPlan {
        time_stop: Some(at),
        ..no_plan()
    };
    let last = held(&world).structure.last_trading().expect("a contract");
    let absurd = [
        loss(0),
        loss(100),
        loss(1_000),
        ExitPlan {
            profit_target: Some(Percent(1_001)),
            ..no_plan()
        },
        trail(1_001, 10),
        trail(20, 30),
        time(world.now()),
        time(last),
        time(last + secs(365 * 86_400)),
    ];
    let words = absurd.map(|plan| {
        let answer = world.press("ana", Plan(plan));
        refused(&world, answer)
    });
    assert_snapshot!(words.join("\n"), @r"
    The stop cannot be a loss of 0% of the premium: 1% to 99% would pass.
    The stop cannot be a loss of 100% of the premium: 1% to 99% would pass.
    The stop cannot be a loss of 1,000% of the premium: 1% to 99% would pass.
    The profit target cannot be 1,001% of the premium: 1% to 1,000% would pass.
    The trailing stop cannot follow from a profit of 1,001% of the premium: 1% to 1,000% would pass.
    The trailing stop cannot wait for a fall of 30% of the premium: 1% to 20%, the profit that it follows from, would pass.
    The time stop cannot be 10:02:06 EST: a time after 10:02:06 EST and before 16:00:00 EDT, Mar 20, when trading in its contracts ends, would pass.
    The time stop cannot be 16:00:00 EDT, Mar 20: a time after 10:02:06 EST and before 16:00:00 EDT, Mar 20, when trading in its contracts ends, would pass.
    The time stop cannot be 16:00:00 EDT, Mar 20, 2027: a time after 10:02:06 EST and before 16:00:00 EDT, Mar 20, when trading in its contracts ends, would pass.
    ");
    assert_eq!(held(&world).exit_plan, target());
    for sound in [loss(99), trail(20, 20), time(last - secs(1)), target()] {
        assert_eq!(world.press("ana", Plan(sound)), Ok(Done::Ok));
        assert_eq!(held(&world).exit_plan, sound);
    }
    // The plan that stands fires while another one is refused.
    shift(&world, 150);
    assert!(world.press("ana", Plan(loss(1_000))).is_err());
    world.advance(secs(6));
    assert_eq!(
        reason(&world.exit().expect("the target")),
        ExitReason::ProfitTarget
    );
}

#[test]
fn a_hold_by_name_keeps_automatic_exits_back_until_it_ends() {
    let mut world = holding(stop());
    let until = world.now() + secs(60);
    assert_eq!(world.press("ana", Hold(until)), Ok(Done::Ok));
    let hold = held(&world).hold.expect("it is held");
    assert_eq!((hold.name.as_str(), hold.until), ("ana", until));
    shift(&world, -100);
    world.advance(secs(57));
    assert!(world.exit().is_none());
    world.advance(secs(6));
    assert_eq!(
        reason(&world.exit().expect("the stop")),
        ExitReason::StopLoss
    );
}

#[test]
fn a_hold_can_be_let_go_and_holds_no_person_back() {
    let mut world = holding(stop());
    let until = world.now() + secs(600);
    world.press("ana", Hold(until)).expect("Ana may");
    shift(&world, -100);
    world.advance(secs(9));
    // Letting go is a hold until now.
    let now = world.now();
    world.press("bo", Hold(now)).expect("Bo may");
    assert_eq!(held(&world).hold, None);
    world.advance(secs(3));
    assert!(world.exit().is_some());

    let mut world = holding(stop());
    world.press("ana", Hold(until)).expect("Ana may");
    assert!(world.press("bo", Close).is_ok());
}

#[test]
fn nobody_holds_exits_for_longer_than_the_desk_allows() {
    let mut world = holding(stop());
    let until = world.now() + secs(240 * 60 + 1);
    let answer = world.press("ana", Hold(until));
    assert_snapshot!(refused(&world, answer), @"The time must lie ahead and within what is allowed here.");
    assert_eq!(held(&world).hold, None);
}

#[test]
fn a_hold_is_of_one_position_alone() {
    let mut world = World::new();
    enter(&mut world, with_plan(stop()));
    let first = world.ticket();
    let until = world.now() + secs(600);
    world.press("ana", Hold(until)).expect("Ana may");
    enter(
        &mut world,
        Offer {
            ..with_plan(stop())
        },
    );
    let second = world.ticket();
    shift(&world, -100);
    world.advance(secs(3));
    let exits = |ticket| {
        let orders = world.story_of(ticket).orders;
        orders
            .iter()
            .filter(|order| !order.purpose.is_entry())
            .count()
    };
    assert_eq!((exits(first), exits(second)), (0, 1));
}
