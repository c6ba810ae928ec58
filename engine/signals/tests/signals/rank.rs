//! Implied-volatility rank.

use countersign_signals::rank::{DailyIv, MissingRank, Rank, RankParams, rank};
use jiff::{ToSpan, civil::date};

fn days(count: i64, iv: impl Fn(i64) -> f64) -> Vec<DailyIv> {
    let day = |back: i64| DailyIv {
        date: date(2024, 3, 14) - back.days(),
        iv: iv(back),
    };
    (1..=count).map(day).collect()
}

fn of(now: Option<f64>, history: &[DailyIv]) -> Rank {
    rank(now, history, date(2024, 3, 14), &RankParams::default())
}

#[test]
fn the_rank_is_the_place_in_the_range() {
    let history = days(100, |back| if back == 50 { 0.4 } else { 0.2 });
    for (now, expected) in [
        (0.2, 0.0),
        (0.3, 50.0),
        (0.4, 100.0),
        (0.9, 100.0),
        (0.1, 0.0),
    ] {
        let Rank::Known { percent, days, .. } = of(Some(now), &history) else {
            panic!("there is a history")
        };
        assert!((percent - expected).abs() < 1e-9 && days == 100);
    }
}

#[test]
fn what_is_missing_is_named() {
    let short = of(Some(0.3), &days(59, |_| 0.3));
    assert_eq!(
        short,
        Rank::Missing(MissingRank::TooShort {
            days: 59,
            least: 60
        })
    );
    assert_eq!(of(Some(0.3), &[]), Rank::Missing(MissingRank::NoHistory));
    let flat = of(Some(0.3), &days(80, |_| 0.25));
    assert_eq!(flat, Rank::Missing(MissingRank::Flat { iv: 0.25 }));
    assert_eq!(
        of(None, &days(80, |_| 0.25)),
        Rank::Missing(MissingRank::NoCurrent)
    );
    let junk = of(Some(0.3), &days(80, |_| f64::NAN));
    assert_eq!(junk, Rank::Missing(MissingRank::NoHistory));
}

// R57
#[test]
fn today_and_later_do_not_count() {
    let past = days(80, |back| if back == 3 { 0.4 } else { 0.2 });
    let mut later = past.clone();
    for ahead in 0..5 {
        later.push(DailyIv {
            date: date(2024, 3, 14) + ahead.days(),
            iv: 5.0,
        });
    }
    assert_eq!(of(Some(0.3), &past), of(Some(0.3), &later));
}

#[test]
fn days_beyond_the_window_do_not_count() {
    let history = days(300, |back| {
        if back > 252 {
            9.0
        } else if back == 1 {
            0.4
        } else {
            0.2
        }
    });
    let Rank::Known { high, days, .. } = of(Some(0.3), &history) else {
        panic!("there is a history")
    };
    assert!(days == 252 && (high - 0.4).abs() < 1e-12);
}
