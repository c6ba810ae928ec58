//! What a configuration is refused for, and in which words.

use crate::place::{load, refusal_of, with_variables};

/// A file and the whole sentence.
const FILES: [(&str, &str); 45] = [
    // Keys that nobody knows.
    (
        "[limits]\ndaly_loss = \"5\"",
        "there is no key limits.daly_loss (desk.toml, line 2); did you mean limits.daily_loss?",
    ),
    (
        "daily_loss = \"5\"",
        "there is no key daily_loss (desk.toml, line 1); did you mean limits.daily_loss?",
    ),
    (
        "[limit]\ndaily_loss = \"5\"",
        "there is no key limit (desk.toml, line 1); did you mean limits?",
    ),
    (
        "zzzzzzzz = 1",
        "there is no key zzzzzzzz (desk.toml, line 1); `countersign check-config --reference` lists every key",
    ),
    (
        "\"a\\u001b[2J\" = 1",
        "there is no key a\\u{1b}[2J (desk.toml, line 1); `countersign check-config --reference` lists every key",
    ),
    (
        "\n\n[[operators]]\nname = \"a\"\nrole = \"admin\"\nrule = 1\nidentities = []",
        "there is no key operators[0].rule (desk.toml, line 6); did you mean operators[].role?",
    ),
    (
        "[[synthetic.symbols]]\nsymbol = \"A\"\nprice = \"5\"\nvolume = 1\nvolt = 0.2",
        "there is no key synthetic.symbols[0].volt (desk.toml, line 5); did you mean synthetic.symbols[].vol?",
    ),
    (
        "[signals.trend.fast]\nx = 1",
        "signals.trend.fast (desk.toml, line 1): it takes a value, not a section of keys",
    ),
    (
        "limits = 5",
        "limits = 5 (desk.toml, line 1): it is a section of keys, such as limits.contracts_per_order",
    ),
    // Not TOML.
    (
        "[limits\n",
        "desk.toml, line 1 is no valid TOML: unclosed table, expected `]`",
    ),
    (
        "\n\na = ",
        "desk.toml, line 3 is no valid TOML: string values must be quoted, expected literal string",
    ),
    (
        "web.port = 1\nweb.port = 2",
        "desk.toml, line 2 is no valid TOML: duplicate key",
    ),
    (
        "\nlimits.open_positions = 99999999999999999999999999",
        "desk.toml, line 2 is no valid TOML: a whole number is too large or too small (TOML holds -9223372036854775808 to 9223372036854775807)",
    ),
    // Values of another kind.
    (
        "web.port = \"80\"",
        "web.port = \"80\" (desk.toml, line 1): it must be 0 (any free one), or from 1024 to 65535",
    ),
    (
        "web.port = 70000",
        "web.port = 70000 (desk.toml, line 1): it must be 0 (any free one), or from 1024 to 65535",
    ),
    (
        "web.port = 80",
        "web.port = 80 (desk.toml, line 1): it must be 0 (any free one), or from 1024 to 65535",
    ),
    (
        "web.enabled = \"yes\"",
        "web.enabled = \"yes\" (desk.toml, line 1): it must be true or false",
    ),
    (
        "desk.name = 5",
        "desk.name = 5 (desk.toml, line 1): it must be text in quotes",
    ),
    (
        "limits.open_positions = -1",
        "limits.open_positions = -1 (desk.toml, line 1): it must be a whole number from 0 to 4294967295",
    ),
    (
        "limits.open_positions = 2.5",
        "limits.open_positions = 2.5 (desk.toml, line 1): it must be a whole number from 0 to 4294967295",
    ),
    (
        "limits.daily_loss = 12.5",
        "limits.daily_loss = 12.5 (desk.toml, line 1): it must be an exact number: text such as \"12.34\", or a whole number",
    ),
    (
        "limits.daily_loss = \"12,50\"",
        "limits.daily_loss = \"12,50\" (desk.toml, line 1): not a number; write it like 12.34",
    ),
    (
        "trade.watchlist = \"SPY\"",
        "trade.watchlist = \"SPY\" (desk.toml, line 1): it must be a list, such as [\"SPY\"]",
    ),
    (
        "trade.watchlist = [\"spy\"]",
        "trade.watchlist[0] = \"spy\" (desk.toml, line 1): 'spy' is not a symbol; a symbol has 1 to 8 capital letters, digits, dots or dashes",
    ),
    (
        "paper.durability = \"none\"",
        "paper.durability = \"none\" (desk.toml, line 1): it must be \"synced\" or \"buffered\"",
    ),
    (
        "operators = [{ name = \"a\", role = \"boss\", identities = [{ surface = \"web\", user = \"a\" }] }]",
        "operators[0].role = \"boss\" (desk.toml, line 1): it must be one of \"viewer\", \"trader\", \"admin\"",
    ),
    (
        "operators = [{ name = \"a\" }]",
        "operators[0] (desk.toml, line 1): it lacks the key role",
    ),
    (
        "demo.start = \"tomorrow\"",
        "demo.start = \"tomorrow\" (desk.toml, line 1): it must be a time such as \"2026-03-17T10:30:00\"",
    ),
    // Values that make no sense.
    (
        "limits.daily_loss = \"0\"",
        "limits.daily_loss = \"0\" (desk.toml, line 1): it must be more than 0 and at most 1000000000 dollars",
    ),
    (
        "limits.daily_loss = -5",
        "limits.daily_loss = -5 (desk.toml, line 1): it must be more than 0 and at most 1000000000 dollars",
    ),
    (
        "limits.quote_age_s = 0",
        "limits.quote_age_s = 0 (desk.toml, line 1): it must be a whole number from 1 to 3600",
    ),
    (
        "trade.rate = nan",
        "trade.rate = nan (desk.toml, line 1): it must be a number from -0.2 to 0.5 (0.05 is 5 %)",
    ),
    (
        "trade.watchlist = [\"SPY\", \"SPY\"]",
        "trade.watchlist = [\"SPY\", \"SPY\"] (desk.toml, line 1): it must be a list in which no symbol stands twice",
    ),
    (
        "signals.trend.fast = 50",
        "signals.trend.fast = 50 (desk.toml, line 1): it must be shorter than `slow`",
    ),
    (
        "signals.screen.select.liquidity.size_least = 0",
        "signals.screen.select.liquidity.size_least = 0 (desk.toml, line 1): it must be at least 1",
    ),
    (
        "paper.cross_share = \"1.5\"",
        "paper.cross_share = \"1.5\" (desk.toml, line 1): it must be from 0 to 1",
    ),
    (
        "paper.account = \"../x\"",
        "paper.account = \"../x\" (desk.toml, line 1): it must be 1 to 32 letters, digits, - and _",
    ),
    (
        "synthetic.step_s = 7",
        "synthetic.step_s = 7 (desk.toml, line 1): it must be a number of seconds that divides 60",
    ),
    (
        "synthetic.symbols = []",
        "synthetic.symbols = [] (desk.toml, line 1): it must be a list of at least one symbol",
    ),
    (
        "[[synthetic.symbols]]\nsymbol = \"A\"\nprice = \"5\"\nvol = 9",
        "synthetic.symbols[0].vol = 9 (desk.toml, line 4): it must be from 0.05 to 2",
    ),
    (
        "desk.name = \"\"",
        "desk.name = \"\" (desk.toml, line 1): it must be 1 to 64 characters, without spaces at the ends",
    ),
    (
        "demo.speed = 0",
        "demo.speed = 0 (desk.toml, line 1): it must be a whole number from 1 to 10000",
    ),
    (
        "store.url = \"mysql://host/db\"",
        "store.url = \"mysql://host/db\" (desk.toml, line 1): it must be sqlite:///path/to/desk.db or postgres://user@host/database, or empty for a file in the home folder",
    ),
    // Two people who would be one.
    (
        "[[operators]]\nname = \"Ana\"\nrole = \"admin\"\nidentities = [{ surface = \"web\", user = \"a\" }]\n\
         [[operators]]\nname = \"ana\"\nrole = \"admin\"\nidentities = [{ surface = \"web\", user = \"b\" }]\n",
        "operators[1].name = \"ana\" (desk.toml, line 6): it must be a name that no other operator has",
    ),
    (
        "[[operators]]\nname = \"ana\"\nrole = \"admin\"\nidentities = [{ surface = \"web\", user = \"a\" }]\n\
         [[operators]]\nname = \"ben\"\nrole = \"admin\"\nidentities = [{ surface = \"web\", user = \"a\" }]\n",
        "operators[1].identities[0].user = \"a\" (desk.toml, line 8): it must be a user that stands once on its surface: two people cannot be one",
    ),
];

