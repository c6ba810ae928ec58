use countersign_cards::{Language, Locale, payoff};
use countersign_domain::{
    ids::Revision, instrument::Right, money::Price, quote::Quote, structure::Side, view::TicketView,
};

use crate::{
    given::{self, BEAR_CALL, BULL_CALL, LONG_CALL, LONG_PUT, Trade, held, offered},
    seen::{BAD, BAND, BOTTOM, EVEN, GOOD, INK, LEFT, NOW, RIGHT, RULE, SHEET, Seen, TOP},
};

fn english(view: &TicketView) -> Seen {
    Seen::of(view, &Locale::english())
}

/// The bull call spread with nothing known of the market: from 740 to 780 dollars, as both strikes
/// and half their distance ask for.
fn unmeasured() -> TicketView {
    let mut view = offered(&BULL_CALL);
    view.signal = None;
    view
}

/// Where the picture of [`unmeasured`] has a price and a profit.
fn placed(view: &TicketView, at: f64, profit: f64) -> (u32, u32) {
    let terms = &view.ticket.terms;
    let most = terms.max_gain.expect("a bound").to_f64();
    let least = -terms.worst_loss.to_f64();
    let x = f64::from(LEFT) + (at - 740.0) / 40.0 * f64::from(RIGHT - LEFT);
    let y = 554.0 - (profit - least) / (most - least) * (554.0 - 258.0);
    let whole = |value: f64| format!("{value:.0}").parse().expect("a pixel");
    (whole(x), whole(y))
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    for (_, view) in given::gallery() {
        let (once, again) = (english(&view), english(&view));
        assert_eq!(once.picture, again.picture);
    }
}

#[test]
fn the_payoff_at_expiry_stands_where_it_is() {
    let view = unmeasured();
    let seen = english(&view);
    let terms = &view.ticket.terms;
    let (most, least) = (terms.max_gain.expect("a bound"), -terms.worst_loss);
    let even = 750.0 - least.to_f64() / 200.0;
    let colour = |at, profit| {
        let (x, y) = placed(&view, at, profit);
        seen.at(x, y)
    };
    assert_eq!(colour(745.0, least.to_f64()), BAD);
    assert_eq!(colour(752.0, least.to_f64() + 400.0), BAD);
    assert_eq!(colour(768.0, most.to_f64() - 400.0), GOOD);
    assert_eq!(colour(775.0, most.to_f64()), GOOD);
    assert_eq!(colour(even, 0.0), EVEN);
    for (at, profit) in [(745.0, 900.0), (775.0, -900.0), (760.0, 1_800.0)] {
        assert_eq!(colour(at, profit), SHEET, "at {at}, {profit}");
    }
    assert_eq!(seen.at(3, 3), SHEET);
}

#[test]
fn what_is_not_known_is_left_out() {
    let unknown = |why: &str, view: &TicketView| {
        let seen = english(view);
        assert_eq!([NOW, BAND, RULE].map(|it| seen.count(it)), [0; 3], "{why}");
        assert!(seen.count(GOOD) > 0 && seen.count(BAD) > 0, "{why}");
    };
    unknown("a trader's own ticket", &unmeasured());
    let mut edited = offered(&BULL_CALL);
    edited.ticket.revision = Revision(2);
    unknown("quotes newer than the signal's figures", &edited);

    let mut crossed = offered(&BULL_CALL);
    let Quote { bid, ask, .. } = &mut crossed.ticket.quote.legs[1];
    (*bid, *ask) = (*ask, *bid);
    let seen = english(&crossed);
    assert_eq!(seen.count(NOW), 0, "a quote that cannot be believed");
    assert!(seen.count(BAND) > 0 && seen.count(RULE) > 0);

    let mut unmarked = held(&BULL_CALL, 760.0);
    let position = unmarked.position.as_mut().expect("a position");
    position.marks[0] = None;
    assert_eq!(english(&unmarked).count(NOW), 0, "a leg without a mark");
    let position = unmarked.position.as_mut().expect("a position");
    position.spot = None;
    unknown("a position without a price", &unmarked);
}

