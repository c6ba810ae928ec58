//! Reduce, halt, resume and flatten: whether the desk trades, and who says so.

use countersign_desk::{desk::DeskAsk, work::Done};
use countersign_domain::{
    event::Fact,
    exit::ExitReason,
    operator::Surface,
    order::{OrderState, Purpose},
    position::{ClosedBy, PositionState},
    ticket::{TicketState, WithdrawReason},
    trading::TradingState,
};
use countersign_tests::{
    Button::{Confirm, Desk},
    Offer, Setup, World,
    broker::{Call, Fault},
    secs,
};
use insta::assert_snapshot;

use crate::scene::{buttons, dollars, enter, held, holding, no_plan, refused, shift, with_plan};

fn ask(world: &mut World, who: &str, what: DeskAsk) {
    let answer = world.press(who, Desk(what, "a reason"));
    assert_eq!(answer, Ok(Done::Ok), "{what:?} by {who}");
}

fn trading(world: &World) -> TradingState {
    world.seen().desk.trading
}

#[test]
fn reducing_withdraws_what_is_offered_and_cancels_what_works() {
    for (what, state) in [
        (DeskAsk::Reduce, TradingState::Reducing),
        (DeskAsk::Halt, TradingState::Halted),
    ] {
        let mut world = World::new();
        world.broker.behave(|manner| manner.entry_room = Some(1));
        world.offer();
        let working = world.ticket();
        world.press("ana", Confirm).expect("Ana may");
        world.advance(secs(3));
        world.offer();
        ask(&mut world, "ana", what);
        assert_eq!(trading(&world), state);
        let reason = WithdrawReason::Trading(state);
        assert!(matches!(
            &world.stands().state,
            TicketState::Withdrawn { reason: known, .. } if *known == reason
        ));
        assert_eq!(buttons(&world), Vec::<String>::new());
        world.advance(secs(3));
        let story = world.story_of(working);
        assert_eq!(story.orders[0].state, OrderState::Cancelled);
        // What was filled stays, with its exits armed.
        assert_eq!(
            story.position.expect("one was filled").state,
            PositionState::Open
        );
        let written = |row: &countersign_desk::ports::StoredEvent| {
            matches!(&row.event.fact, Fact::TradingChanged { to, reason, .. }
                if *to == state && reason == "a reason")
        };
        assert!(world.events().iter().any(written));
    }
}

#[test]
fn a_halt_that_comes_between_the_yes_and_the_sending_stops_the_sending() {
    let mut world = World::new();
    world.offer();
    let confirm = world.hand(countersign_domain::operator::Surface::Web, "ana");
    world.deliver(&confirm, &Confirm).expect("Ana may");
    ask(&mut world, "bo", DeskAsk::Halt);
    world.advance(secs(9));
    assert!(world.broker.orders().is_empty());
    assert_eq!(world.stands().state.name(), "lapsed");
}

#[test]
fn only_an_admin_lets_the_desk_trade_again() {
    let mut world = World::new();
    ask(&mut world, "ana", DeskAsk::Halt);
    let resume = world.press("ana", Desk(DeskAsk::Resume, "all clear"));
    assert_snapshot!(refused(&world, resume), @"This needs the role admin, and yours is trader. Ask somebody who has it.");
    // Less than halted is looser as well.
    let reduce = world.press("ana", Desk(DeskAsk::Reduce, "all clear"));
    assert_snapshot!(refused(&world, reduce), @"This needs the role admin, and yours is trader. Ask somebody who has it.");
    assert_eq!(trading(&world), TradingState::Halted);
    ask(&mut world, "dee", DeskAsk::Resume);
    assert_eq!(trading(&world), TradingState::Active);
    assert!(world.propose(Offer::default()).is_ok());
}

#[test]
fn each_of_them_wants_a_reason() {
    let mut world = World::new();
    for what in [
        DeskAsk::Reduce,
        DeskAsk::Halt,
        DeskAsk::Resume,
        DeskAsk::Flatten,
    ] {
        let answer = world.press("dee", Desk(what, "  "));
        let words = refused(&world, answer);
        assert_eq!(words, "Give a reason of 1 to 200 characters.", "{what:?}");
    }
    assert_eq!(trading(&world), TradingState::Active);
}

#[test]
fn what_a_person_chose_survives_a_restart_and_a_crash() {
    for what in [DeskAsk::Reduce, DeskAsk::Halt] {
        let mut world = World::new();
        ask(&mut world, "ana", what);
        let before = trading(&world);
        world.reconfigure(|_| {});
        assert_eq!(trading(&world), before);
        world.crash();
        world.advance(secs(60));
        assert_eq!(trading(&world), before);
    }
}

