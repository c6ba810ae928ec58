//! Layers: the defaults, a preset, a file, the environment, the command line.

use countersign_app::config::{Config, Origin, Preset, Sources};
use countersign_domain::money::Usd;

use crate::place::{Place, load, with_file, with_variables};

fn dollars(amount: i64) -> Usd {
    Usd::from_micros(amount * 1_000_000)
}

#[test]
fn each_layer_is_laid_over_the_one_before() {
    let place = Place::new();
    let text = "[limits]\ndaily_loss = \"700\"\nopen_positions = 2\norders_per_day = 20\n";
    let file = place.file("desk.toml", text);
    let variables = [
        ("COUNTERSIGN__LIMITS__OPEN_POSITIONS", "3"),
        ("COUNTERSIGN__LIMITS__ORDERS_PER_DAY", "21"),
    ];
    let loaded = load(Some(&file), &variables, &["limits.orders_per_day=22"]).expect("valid");
    let limits = &loaded.config.limits;
    assert_eq!(limits.worst_loss_per_ticket, dollars(500));
    assert_eq!(limits.daily_loss, dollars(700));
    assert_eq!(limits.open_positions, 3);
    assert_eq!(limits.orders_per_day, 22);
    assert_eq!(
        loaded.origin("limits.worst_loss_per_ticket"),
        Origin::BuiltIn
    );
    let line = Origin::File {
        path: file,
        line: 2,
    };
    assert_eq!(loaded.origin("limits.daily_loss"), line);
    let variable = Origin::Environment("COUNTERSIGN__LIMITS__OPEN_POSITIONS".to_owned());
    assert_eq!(loaded.origin("limits.open_positions"), variable);
    assert_eq!(loaded.origin("limits.orders_per_day"), Origin::CommandLine);
    assert_eq!(loaded.changed(), 3);
}

#[test]
fn a_preset_lies_over_the_defaults_and_under_everything_else() {
    let sources = Sources::default().with_preset(Preset::DEMO);
    let demo = Config::load(&sources).expect("the demo's preset is valid");
    assert_eq!(demo.config.desk.name, "demo");
    let place = Place::new();
    let file = Some(place.file("desk.toml", "desk.name = \"mine\""));
    let over = Config::load(&Sources { file, ..sources }).expect("valid");
    assert_eq!(over.config.desk.name, "mine");
    assert_eq!(over.config.paper.account, "demo");
}

#[test]
fn every_preset_and_example_is_valid() {
    for preset in [Preset::DEMO, Preset::REPLAY] {
        let loaded = Config::load(&Sources::default().with_preset(preset));
        loaded.unwrap_or_else(|error| panic!("{error}"));
    }
    let paper = crate::place::root().join("config/paper.toml");
    load(Some(&paper), &[], &[]).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_file_in_the_home_folder_is_read_unless_another_is_named() {
    let place = Place::new();
    let home = place.home();
    std::fs::write(home.join("config.toml"), "desk.name = \"at home\"").expect("a file");
    let sources = Sources {
        home: Some(home),
        ..Sources::default()
    };
    assert_eq!(
        Config::load(&sources).expect("valid").config.desk.name,
        "at home"
    );
    let file = Some(place.file("desk.toml", "trade.standing_days = 3"));
    let named = Config::load(&Sources { file, ..sources })
        .expect("valid")
        .config;
    assert_eq!(
        (named.desk.name.as_str(), named.trade.standing_days),
        ("desk", 3)
    );
}

#[test]
fn tables_are_merged_and_lists_replaced() {
    let text = "trade.entry_walk = { every_s = 7 }\n\
                trade.watchlist = [\"QQQ\"]\n\
                [[operators]]\nname = \"ana\"\nrole = \"viewer\"\n\
                identities = [{ surface = \"web\", user = \"ana\" }]\n";
    let config = with_file(text).expect("valid").config;
    assert_eq!(
        (
            config.trade.entry_walk.every_s,
            config.trade.entry_walk.steps
        ),
        (7, 4)
    );
    assert_eq!(config.trade.watchlist, ["QQQ".parse().expect("a symbol")]);
    let names: Vec<_> = config
        .operators
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["ana"]);
}

// R26
#[test]
fn an_empty_allow_list_is_valid_and_holds_nobody() {
    assert!(
        with_file("operators = []")
            .expect("valid")
            .config
            .operators()
            .is_empty()
    );
}

#[test]
fn an_optional_key_is_off_until_it_is_set() {
    let config = Config::built_in().expect("valid");
    assert_eq!(config.trade.second_person_above, None);
    assert_eq!(config.signals.screen.exits.debit.days_to_expiry, None);
    let variables = [
        ("COUNTERSIGN__TRADE__SECOND_PERSON_ABOVE", "400"),
        (
            "COUNTERSIGN__SIGNALS__SCREEN__EXITS__DEBIT__DAYS_TO_EXPIRY",
            "5",
        ),
    ];
    let config = with_variables(&variables).expect("valid").config;
    assert_eq!(config.trade.second_person_above, Some(dollars(400)));
    assert_eq!(config.signals.screen.exits.debit.days_to_expiry, Some(5));
}

#[test]
fn every_kind_of_value_can_be_set_by_a_variable() {
    let operators = "[{ name = \"ana\", role = \"admin\", identities = [{ surface = \"cli\", user = \"ana\" }] }]";
    let variables = [
        ("COUNTERSIGN__DESK__NAME", "my desk"),
        ("COUNTERSIGN__WEB__ENABLED", "false"),
        ("COUNTERSIGN__WEB__PORT", "8088"),
        ("COUNTERSIGN__TRADE__RATE", "0.05"),
        ("COUNTERSIGN__TRADE__WATCHLIST", "QQQ, IWM"),
        (
            "COUNTERSIGN__SIGNALS__SCREEN__SELECT__WHEN_HIGH",
            "[\"long_single\"]",
        ),
        ("COUNTERSIGN__DEMO__START", "2026-04-01T09:45:00"),
        ("COUNTERSIGN__OPERATORS", operators),
    ];
    let config = with_variables(&variables).expect("valid").config;
    assert_eq!(config.desk.name, "my desk");
    assert!(!config.web.enabled);
    assert_eq!(config.web.port, 8088);
    assert!((config.trade.rate - 0.05).abs() < 1e-12);
    assert_eq!(config.trade.watchlist.len(), 2);
    assert_eq!(config.demo.start.to_string(), "2026-04-01T09:45:00");
    assert_eq!(config.operators[0].name, "ana");
}

#[test]
fn variables_of_others_and_of_our_tests_are_not_looked_at() {
    let variables = [
        ("PATH", "/bin"),
        ("COUNTERSIGN_TEST_DATA", "data"),
        ("COUNTERSIGN_HOME", "home"),
        ("COUNTERSIGNATURE", "x"),
    ];
    assert_eq!(with_variables(&variables).expect("valid").changed(), 0);
}