#[test]
fn what_an_edit_or_a_proposal_saw_of_the_underlying_is_drawn() {
    let spot = Price::from_f64(BULL_CALL.spot);
    let mut own = unmeasured();
    own.ticket.quote.underlying = spot;
    let mut edited = offered(&BULL_CALL);
    edited.ticket.revision = Revision(2);
    edited.ticket.quote.underlying = spot;
    for view in [own, edited] {
        let seen = english(&view);
        assert!(seen.count(NOW) > 3_000, "no curve");
        assert!(seen.count(BAND) > 10_000, "no band");
        // It was the price and the volatility of the first revision too.
        let first = english(&offered(&BULL_CALL));
        assert_eq!(seen.count(RULE), first.count(RULE));
    }
}

#[test]
fn the_value_now_stands_at_the_price_now() {
    for (name, trade) in [
        ("debit", BULL_CALL),
        ("credit", BEAR_CALL),
        ("call", LONG_CALL),
        ("put", LONG_PUT),
    ] {
        let seen = english(&offered(&trade));
        assert!(seen.count(NOW) > 3_000, "{name}: no curve");
        // A ticket is worth what it costs but for the fees and a cent: its dot lies on zero.
        let dots = (LEFT..RIGHT).filter(|x| {
            let column = (TOP..BOTTOM).filter(|y| seen.at(*x, *y) == INK);
            column.count() >= 12
        });
        let dots: Vec<u32> = dots.collect();
        let (first, last) = (dots[0], dots[dots.len() - 1]);
        assert!(last - first < 24, "{name}: one dot, {first} to {last}");
        let middle = u32::midpoint(first, last);
        assert_eq!(seen.at(middle, BOTTOM - 4), RULE, "{name}");
        assert!(seen.count(BAND) > 10_000, "{name}: no band");
    }
}

#[test]
fn a_position_is_drawn_once_something_is_held_and_the_ticket_when_nothing_is() {
    let open = held(&BULL_CALL, 760.0);
    let ticket = english(&offered(&BULL_CALL)).picture;
    let position = english(&open).picture;
    assert_ne!(position, ticket);
    let held = open.position.as_ref().expect("a position");
    let english_words = Locale::english();
    assert_eq!(
        position.alt,
        payoff::caption_held(&held.position, &english_words)
    );
    let alone = countersign_pictures::position(held, &open.header, &english_words);
    assert_eq!(alone.expect("no fault"), Some(position));

    let mut flat = open;
    let held = flat.position.as_mut().expect("a position");
    for holding in &mut held.position.holdings {
        holding.quantity = 0;
    }
    assert_eq!(english(&flat).picture, ticket);
    assert_eq!(ticket.alt, payoff::caption(&flat.ticket, &english_words));
}

#[test]
fn every_sort_fits_its_sheet_in_every_language() {
    for language in Language::ALL {
        let locale = Locale::of(language);
        for (name, view) in given::gallery() {
            let seen = Seen::of(&view, &locale);
            let size = seen.picture.png.len();
            assert!((10_000..200_000).contains(&size), "{name}: {size}");
            assert!(seen.has_bare_margins(), "{name}, {language:?}");
        }
    }
}

#[test]
fn prices_may_be_tiny_or_huge() {
    for scale in [0.05, 0.5, 1.0, 12.5, 450.0, 9_000.0] {
        for legs in [
            [
                (Side::Buy, Right::Call, scale),
                (Side::Sell, Right::Call, scale * 1.2),
            ],
            [
                (Side::Buy, Right::Put, scale),
                (Side::Sell, Right::Put, scale * 1.2),
            ],
        ] {
            let trade = Trade {
                symbol: "WWWWWWWW",
                spot: scale * 1.04,
                legs: &legs,
                units: 10_000,
                ..BULL_CALL
            };
            let seen = english(&offered(&trade));
            assert!(seen.has_bare_margins(), "{trade:?}");
            assert!(seen.count(GOOD) > 0 && seen.count(BAD) > 0, "{trade:?}");
        }
    }
}

#[test]
fn a_position_of_which_no_option_is_left_has_no_picture() {
    let mut view = held(&LONG_CALL, 33.0);
    let position = view.position.as_mut().expect("a position");
    for holding in &mut position.position.holdings {
        holding.quantity = 0;
    }
    position.spot = Some(Price::ZERO);
    let alone = countersign_pictures::position(position, &view.header, &Locale::english());
    assert_eq!(alone.expect("no fault"), None);
}