#[test]
fn each_bad_file_is_refused_in_one_sentence_that_names_key_value_line_and_what_is_allowed() {
    let mut wrong = Vec::new();
    for (text, sentence) in FILES {
        let said = refusal_of(text);
        if said != sentence {
            wrong.push(format!("{text}\n  said   {said}\n  wanted {sentence}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A variable and the whole sentence.
const VARIABLES: [(&str, &str, &str); 13] = [
    (
        "COUNTERSIGN__LIMITS__DALY_LOSS",
        "5",
        "there is no key COUNTERSIGN__LIMITS__DALY_LOSS (COUNTERSIGN__LIMITS__DALY_LOSS); did you mean COUNTERSIGN__LIMITS__DAILY_LOSS?",
    ),
    (
        "COUNTERSIGN__",
        "5",
        "there is no key COUNTERSIGN__ (COUNTERSIGN__); `countersign check-config --reference` lists every key",
    ),
    (
        "COUNTERSIGN_STORE_ULR",
        "x",
        "there is no key COUNTERSIGN_STORE_ULR (COUNTERSIGN_STORE_ULR); did you mean COUNTERSIGN_STORE_URL?",
    ),
    (
        "COUNTERSIGN_DESK_NMAE",
        "x",
        "there is no key COUNTERSIGN_DESK_NMAE (COUNTERSIGN_DESK_NMAE); did you mean COUNTERSIGN__DESK__NAME?",
    ),
    (
        "COUNTERSIGN_LIMITS_DAILY_LOSS",
        "500",
        "there is no key COUNTERSIGN_LIMITS_DAILY_LOSS (COUNTERSIGN_LIMITS_DAILY_LOSS); did you mean COUNTERSIGN__LIMITS__DAILY_LOSS?",
    ),
    (
        "COUNTERSIGN__LIMITS",
        "5",
        "limits = \"5\" (COUNTERSIGN__LIMITS): it is a section of keys, such as limits.contracts_per_order",
    ),
    (
        "COUNTERSIGN__WEB__PORT",
        "8080 ",
        "web.port = \"8080 \" (COUNTERSIGN__WEB__PORT): it must be 0 (any free one), or from 1024 to 65535",
    ),
    (
        "COUNTERSIGN__WEB__PORT",
        "",
        "web.port = \"\" (COUNTERSIGN__WEB__PORT): it must be 0 (any free one), or from 1024 to 65535",
    ),
    (
        "COUNTERSIGN__WEB__PORT",
        "-1",
        "web.port = -1 (COUNTERSIGN__WEB__PORT): it must be 0 (any free one), or from 1024 to 65535",
    ),
    (
        "COUNTERSIGN__WEB__ENABLED",
        "TRUE",
        "web.enabled = \"TRUE\" (COUNTERSIGN__WEB__ENABLED): it must be true or false",
    ),
    (
        "COUNTERSIGN__TRADE__RATE",
        "5%",
        "trade.rate = \"5%\" (COUNTERSIGN__TRADE__RATE): it must be a number, such as 0.5",
    ),
    (
        "COUNTERSIGN__TRADE__WATCHLIST",
        "[\"SPY\"",
        "trade.watchlist = \"[\\\"SPY\\\"\" (COUNTERSIGN__TRADE__WATCHLIST): it must be a list as TOML writes it, such as [{ name = \"ana\" }]",
    ),
    (
        "COUNTERSIGN__LIMITS__DAILY_LOSS",
        "lots",
        "limits.daily_loss = \"lots\" (COUNTERSIGN__LIMITS__DAILY_LOSS): not a number; write it like 12.34",
    ),
];

#[test]
fn each_bad_variable_is_refused_by_its_name() {
    for (name, value, sentence) in VARIABLES {
        let error = with_variables(&[(name, value)]).expect_err(name);
        assert_eq!(error.to_string(), sentence, "{name}={value}");
    }
}

#[test]
fn each_bad_setting_of_the_command_line_is_refused() {
    let bad = [
        (
            "limits.daily_loss",
            "--set = \"limits.daily_loss\" (--set): write it like --set limits.daily_loss=500",
        ),
        (
            "=5",
            "--set = \"=5\" (--set): the key before the = is missing; write it like --set limits.daily_loss=500",
        ),
        (
            "limits.open_positions=99999999999999999999999999",
            "limits.open_positions = \"99999999999999999999999999\" (--set): it must be a smaller whole number",
        ),
        (
            "operators[0].name=x",
            "there is no key operators[0].name (--set); did you mean operators[].name?",
        ),
        (
            "limits.daily_los=5",
            "there is no key limits.daily_los (--set); did you mean limits.daily_loss?",
        ),
    ];
    for (setting, sentence) in bad {
        let error = load(None, &[], &[setting]).expect_err(setting);
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let place = crate::place::Place::new();
    let missing = place.home().join("none.toml");
    let binary = place.file("binary.toml", [0xff, 0xfe, 0x00]);
    let huge = place.file("huge.toml", vec![b'#'; 1024 * 1024 + 1]);
    for (path, why) in [
        (missing, "No such file"),
        (place.home(), "Is a directory"),
        (binary, "it is not UTF-8 text"),
        (huge, "it is larger than a megabyte"),
        ("/dev/zero".into(), "it is larger than a megabyte"),
    ] {
        let error = load(Some(&path), &[], &[])
            .expect_err("unreadable")
            .to_string();
        let start = format!(
            "cannot read the configuration file {}: {why}",
            path.display()
        );
        assert!(error.starts_with(&start), "{error}");
        assert!(error.ends_with("with --config FILE"), "{error}");
    }
}
