//! Standing approvals: bounded, used up by the day, revocable.

use countersign_domain::{money::Usd, standing::Standing};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::given::{ANA, STANDING, cents, day, morning, symbol, usd};

fn approval() -> Standing {
    Standing {
        id: STANDING,
        signer: ANA,
        name: "Ana".to_owned(),
        strategy: Some("trend".to_owned()),
        underlying: Some(symbol("SPY")),
        per_day: 3,
        worst_loss_per_ticket: usd("200"),
        worst_loss_per_day: usd("500"),
        until: morning() + SignedDuration::from_hours(24),
        signed_at: morning(),
        revoked_at: None,
        used_on: None,
        used_count: 0,
        used_loss: Usd::ZERO,
    }
}

fn covers(approval: &Standing, loss: &str, today: &str) -> bool {
    approval.covers("trend", symbol("SPY"), usd(loss), day(today))
}

#[test]
fn it_covers_its_own_strategy_and_underlying_or_all_when_it_names_none() {
    let (spy, qqq, today) = (symbol("SPY"), symbol("QQQ"), day("2024-01-09"));
    let narrow = approval();
    assert!(narrow.covers("trend", spy, usd("100"), today));
    assert!(!narrow.covers("manual", spy, usd("100"), today));
    assert!(!narrow.covers("trend", qqq, usd("100"), today));
    let wide = Standing {
        strategy: None,
        underlying: None,
        ..approval()
    };
    assert!(wide.covers("manual", qqq, usd("100"), today));
}

#[test]
fn its_bounds_may_be_met_and_not_passed() {
    let mut approval = approval();
    let today = "2024-01-09";
    assert!(covers(&approval, "200", today));
    assert!(!covers(&approval, "200.000001", today));
    assert!(!covers(&approval, "-0.01", today));
    approval.consume(usd("200"), day(today));
    approval.consume(usd("200"), day(today));
    assert!(covers(&approval, "100", today));
    assert!(!covers(&approval, "100.01", today));
    approval.consume(usd("50"), day(today));
    assert!(!covers(&approval, "1", today), "three a day");
    assert_eq!(approval.used(day(today)), (3, usd("450")));
}

#[test]
fn a_new_day_starts_from_nothing() {
    let mut approval = approval();
    for _ in 0..3 {
        approval.consume(usd("100"), day("2024-01-09"));
    }
    assert_eq!(approval.used(day("2024-01-10")), (0, Usd::ZERO));
    approval.consume(usd("10"), day("2024-01-10"));
    assert_eq!(approval.used(day("2024-01-10")), (1, usd("10")));
}

#[test]
fn a_clock_that_goes_back_over_midnight_gives_nothing_back() {
    let mut approval = approval();
    for _ in 0..3 {
        approval.consume(usd("100"), day("2024-01-10"));
    }
    assert!(!covers(&approval, "1", "2024-01-09"));
    approval.consume(usd("1"), day("2024-01-09"));
    assert_eq!(approval.used(day("2024-01-10")), (4, usd("301")));
}

#[test]
fn it_is_live_until_its_end_or_its_revocation() {
    let approval = approval();
    assert!(approval.is_live(morning()));
    assert!(approval.is_live(approval.until - SignedDuration::from_millis(1)));
    assert!(!approval.is_live(approval.until));
    let revoked = Standing {
        revoked_at: Some(morning()),
        ..approval
    };
    assert!(!revoked.is_live(morning()));
    assert!(!revoked.is_live(morning() - SignedDuration::from_hours(1)));
}

#[test]
fn an_approval_of_nothing_covers_nothing() {
    let none = Standing {
        per_day: 0,
        ..approval()
    };
    assert!(!covers(&none, "0", "2024-01-09"));
}

proptest! {
    #[test]
    fn no_day_uses_more_than_was_signed_also_when_the_clock_wanders(
        losses in prop::collection::vec((0_i64..30_000, 9_u8..12), 0..60),
    ) {
        let mut approval = approval();
        let mut used = std::collections::BTreeMap::<u8, (u32, Usd)>::new();
        let mut latest = 0;
        for (loss, date) in losses {
            let today = day(&format!("2024-01-{date:02}"));
            let loss = cents(loss).dollars(1);
            if approval.covers("trend", symbol("SPY"), loss, today) {
                approval.consume(loss, today);
                // A day that was seen once is never left again.
                latest = latest.max(date);
                let day = used.entry(latest).or_default();
                *day = (day.0 + 1, day.1 + loss);
            }
        }
        for (count, loss) in used.values() {
            prop_assert!(*count <= 3 && *loss <= usd("500"));
        }
    }
}
