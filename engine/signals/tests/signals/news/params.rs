//! What the configuration can say about news.

use countersign_domain::news::{Action, Category, Impact};
use countersign_signals::news::{NewsParams, policy::Band};

#[test]
fn the_shipped_rules_are_sound_and_survive_being_written_down() {
    let params = NewsParams::default();
    assert_eq!(params.check(), Ok(()));
    let json = serde_json::to_string(&params).unwrap();
    assert_eq!(serde_json::from_str::<NewsParams>(&json).unwrap(), params);
    assert_eq!(serde_json::from_str::<NewsParams>("{}").unwrap(), params);
}

#[test]
fn one_key_changes_one_thing() {
    let json = r#"{"policy": {"category": {"macro": "warn high, 3 h"}, "shrink_to": 0.25},
        "impact": {"weight": {"legal": 0.9}}, "rules": {"more": ["x | legal | 0.5! | sued"]}}"#;
    let params: NewsParams = serde_json::from_str(json).unwrap();
    let bands = &params.policy.category;
    assert_eq!(bands.of(Category::Macro).warn, Some(Impact::High));
    assert_eq!(bands.of(Category::Macro).veto, None);
    assert_eq!(bands.of(Category::Legal).veto, Some(Impact::Medium));
    assert!((params.impact.weight.of(Category::Legal) - 0.9).abs() < 1e-9);
    assert!((params.impact.weight.of(Category::Halt) - 1.0).abs() < 1e-9);
    assert!(serde_json::from_str::<NewsParams>(r#"{"policy": {"colour": 1}}"#).is_err());
    assert!(serde_json::from_str::<NewsParams>(r#"{"impact": {"weight": {"odd": 1}}}"#).is_err());
}

#[test]
fn a_band_is_written_as_people_say_it() {
    for text in [
        "veto high, shrink medium, warn low, 24 h",
        "warn high, 4 h",
        "veto low, 168 h",
    ] {
        let band = Band::try_from(text.to_owned()).expect(text);
        assert_eq!(String::from(band), text);
    }
    for text in [
        "",
        "24 h",
        "veto high",
        "veto loud, 2 h",
        "veto high, veto low, 2 h",
        "veto high, 2 h, 3 h",
        "veto high, 0 h",
        "veto high, 999 h",
        "veto high, 2 days",
        "stop high, 2 h",
        "veto high 2 h",
    ] {
        let error = Band::try_from(text.to_owned()).expect_err(text);
        assert!(error.to_string().contains("is no band"), "{error}");
    }
}

#[test]
fn absurd_values_are_named() {
    let mut params = NewsParams::default();
    params.hear.stale_hours = 0;
    params.alike.share_least = f64::NAN;
    params.impact.medium = 0.7;
    params.impact.weight.legal = -1.0;
    params.policy.shrink_to = 1.0;
    params.policy.tone.veto = 0.3;
    params.policy.blackout.company_days = 400;
    params.policy.missing.needed = Action::Pass;
    let faults = params.check().expect_err("all of it is absurd");
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "hear.stale_hours",
            "alike.share_least",
            "impact.weight.legal",
            "impact.high",
            "policy.shrink_to",
            "policy.tone.veto",
            "policy.blackout.company_days",
            "policy.missing.needed",
        ]
    );
}
