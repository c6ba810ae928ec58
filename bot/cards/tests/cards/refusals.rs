//! Refusals: one clear answer for each, that says what to do.

use countersign_cards::{
    Action, ButtonError, Locale, button_error, done, limit_breach, outcome, refusal,
};
use countersign_domain::{
    exit::{ExitReason, PlanFault, PlanPart},
    ids::Revision,
    instrument::Instrument,
    limits::{Breach, LimitCode},
    money::{Percent, Usd},
    operator::Role,
    order::OrderState,
    position::{ClosedBy, PositionState},
    quote::QuoteFault,
    refusal::{Invalid, Refusal},
    standing::StandingFault,
    ticket::{DeclineReason, LapseReason, TicketState, WithdrawReason},
    trading::TradingState,
    view::Outcome,
};
use insta::assert_snapshot;
use rust_decimal::Decimal;

use crate::desk::{
    BEN, DESK, ENTRY, EXIT, POSITION, STANDING, TICKET, at, confirmed, contract, offered, option,
    standing_yes, yes,
};

fn say(refused: &Refusal) -> String {
    refusal(refused, at(10, 45, 0), &Locale::english())
}

pub(crate) fn breach(code: LimitCode, value: &str, bound: &str, passes: Option<&str>) -> Breach {
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    Breach {
        code,
        value: number(value),
        bound: number(bound),
        would_pass: passes.map(number),
    }
}

