//! What is written down reads back, and the same value always gives the same bytes.

use std::fmt::Debug;

use countersign_domain::{
    exit::{ExitPlan, ExitReason, ExitState, TrailingStop},
    ids::Revision,
    instrument::{Instrument, Right},
    limits::{Breach, LimitCode, Limits},
    money::{Percent, Price, Usd},
    news::{Action, Reason},
    order::{Order, OrderEvent, OrderState},
    position::{ClosedBy, Hold, PositionState},
    signal::{SignalState, Veto},
    structure::{Leg, Side, Structure},
    trading::TradingState,
};
use rust_decimal::Decimal;
use serde::{Serialize, de::DeserializeOwned};

use crate::given::{
    ANA, BEN, EXIT, TICKET, contract, entry, entry_order, exit, exit_order, held, leg, morning,
    price, put, second_attempt, symbol, usd, vertical, yes,
};

#[test]
fn money_is_written_as_exact_text_in_its_shortest_form() {
    let written = |amount: Usd| serde_json::to_string(&amount).unwrap();
    assert_eq!(written(usd("1.25")), r#""1.25""#);
    assert_eq!(written(usd("1.2500")), r#""1.25""#);
    assert_eq!(written(usd("0.625").times(2)), r#""1.25""#);
    assert_eq!(written(usd("100.00")), r#""100""#);
    assert_eq!(written(usd("-0.000001")), r#""-0.000001""#);
    assert_eq!(written(-Usd::ZERO), r#""0""#);
    assert_eq!(
        serde_json::to_string(&price("-0.85")).unwrap(),
        r#""-0.85""#
    );
}

#[test]
fn money_is_read_from_text_and_whole_numbers_and_never_from_floats() {
    let read = |json: &str| serde_json::from_str::<Price>(json);
    assert_eq!(read(r#""1.25""#).unwrap(), price("1.25"));
    assert_eq!(read("3").unwrap(), price("3"));
    assert_eq!(read("-3").unwrap(), price("-3"));
    for refused in [
        "1.25",
        "3.0",
        "1e2",
        "null",
        "true",
        "[]",
        r#""1e2""#,
        r#""""#,
        r#""1.2345678""#,
    ] {
        assert!(read(refused).is_err(), "{refused}");
    }
    assert!(read("18446744073709551615").is_err());
    let said = read("1.25").unwrap_err().to_string();
    assert!(
        said.contains(r#"text such as "12.34", or a whole number"#),
        "{said}"
    );
}

#[test]
fn an_amount_that_could_not_be_read_back_is_not_written() {
    let far = Usd::from_micros(i64::MAX).times(1000);
    assert!(serde_json::to_string(&far).is_err());
}

const LIMITS: &str = r#"
worst_loss_per_ticket = "250.50"
contracts_per_order = 5
value_per_order = 2000
open_positions = 4
exposure_per_underlying = "1000"
orders_per_minute = 4
orders_per_day = 40
daily_loss = 500
quote_age_s = 15
spread_bps = 1500
drift_bps = 300
"#;

#[test]
fn a_config_gives_money_as_text_or_whole_dollars() {
    let limits: Limits = toml::from_str(LIMITS).unwrap();
    assert_eq!(limits.worst_loss_per_ticket, usd("250.5"));
    assert_eq!(limits.value_per_order, usd("2000"));
    let float = LIMITS.replace("\"250.50\"", "250.50");
    let said = toml::from_str::<Limits>(&float).unwrap_err().to_string();
    assert!(said.contains("worst_loss_per_ticket = 250.50"), "{said}");
    assert!(said.contains("or a whole number"), "{said}");
    let unknown = format!("{LIMITS}\ndayly_loss = 1");
    assert!(toml::from_str::<Limits>(&unknown).is_err());
}

#[test]
fn a_breach_gives_the_same_bytes_for_the_same_figures() {
    let breach = |value: Decimal| Breach {
        code: LimitCode::DailyLoss,
        value,
        bound: Decimal::new(5000, 1),
        would_pass: Some(Decimal::new(10, 1)),
    };
    let written = serde_json::to_string(&breach(Decimal::new(51250, 2))).unwrap();
    assert_eq!(
        written,
        r#"{"code":"daily_loss","value":"512.5","bound":"500","would_pass":"1"}"#
    );
    assert_eq!(
        written,
        serde_json::to_string(&breach(Decimal::new(5125, 1))).unwrap()
    );
    let back: Breach = serde_json::from_str(&written).unwrap();
    assert_eq!(back, breach(Decimal::new(5125, 1)));
    let waiting: Breach =
        serde_json::from_str(r#"{"code":"drift","value":3,"bound":"2","would_pass":null}"#)
            .unwrap();
    assert_eq!(waiting.would_pass, None);
    assert!(serde_json::from_str::<Breach>(r#"{"code":"drift","value":3.5,"bound":2}"#).is_err());
}

#[test]
fn a_structure_is_its_legs_and_is_classified_anew_when_read() {
    let spread = vertical(put(price("470")), put(price("475")));
    let json = serde_json::to_string(&spread).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"[{"instrument":{"option":"SPY   240216P00470000"},"side":"buy","ratio":1},"#,
            r#"{"instrument":{"option":"SPY   240216P00475000"},"side":"sell","ratio":1}]"#
        )
    );
    assert_eq!(serde_json::from_str::<Structure>(&json).unwrap(), spread);
    let naked = serde_json::to_string(&vec![leg(Side::Sell, put(price("470")))]).unwrap();
    assert!(serde_json::from_str::<Structure>(&naked).is_err());
}

#[test]
fn instruments_read_back_and_broken_ones_are_refused() {
    let option = contract("SPXW", "2021-01-06", Right::Put, price("3700.5"));
    for instrument in [
        Instrument::Option(option),
        Instrument::Equity(symbol("BRK.B")),
    ] {
        let json = serde_json::to_string(&instrument).unwrap();
        assert_eq!(
            serde_json::from_str::<Instrument>(&json).unwrap(),
            instrument
        );
    }
    for broken in [
        r#"{"option":"SPY"}"#,
        r#"{"equity":"spy"}"#,
        r#"{"future":"ES"}"#,
    ] {
        assert!(
            serde_json::from_str::<Instrument>(broken).is_err(),
            "{broken}"
        );
    }
    let free: Leg =
        serde_json::from_str(r#"{"instrument":{"equity":"SPY"},"side":"buy","ratio":100}"#)
            .unwrap();
    assert_eq!(free.signed(1), 100);
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let written = serde_json::to_string(value).unwrap();
    let back: T = serde_json::from_str(&written).unwrap();
    assert_eq!(&back, value);
    assert_eq!(serde_json::to_string(&back).unwrap(), written);
}

// R41
#[test]
fn orders_positions_and_what_exits_remember_come_back_as_they_were() {
    let (bought, sold) = (put(price("470")), put(price("475")));
    let executions = [
        entry(Side::Buy, 3, bought, price("2.15")),
        entry(Side::Sell, 3, sold, price("4.0033")),
        exit(Side::Buy, 1, sold, price("1.01")),
    ];
    executions.iter().for_each(comes_back);
    let mut position = held(vertical(bought, sold), &executions);
    position.exit_plan = ExitPlan {
        profit_target: Some(Percent(50)),
        stop_loss: Some(Percent(100)),
        trail: Some(TrailingStop {
            arm: Percent(30),
            give_back: Percent(10),
        }),
        time_stop: Some(morning()),
        days_to_expiry: Some(1),
    };
    position.hold = Some(Hold {
        by: ANA,
        name: "Ana".to_owned(),
        until: morning(),
    });
    for state in [
        PositionState::Open,
        PositionState::Closing {
            reason: ExitReason::TrailingStop,
            order: EXIT,
        },
        PositionState::Closed {
            by: ClosedBy::Exit(ExitReason::Brake),
            at: morning(),
        },
        PositionState::Broken,
    ] {
        position.state = state;
        comes_back(&position);
    }
    comes_back(&ExitState {
        high_water: usd("123.456789"),
        confirmations: 2,
    });
    for state in OrderState::ALL {
        comes_back(&Order {
            state,
            next: Some(second_attempt()),
            ..exit_order()
        });
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            format!("{:?}", state.name())
        );
    }
    OrderEvent::samples().iter().for_each(comes_back);
    comes_back(&entry_order());
    comes_back(&yes(BEN, Revision::FIRST));
}

// R41
#[test]
fn signals_come_back_with_every_reason_that_they_were_not_traded_for() {
    let breach = Breach {
        code: LimitCode::OpenPositions,
        value: Decimal::from(5),
        bound: Decimal::from(4),
        would_pass: None,
    };
    let vetoes = vec![
        Veto::Calendar { minutes_left: -3 },
        Veto::NoContract {
            seen: 118,
            lacking: "a bid".to_owned(),
        },
        Veto::Liquidity {
            contract: "SPY   240216P00470000".to_owned(),
            fault: "spread 40 %".to_owned(),
        },
        Veto::DataQuality {
            fault: "gap of 7 minutes".to_owned(),
        },
        Veto::Duplicate {
            ticket: Some(TICKET),
        },
        Veto::Duplicate { ticket: None },
        Veto::Limit(breach),
        Veto::Trading {
            state: TradingState::Halted,
        },
        Veto::NotScanned,
        Veto::News(vec![Reason::Tone {
            score: -0.5,
            stories: 3,
            action: Action::Veto,
        }]),
    ];
    vetoes.iter().for_each(comes_back);
    let states = [
        SignalState::Raised,
        SignalState::Vetoed(vetoes),
        SignalState::Ticketed(TICKET),
        SignalState::Lapsed,
    ];
    states.iter().for_each(comes_back);
}
