//! `countersign doctor`: each fault with its fix.

use std::{
    fs,
    net::TcpListener,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use crate::place::{Place, Ran};

fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// What a check found, as (state, found, fix).
fn check(report: &Value, name: &str) -> (String, String, String) {
    let checks = report["checks"].as_array().expect("checks");
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("{name}: {report}"));
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    (text("state"), text("found"), text("fix"))
}

/// The doctor's words on one check; it must have failed with a fix.
fn fault(ran: &Ran, name: &str) -> (String, String) {
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let report = report(ran);
    assert_eq!(report["ok"], false);
    let (state, found, fix) = check(&report, name);
    assert_eq!(state, "fault", "{report}");
    assert!(!fix.is_empty(), "{report}");
    (found, fix)
}

// R60
#[test]
fn a_new_home_is_healthy_and_stays_empty() {
    let place = Place::new();
    let ran = place.run(&["doctor", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let report = report(&ran);
    assert_eq!(report["ok"], true);
    let names = [
        "config",
        "home",
        "disk",
        "time zones",
        "terminal",
        "database",
        "paper account",
        "web port",
        "telegram",
        "discord",
        "news reader",
        "news sources",
        "news calendar",
        "clock",
    ];
    for name in names {
        assert_ne!(check(&report, name).0, "fault", "{report}");
    }
    assert_eq!(report["checks"].as_array().map(Vec::len), Some(names.len()));
    assert!(place.kept().is_empty());
}

#[test]
fn the_lines_for_people_say_the_same() {
    let place = Place::new();
    let said = place.run(&["doctor"]).good();
    assert_eq!(said.lines().count(), 14, "{said}");
    assert!(
        said.starts_with("ok    config        every key is as built in\n"),
        "{said}"
    );
    let ran = place.run(&["doctor", "--set", "web.port=80"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("FAULT config"), "{ran:?}");
    assert!(ran.out.contains("\n                    fix: "), "{ran:?}");
}

#[test]
fn the_news_is_looked_at_without_asking_anybody() {
    let place = Place::new();
    let file = place.file(
        "desk.toml",
        "[news.model]\nlibrary = \"none\"\n\
         [[news.sources]]\nkind = \"rss\"\nname = \"regulator\"\nurl = \"https://news.example/feed\"\n",
    );
    let file = file.display().to_string();
    let ran = place.run(&["--config", &file, "doctor", "--json"]);
    let report = report(&ran);
    let (state, found, _) = check(&report, "news reader");
    assert_eq!(state, "good", "{report}");
    assert!(found.starts_with("embedded "), "{found}");
    assert!(found.ends_with("run by the engine in pure Rust"), "{found}");
    let sources = (
        "good".to_owned(),
        "regulator (rss); as configured, not asked".to_owned(),
    );
    let (state, found, _) = check(&report, "news sources");
    assert_eq!((state, found), sources);
    let (_, found, _) = check(&report, "news calendar");
    assert!(found.contains("dates to come, the last on 20"), "{found}");
}

#[test]
fn a_model_a_source_and_a_calendar_that_cannot_be_had_are_faults() {
    let place = Place::new();
    let file = place.file(
        "desk.toml",
        "[news]\ncalendar = \"dates.csv\"\n[news.model]\nuse = \"finbert\"\n\
         [[news.sources]]\nkind = \"recorded\"\nname = \"tape\"\npath = \"tape.csv\"\n",
    );
    let file = file.display().to_string();
    let ran = place.run(&["--config", &file, "doctor", "--json"]);
    for (name, said) in [
        ("news reader", "finbert"),
        ("news sources", "tape.csv"),
        ("news calendar", "dates.csv"),
    ] {
        let (found, fix) = fault(&ran, name);
        let told = format!("{found}; {fix}");
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_wrong_configuration_is_a_fault_and_the_rest_is_still_looked_at() {
    let place = Place::new();
    let ran = place.run(&["doctor", "--json", "--set", "limits.daily_los=5"]);
    let (found, fix) = fault(&ran, "config");
    assert_eq!(found, "there is no key limits.daily_los (--set)");
    assert_eq!(fix, "did you mean limits.daily_loss?");
    let home = place.home().display().to_string();
    assert!(check(&report(&ran), "home").1.starts_with(&home));
    assert_eq!(check(&report(&ran), "database").0, "note");
}

#[test]
fn a_home_that_cannot_be_written_is_a_fault() {
    let place = Place::new();
    fs::remove_dir(place.home()).expect("it was empty");
    place.file("home", "a file");
    let home = place.home().display().to_string();
    let (found, fix) = fault(&place.run(&["doctor", "--json"]), "home");
    assert_eq!(found, format!("{home} is a file, not a folder"));
    assert_eq!(fix, "name a folder with --home DIR");
    for command in ["run", "migrate", "demo"] {
        assert_eq!(
            place.run(&[command]).refused(),
            format!("{home} is a file, not a folder; name a folder with --home DIR")
        );
    }
}

#[test]
fn a_taken_port_is_a_fault() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port();
    let place = Place::new();
    let setting = format!("web.port={port}");
    let ran = place.run(&["doctor", "--json", "--set", &setting]);
    let (found, _) = fault(&ran, "web port");
    assert!(
        found.starts_with(&format!("{port} cannot be used on 127.0.0.1")),
        "{found}"
    );
    let off = place.run(&[
        "doctor",
        "--json",
        "--set",
        &setting,
        "--set",
        "web.enabled=false",
    ]);
    assert_eq!(off.code, Some(0), "{off:?}");
}

#[test]
fn a_damaged_database_and_one_that_does_not_answer_are_faults() {
    let place = Place::new();
    fs::write(
        place.home().join("countersign.db"),
        "this is a diary and no database at all",
    )
    .expect("a file");
    let (found, fix) = fault(&place.run(&["doctor", "--json"]), "database");
    assert!(found.contains("damaged or no database at all"), "{found}");
    assert_eq!(fix, "restore a copy");
    assert_eq!(found.matches("damaged").count(), 1, "{found}");
    let url = [(
        "COUNTERSIGN_STORE_URL",
        "postgres://desk:hunter2@127.0.0.1:1/desk",
    )];
    let (found, _) = fault(&place.run_with(&["doctor", "--json"], &url), "database");
    assert!(found.contains("cannot be reached"), "{found}");
}

#[test]
fn an_empty_database_has_to_be_migrated() {
    let place = Place::new();
    fs::write(place.home().join("countersign.db"), "").expect("a file");
    let (found, fix) = fault(&place.run(&["doctor", "--json"]), "database");
    assert!(
        found.ends_with(&format!(
            "is of version 0; this program needs {}",
            countersign_store::known()
        )),
        "{found}"
    );
    let home = place.home().display().to_string();
    assert_eq!(fix, format!("run `countersign migrate --home {home}`"));
    place.run(&["migrate"]).good();
    assert_eq!(place.run(&["doctor"]).code, Some(0));
}

#[test]
fn a_damaged_paper_account_is_a_fault_and_left_as_it_is() {
    let place = Place::new();
    fs::write(
        place.home().join("paper-paper.journal"),
        "nonsense\nnonsense\n",
    )
    .expect("a file");
    let kept = place.kept();
    let (found, fix) = fault(&place.run(&["doctor", "--json"]), "paper account");
    let journal = place.home().join("paper-paper.journal");
    assert!(
        found.starts_with(&format!("{}, line 1: ", journal.display())),
        "{found}"
    );
    assert!(fix.contains("move it away"), "{fix}");
    assert_eq!(place.kept(), kept);
}

// R48
#[test]
fn a_clock_behind_what_the_desk_kept_is_a_fault() {
    let place = Place::new();
    place.run(&["migrate"]).good();
    let file = fs::File::options()
        .write(true)
        .open(place.home().join("countersign.db"));
    #[expect(
        clippy::disallowed_methods,
        reason = "a file of tomorrow is what is looked for"
    )]
    let tomorrow = SystemTime::now() + Duration::from_hours(24);
    file.expect("the database")
        .set_modified(tomorrow)
        .expect("set");
    let (found, fix) = fault(&place.run(&["doctor", "--json"]), "clock");
    assert!(found.contains("countersign.db is of"), "{found}");
    assert!(fix.contains("NTP"), "{fix}");
}

/// Settings that `run` refuses, in the same words.
const STRANGER: [&str; 2] = ["--set", "trade.watchlist=ZZZZ"];

#[test]
fn a_symbol_that_the_market_does_not_have_is_found_before_the_run() {
    let place = Place::new();
    let refused = place.run(&[&["run"], &STRANGER[..]].concat()).refused();
    assert!(
        refused.starts_with("trade.watchlist names ZZZZ"),
        "{refused}"
    );
    let checked = place.run(&[&["check-config"], &STRANGER[..]].concat());
    assert_eq!(checked.refused(), refused);
    let ran = place.run(&[&["doctor", "--json"], &STRANGER[..]].concat());
    let (found, fix) = fault(&ran, "config");
    assert_eq!(format!("{found}; {fix}"), refused);
}

#[test]
fn an_allow_list_on_which_nobody_may_act_is_allowed_and_warned_of() {
    let place = Place::new();
    let viewer = "operators=[{ name = \"eve\", role = \"viewer\", identities = [{ surface = \"web\", user = \"eve\" }] }]";
    for list in ["operators=[]", viewer] {
        let shown = place.run(&["check-config", "--set", list]).good();
        let warned = |line: &str| line.starts_with("# warning: nobody may confirm a ticket");
        assert!(shown.lines().any(warned), "{shown}");
        let ran = place.run(&["doctor", "--json", "--set", list]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let (state, found, _) = check(&report(&ran), "config");
        assert_eq!(state, "note");
        assert!(found.contains("names no trader and no admin"), "{found}");
        let demo = place.run(&[
            "demo",
            "--minutes",
            "0",
            "--set",
            "web.port=0",
            "--set",
            list,
        ]);
        assert_eq!(demo.code, Some(0), "{demo:?}");
        assert!(
            demo.err.starts_with("countersign: warning: nobody may"),
            "{demo:?}"
        );
    }
}

// R13
#[test]
fn an_alarm_that_goes_on_to_somebody_who_is_not_there_is_warned_of() {
    let place = Place::new();
    let people = "operators=[{ name = \"Dee\", role = \"admin\", identities = [{ surface = \"web\", user = \"dee\" }] }]";
    let rooms = "telegram.chats=[-1001]";
    let to = "trade.alarms.escalate_to=[\"Dee\", \"dee\", \"telegram:-1001\", \"telegram:-1002\", \"web\"]";
    let given = ["--set", people, "--set", rooms, "--set", to];
    let shown = place.run(&[&["check-config"], &given[..]].concat()).good();
    let warned: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.strip_prefix("# warning: trade.alarms.escalate_to names "))
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(warned, ["\"dee\"", "\"telegram:-1002\""], "{shown}");
    let ran = place.run(&[&["doctor", "--json"], &given[..]].concat());
    let (state, found, _) = check(&report(&ran), "config");
    assert_eq!(state, "note");
    assert!(
        found.contains("names \"dee\"") && found.contains("\"telegram:-1002\""),
        "{found}"
    );
}

#[test]
fn a_home_with_the_desk_of_a_demo_says_how_to_look_at_it() {
    let place = Place::new();
    let new = report(&place.run(&["doctor", "--json"]));
    let (_, found, _) = check(&new, "paper account");
    assert_eq!(found, "paper will be begun with $100,000.00");
    place
        .run(&["demo", "--minutes", "0", "--set", "web.port=0"])
        .good();

    let other = report(&place.run(&["doctor", "--json"]));
    let (state, found, _) = check(&other, "database");
    assert_eq!(state, "note");
    assert!(
        found.ends_with(
            "and none is \"desk\"; there is: \"demo\" (`--set desk.name=demo` looks at it)"
        ),
        "{found}"
    );
    let (_, found, _) = check(&other, "paper account");
    assert!(
        found.ends_with("(`--set paper.account=demo` looks at it)"),
        "{found}"
    );

    let named = [
        "doctor",
        "--json",
        "--set",
        "desk.name=demo",
        "--set",
        "paper.account=demo",
    ];
    let same = report(&place.run(&named));
    assert_eq!(check(&same, "database").0, "good");
    assert_eq!(check(&same, "paper account").1, "demo opens");
}

#[cfg(unix)]
#[test]
fn a_home_that_others_may_look_into_is_worth_a_hint() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    for (mode, state) in [(0o755, "note"), (0o700, "good")] {
        fs::set_permissions(place.home(), fs::Permissions::from_mode(mode)).expect("set");
        let ran = place.run(&["doctor", "--json"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let (found, words, _) = check(&report(&ran), "home");
        assert_eq!(found, state, "{words}");
        assert_eq!(words.contains("chmod 700"), state == "note", "{words}");
    }
}
