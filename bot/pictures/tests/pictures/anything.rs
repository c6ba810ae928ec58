use countersign_cards::{Language, Locale};
use countersign_domain::{
    instrument::{Instrument, Right},
    money::{Price, Usd},
    position::Holding,
    structure::Side,
    view::TicketView,
};
use proptest::prelude::*;

use crate::{
    given::{Trade, held, offered},
    seen::Seen,
};

/// Numbers from tiny to huge, each size as likely as the next.
fn sizes(least: f64, most: f64) -> impl Strategy<Value = f64> {
    (least.ln()..most.ln()).prop_map(f64::exp)
}

prop_compose! {
    /// A view of anything that the desk trades, offered or held, on any market.
    fn views()(
        symbol in "[A-Z]{1,6}",
        spot in sizes(0.05, 9_000.0),
        (low, distance) in (sizes(0.4, 2.5), sizes(0.002, 2.0)),
        vol in sizes(0.01, 3.0),
        days in 1_i64..700,
        units in 1_u32..=100_000,
        shape in 0..6,
        moved in prop::option::of(sizes(0.3, 3.0)),
    ) -> TicketView {
        let cent = |value: f64| ((value * 100.0).round() / 100.0).max(0.01);
        let low = cent(spot * low);
        let high = cent(low * (1.0 + distance)).max(low + 0.01);
        let right = if shape % 2 == 0 { Right::Call } else { Right::Put };
        let legs = match shape {
            0 | 1 => vec![(Side::Buy, right, low)],
            2 | 3 => vec![(Side::Buy, right, low), (Side::Sell, right, high)],
            _ => vec![(Side::Sell, right, low), (Side::Buy, right, high)],
        };
        let trade = Trade { symbol: &symbol, spot, vol, days, legs: &legs, units };
        match moved {
            Some(factor) => held(&trade, spot * factor),
            None => offered(&trade),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn anything_that_is_traded_has_its_picture(view in views(), german: bool) {
        let language = if german { Language::German } else { Language::English };
        let seen = Seen::of(&view, &Locale::of(language));
        let size = seen.picture.png.len();
        prop_assert!((10_000..200_000).contains(&size), "{size}");
        prop_assert!(seen.has_bare_margins());
    }

    #[test]
    fn legs_that_came_apart_and_absurd_figures_break_nothing(
        mut view in views(),
        shares in -1_000_000_i64..1_000_000,
        lost in 0..3_usize,
        figures in prop::array::uniform2(prop_oneof![
            Just(f64::NAN), Just(f64::INFINITY), Just(0.0), Just(-1.0), Just(1e300), Just(1e-300), Just(0.2),
        ]),
    ) {
        if let Some(signal) = &mut view.signal {
            for (figure, absurd) in signal.evidence.iter_mut().zip(figures) {
                figure.value = absurd;
            }
        }
        if let Some(position) = &mut view.position {
            let mut assigned = Holding::of(Instrument::Equity(position.position.underlying));
            assigned.quantity = shares;
            assigned.cost = Usd::from_micros(1_000_000).times(shares);
            position.position.holdings.push(assigned);
            position.marks.push(None);
            if let Some(holding) = position.position.holdings.get_mut(lost) {
                holding.quantity = 0;
            }
            position.spot = Price::from_f64(figures[0]).or(position.spot);
        }
        let picture = countersign_pictures::payoff(&view, &Locale::english());
        prop_assert!(picture.is_ok(), "{picture:?}");
    }
}
