//! Sources as they are configured.

use countersign_feeds::news::SourceConfig;
use serde::Deserialize;

#[derive(Deserialize)]
struct News {
    sources: Vec<SourceConfig>,
}

fn sources(text: &str) -> Result<Vec<SourceConfig>, toml::de::Error> {
    Ok(toml::from_str::<News>(text)?.sources)
}

const EACH: &str = r#"
[[sources]]
kind = "rss"
name = "regulator"
url = "https://www.regulator.example/press.xml"

[[sources]]
kind = "newsapi"
name = "newsapi"
day = "new_york"
names = { AAPL = ["Apple"] }

[[sources]]
kind = "alpaca"
name = "alpaca"

[[sources]]
kind = "recorded"
name = "recorded"
path = "stories.csv"
columns = { headline = "title" }
zone = "America/New_York"

[[sources]]
kind = "synthetic"
script = [{ after_s = 30, symbol = "AAPL", kind = "lawsuit" }]
"#;

#[test]
fn each_kind_needs_few_keys_and_survives_being_written_out() {
    let read = sources(EACH).unwrap();
    assert_eq!(SourceConfig::check_all(&read), Ok(()));
    let names: Vec<&str> = read.iter().map(SourceConfig::name).collect();
    assert_eq!(
        names,
        ["regulator", "newsapi", "alpaca", "recorded", "synthetic"]
    );
    for source in &read {
        let written = toml::to_string(source).unwrap();
        let again: SourceConfig = toml::from_str(&written).unwrap();
        assert_eq!(again, *source);
    }
}

#[test]
fn an_unknown_key_or_kind_is_refused() {
    for wrong in [
        "[[sources]]\nkind = \"rss\"\nname = \"a\"\nurl = \"https://a.example\"\nevery = 5",
        "[[sources]]\nkind = \"newsapi\"\nname = \"a\"\nkey = \"x\"",
        "[[sources]]\nkind = \"fax\"\nname = \"a\"",
        "[[sources]]\nname = \"a\"\nurl = \"https://a.example\"",
    ] {
        assert!(sources(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_value_that_makes_no_sense_is_named_with_its_place() {
    let fault = |old: &str, new: &str| {
        assert!(EACH.contains(old), "{old}");
        let read = sources(&EACH.replace(old, new)).unwrap();
        let fault = SourceConfig::check_all(&read).unwrap_err();
        fault.to_string()
    };
    let url = "url = \"https://www.regulator.example/press.xml\"";
    let must = "sources[0].url: it must be an http or https address";
    for wrong in [
        "ftp://a.example/",
        "https://user:password@a.example/",
        "a",
        "http://",
    ] {
        let told = fault(url, &format!("url = \"{wrong}\""));
        assert!(told.starts_with(must), "{wrong}: {told}");
        assert!(!told.contains("password@"), "{told}");
    }
    let table = [
        (
            "name = \"regulator\"",
            "name = \"my feed\"",
            "sources[0].name: it must be 1 to 32",
        ),
        (
            "name = \"regulator\"",
            "name = \"Alpaca\"",
            "sources[2].name: it must be a name that no",
        ),
        (
            url,
            "url = \"https://a.example\"\nevery_s = 5",
            "sources[0].every_s: it must be a whole",
        ),
        (
            url,
            "url = \"https://a.example\"\ntimeout_s = 0",
            "sources[0].timeout_s: it must be",
        ),
        (
            "day = \"new_york\"",
            "pages = 0",
            "sources[1].pages: it must be",
        ),
        (
            "day = \"new_york\"",
            "language = \"English\"",
            "sources[1].language: it must be two",
        ),
        ("[\"Apple\"]", "[]", "sources[1].names.AAPL: it must be"),
        (
            "path = \"stories.csv\"",
            "path = \"stories\"",
            "sources[3].format: it must be",
        ),
        (
            "zone = \"America/New_York\"",
            "zone = \"Gotham\"",
            "sources[3].zone: it must be",
        ),
        (
            "after_s = 30",
            "after_s = 90000",
            "sources[4].script[0].after_s: it must be",
        ),
    ];
    for (old, new, must) in table {
        let told = fault(old, new);
        assert!(told.starts_with(must), "{told}");
    }
}
