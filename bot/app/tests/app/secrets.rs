//! A password stands in the environment alone, and is never said.

use countersign_app::config::{Config, Sources, redacted};

use crate::place::{Place, load, with_file, with_variables};

const SECRET: &str = "hunter2";

// R22
#[test]
fn an_address_loses_its_password_however_it_is_written() {
    for (url, shown) in [
        (
            "postgres://desk:hunter2@db:5432/desk",
            "postgres://desk:***@db:5432/desk",
        ),
        (
            "postgres://desk:hunter2@hunter2@db/desk",
            "postgres://desk:***@db/desk",
        ),
        (
            "postgres://desk:hun/ter2?#@db/desk",
            "postgres://desk:***@db/desk",
        ),
        ("postgres://:hunter2@db/desk", "postgres://:***@db/desk"),
        (
            "postgres://db/desk?user=desk&password=hunter2",
            "postgres://db/desk?user=***&password=***",
        ),
        (
            "postgres://db/desk?sslmode=require",
            "postgres://db/desk?sslmode=require",
        ),
        ("postgres:desk:hunter2@db/desk", "***@db/desk"),
        ("postgres://desk@db/desk", "postgres://desk@db/desk"),
        (
            "sqlite:///tmp/desk.db?mode=rwc",
            "sqlite:///tmp/desk.db?mode=rwc",
        ),
        ("", ""),
    ] {
        assert_eq!(redacted(url), shown, "{url}");
    }
}

// R22
#[test]
fn a_password_in_a_file_or_on_the_command_line_is_refused_and_not_repeated() {
    for url in [
        "postgres://desk:hunter2@db/desk",
        "postgres://db/desk?password=hunter2",
        "hunter2",
        "mysql://desk:hunter2@db/desk",
        "postgres:desk:hunter2@db/desk",
    ] {
        let file = with_file(&format!("[store]\nurl = {url:?}")).expect_err(url);
        let set = load(None, &[], &[&format!("store.url={url}")]).expect_err(url);
        for error in [file, set] {
            assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
        }
    }
    let error = with_file("store.url = \"postgres://desk:hunter2@db/desk\"").expect_err("a secret");
    assert!(error.to_string().ends_with(
        "holds a password; secrets are taken from the environment alone, so remove it there and set \
         COUNTERSIGN_STORE_URL"
    ));
}

// R22
#[test]
fn a_broken_file_does_not_show_the_line_that_holds_a_password() {
    for text in [
        "[store]\nurl = \"postgres://desk:hunter2@db/desk",
        "[store]\nurl = postgres://desk:hunter2@db/desk",
        "[store]\nurl = [\"postgres://desk:hunter2@db/desk\"]",
        "store = \"postgres://desk:hunter2@db/desk\"",
        "[store]\nurl = { url = \"postgres://desk:hunter2@db/desk\" }",
        "[store]\nurll = \"postgres://desk:hunter2@db/desk\"",
    ] {
        let error = with_file(text).expect_err(text);
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    }
}

// R22
#[test]
fn a_password_from_the_environment_is_used_and_never_shown() {
    let variables = [(
        "COUNTERSIGN_STORE_URL",
        "postgres://desk:hunter2@127.0.0.1:1/desk",
    )];
    let loaded = with_variables(&variables).expect("valid");
    assert!(loaded.config.store.url.contains(SECRET));
    assert!(!format!("{:?}", loaded.config).contains(SECRET));
    assert!(!format!("{loaded:?}").contains(SECRET));
    assert!(!loaded.effective().contains(SECRET));
    let place = Place::new();
    for args in [
        &["check-config"][..],
        &["migrate"],
        &["audit", "verify"],
        &["doctor"],
        &["doctor", "--json"],
        &["desk", "status"],
    ] {
        let ran = place.run_with(args, &variables);
        assert!(
            !ran.out.contains(SECRET) && !ran.err.contains(SECRET),
            "{ran:?}"
        );
    }
    let shown = place.run_with(&["check-config"], &variables).good();
    let line = "store.url = \"postgres://desk:***@127.0.0.1:1/desk\"  # COUNTERSIGN_STORE_URL";
    assert!(shown.contains(line), "{shown}");
}

#[test]
fn an_address_that_is_given_twice_is_refused() {
    let variables = [
        ("COUNTERSIGN_STORE_URL", "postgres://a:hunter2@db/a"),
        ("COUNTERSIGN__STORE__URL", "postgres://b:hunter2@db/b"),
    ];
    let error = with_variables(&variables).expect_err("twice").to_string();
    assert_eq!(
        error,
        "COUNTERSIGN_STORE_URL and COUNTERSIGN__STORE__URL both say where the database is; remove one \
         of them"
    );
}

#[test]
fn sources_of_the_process_hold_its_environment() {
    let sources = Sources::of_process(None, None, &[]);
    assert!(sources.environment.iter().any(|(name, _)| name == "PATH"));
    Config::load(&sources).expect("the test's own environment is valid");
}
