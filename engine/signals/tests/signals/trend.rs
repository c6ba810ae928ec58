//! The trend strategy, told on made-up days.

use countersign_domain::{calendar, quote::Bar, signal::Direction};
use countersign_signals::strategy::{Idea, Quiet, Reason, Seen, Strategy, Trend, TrendParams};
use jiff::{SignedDuration, Timestamp, civil::date};
use proptest::prelude::*;

use crate::day::{at, bar, day, falling, rising, session};

fn look(minutes: &[Bar], now: Timestamp) -> Result<Idea, Quiet> {
    let strategy = Trend::new(TrendParams::default()).unwrap();
    let underlying = "ACME".parse().unwrap();
    strategy.evaluate(&Seen {
        underlying,
        minutes,
        now,
    })
}

fn reason(minutes: &[Bar], now: Timestamp) -> Reason {
    look(minutes, now).unwrap_err().reason
}

fn named(idea: &Idea, name: &str) -> f64 {
    let found = idea.evidence.iter().find(|figure| figure.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).value
}

#[test]
fn a_steady_rise_is_bullish_and_says_why() {
    let idea = look(&rising(), at(120)).unwrap();
    assert_eq!(idea.direction, Direction::Bullish);
    assert!(idea.strength >= 0.5 && idea.strength <= 1.0);
    assert!(named(&idea, "ema_fast") > named(&idea, "ema_slow"));
    assert!(named(&idea, "rsi") >= 60.0);
    assert!((named(&idea, "bars") - 24.0).abs() < f64::EPSILON);
    assert_eq!(idea.good_until, at(130));
}

#[test]
fn a_steady_fall_is_its_mirror() {
    let (up, down) = (look(&rising(), at(120)), look(&falling(), at(120)));
    let (up, down) = (up.unwrap(), down.unwrap());
    assert_eq!(down.direction, Direction::Bearish);
    assert!((up.strength - down.strength).abs() < 1e-9);
    assert!((named(&up, "gap") + named(&down, "gap")).abs() < 1e-9);
    assert!((named(&up, "rsi") + named(&down, "rsi") - 100.0).abs() < 1e-9);
}

#[test]
fn the_first_answer_comes_after_sixteen_whole_bars() {
    let early = reason(&rising(), at(79));
    assert_eq!(
        early,
        Reason::TooEarly {
            bars: 15,
            least: 16
        }
    );
    assert!(look(&rising(), at(80)).is_ok());
}

#[test]
fn a_price_that_goes_nowhere_is_no_trend() {
    let flat = day(|minute| 10_000 + 4 * (minute % 2));
    let quiet = look(&flat, at(200)).unwrap_err();
    assert!(
        matches!(quiet.reason, Reason::NoTrend { gap, least } if gap.abs() < least),
        "{quiet:?}"
    );
    assert!(quiet.evidence.iter().any(|figure| figure.name == "rsi"));
}

#[test]
fn a_price_that_never_moves_is_named_as_such() {
    let frozen: Vec<_> = day(|_| 10_000)
        .into_iter()
        .map(|bar| Bar {
            high: bar.close,
            low: bar.close,
            ..bar
        })
        .collect();
    assert_eq!(reason(&frozen, at(200)), Reason::Still);
}

#[test]
fn a_trend_that_momentum_has_left_is_not_confirmed() {
    let tired = day(|minute| 10_000 + 3 * minute.min(150) - 3 * (minute - 150).max(0));
    let reasons: Vec<_> = (150..200)
        .filter_map(|minute| look(&tired, at(minute)).err())
        .map(|quiet| quiet.reason)
        .collect();
    let left = |reason: &Reason| matches!(reason, Reason::NotConfirmed { direction: Direction::Bullish, rsi, bound } if rsi < bound);
    assert!(reasons.iter().any(left), "{reasons:?}");
}

#[test]
fn a_turn_against_the_slow_average_waits() {
    let params = TrendParams {
        slope_bars: 12,
        ..TrendParams::default()
    };
    let strategy = Trend::new(params).unwrap();
    let turned = day(|minute| 10_000 - 4 * minute.min(150) + 4 * (minute - 150).max(0));
    let look = |minute| {
        strategy.evaluate(&Seen {
            underlying: "ACME".parse().unwrap(),
            minutes: &turned,
            now: at(minute),
        })
    };
    let reasons: Vec<_> = (150..300)
        .filter_map(|minute| look(minute).err())
        .map(|quiet| quiet.reason)
        .collect();
    let waits = |reason: &Reason| matches!(reason, Reason::AgainstSlope { direction: Direction::Bullish, slope, least } if slope < least);
    assert!(reasons.iter().any(waits), "{reasons:?}");
    assert_eq!(look(300).unwrap().direction, Direction::Bullish);
}

#[test]
fn a_weak_trend_says_how_weak() {
    let params = TrendParams {
        strength_least: 1.0,
        ..TrendParams::default()
    };
    let slow = day(|minute| 10_000 + minute / 2 + 9 * (minute / 5 % 2));
    let seen = Seen {
        underlying: "ACME".parse().unwrap(),
        minutes: &slow,
        now: at(200),
    };
    let quiet = Trend::new(params).unwrap().evaluate(&seen).unwrap_err();
    assert!(
        matches!(quiet.reason, Reason::Weak { strength, least } if strength < least),
        "{quiet:?}"
    );
}

