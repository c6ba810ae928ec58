//! Tickets that wait, and tickets that ended without a trade.

use countersign_cards::Tone;
use countersign_domain::{
    ids::Revision,
    money::{Contracts, Price},
    signal::Evidence,
    structure::Side,
    ticket::{
        Confirmation, DeclineReason, LapseReason, Omission, SeenQuote, Terms, TicketState,
        WithdrawReason,
    },
    trading::TradingState,
    view::TicketView,
};
use insta::assert_snapshot;

use crate::desk::{
    ANA, BEN, NEWER, at, call_spread, card, confirmed, offered, price, quote, standing_yes,
    structure, usd, view, yes,
};
use crate::overrides::passed;

#[test]
fn an_offer_shows_its_worst_loss_first_and_everything_that_a_yes_binds() {
    let card = card(view(offered(), at(10, 32, 0)));
    assert!(card.lead[0].text.starts_with("Worst loss $255.20"));
    assert_eq!(card.countdown, Some(at(10, 37, 0)));
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket offered: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20, fees of both ways included.
    It leaves out early assignment of a short leg, assignment in doubt near the
    strike at expiry and a gap in the shares after hours.

    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways
    Chance        about a 51% chance of a profit at expiry, an estimate: what the
                  volatility implies, no forecast
    Exits         profit of $125.00 (50% of the premium)
                  loss of $100.00 (40% of the premium)
                  once $75.00 in profit, a fall of $37.50 from the best
                  at 15:30:00 EST
                  on the last trading day
                  always in the last trading hour, which ends at 13:00:00 EST, Dec
                  24
    Why           trend expects GOOG to rise, strength 0.77 of 1
                  last price $751.62; fast average $751.18; slow average $750.24;
                  fast less slow average 1.08 ranges; slow average moved 0.61
                  ranges; momentum 66 of 100; 1 day to expiry; implied volatility at
                  the money 18.4%; implied volatility rank unknown, no history
    Market        pay $1.45 at once, pay $1.25 halfway; 3 s old (10:31:57 EST),
                  recorded day
    Decide by     10:37:00 EST

    Quotes on the card
      Contract                           Bid         Ask
      GOOG Dec 24, 2015 750 call  $3.10 × 12   $3.30 × 8
      GOOG Dec 24, 2015 755 call  $1.85 × 40  $2.05 × 22

    [Confirm] [Reject] [Edit] [Snooze] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn an_offer_of_a_credit_says_what_is_received_at_least() {
    let spread = structure(&[(Side::Sell, "P00745000"), (Side::Buy, "P00740000")]);
    let mut view = view(offered(), at(10, 32, 0));
    let quotes = vec![
        quote("2.40", "2.55", (9, 9)),
        quote("1.50", "1.62", (30, 4)),
    ];
    view.ticket.quote = SeenQuote::of(spread.legs(), quotes).expect("quotes");
    view.ticket.terms = Terms::of(&spread, Contracts(1), price("-0.80"), usd("0.65"));
    view.ticket.structure = spread;
    view.ticket.exit_plan.trail = None;
    view.ticket.exit_plan.time_stop = None;
    assert_snapshot!(card(view).text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket offered: GOOG bull put spread 745/740, Dec 24, 2015

    Worst loss $422.60, fees of both ways included.
    It leaves out early assignment of a short leg, assignment in doubt near the
    strike at expiry and a gap in the shares after hours.

    Trade         Sell 1 GOOG Dec 24, 2015 745 put
                  Buy 1 GOOG Dec 24, 2015 740 put
    Limit         receive at least $0.80 per share ($80.00 per contract)
    Contracts     1
    Most to gain  +$77.40
    Breakeven     GOOG at $744.20 at expiry, before fees
    Fees          $2.60 for both ways
    Chance        about a 83% chance of a profit at expiry, an estimate: what the
                  volatility implies, no forecast
    Exits         profit of $40.00 (50% of the premium)
                  loss of $32.00 (40% of the premium)
                  on the last trading day
                  always in the last trading hour, which ends at 13:00:00 EST, Dec
                  24
    Why           trend expects GOOG to rise, strength 0.77 of 1
                  last price $751.62; fast average $751.18; slow average $750.24;
                  fast less slow average 1.08 ranges; slow average moved 0.61
                  ranges; momentum 66 of 100; 1 day to expiry; implied volatility at
                  the money 18.4%; implied volatility rank unknown, no history
    Market        receive $0.78 at once, receive $0.915 halfway; 3 s old (10:31:57
                  EST), recorded day
    Decide by     10:37:00 EST

    Quotes on the card
      Contract                          Bid        Ask
      GOOG Dec 24, 2015 745 put   $2.40 × 9  $2.55 × 9
      GOOG Dec 24, 2015 740 put  $1.50 × 30  $1.62 × 4

    [Confirm] [Reject] [Edit] [Snooze] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn an_offer_of_a_single_option_has_no_bound_to_its_gain_and_leaves_nothing_out() {
    let call = structure(&[(Side::Buy, "C00752500")]);
    let mut view = view(offered(), at(10, 32, 0));
    view.ticket.quote =
        SeenQuote::of(call.legs(), vec![quote("2.4", "2.55", (9, 1_200))]).expect("quotes");
    view.ticket.terms = Terms::of(&call, Contracts(1), price("2.505"), usd("0.65"));
    view.ticket.structure = call;
    view.ticket.leaves_out = Vec::new();
    view.ticket.signal = None;
    view.signal = None;
    view.ticket.strategy = "manual".to_owned();
    view.ticket.proposer = Some(BEN);
    view.ticket.supersedes = Some(NEWER);
    view.ticket.revision = Revision(3);
    assert_snapshot!(card(view).text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket offered: GOOG long call 752.5, Dec 24, 2015

    Worst loss $251.80, fees of both ways included.

    Trade         Buy 1 GOOG Dec 24, 2015 752.5 call
    Limit         pay at most $2.505 per share ($250.50 per contract)
    Contracts     1
    Most to gain  no bound
    Breakeven     GOOG at $755.005 at expiry, before fees
    Fees          $1.30 for both ways
    Exits         profit of $125.25 (50% of the premium)
                  loss of $100.20 (40% of the premium)
                  once $75.15 in profit, a fall of $37.575 from the best
                  at 15:30:00 EST
                  on the last trading day
                  always in the last trading hour, which ends at 13:00:00 EST, Dec
                  24
    Why           proposed by a person
    Market        pay $2.55 at once, pay $2.475 halfway; 3 s old (10:31:57 EST),
                  recorded day
    Decide by     10:37:00 EST

    Quotes on the card
      Contract                            Bid            Ask
      GOOG Dec 24, 2015 752.5 call  $2.40 × 9  $2.55 × 1,200

    Replaces ticket …4FC24K.

    [Confirm] [Reject] [Edit] [Snooze] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 3
    ");
}

#[test]
fn an_offer_with_one_yes_of_two_says_who_is_still_needed() {
    let state = TicketState::Offered { yes: vec![yes()] };
    assert_snapshot!(card(view(state, at(10, 33, 0))).text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket offered: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20, fees of both ways included.
    It leaves out early assignment of a short leg, assignment in doubt near the
    strike at expiry and a gap in the shares after hours.

    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways
    Chance        about a 51% chance of a profit at expiry, an estimate: what the
                  volatility implies, no forecast
    Exits         profit of $125.00 (50% of the premium)
                  loss of $100.00 (40% of the premium)
                  once $75.00 in profit, a fall of $37.50 from the best
                  at 15:30:00 EST
                  on the last trading day
                  always in the last trading hour, which ends at 13:00:00 EST, Dec
                  24
    Why           trend expects GOOG to rise, strength 0.77 of 1
                  last price $751.62; fast average $751.18; slow average $750.24;
                  fast less slow average 1.08 ranges; slow average moved 0.61
                  ranges; momentum 66 of 100; 1 day to expiry; implied volatility at
                  the money 18.4%; implied volatility rank unknown, no history
    Market        pay $1.45 at once, pay $1.25 halfway; 1 min 3 s old (10:31:57
                  EST), recorded day
    Decide by     10:37:00 EST
    Yes so far    Ana (web console), 10:32:07 EST, revision 1

    Quotes on the card
      Contract                           Bid         Ask
      GOOG Dec 24, 2015 750 call  $3.10 × 12   $3.30 × 8
      GOOG Dec 24, 2015 755 call  $1.85 × 40  $2.05 × 22

    One more yes is needed, from another person than those above, the proposer and
    the editor.

    [Confirm] [Reject] [Edit] [Snooze] [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

// R5
#[test]
fn an_offer_past_its_time_has_no_buttons_even_before_the_sweep_finds_it() {
    let card = card(view(offered(), at(10, 37, 0)));
    assert!(card.buttons.is_empty());
    assert_eq!(card.countdown, None);
    assert_snapshot!(card.title, @"Ticket out of time: GOOG bull call spread 750/755, Dec 24, 2015");
    assert_snapshot!(card.notes.join("\n"), @"Its time has passed and it can no longer be confirmed.");
}

#[test]
fn a_declined_ticket_names_who_when_and_why() {
    let state = TicketState::Declined {
        by: BEN,
        name: "Ben".to_owned(),
        reason: DeclineReason::Price,
        at: at(10, 33, 12),
    };
    assert_snapshot!(card(view(state, at(10, 33, 12))).text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket declined: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss would have been $255.20. Nothing was bought or sold.
    Declined by Ben at 10:33:12 EST: “The price is not right”.

    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

// R5, R6
#[test]
fn an_expired_ticket_says_expired_and_neither_approved_nor_declined() {
    let card = card(view(
        TicketState::Expired { at: at(10, 37, 1) },
        at(10, 37, 1),
    ));
    let text = card.text().to_lowercase();
    assert!(text.contains("expired"));
    for word in ["approved", "confirmed", "declined", "rejected"] {
        assert!(!text.contains(word), "{word} on an expired card:\n{text}");
    }
    assert!(card.buttons.is_empty());
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket expired: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss would have been $255.20. Nothing was bought or sold.
    Expired at 10:37:01 EST. Nobody decided in time.

    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn a_withdrawn_ticket_says_that_the_desk_took_it_back_and_why() {
    let withdrawn = |reason| {
        let state = TicketState::Withdrawn {
            reason,
            at: at(10, 34, 0),
        };
        card(view(state, at(10, 34, 0))).lead[1].text.clone()
    };
    assert_snapshot!(withdrawn(WithdrawReason::Trading(TradingState::Halted)), @"Withdrawn by the desk at 10:34:00 EST: the desk is halted and takes no entries.");
    assert_snapshot!(withdrawn(WithdrawReason::Trading(TradingState::Reducing)), @"Withdrawn by the desk at 10:34:00 EST: the desk is reducing and takes no entries.");
}

#[test]
fn a_lapsed_ticket_says_that_it_was_confirmed_and_never_sent() {
    let lapsed = |reason| {
        let state = TicketState::Lapsed {
            yes: vec![yes()],
            order: crate::desk::ENTRY,
            reason,
            at: at(10, 32, 10),
        };
        card(view(state, at(10, 32, 10)))
    };
    assert_snapshot!(lapsed(LapseReason::TooLate).text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket confirmed, order never sent: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss would have been $255.20. Nothing was bought or sold.
    Given up at 10:32:10 EST: it could not be sent within 2 s of the yes.

    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways
    Confirmed by  Ana (web console), 10:32:07 EST, revision 1

    It is offered again on a new card until its time is over. Press Confirm there if
    you still want it.

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
    let why = |reason| lapsed(reason).lead[1].text.clone();
    assert_snapshot!(why(LapseReason::Trading(TradingState::Halted)), @"Given up at 10:32:10 EST: the desk was halted before it could be sent.");
    assert_snapshot!(why(LapseReason::Cancelled), @"Given up at 10:32:10 EST: a person cancelled it first.");
    assert_snapshot!(why(LapseReason::Unreachable), @"Given up at 10:32:10 EST: the broker could not be reached.");
    assert_snapshot!(why(LapseReason::NeverArrived), @"Given up at 10:32:10 EST: the broker never saw it.");
}

#[test]
fn a_confirmed_ticket_whose_order_is_not_at_hand_still_says_who_confirmed_it() {
    let card = card(view(confirmed(), at(10, 32, 7)));
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket confirmed: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss $255.20, fees of both ways included.

    Confirmed by  Ana (web console), 10:32:07 EST, revision 1
    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways

    [Why]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn a_standing_approval_is_named_as_such_with_its_signer() {
    let state = TicketState::Confirmed {
        yes: vec![standing_yes()],
        order: crate::desk::ENTRY,
    };
    let card = card(view(state, at(10, 32, 7)));
    let by = card
        .fields
        .iter()
        .find(|field| field.label == "Confirmed by");
    assert_snapshot!(by.expect("who confirmed it").value, @"standing approval …4FC496 of Ana, 10:32:07 EST, revision 1");
}

#[test]
fn what_passed_a_limit_is_told_with_its_override_and_who_granted_it() {
    let state = TicketState::Confirmed {
        yes: vec![Confirmation {
            overrides: vec![passed()],
            ..yes()
        }],
        order: crate::desk::ENTRY,
    };
    let card = card(view(state, at(10, 32, 7)));
    let by = card
        .fields
        .iter()
        .find(|field| field.label == "Confirmed by");
    assert_snapshot!(by.expect("who confirmed it").value, @r"
    Ana (web console), 10:32:07 EST, revision 1
    with override …00002D, granted by Ben and Dee: Worst loss per ticket $633.90 instead of $500.00
    ");
}

// R18
#[test]
fn names_are_shown_as_written_less_controls_and_marks_that_turn_the_direction() {
    let state = TicketState::Declined {
        by: ANA,
        name: "Zoë O'Neil \u{202e}evil\u{202c}\n\u{1b}[31m {$worst} *bold* 🦀".to_owned(),
        reason: DeclineReason::Other,
        at: at(10, 33, 12),
    };
    let card = card(view(state, at(10, 33, 12)));
    assert_snapshot!(card.lead[1].text, @"Declined by Zoë O'Neil evil  [31m {$worst} *bold* 🦀 at 10:33:12 EST: “Another reason”.");
    assert_eq!(card.tone, Tone::Neutral);
}

#[test]
fn every_omission_has_words() {
    let mut view = view(offered(), at(10, 32, 0));
    for (omission, words) in [
        (Omission::EarlyAssignment, "early assignment"),
        (Omission::Pin, "near the strike"),
        (Omission::AfterHoursGap, "after hours"),
    ] {
        view.ticket.leaves_out = vec![omission];
        let card = card(view.clone());
        assert!(
            card.lead[1].text.contains(words),
            "{omission:?}: {}",
            card.lead[1].text
        );
    }
}

#[test]
fn a_price_of_nothing_and_no_expiry_of_the_calendar_are_drawn_all_the_same() {
    let mut view = view(offered(), at(10, 32, 0));
    view.ticket.terms = Terms::of(&call_spread(), Contracts(1), Price::ZERO, usd("0"));
    let card = card(view);
    assert_snapshot!(card.fields[1].value, @"pay at most $0.00 per share ($0.00 per contract)");
}

#[test]
fn figures_that_no_sentence_knows_keep_their_name_and_a_known_rank_is_told() {
    let mut view = view(offered(), at(10, 32, 0));
    let figure = |(name, value): (&str, f64)| Evidence {
        name: name.to_owned(),
        value,
    };
    let figures = [
        ("iv_at_the_money", 0.2),
        ("iv_rank", 35.0),
        ("new_figure", 1.5),
        ("leg_count", 2.0),
        ("rsi", f64::NAN),
    ];
    view.signal.as_mut().expect("a signal").evidence = figures.map(figure).to_vec();
    let card = card(view.clone());
    let why = card.fields.iter().find(|field| field.label == "Why");
    assert_snapshot!(why.expect("why").value, @r"
    trend expects GOOG to rise, strength 0.77 of 1
    implied volatility at the money 20.0%; implied volatility rank 35 of 100; new figure 1.50; momentum unknown of 100
    ");
    view.signal = None;
    let card = crate::desk::card(view);
    let why = card.fields.iter().find(|field| field.label == "Why");
    assert_snapshot!(why.expect("why").value, @"strategy trend");
}

/// What the card says of the chance, where it says anything.
fn chance(view: TicketView) -> Option<String> {
    let card = card(view);
    let mut fields = card.fields.into_iter();
    let found = fields.find(|field| field.label == "Chance");
    found.map(|field| field.value)
}

// R18
#[test]
fn after_an_edit_the_chance_rests_on_what_the_edit_saw_and_says_so() {
    let mut edited = view(offered(), at(10, 32, 0));
    edited.ticket.revision = Revision(2);
    assert_eq!(
        chance(edited.clone()),
        None,
        "the signal's figures are older"
    );
    let by_signal = chance(view(offered(), at(10, 32, 0)));
    let seen = &mut edited.ticket.quote;
    seen.underlying = Some(price("751.58"));
    // A volatility of 14.12% prices the call at 750, the nearest, at its middle of $3.20.
    let by_legs = chance(edited.clone()).expect("a chance");
    assert_snapshot!(by_legs, @"about a 52% chance of a profit at expiry, an estimate: what the volatility of the leg nearest the money implies, 14.1%, no forecast");
    assert_ne!(Some(by_legs), by_signal);
    // With the underlying at the upper strike the other leg is the nearest, and the gain is near.
    edited.ticket.quote.underlying = Some(price("754.90"));
    let higher = chance(edited).expect("a chance");
    assert!(!higher.contains("14.1%"), "{higher}");
}

// R18
#[test]
fn a_traders_own_proposal_has_a_chance_by_its_legs_and_none_where_nothing_tells_it() {
    let mut own = view(offered(), at(10, 32, 0));
    own.signal = None;
    own.ticket.signal = None;
    own.ticket.proposer = Some(BEN);
    assert_eq!(chance(own.clone()), None, "no price of the underlying");
    own.ticket.quote.underlying = Some(price("751.58"));
    let told = chance(own.clone()).expect("a chance");
    assert!(
        told.starts_with("about a 52% ") && told.contains("14.1%"),
        "{told}"
    );
    for quote in &mut own.ticket.quote.legs {
        (quote.bid, quote.ask) = (quote.ask, quote.bid);
    }
    assert_eq!(chance(own), None, "quotes that cannot be believed");
}