// R44
#[test]
fn a_flatten_stops_entries_cancels_closes_and_stays_flat_over_a_restart() {
    let mut world = World::new();
    enter(&mut world, with_plan(no_plan()));
    let first = world.ticket();
    world.broker.behave(|manner| manner.entry_room = Some(1));
    world.propose(with_plan(no_plan())).expect("it is offered");
    let second = world.ticket();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(3));
    // The room is used up: the third works and holds nothing; the fourth waits for its yes.
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    let entries = |world: &World| {
        let working = world.broker.working();
        working.iter().filter(|order| order.request.opens).count()
    };
    assert_eq!(entries(&world), 2);
    world.offer();

    // At once: no entry any more, what waited is withdrawn, what worked is cancelled.
    ask(&mut world, "ana", DeskAsk::Flatten);
    assert_eq!(trading(&world), TradingState::Halted);
    assert_eq!(world.stands().state.name(), "withdrawn");
    assert_eq!(entries(&world), 0);
    world.advance(secs(24));
    for ticket in [first, second] {
        let position = world.story_of(ticket).position.expect("it was held");
        let by = ClosedBy::Exit(ExitReason::Brake);
        assert!(matches!(position.state, PositionState::Closed { by: known, .. } if known == by));
    }
    assert!(world.broker.held().is_empty());
    assert!(world.broker.working().is_empty());

    world.crash();
    world.advance(secs(60));
    assert_eq!(trading(&world), TradingState::Halted);
    let refusal = world
        .propose(Offer::default())
        .expect_err("entries stay off");
    assert_snapshot!(world.in_words(&refusal), @"The desk is halted and takes no entries. An admin can resume it.");
}

// R44
#[test]
fn a_flatten_is_tried_again_until_nothing_is_held() {
    let mut world = holding(no_plan());
    world
        .broker
        .next(Call::Submit, Fault::Refuse("try later".to_owned()));
    ask(&mut world, "ana", DeskAsk::Flatten);
    assert_eq!(held(&world).state, PositionState::Open);
    // It is not forgotten by a restart either.
    world.crash();
    world.advance(secs(60));
    assert!(world.broker.held().is_empty());
    assert!(held(&world).state.is_closed());
}

// R44
#[test]
fn what_fills_after_a_flatten_is_closed_as_well() {
    let mut world = World::new();
    world.broker.next(Call::Submit, Fault::Late(secs(5)));
    world.propose(with_plan(no_plan())).expect("it is offered");
    world.press("ana", Confirm).expect("Ana may");
    let ticket = world.ticket();
    ask(&mut world, "bo", DeskAsk::Flatten);
    world.broker.behave(|manner| manner.report_delay = secs(2));
    world.advance(secs(5));
    world.broker.fill(2);
    world.advance(secs(60));
    assert!(world.broker.held().is_empty());
    let position = world.story_of(ticket).position;
    assert!(position.is_none_or(|position| position.state.is_closed()));
}

#[test]
fn a_resume_ends_a_flatten() {
    let mut world = holding(no_plan());
    ask(&mut world, "ana", DeskAsk::Flatten);
    world.advance(secs(24));
    ask(&mut world, "dee", DeskAsk::Resume);
    enter(&mut world, with_plan(no_plan()));
    world.advance(secs(9));
    assert!(world.exit().is_none());
}

#[test]
fn three_crashes_in_a_minute_leave_the_desk_reducing_until_a_person_resumes() {
    let mut world = World::with(Setup::default());
    for _ in 0..3 {
        world.crash();
        world.desk();
    }
    assert_eq!(trading(&world), TradingState::Reducing);
    world.advance(secs(120));
    assert_eq!(trading(&world), TradingState::Reducing);
    ask(&mut world, "dee", DeskAsk::Resume);
    assert_eq!(trading(&world), TradingState::Active);
}

#[test]
fn a_process_that_knows_no_price_leaves_the_exits_of_a_flatten_to_the_one_that_does() {
    let mut world = holding(no_plan());
    let cost = held(&world).holdings[0].average;
    // Its worth has doubled; only the process that runs the desk has seen it.
    shift(&world, 210);
    world.advance(secs(30));
    let other = world.attach("the command line's process");
    let press = world.hand(Surface::Web, "ana");
    let asked = world.act(async |_| {
        let asked = other.ask_desk(press.clone(), DeskAsk::Flatten, "out").await;
        other.hand_over().await.expect("the store answers");
        asked
    });
    drop(other);
    assert_eq!(asked, Ok(Done::Ok));
    world.advance(secs(30));
    let exit = world.exit().expect("an exit");
    assert!(matches!(exit.purpose, Purpose::Exit { reason, .. } if reason == ExitReason::Brake));
    let asked_for = -exit.limit;
    assert!(asked_for > cost, "sold for {asked_for}, bought for {cost}");
    assert!(held(&world).state.is_closed());
    let worst = world.broker.orders();
    let worst = worst.iter().filter(|order| !order.request.opens);
    for sent in worst {
        assert!(-sent.request.limit > cost, "{sent:?}");
    }
}