#[test]
fn gaps_are_counted_and_too_many_end_it() {
    let mut minutes = rising();
    minutes.retain(|bar| bar.start != at(12) && bar.start != at(33));
    let idea = look(&minutes, at(150)).unwrap();
    assert!((named(&idea, "gaps") - 2.0).abs() < f64::EPSILON);
    minutes.retain(|bar| bar.start != at(42) && bar.start != at(53));
    assert_eq!(reason(&minutes, at(150)), Reason::Gaps { gaps: 4, most: 3 });
}

#[test]
fn bars_that_stopped_coming_are_stale() {
    let minutes: Vec<_> = rising().into_iter().take(120).collect();
    assert!(look(&minutes, at(125)).is_ok());
    let found = reason(&minutes, at(130));
    assert_eq!(
        found,
        Reason::Stale {
            age_s: 600,
            most_s: 420
        }
    );
}

#[test]
fn the_last_hour_and_the_night_are_left_alone() {
    let found = reason(&rising(), at(331));
    assert_eq!(
        found,
        Reason::TooLate {
            minutes_left: 59,
            least: 60
        }
    );
    assert_eq!(reason(&rising(), at(390)), Reason::Closed);
    assert_eq!(reason(&rising(), at(-1)), Reason::Closed);
}

#[test]
fn an_idea_never_outlives_the_session() {
    let params = TrendParams {
        minutes_left_least: 0,
        good_for_s: 86_400,
        ..TrendParams::default()
    };
    let seen = Seen {
        underlying: "ACME".parse().unwrap(),
        minutes: &rising(),
        now: at(200),
    };
    let idea = Trend::new(params).unwrap().evaluate(&seen).unwrap();
    assert_eq!(idea.good_until, session().close);
}

#[test]
fn yesterday_does_not_warm_up_today() {
    let mut minutes = rising();
    let before = calendar::session_on(date(2024, 3, 13)).unwrap();
    minutes.extend((0..390).map(|minute| Bar {
        start: before.open + SignedDuration::from_mins(minute),
        ..bar(minute, 9_000 + minute)
    }));
    let with = look(&minutes, at(30));
    assert_eq!(with, look(&rising(), at(30)));
    assert!(with.is_err());
}

// R59
#[test]
fn the_same_bars_give_the_same_bytes() {
    let bytes = || serde_json::to_vec(&look(&rising(), at(120)).unwrap()).unwrap();
    assert_eq!(bytes(), bytes());
    let backwards: Vec<_> = rising().into_iter().rev().collect();
    let other = serde_json::to_vec(&look(&backwards, at(120)).unwrap()).unwrap();
    assert_eq!(bytes(), other);
}

proptest! {
    // R57
    #[test]
    fn the_future_changes_nothing(
        steps in prop::collection::vec(-20_i64..=20, 390),
        now in 0_i64..390,
    ) {
        let mut price = 10_000;
        let walk: Vec<_> = steps.iter().zip(0..).map(|(step, minute)| {
            price += step;
            bar(minute, price)
        }).collect();
        let known = usize::try_from(now).unwrap();
        prop_assert_eq!(look(&walk, at(now)), look(&walk[..known], at(now)));
    }

    #[test]
    fn strength_lies_between_0_and_1_and_agrees_with_the_direction(
        steps in prop::collection::vec(-20_i64..=20, 390),
        now in 80_i64..330,
    ) {
        let mut price = 10_000;
        let walk: Vec<_> = steps.iter().zip(0..).map(|(step, minute)| {
            price += step;
            bar(minute, price)
        }).collect();
        if let Ok(idea) = look(&walk, at(now)) {
            prop_assert!((0.5..=1.0).contains(&idea.strength));
            let up = named(&idea, "gap") > 0.0 && named(&idea, "slope") > 0.0 && named(&idea, "rsi") > 50.0;
            let down = named(&idea, "gap") < 0.0 && named(&idea, "slope") < 0.0 && named(&idea, "rsi") < 50.0;
            let agrees = if idea.direction == Direction::Bullish { up } else { down };
            prop_assert!(agrees);
        }
    }
}

#[test]
fn absurd_parameters_are_all_named_at_once() {
    let params = TrendParams {
        fast: 20,
        rsi: 0,
        gap_least: f64::NAN,
        strength_least: 1.5,
        rsi_confirms: 100.0,
        good_for_s: 0,
        ..TrendParams::default()
    };
    let faults = Trend::new(params).unwrap_err();
    let said: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "rsi is 0; it must be a whole number from 1 to 77",
            "fast is 20; it must be shorter than `slow`",
            "gap_least is NaN; it must be from 0 to 10",
            "rsi_confirms is 100; it must be from 50 up and below 100",
            "strength_least is 1.5; it must be from 0 to 1",
            "good_for_s is 0; it must be from 1 to 86400 seconds",
        ]
    );
}

#[test]
fn a_parameter_that_does_not_exist_is_refused() {
    let wrong = serde_json::from_str::<TrendParams>(r#"{"fats": 5}"#).unwrap_err();
    assert!(
        wrong.to_string().contains("unknown field `fats`"),
        "{wrong}"
    );
    let some: TrendParams = serde_json::from_str(r#"{"fast": 4}"#).unwrap();
    assert_eq!((some.fast, some.slow), (4, 13));
}

#[test]
fn every_parameter_is_described() {
    let described: Vec<_> = Trend::new(TrendParams::default())
        .unwrap()
        .parameters()
        .into_iter()
        .map(|parameter| parameter.name.to_owned())
        .collect();
    let serde_json::Value::Object(keys) = serde_json::to_value(TrendParams::default()).unwrap()
    else {
        panic!("parameters are a table")
    };
    let mut known: Vec<_> = keys.keys().cloned().collect();
    let mut found = described.clone();
    known.sort();
    found.sort();
    assert_eq!(found, known);
}
