//! Paper or live: odd values never trade real money.

use countersign_app::config::{Config, ConfigError, REAL_MONEY};
use countersign_domain::view::Mode;

use crate::place::{load, root, with_file, with_variables};

/// Everything that somebody might write instead of `paper`.
const ODD: [&str; 18] = [
    "TRUE ", "true", "1 ", "1", "0", "yes", "on", "Live", "LIVE", "live ", " live", "lіve",
    "Paper", "PAPER", "paper ", "", "real", "null",
];

// R32
#[test]
fn an_odd_mode_is_refused_wherever_it_stands() {
    for odd in ODD {
        let must = ": it must be \"paper\" or \"live\"";
        let file = with_file(&format!("desk.mode = {odd:?}"))
            .expect_err(odd)
            .to_string();
        assert!(
            file.starts_with(&format!("desk.mode = {odd:?} (")),
            "{file}"
        );
        assert!(file.ends_with(must), "{file}");
        let variables = [("COUNTERSIGN__DESK__MODE", odd), (REAL_MONEY, "paper")];
        let variable = with_variables(&variables).expect_err(odd).to_string();
        assert_eq!(
            variable,
            format!("desk.mode = {odd:?} (COUNTERSIGN__DESK__MODE){must}")
        );
    }
    for other in ["true", "1", "0", "[]", "[\"live\"]", "{ live = true }"] {
        with_file(&format!("desk.mode = {other}")).expect_err(other);
    }
}

// R32
#[test]
fn an_odd_confirmation_of_real_money_leaves_paper_as_it_is() {
    for odd in ODD.into_iter().chain(["live", "paper"]) {
        let loaded = with_variables(&[(REAL_MONEY, odd)]).expect(odd);
        assert_eq!(loaded.config.desk.mode, Mode::Paper);
        assert_eq!(Config::mode(), Mode::Paper);
    }
}

// R32
#[test]
fn live_needs_the_account_confirmed_exactly() {
    let odd = ODD.into_iter().filter(|odd| *odd != "paper");
    for odd in odd.chain(["live", "Paper", "paper\n"]) {
        let variables = [("COUNTERSIGN__DESK__MODE", "live"), (REAL_MONEY, odd)];
        let error = with_variables(&variables).expect_err(odd);
        assert!(
            matches!(error, ConfigError::NotMeant { .. }),
            "{odd:?}: {error}"
        );
    }
    let error = with_variables(&[("COUNTERSIGN__DESK__MODE", "live")]).expect_err("not confirmed");
    assert_eq!(
        error.to_string(),
        "desk.mode = \"live\" (COUNTERSIGN__DESK__MODE) needs COUNTERSIGN_I_TRADE_REAL_MONEY set to \
         exactly the account's name, paper; set it, or write desk.mode = \"paper\""
    );
}

// R32
#[test]
fn live_is_refused_even_when_both_settings_agree_since_no_broker_for_it_is_built_in() {
    let variables = [("COUNTERSIGN__DESK__MODE", "live"), (REAL_MONEY, "paper")];
    let error = with_variables(&variables).expect_err("no broker");
    assert_eq!(
        error.to_string(),
        "desk.mode = \"live\" (COUNTERSIGN__DESK__MODE) is not possible: this program has only the \
         paper broker; write desk.mode = \"paper\""
    );
    let example = root().join("config/live.example.toml");
    let error = load(Some(&example), &[], &[]).expect_err("the example");
    assert!(matches!(error, ConfigError::NotMeant { .. }), "{error}");
    let error = load(Some(&example), &[(REAL_MONEY, "paper")], &[]).expect_err("the example");
    assert!(matches!(error, ConfigError::NoLiveBroker { .. }), "{error}");
}