// R45
#[test]
fn a_brake_tells_why_with_its_numbers_who_decided_and_how_it_ends() {
    let mut setup = Setup::default();
    setup.limits.daily_loss = dollars(100);
    let mut world = World::with(setup);
    enter(&mut world, with_plan(no_plan()));
    world.broker.behave(|manner| manner.entry_room = Some(0));
    world.propose(with_plan(no_plan())).expect("it is offered");
    world.press("ana", Confirm).expect("Ana may");
    world.propose(with_plan(no_plan())).expect("it is offered");
    shift(&world, -60);
    world.advance(secs(3));
    assert_eq!(trading(&world), TradingState::Reducing);
    assert_snapshot!(told(&world), @r"
    PAPER · account PAPER-1 · Main
    Automatic brake

    The day lost $196.95 of at most $100.00. The desk braked by itself.

    Trading           active before, reducing now
    Today             −$196.95 after fees: −$1.95 taken, −$195.00 open
    Day's loss limit  $100.00
    Open positions    1; their exits go on by themselves
    Cancelled         1 working entry, 1 offered ticket
    Process           process 1
    To trade again    An admin: /resume REASON in a chat or on the console; with
                      every chat down, on the desk's machine: countersign desk
                      resume REASON
    What that does    New tickets are offered and entries are taken again; while the
                      day's loss stands at the limit or beyond, the desk brakes
                      again at once. What was cancelled or withdrawn does not come
                      back.

    Exits are never held by this. No entry goes out until somebody resumes.

    [I have it]

    Raised at 10:02:09 EST
    ");
    world.advance(secs(60));
    assert_eq!(world.alarms().len(), 1);
}

// R45
#[test]
fn a_halt_and_a_flatten_tell_who_asked_and_why_and_a_resume_from_the_command_line_ends_them() {
    let mut world = holding(no_plan());
    ask(&mut world, "ana", DeskAsk::Halt);
    assert_snapshot!(told(&world), @r"
    PAPER · account PAPER-1 · Main
    Trading halted

    ana (web console) asked for it: “a reason”

    Trading           active before, halted now
    Today             −$16.95 after fees: −$1.95 taken, −$15.00 open
    Day's loss limit  $20,000.00
    Open positions    1; their exits go on by themselves
    Cancelled         0 working entries, 0 offered tickets
    Process           process 1
    To trade again    An admin: /resume REASON in a chat or on the console; with
                      every chat down, on the desk's machine: countersign desk
                      resume REASON
    What that does    New tickets are offered and entries are taken again. What was
                      cancelled or withdrawn does not come back.

    Exits are never held by this. No entry goes out until somebody resumes.

    Raised at 10:02:06 EST
    ");
    ask(&mut world, "ana", DeskAsk::Flatten);
    assert_snapshot!(told(&world), @r"
    PAPER · account PAPER-1 · Main
    Everything is being closed

    ana (web console) asked for it: “a reason”

    Trading           halted before, halted now
    Today             −$16.95 after fees: −$1.95 taken, −$15.00 open
    Day's loss limit  $20,000.00
    Open positions    1; each is closed, and closed again until nothing is held
    Cancelled         0 working entries, 0 offered tickets
    Process           process 1
    To trade again    An admin: /resume REASON in a chat or on the console; with
                      every chat down, on the desk's machine: countersign desk
                      resume REASON
    What that does    New tickets are offered and entries are taken again, and what
                      is still held then is not closed any further. What was closed
                      or cancelled does not come back.

    Exits are never held by this. No entry goes out until somebody resumes.

    Raised at 10:02:06 EST
    ");
    assert_eq!(world.alarms().len(), 2);
    world.chat(Surface::Web).set_down(true);
    let press = world.hand(Surface::Cli, "dee");
    let resumed = world.act(async |desk| {
        desk.ask_desk(press.clone(), DeskAsk::Resume, "all clear")
            .await
    });
    assert_eq!(resumed, Ok(Done::Ok));
    assert_eq!(trading(&world), TradingState::Active);
    world.chat(Surface::Web).set_down(false);
}

/// The newest alarm as people read it.
fn told(world: &World) -> String {
    let drawn = world.chat(Surface::Web).drawn();
    let alarm = |it: &&countersign_tests::chat::Drawn| {
        matches!(it.card, countersign_desk::ports::CardKey::Alarm(..))
    };
    let newest = drawn.iter().rev().find(alarm).expect("an alarm");
    newest.text()
}
