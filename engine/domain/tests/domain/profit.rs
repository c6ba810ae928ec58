//! For any sequence of executions: profit = cash + value − fees, to the micro-dollar.

use countersign_domain::{
    execution::Execution,
    ids::ExecutionId,
    instrument::OptionContract,
    money::{Price, Usd},
    position::{Holding, Position},
    structure::Side,
};
use proptest::prelude::*;

use crate::given::{call, cents, entry, held, price, vertical};

fn legs() -> [OptionContract; 2] {
    [call(price("470")), call(price("475"))]
}

fn any_execution() -> impl Strategy<Value = Execution> {
    (
        0_usize..2,
        any::<bool>(),
        1_u32..8,
        0_i64..99_999,
        0_i64..400,
        any::<bool>(),
        any::<u32>(),
    )
        .prop_map(
            |(leg, buys, quantity, ten_thousandths, fee, bust, id)| Execution {
                id: ExecutionId(id.to_string()),
                fee: cents(fee).dollars(1),
                bust: bust && id % 3 == 0,
                ..entry(
                    if buys { Side::Buy } else { Side::Sell },
                    quantity,
                    legs()[leg],
                    Price::from_ten_thousandths(ten_thousandths),
                )
            },
        )
}

fn booked(executions: &[Execution]) -> Position {
    let [bought, sold] = legs();
    held(vertical(bought, sold), executions)
}

fn profit(position: &Position, marks: [Price; 2]) -> Usd {
    position.realised() + position.unrealised(&marks) - position.fees
}

proptest! {
    // R36
    #[test]
    fn profit_is_cash_and_value_less_fees(
        executions in prop::collection::vec(any_execution(), 0..40),
        marks in [0_i64..99_999, 0_i64..99_999],
    ) {
        let marks = marks.map(Price::from_ten_thousandths);
        let position = booked(&executions);
        let cash: Usd = executions.iter().map(|one| one.cash() - one.cost()).sum();
        let held = position.holdings.iter().zip(marks);
        let value: Usd = held.map(|(holding, mark)| mark.dollars(holding.quantity * 100)).sum();
        prop_assert_eq!(profit(&position, marks), cash + value);
    }

    // R35
    #[test]
    fn profit_and_holdings_do_not_depend_on_the_order(
        (executions, shuffled) in prop::collection::vec(any_execution(), 0..20)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let marks = [price("3.21"), price("1.5")];
        let (one, other) = (booked(&executions), booked(&shuffled));
        prop_assert_eq!(profit(&one, marks), profit(&other, marks));
        prop_assert_eq!(one.fees, other.fees);
        prop_assert_eq!(one.units(), other.units());
        let quantities = |position: &Position| -> Vec<i64> {
            position.holdings.iter().map(|holding| holding.quantity).collect()
        };
        prop_assert_eq!(quantities(&one), quantities(&other));
    }

    #[test]
    fn what_was_taken_back_leaves_no_trace(
        executions in prop::collection::vec(any_execution(), 0..20),
    ) {
        let kept: Vec<Execution> = executions.iter().filter(|one| !one.bust).cloned().collect();
        prop_assert_eq!(booked(&executions), booked(&kept));
    }

    #[test]
    fn the_average_is_within_the_prices_paid_and_zero_when_nothing_is_held(
        executions in prop::collection::vec(any_execution(), 1..20),
    ) {
        let what = executions[0].instrument;
        let mut holding = Holding::of(what);
        for execution in executions.iter().filter(|one| one.instrument == what) {
            holding.book(execution);
            let prices = executions.iter().map(|one| one.price);
            if holding.quantity == 0 {
                prop_assert_eq!((holding.average, holding.cost), (Price::ZERO, Usd::ZERO));
            } else {
                prop_assert!(holding.average >= prices.clone().min().unwrap());
                prop_assert!(holding.average <= prices.max().unwrap());
            }
        }
    }
}
