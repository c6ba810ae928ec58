//! The slice interface: the same bits as one by one, and no half-written output.

use countersign_pricing::{
    ImpliedVolColumns, IvError, LengthMismatch, Right, TermColumns, Terms, ValuationColumns,
    implied_vol, implied_vol_one, price, price_one, value, value_one,
};

const SPOT: [f64; 4] = [100.0, 101.0, 99.0, 100.0];
const STRIKE: [f64; 4] = [95.0, 105.0, 110.0, 100.0];
const YEARS: [f64; 4] = [0.1, 0.5, 2.0, 0.0];
const RATE: [f64; 4] = [0.04, 0.05, -0.01, 0.04];
const YIELD: [f64; 4] = [0.0, 0.02, 0.01, 0.0];
const RIGHT: [Right; 4] = [Right::Call, Right::Put, Right::Put, Right::Call];
const VOL: [f64; 4] = [0.2, 0.35, 0.15, 0.4];

fn terms() -> TermColumns<'static> {
    TermColumns {
        spot: &SPOT,
        strike: &STRIKE,
        years: &YEARS,
        rate: &RATE,
        dividend_yield: &YIELD,
        right: &RIGHT,
    }
}

fn one(index: usize) -> Terms {
    Terms {
        spot: SPOT[index],
        strike: STRIKE[index],
        years: YEARS[index],
        rate: RATE[index],
        dividend_yield: YIELD[index],
        right: RIGHT[index],
    }
}

fn value_into(
    terms: &TermColumns<'_>,
    vol: &[f64],
    out: &mut [Vec<f64>; 6],
) -> Result<(), LengthMismatch> {
    let [price, delta, gamma, theta, vega, rho] = out;
    value(
        terms,
        vol,
        &mut ValuationColumns {
            price,
            delta,
            gamma,
            theta,
            vega,
            rho,
        },
    )
}

#[test]
fn columns_hold_what_one_by_one_gives() {
    let mut prices = [0.0; 4];
    let mut out = [(); 6].map(|()| vec![0.0; 4]);
    price(&terms(), &VOL, &mut prices).expect("equally long");
    value_into(&terms(), &VOL, &mut out).expect("equally long");
    for index in 0..4 {
        let wanted = value_one(&one(index), VOL[index]);
        let [price, delta, gamma, theta, vega, rho] = out.each_ref().map(|column| column[index]);
        let found = [price, delta, gamma, theta, vega, rho, prices[index]];
        let wanted = [
            wanted.price,
            wanted.delta,
            wanted.gamma,
            wanted.theta,
            wanted.vega,
            wanted.rho,
            price_one(&one(index), VOL[index]),
        ];
        assert_eq!(
            found.map(f64::to_bits),
            wanted.map(f64::to_bits),
            "option {index}"
        );
    }
}

#[test]
fn volatilities_and_reasons_come_side_by_side() {
    let prices = [6.5, 500.0, 16.0, 3.0];
    let mut vol = [0.0; 4];
    let mut missing = [None; 4];
    let mut out = ImpliedVolColumns {
        vol: &mut vol,
        missing: &mut missing,
    };
    implied_vol(&terms(), &prices, &mut out).expect("equally long");
    assert_eq!(
        missing,
        [None, Some(IvError::AboveBound), None, Some(IvError::NoTime)]
    );
    for index in 0..4 {
        match implied_vol_one(&one(index), prices[index]) {
            Ok(wanted) => assert_eq!(vol[index].to_bits(), wanted.to_bits()),
            Err(_) => assert!(vol[index].is_nan()),
        }
    }
}

#[test]
fn a_column_of_another_length_is_named_and_nothing_is_written() {
    let named = |column| {
        Err(LengthMismatch {
            column,
            found: 3,
            expected: 4,
        })
    };
    let mut prices = [7.0; 4];
    for (column, short) in [
        (
            "strike",
            TermColumns {
                strike: &STRIKE[..3],
                ..terms()
            },
        ),
        (
            "years",
            TermColumns {
                years: &YEARS[..3],
                ..terms()
            },
        ),
        (
            "rate",
            TermColumns {
                rate: &RATE[..3],
                ..terms()
            },
        ),
        (
            "dividend_yield",
            TermColumns {
                dividend_yield: &YIELD[..3],
                ..terms()
            },
        ),
        (
            "right",
            TermColumns {
                right: &RIGHT[..3],
                ..terms()
            },
        ),
    ] {
        assert_eq!(price(&short, &VOL, &mut prices), named(column));
    }
    assert_eq!(price(&terms(), &VOL[..3], &mut prices), named("vol"));
    assert_eq!(price(&terms(), &VOL, &mut prices[..3]), named("out"));
    assert_eq!(prices.map(f64::to_bits), [7.0_f64; 4].map(f64::to_bits));

    let mut out = [(); 6].map(|()| vec![7.0; 4]);
    out[3].pop();
    assert_eq!(value_into(&terms(), &VOL, &mut out), named("theta"));
    assert!(
        out.iter()
            .flatten()
            .all(|&number| number.to_bits() == 7.0_f64.to_bits())
    );

    let (mut vol, mut missing) = ([7.0; 4], [None; 3]);
    let mut out = ImpliedVolColumns {
        vol: &mut vol,
        missing: &mut missing,
    };
    assert_eq!(implied_vol(&terms(), &VOL, &mut out), named("missing"));
    assert_eq!(vol.map(f64::to_bits), [7.0_f64; 4].map(f64::to_bits));
}

#[test]
fn no_options_are_no_error() {
    let none = TermColumns {
        spot: &[],
        strike: &[],
        years: &[],
        rate: &[],
        dividend_yield: &[],
        right: &[],
    };
    assert!(none.is_empty());
    assert_eq!(terms().len(), 4);
    assert_eq!(price(&none, &[], &mut []), Ok(()));
}
