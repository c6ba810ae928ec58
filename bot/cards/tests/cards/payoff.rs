//! The payoff at expiry: what its picture and its words tell, of a ticket and of a position.

use countersign_cards::{
    Language, Locale,
    figures::{price as dollars, signed},
    payoff::{Label, Payoff, caption, caption_held, label},
};
use countersign_domain::{
    money::{Contracts, Usd},
    position::PositionState,
    structure::{Side, Structure},
    ticket::{Terms, Ticket},
};
use insta::assert_snapshot;

use crate::desk::{bought, call_spread, held, offered, price, sold, structure, ticket, usd};

fn of(structure: Structure, limit: &str) -> Ticket {
    Ticket {
        terms: Terms::of(&structure, Contracts(2), price(limit), usd("0.65")),
        structure,
        ..ticket(offered())
    }
}

fn told(ticket: &Ticket) -> String {
    let points = Payoff::of(ticket).points;
    let english = Locale::english();
    let points = points.iter().map(|(at, profit)| {
        let (at, profit) = (dollars(*at, &english), signed(*profit, &english));
        format!("{at} {profit}")
    });
    let points = points.collect::<Vec<_>>().join("\n");
    format!("{points}\n{}", caption(ticket, &english))
}

#[test]
fn a_spread_loses_no_more_below_and_gains_no_more_above() {
    let spread = of(call_spread(), "1.25");
    assert_snapshot!(told(&spread), @r"
    $742.45 −$255.20
    $750.00 −$255.20
    $751.25 −$5.20
    $755.00 +$744.80
    $762.55 +$744.80
    At expiry, after fees: −$255.20 at $750.00 or less · +$744.80 at $755.00 or more
    ");
    let points = Payoff::of(&spread).points;
    let profits = || points.iter().map(|point| point.1);
    assert_eq!(profits().min(), Some(-spread.terms.worst_loss));
    assert_eq!(profits().max(), spread.terms.max_gain);
}

#[test]
fn a_bought_option_goes_on_gaining_on_one_side() {
    let call = structure(&[(Side::Buy, "C00750000")]);
    assert_snapshot!(told(&of(call, "3.20")), @r"
    $742.468 −$642.60
    $750.00 −$642.60
    $753.20 −$2.60
    $760.732 +$1,503.80
    At expiry, after fees: −$642.60 at $750.00 or less · +$1,503.80 at $760.73
    ");
    let put = structure(&[(Side::Buy, "P00750000")]);
    assert_snapshot!(told(&of(put, "3.20")), @r"
    $739.30 +$1,497.40
    $746.80 −$2.60
    $750.00 −$642.60
    $757.50 −$642.60
    At expiry, after fees: +$1,497.40 at $739.30 · −$642.60 at $750.00 or more
    ");
}

#[test]
fn a_credit_is_kept_on_one_side() {
    let sold = structure(&[(Side::Sell, "C00750000"), (Side::Buy, "C00755000")]);
    assert_snapshot!(told(&of(sold, "-1.25")), @r"
    $742.45 +$244.80
    $750.00 +$244.80
    $751.25 −$5.20
    $755.00 −$755.20
    $762.55 −$755.20
    At expiry, after fees: +$244.80 at $750.00 or less · −$755.20 at $755.00 or more
    ");
}

#[test]
fn the_picture_never_reaches_below_nothing() {
    let put = structure(&[(Side::Buy, "P00000500")]);
    let ticket = of(put, "0.40");
    let first = Payoff::of(&ticket)
        .points
        .first()
        .copied()
        .expect("a point");
    assert!(!first.0.is_negative());
    assert_eq!(Usd::ZERO.max(first.1), first.1);
}

#[test]
fn what_is_held_is_reckoned_from_what_was_paid() {
    let held = held(&bought(2), PositionState::Open);
    assert_snapshot!(caption_held(&held, &Locale::english()), @"At expiry, after fees: −$246.60 at $750.00 or less · +$753.40 at $755.00 or more");
}

#[test]
fn profit_that_was_taken_stays_whatever_the_price() {
    let mut executions = bought(2);
    executions.extend(sold(1));
    let half = held(&executions, PositionState::Open);
    assert_snapshot!(caption_held(&half, &Locale::english()), @"At expiry, after fees: −$61.90 at $750.00 or less · +$438.10 at $755.00 or more");
    executions.extend(sold(1));
    let flat = held(&executions, PositionState::Open);
    assert_eq!(Payoff::held(&flat).points, []);
    assert_eq!(caption_held(&flat, &Locale::english()), "");
}

#[test]
fn the_picture_has_words_for_its_parts() {
    let labels = [
        Label::Expiry,
        Label::Now,
        Label::NowAt(usd("-12.5")),
        Label::Deviation,
        Label::Price(price("751.583")),
        Label::Breakeven(price("758.256")),
        Label::Gain(Some(usd("1234.5"))),
        Label::Gain(Some(usd("-3"))),
        Label::Gain(None),
        Label::Loss(Some(usd("-255.2"))),
        Label::Loss(Some(usd("20"))),
        Label::Loss(None),
    ];
    let words = |language| {
        let locale = Locale::of(language);
        labels.map(|one| label(one, &locale)).join("\n")
    };
    assert_snapshot!(words(Language::English), @r"
    At expiry, after fees
    Now
    Now −$12.50
    One standard deviation
    Price $751.58
    Breakeven $758.26
    Most to gain +$1,234.50
    At most −$3.00
    Unlimited gain
    Most to lose −$255.20
    At least +$20.00
    Unlimited loss
    ");
    assert_snapshot!(words(Language::German), @r"
    Bei Verfall, nach Gebühren
    Jetzt
    Jetzt −12,50 $
    Standardabweichung
    Kurs 751,58 $
    Gewinnschwelle 758,26 $
    Größter Gewinn +1.234,50 $
    Höchstens −3,00 $
    Unbegrenzter Gewinn
    Größter Verlust −255,20 $
    Mindestens +20,00 $
    Unbegrenzter Verlust
    ");
}
