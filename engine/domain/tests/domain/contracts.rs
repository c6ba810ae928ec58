//! The terms of a contract: how it settles, when it last trades, how many days are left.

use countersign_domain::{
    calendar::{FIRST, LAST},
    instrument::{Exercise, Instrument, OptionContract, Right, Settlement, SettlesAt},
};

use crate::given::{at, call, contract, day, new_york, price, put, symbol};

fn of(root: &str, expiry: &str) -> OptionContract {
    contract(root, expiry, Right::Call, price("100"))
}

/// Root, expiry as listed, date and hour (New York) at which trading ends.
#[rustfmt::skip]
const LAST_TRADING: [(&str, &str, &str, i8); 18] = [
    // Plain contracts trade to the close of the expiry day.
    ("SPY",  "2024-01-19", "2024-01-19", 16),
    ("SPXW", "2021-01-06", "2021-01-06", 16),
    ("XSP",  "2024-01-19", "2024-01-19", 16),
    // What settles at the open ends with the session before.
    ("SPX",  "2024-01-19", "2024-01-18", 16),
    ("NDX",  "2024-01-19", "2024-01-18", 16),
    ("VIX",  "2024-01-17", "2024-01-16", 16),
    ("VIXW", "2024-01-03", "2024-01-02", 16),
    // Monthly contracts before 2015 are listed on a Saturday.
    ("TWX",  "2014-06-21", "2014-06-20", 16),
    ("NWSA", "2013-07-20", "2013-07-19", 16),
    ("SPX",  "2014-01-18", "2014-01-16", 16),
    // The Saturday after a Good Friday: trading ended on Thursday.
    ("SPY",  "2014-04-19", "2014-04-17", 16),
    ("SPX",  "2014-04-19", "2014-04-16", 16),
    // A holiday as expiry: the session before it.
    ("SPY",  "2024-03-29", "2024-03-28", 16),
    ("SPX",  "2019-04-19", "2019-04-17", 16),
    // Early closes.
    ("SPY",  "2023-11-24", "2023-11-24", 13),
    ("SPXW", "2024-07-03", "2024-07-03", 13),
    ("GOOG", "2015-12-24", "2015-12-24", 13),
    // The session before may be the early one.
    ("SPX",  "2023-11-27", "2023-11-24", 13),
];

// R46 R47 R52
#[test]
fn trading_ends_when_the_contract_says() {
    for (root, expiry, date, hour) in LAST_TRADING {
        let contract = of(root, expiry);
        let ends = new_york(date, hour, 0);
        assert_eq!(contract.last_trading(), Some(ends), "{contract}");
        let session = contract.last_session().expect("a session");
        assert_eq!(session.date, day(date), "{contract}");
        assert_eq!(session.early, hour == 13, "{contract}");
    }
    // In summer and in winter the same hour is another instant.
    assert_eq!(
        of("SPY", "2024-07-19").last_trading(),
        Some(at("2024-07-19T20:00:00Z"))
    );
    assert_eq!(
        of("SPY", "2024-01-19").last_trading(),
        Some(at("2024-01-19T21:00:00Z"))
    );
}

#[test]
fn outside_the_calendar_no_time_is_guessed() {
    let old = of("IBM", "1985-01-18");
    assert_eq!(old.last_session(), None);
    assert_eq!(old.last_trading(), None);
    assert_eq!(old.days_left(day("1985-01-16")), 2);
    assert!(day("1985-01-18") < FIRST && day("2072-12-31") < LAST);
}

#[test]
fn days_left_count_to_the_last_trading_day() {
    let spy = of("SPY", "2024-01-19");
    assert_eq!(spy.days_left(day("2024-01-19")), 0);
    assert_eq!(spy.days_left(day("2024-01-12")), 7);
    assert_eq!(spy.days_left(day("2024-01-22")), -3);
    assert_eq!(of("SPX", "2024-01-19").days_left(day("2024-01-18")), 0);
    assert_eq!(of("TWX", "2014-06-21").days_left(day("2014-06-20")), 0);
    assert_eq!(spy.days_left(day("2023-01-19")), 365);
}

#[test]
fn index_contracts_are_cash_settled_and_shares_are_delivered() {
    for root in [
        "SPX", "SPXW", "XSP", "NDX", "NDXP", "RUT", "RUTW", "DJX", "VIX", "XEO",
    ] {
        let terms = of(root, "2024-01-19").terms();
        assert_eq!(terms.settlement, Settlement::Cash, "{root}");
        assert_eq!(terms.exercise, Exercise::European, "{root}");
        assert_eq!(terms.multiplier, 100, "{root}");
    }
    let oex = of("OEX", "2024-01-19");
    assert_eq!(oex.terms().exercise, Exercise::American);
    assert_eq!(oex.terms().settlement, Settlement::Cash);
    assert_eq!(of("XEO", "2024-01-19").underlying(), symbol("OEX"));
    let spy = of("SPY", "2024-01-19").terms();
    assert_eq!(spy.settlement, Settlement::Physical);
    assert_eq!(spy.exercise, Exercise::American);
    assert_eq!(spy.settles_at, SettlesAt::Close);
}

#[test]
fn intrinsic_value_is_never_negative() {
    assert_eq!(call(price("480")).intrinsic(price("482.5")), price("2.5"));
    assert_eq!(call(price("480")).intrinsic(price("480")), price("0"));
    assert_eq!(call(price("480")).intrinsic(price("470")), price("0"));
    assert_eq!(put(price("480")).intrinsic(price("470")), price("10"));
    assert_eq!(put(price("480")).intrinsic(price("482.5")), price("0"));
}

#[test]
fn an_instrument_knows_its_underlying_and_how_many_shares_it_stands_for() {
    let shares = Instrument::Equity(symbol("SPY"));
    assert_eq!(
        (shares.multiplier(), shares.underlying()),
        (1, symbol("SPY"))
    );
    assert_eq!(
        (shares.option(), shares.to_string()),
        (None, "SPY".to_owned())
    );
    let weekly = of("SPXW", "2021-01-06");
    let option = Instrument::Option(weekly);
    assert_eq!(
        (option.multiplier(), option.underlying()),
        (100, symbol("SPX"))
    );
    assert_eq!(option.option(), Some(&weekly));
    assert_eq!(option.to_string(), "SPXW  210106C00100000");
}
