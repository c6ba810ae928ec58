//! The account's settings.

use countersign_brokers::paper::{Durability, PaperConfig};

#[test]
fn the_defaults_make_sense() {
    assert_eq!(PaperConfig::default().check(), Ok(()));
    let empty: PaperConfig = toml::from_str("").expect("settings");
    assert_eq!(empty, PaperConfig::default());
}

#[test]
fn settings_are_read_exactly() {
    let text = "account = \"replay\"\nstarting_cash = \"25000.50\"\nfee_per_contract = \"0.65\"\n\
                cross_share = 0.3\ndurability = \"buffered\"\n";
    let config: PaperConfig = toml::from_str(text).expect("settings");
    assert_eq!(config.starting_cash.to_string(), "25000.50");
    assert_eq!(config.cross_share.to_string(), "0.3");
    assert_eq!(config.durability, Durability::Buffered);
    assert_eq!(config.latency_ms, PaperConfig::default().latency_ms);
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    let error = toml::from_str::<PaperConfig>("latency = 3").expect_err("refused");
    assert!(
        error.to_string().contains("unknown field `latency`"),
        "{error}"
    );
}

#[test]
fn each_setting_without_sense_is_named_with_what_would_be_right() {
    let fault = |change: fn(&mut PaperConfig)| {
        let mut config = PaperConfig::default();
        change(&mut config);
        config.check().expect_err("refused").to_string()
    };
    let complaints = [
        fault(|it| it.account = "../mine".to_owned()),
        fault(|it| it.account = String::new()),
        fault(|it| it.starting_cash = "0".parse().expect("dollars")),
        fault(|it| it.fee_per_contract = "-0.01".parse().expect("dollars")),
        fault(|it| it.latency_ms = 60_001),
        fault(|it| it.max_quote_age_ms = 0),
        fault(|it| it.participation_percent = 101),
        fault(|it| it.cross_share = "1.01".parse().expect("a share")),
        fault(|it| it.ioc_wait_ms = 3_600_001),
        fault(|it| it.settle_after_minutes = 1_441),
        fault(|it| it.close_before_end_minutes = 1_441),
        fault(|it| it.close_before_end_minutes = 59),
        fault(|it| it.close_before_end_minutes = 0),
    ];
    assert_eq!(
        complaints,
        [
            "account = ../mine: it must be 1 to 32 letters, digits, - and _",
            "account = : it must be 1 to 32 letters, digits, - and _",
            "starting_cash = 0.00: it must be an amount above zero",
            "fee_per_contract = -0.01: it must be from 0 to 100 dollars",
            "latency_ms = 60001: it must be at most 60000",
            "max_quote_age_ms = 0: it must be from 1 to 3600000",
            "participation_percent = 101: it must be from 1 to 100",
            "cross_share = 1.01: it must be from 0 to 1",
            "ioc_wait_ms = 3600001: it must be at most 3600000",
            "settle_after_minutes = 1441: it must be at most 1440",
            "close_before_end_minutes = 1441: it must be from 60 to 1440",
            "close_before_end_minutes = 59: it must be from 60 to 1440",
            "close_before_end_minutes = 0: it must be from 60 to 1440",
        ]
    );
}
