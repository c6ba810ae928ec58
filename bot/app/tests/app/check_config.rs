//! `countersign check-config`.

use countersign_app::config::{Config, reference};

use crate::place::Place;

#[test]
fn what_it_prints_is_a_configuration_again_and_says_ok() {
    let place = Place::new();
    let shown = place.run(&["check-config"]).good();
    assert_eq!(shown.lines().last(), Some("# OK: every key is as built in"));
    let again: Config = toml::from_str(&shown).expect("TOML");
    assert_eq!(again, Config::built_in().expect("valid"));
}

#[test]
fn what_is_not_as_built_in_says_where_it_comes_from() {
    let place = Place::new();
    let file = place.file("desk.toml", "\nlimits.daily_loss = 700\n");
    let args = [
        "check-config",
        "--config",
        "desk.toml",
        "--set",
        "web.port=8088",
    ];
    let shown = place.run(&args).good();
    assert!(file.exists());
    assert!(
        shown.contains("limits.daily_loss = \"700\"  # desk.toml, line 2\n"),
        "{shown}"
    );
    assert!(shown.contains("web.port = 8088  # --set\n"), "{shown}");
    assert!(
        shown.ends_with("# OK: 2 keys are not as built in\n"),
        "{shown}"
    );
    let again = place.file("again.toml", &shown);
    let args = ["check-config", "--config", again.to_str().expect("UTF-8")];
    assert!(
        place
            .run(&args)
            .good()
            .contains("limits.daily_loss = \"700\"")
    );
}

#[test]
fn the_file_in_the_home_folder_counts() {
    let place = Place::new();
    std::fs::write(place.home().join("config.toml"), "demo.seed = 9").expect("a file");
    let shown = place.run(&["check-config"]).good();
    assert!(shown.contains("demo.seed = 9"), "{shown}");
}

#[test]
fn a_wrong_one_gives_a_sentence_and_nothing_else() {
    let place = Place::new();
    let ran = place.run(&["check-config", "--set", "limits.daily_loss=0"]);
    assert_eq!(ran.out, "");
    assert_eq!(
        ran.refused(),
        "limits.daily_loss = \"0\" (--set): it must be more than 0 and at most 1000000000 dollars"
    );
    assert!(place.kept().is_empty());
}

#[test]
fn the_reference_is_printed_without_reading_a_configuration() {
    let place = Place::new();
    let args = ["check-config", "--reference", "--config", "missing.toml"];
    assert_eq!(place.run(&args).good(), reference());
}