// R26, R28
#[test]
fn who_may_not_is_told_what_it_takes() {
    let none = Refusal::NotPermitted {
        needs: Role::Trader,
        has: None,
    };
    let viewer = Refusal::NotPermitted {
        needs: Role::Trader,
        has: Some(Role::Viewer),
    };
    let trader = Refusal::NotPermitted {
        needs: Role::Admin,
        has: Some(Role::Trader),
    };
    assert_snapshot!([none, viewer, trader].map(|one| say(&one)).join("\n"), @r"
    You are not on this desk's list of operators. Ask an admin to add you as trader.
    This needs the role trader, and yours is viewer. Ask somebody who has it.
    This needs the role admin, and yours is trader. Ask somebody who has it.
    ");
}

#[test]
fn what_is_not_there_says_where_to_look() {
    let unknown = [
        Refusal::UnknownTicket,
        Refusal::UnknownPosition,
        Refusal::UnknownOrder,
        Refusal::UnknownStanding,
        Refusal::StaleCard {
            current: Revision(3),
        },
    ];
    assert_snapshot!(unknown.map(|one| say(&one)).join("\n"), @r"
    There is no such ticket on this desk. The board lists those that are offered.
    There is no such position on this desk. The board lists those that are open.
    There is no such order on this desk. The ticket's card shows its order.
    There is no such standing approval on this desk. The board lists those that are live.
    This card is old: revision 3 stands now. Nothing was done. Read the newest card and press there.
    ");
}

#[test]
fn the_loser_of_a_race_is_told_who_decided_and_when() {
    let by_standing = TicketState::Confirmed {
        yes: vec![standing_yes()],
        order: ENTRY,
    };
    let declined = TicketState::Declined {
        by: BEN,
        name: "Ben".to_owned(),
        reason: DeclineReason::Timing,
        at: at(10, 33, 12),
    };
    let withdrawn = TicketState::Withdrawn {
        reason: WithdrawReason::Trading(TradingState::Halted),
        at: at(10, 34, 0),
    };
    let lapsed = TicketState::Lapsed {
        yes: vec![yes()],
        order: ENTRY,
        reason: LapseReason::TooLate,
        at: at(10, 32, 10),
    };
    let nobody = TicketState::Confirmed {
        yes: Vec::new(),
        order: ENTRY,
    };
    let states = [
        confirmed(),
        by_standing,
        declined,
        withdrawn,
        lapsed,
        offered(),
        nobody,
    ];
    let sentences = states.map(|state| say(&Refusal::AlreadyDecided(Box::new(state))));
    assert_snapshot!(sentences.join("\n"), @r"
    Confirmed by Ana (web console), 10:32:07 EST, revision 1. Your press changed nothing.
    Confirmed by standing approval …4FC496 of Ana, 10:32:07 EST, revision 1. Your press changed nothing.
    Declined by Ben at 10:33:12 EST: “The timing is not right”. Your press changed nothing.
    Withdrawn by the desk at 10:34:00 EST: the desk is halted and takes no entries. Your press changed nothing.
    Given up at 10:32:10 EST: it could not be sent within 2 s of the yes. Your press changed nothing.
    It is still offered. Your press changed nothing.
    It was confirmed. Your press changed nothing.
    ");
}

// R5
#[test]
fn a_press_after_the_expiry_is_told_that_it_expired_and_never_that_it_was_approved() {
    let late = say(&Refusal::Expired { at: at(10, 37, 0) });
    let swept = TicketState::Expired { at: at(10, 37, 1) };
    let swept = say(&Refusal::AlreadyDecided(Box::new(swept)));
    for sentence in [&late, &swept] {
        assert!(!sentence.contains("approved") && !sentence.contains("onfirmed"));
    }
    assert_snapshot!([late, swept].join("\n"), @r"
    This ticket expired at 10:37:00 EST. Nothing was sent. Propose it again if you still want it.
    Expired at 10:37:01 EST. Nobody decided in time. Your press changed nothing.
    ");
}

#[test]
fn a_desk_that_takes_no_entries_says_who_can_change_that() {
    let states = [
        TradingState::Active,
        TradingState::Reducing,
        TradingState::Halted,
    ];
    assert_snapshot!(states.map(|state| say(&Refusal::Trading(state))).join("\n"), @r"
    The desk is active already. There is nothing to change.
    The desk is reducing and takes only what shrinks risk. An admin can resume it.
    The desk is halted and takes no entries. An admin can resume it.
    ");
}

#[test]
fn a_limit_names_the_value_the_bound_and_what_would_pass() {
    use LimitCode as L;
    let now = at(10, 45, 0);
    let sentence = |(code, value, bound, passes)| {
        limit_breach(&breach(code, value, bound, passes), now, &Locale::english())
    };
    let passing = [
        (L::WorstLossPerTicket, "612", "500", Some("489.60")),
        (L::ContractsPerOrder, "12", "10", Some("10")),
        (L::ValuePerOrder, "12500", "5000", Some("5000")),
        (L::OpenPositions, "6", "5", Some("5")),
        (L::ExposurePerUnderlying, "1200", "1000", Some("55.2")),
        (L::OrdersPerMinute, "7", "6", Some("6")),
        (L::OrdersPerDay, "41", "40", Some("40")),
        (L::DailyLoss, "1020.5", "1000", Some("1000")),
        (L::QuoteAge, "45", "10", Some("10")),
        (L::Spread, "1250", "1000", Some("1000")),
        (L::Drift, "620", "500", Some("500")),
    ];
    assert_snapshot!(passing.map(sentence).join("\n"), @r"
    Worst loss per ticket would be $612.00; the limit is $500.00; $489.60 would pass.
    The order would have 12 contracts; the limit is 10 contracts.
    Value of the order would be $12,500.00; the limit is $5,000.00.
    It would make 6 positions, working entries included; the limit is 5 positions; wait until one is closed.
    Worst loss on this underlying would be $1,200.00; the limit is $1,000.00; $55.20 would pass.
    It would make 7 entries in 60 s; the limit is 6 entries; wait a minute.
    It would make 41 entries today; the limit is 40 entries; no entry passes before the next New York day.
    The loss today is $1,020.50; the limit is $1,000.00; no entry passes before the next New York day.
    The quote is 45 s old; the limit is 10 s; wait for a fresh quote.
    The widest spread is 12.5% of its mid; the limit is 10%; wait until it narrows.
    The price moved 6.2% of the premium against the card; the limit is 5%; look at the new price.
    ");
    let waiting = L::ALL.map(|code| sentence((code, "2", "1", None)));
    assert_snapshot!(waiting.join("\n"), @r"
    Worst loss per ticket would be $2.00; the limit is $1.00; not even one contract would pass.
    The order would have 2 contracts; the limit is 1 contract; not even one contract would pass.
    Value of the order would be $2.00; the limit is $1.00; not even one contract would pass.
    It would make 2 positions, working entries included; the limit is 1 position; wait until one is closed.
    Worst loss on this underlying would be $2.00; the limit is $1.00; wait until a position on it is closed.
    It would make 2 entries in 60 s; the limit is 1 entry; wait a minute.
    It would make 2 entries today; the limit is 1 entry; no entry passes before the next New York day.
    The loss today is $2.00; the limit is $1.00; no entry passes before the next New York day.
    The quote is 2 s old; the limit is 1 s; wait for a fresh quote.
    The widest spread is 0.02% of its mid; the limit is 0.01%; wait until it narrows.
    The price moved 0.02% of the premium against the card; the limit is 0.01%; look at the new price.
    ");
    let beyond = sentence((L::Spread, "4294967295", "1000", Some("1000")));
    assert_snapshot!(beyond, @"The widest spread is more than 1,000% of its mid; the limit is 10%; wait until it narrows.");
    let none = sentence((L::ContractsPerOrder, "1", "0", Some("0")));
    assert_snapshot!(none, @"The order would have 1 contract; the limit is 0 contracts; not even one contract would pass.");
}

// R9
#[test]
fn several_limits_make_a_line_each() {
    let breaches = vec![
        breach(LimitCode::WorstLossPerTicket, "612", "500", Some("489.60")),
        breach(LimitCode::OrdersPerMinute, "7", "6", None),
    ];
    assert_snapshot!(say(&Refusal::Limits(breaches)), @r"
    Worst loss per ticket would be $612.00; the limit is $500.00; $489.60 would pass.
    It would make 7 entries in 60 s; the limit is 6 entries; wait a minute.
    ");
    assert_snapshot!(say(&Refusal::Limits(Vec::new())), @"The limits leave no room. Nothing was sent.");
}

// R7
#[test]
fn a_moved_market_says_that_nothing_was_sent_and_which_revision_to_press() {
    let drift = Refusal::Repriced {
        revision: Revision(2),
        breach: breach(LimitCode::Drift, "620", "500", None),
    };
    let stale = Refusal::Repriced {
        revision: Revision(2),
        breach: breach(LimitCode::QuoteAge, "14", "10", None),
    };
    assert_snapshot!([drift, stale].map(|one| say(&one)).join("\n"), @r"
    The price moved 6.2% of the premium against the card; the limit is 5%. Nothing was sent. Revision 2 shows the new price: confirm that one if you still want it.
    The quote is 14 s old; the limit is 10 s. Nothing was sent. Revision 2 shows the new price: confirm that one if you still want it.
    ");
}

// R49
#[test]
fn a_quote_that_cannot_be_believed_is_named_with_its_fault() {
    let faults = [
        QuoteFault::Missing,
        QuoteFault::Stale,
        QuoteFault::Future,
        QuoteFault::Negative,
        QuoteFault::NoBid,
        QuoteFault::NoAsk,
        QuoteFault::Crossed,
        QuoteFault::Wide,
    ];
    let sentences = faults.map(|fault| {
        say(&Refusal::NoQuote {
            instrument: option("C00750000"),
            fault,
        })
    });
    assert_snapshot!(sentences.join("\n"), @r"
    There is no price to rest on for GOOG Dec 24, 2015 750 call: there is no quote. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: the quote is stale. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: the quote is dated in the future. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: a price is below zero. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: nobody bids. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: nobody offers. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: the bid is above the ask. Nothing was sent. Press again when the quote is good.
    There is no price to rest on for GOOG Dec 24, 2015 750 call: the spread is too wide. Nothing was sent. Press again when the quote is good.
    ");
    let shares = Refusal::NoQuote {
        instrument: Instrument::Equity("GOOG".parse().expect("a symbol")),
        fault: QuoteFault::Stale,
    };
    assert_snapshot!(say(&shares), @"There is no price to rest on for GOOG shares: the quote is stale. Nothing was sent. Press again when the quote is good.");
}

#[test]
fn a_closed_market_says_when_it_opens() {
    let tomorrow = at(9, 30, 0) + jiff::SignedDuration::from_hours(24);
    let next_year = at(9, 30, 0) + jiff::SignedDuration::from_hours(24 * 12);
    let closed = [Some(tomorrow), Some(next_year), None];
    let sentences = closed.map(|opens| say(&Refusal::MarketClosed { opens }));
    assert_snapshot!(sentences.join("\n"), @r"
    The market is closed and opens at 09:30:00 EST, Dec 24. Press again then.
    The market is closed and opens at 09:30:00 EST, Jan 4, 2016. Press again then.
    The market is closed, and the calendar knows of no next session.
    ");
}

#[test]
fn a_session_that_ends_too_soon_for_a_ticket_says_when() {
    let late = Refusal::TooLate {
        closes: at(16, 0, 0),
    };
    assert_snapshot!(say(&late), @"The session ends at 16:00:00 EST, too soon for a new ticket. Propose it again in the next session.");
}

#[test]
fn values_that_make_no_ticket_are_told_what_would() {
    let invalid = [
        Invalid::Contracts,
        Invalid::Limit,
        Invalid::Structure,
        Invalid::Time,
        Invalid::Strategy,
        Invalid::Reason,
        Invalid::Contract,
    ];
    assert_snapshot!(invalid.map(|what| say(&Refusal::Invalid(what))).join("\n"), @r"
    Contracts must be a whole number from 1 to 1,000,000.
    The limit must be a price in whole increments, within what the structure can cost.
    These legs make no structure that the desk trades. Use a single long option or a vertical spread of one expiry.
    The time must lie ahead and within what is allowed here.
    There is no strategy of that name. A card names the one that raised its signal; leave it empty for every one.
    Give a reason of 1 to 200 characters.
    That contract is unknown or has expired. Choose one that is listed now.
    ");
}

#[test]
fn an_exit_plan_that_makes_no_sense_is_told_which_would() {
    let percent = |part, given, most| PlanFault::Percent {
        part,
        given: Percent(given),
        most: Percent(most),
    };
    let time = |before| PlanFault::Time {
        given: at(10, 45, 0),
        after: at(10, 45, 0),
        before,
    };
    let faults = [
        percent(PlanPart::ProfitTarget, 101, 100),
        percent(PlanPart::StopLoss, 1_000, 99),
        percent(PlanPart::TrailArm, 0, 1_000),
        percent(PlanPart::TrailGiveBack, 30, 20),
        time(None),
        time(Some(at(16, 0, 0))),
    ];
    assert_snapshot!(faults.map(|fault| say(&Refusal::ExitPlan(fault))).join("\n"), @r"
    The profit target cannot be 101% of the premium: 1% to 100% would pass.
    The stop cannot be a loss of 1,000% of the premium: 1% to 99% would pass.
    The trailing stop cannot follow from a profit of 0% of the premium: 1% to 1,000% would pass.
    The trailing stop cannot wait for a fall of 30% of the premium: 1% to 20%, the profit that it follows from, would pass.
    The time stop cannot be 10:45:00 EST: a time after 10:45:00 EST would pass.
    The time stop cannot be 10:45:00 EST: a time after 10:45:00 EST and before 16:00:00 EST, when trading in its contracts ends, would pass.
    ");
}

#[test]
fn bounds_that_make_no_standing_approval_are_told_the_rule() {
    let usd = |dollars: i64| Usd::from_micros(dollars * 1_000_000);
    let faults = [
        StandingFault::PerDay,
        StandingFault::LossPerTicket {
            given: usd(600),
            most: usd(500),
        },
        StandingFault::LossPerDay {
            given: usd(50),
            least: usd(100),
        },
        StandingFault::Underlying("ZZZZ".parse().expect("a symbol")),
    ];
    assert_snapshot!(faults.map(|fault| say(&Refusal::Standing(fault))).join("\n"), @r"
    Tickets per day must be 1 or more.
    Worst loss per ticket cannot be $600.00: above zero and at most $500.00, the desk's limit, would pass.
    Worst loss per day cannot be $50.00: at least $100.00, the worst loss per ticket, would pass.
    ZZZZ is not on the desk's watchlist. Name an underlying that is, or none for every one.
    ");
}

#[test]
fn orders_and_positions_in_the_wrong_state_say_which_and_what_then() {
    let orders = OrderState::ALL.map(|state| say(&Refusal::OrderState(state)));
    assert_snapshot!(orders.join("\n"), @r"
    This cannot be done while the order is on its way to the broker. Look at its card and press again when that has changed.
    It is unknown what became of the order, so it cannot be changed now. Wait until the broker has answered.
    This cannot be done while the order is working at the broker. Look at its card and press again when that has changed.
    This cannot be done while the order is changing its price. Look at its card and press again when that has changed.
    This cannot be done while the order is being cancelled. Look at its card and press again when that has changed.
    Nothing is left to change at this order (filled).
    Nothing is left to change at this order (cancelled).
    Nothing is left to change at this order (denied by the desk).
    Nothing is left to change at this order (rejected by the broker).
    Nothing is left to change at this order (never sent).
    Nothing is left to change at this order (never arrived).
    ");
    let positions = [
        PositionState::Open,
        PositionState::Closing {
            reason: ExitReason::TrailingStop,
            order: EXIT,
        },
        PositionState::Closed {
            by: ClosedBy::Expired,
            at: at(10, 40, 0),
        },
        PositionState::Broken,
    ];
    let positions = positions.map(|state| say(&Refusal::PositionState(Box::new(state))));
    assert_snapshot!(positions.join("\n"), @r"
    The position is open and no exit is on its way. Press Close to send one.
    An exit is on its way already (trailing stop). Wait until it has ended.
    The position is closed since 10:40:00 EST (expired). There is nothing left to do.
    The legs of this position have diverged. Compare them with the broker's account, then press Close.
    ");
}

#[test]
fn the_other_refusals_say_what_to_do_as_well() {
    let others = [
        Refusal::NotSecondPerson,
        Refusal::Adjusted(contract("C00750000")),
        Refusal::PaperOnly,
        Refusal::StoreUnavailable,
        Refusal::BrokerUnavailable,
        Refusal::NotOurs,
        Refusal::StopStands(Percent(20)),
        Refusal::StalePosition,
    ];
    assert_snapshot!(others.map(|one| say(&one)).join("\n"), @r"
    A second person has to say yes: not the one who proposed or edited this ticket, nor one who said yes already.
    GOOG Dec 24, 2015 750 call was adjusted after a corporate action and cannot be opened. Choose a standard contract.
    Only a paper account may do this. Use a desk on the paper broker.
    The store cannot commit, so no entry is taken; exits go on. Press again when the board shows that it commits.
    The broker does not answer, so nothing can be said about the account. Ask again in a moment.
    Another process holds this desk. Press on the surfaces of that one.
    The stop stands at a loss of 20% of the premium already, so nothing was done again. The newest card shows it.
    The position has changed since this card was drawn, so nothing was done. Look at the newest card and press there.
    ");
}

// R11
#[test]
fn what_was_done_says_no_more_than_was_recorded() {
    let english = Locale::english();
    let (ticket, revision) = (TICKET, Revision(2));
    let actions = [
        Action::Confirm(ticket, revision),
        Action::Decline(ticket, revision),
        Action::DeclineFor(ticket, revision, DeclineReason::Risk),
        Action::Edit(ticket, revision),
        Action::Snooze(ticket),
        Action::Why(ticket),
        Action::Cancel(ENTRY),
        Action::Close(POSITION),
        Action::Hold(POSITION),
        Action::Release(POSITION),
        Action::ExitPlan(POSITION),
        Action::Revoke(STANDING),
        Action::Halt(DESK),
        Action::Reduce(DESK),
        Action::Resume(DESK),
    ];
    let sentences = actions.map(|action| done(&action, &english));
    assert_snapshot!(sentences.join("\n"), @r"
    Your yes is recorded. The card shows what becomes of it.
    Choose a reason to decline this ticket.
    You declined this ticket: “Too much at stake”.
    The change is recorded. Confirm the new revision if you want it.
    Put aside for you. It still expires at its time.
    Here is what led to it.
    The cancellation is asked for. Until the broker says that it is gone, it can still be filled.
    The exit is asked for. The position is closed when the broker has filled it.
    The automatic exits of this position are held. You can still close it.
    The automatic exits of this position go on.
    The exit plan is changed.
    The standing approval is revoked.
    The desk is halted: no entries, working entries are being cancelled, automatic exits go on.
    The desk is reducing: it takes only what shrinks risk.
    The desk is active again.
    ");
    let now = at(10, 45, 0);
    let refused = Outcome::Refused(Refusal::PaperOnly);
    assert_eq!(
        outcome(&refused, &actions[0], now, &english),
        say(&Refusal::PaperOnly)
    );
    assert_eq!(
        outcome(&Outcome::Done, &actions[0], now, &english),
        sentences[0]
    );
}

#[test]
fn a_button_that_cannot_be_read_says_to_press_on_the_newest_card() {
    let english = Locale::english();
    let errors = [ButtonError::OldCard, ButtonError::Malformed];
    let sentences = errors.map(|error| button_error(&error, &english));
    assert_snapshot!(sentences.join("\n"), @r"
    This card is old and its buttons no longer work. Press on the newest card instead.
    That button could not be read, so nothing was done. Press again on the newest card.
    ");
    for error in [ButtonError::TooLong(65), ButtonError::UnknownVerb] {
        assert_eq!(button_error(&error, &english), sentences[1]);
    }
}
