//! `cards --preview`: every card and answer is on the pages of both platforms, as it would be sent,
//! and no platform would refuse it.

use std::{collections::BTreeSet, fs, net::TcpListener, path::Path, time::Duration};

use serde_json::Value;

use crate::program::{Program, run};

const LANGUAGES: [&str; 2] = ["en-US", "de-DE"];

const GROUPS: [&str; 8] = [
    "alarms",
    "answers",
    "asks",
    "board",
    "empty",
    "overrides",
    "positions",
    "tickets",
];

/// What no gallery may lack.
const TICKETS: [&str; 12] = [
    "offered",
    "edited",
    "second-person",
    "being-sent",
    "filled",
    "partly-filled",
    "rejected",
    "expired",
    "declined",
    "override-used",
    "closing",
    "closed",
];

const OTHERS: [(&str, &str); 4] = [
    ("board", "digest"),
    ("asks", "confirm-to-type"),
    ("asks", "confirm-typed-wrong"),
    ("answers", "settings-alone"),
];

fn units(text: &Value) -> usize {
    text.as_str().unwrap_or_default().encode_utf16().count()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text as it stands in a page.
fn in_page(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// The labels of a message of Discord, which the platform would take.
fn discord(message: &Value) -> Vec<String> {
    assert!(units(&message["content"]) <= 2000, "{message}");
    let mut all = 0;
    for embed in list(&message["embeds"]) {
        let fields = list(&embed["fields"]);
        assert!(
            fields.len() <= 25 && units(&embed["title"]) <= 256,
            "{embed}"
        );
        assert!(units(&embed["description"]) <= 4096, "{embed}");
        for field in fields {
            assert!((1..=256).contains(&units(&field["name"])), "{field}");
            assert!((1..=1024).contains(&units(&field["value"])), "{field}");
            all += units(&field["name"]) + units(&field["value"]);
        }
        all += units(&embed["title"]) + units(&embed["description"]);
        all += units(&embed["author"]["name"]) + units(&embed["footer"]["text"]);
    }
    assert!(all <= 6000 && list(&message["embeds"]).len() <= 10, "{all}");
    let rows = list(&message["components"]);
    assert!(rows.len() <= 5, "{message}");
    let mut labels = Vec::new();
    for row in rows {
        let parts = list(&row["components"]);
        assert!((1..=5).contains(&parts.len()), "{row}");
        for part in parts {
            assert!((1..=100).contains(&units(&part["custom_id"])), "{part}");
            assert!((1..=80).contains(&units(&part["label"])), "{part}");
            labels.push(part["label"].as_str().expect("a label").to_owned());
        }
    }
    labels
}

/// The labels of a message of Telegram, which the platform would take.
fn telegram(message: &Value) -> Vec<String> {
    let (text, most, entities) = match &message["caption"] {
        Value::Null => (&message["text"], 4096, &message["entities"]),
        caption => (caption, 1024, &message["caption_entities"]),
    };
    let length = units(text);
    assert!((1..=most).contains(&length), "{length} of {most}");
    for it in list(entities) {
        let end =
            it["offset"].as_u64().expect("a place") + it["length"].as_u64().expect("a length");
        assert!(usize::try_from(end).is_ok_and(|end| end <= length), "{it}");
    }
    let rows = list(&message["reply_markup"]["inline_keyboard"]);
    let buttons = rows.iter().flat_map(list).map(|button| {
        let data = button["callback_data"].as_str().expect("what it carries");
        assert!((1..=64).contains(&data.len()), "{button}");
        button["text"].as_str().expect("a label").to_owned()
    });
    buttons.collect()
}

/// The amounts of a text that are written as in English: a dollar before digits, a percent right behind them, or
/// a point before two decimals.
fn english_amounts(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let begins = |at: usize| match letters[at] {
        '$' => digit(at + 1),
        '%' => at > 0 && digit(at - 1),
        '.' => {
            let ends = !digit(at + 3) && letters.get(at + 3) != Some(&'.');
            at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && ends
        }
        _ => false,
    };
    let around = |at: usize| letters[at.saturating_sub(12)..letters.len().min(at + 8)].iter();
    let found = (0..letters.len()).filter(|at| begins(*at));
    found.map(|at| around(at).collect()).collect()
}

/// Every text of a message.
fn texts(message: &Value) -> Vec<String> {
    match message {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(parts) => parts.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn an_amount_as_in_english_is_found_and_one_as_in_german_is_none() {
    for text in ["für $12", "50% der Prämie", "Stärke 0.77 von 1", "1,234.56"] {
        assert_eq!(english_amounts(text).len(), 1, "{text}");
    }
    for text in [
        "−1.234,56\u{a0}$",
        "12,5\u{a0}%",
        "24.12.2015",
        "1.234 Zeilen",
        "24.12.",
    ] {
        assert_eq!(english_amounts(text), [""; 0], "{text}");
    }
}

/// The names of a group's cards, each of which is on the page with its buttons.
fn names(folder: &Path, group: &str, platform: &str, language: &str) -> Vec<String> {
    let stem = format!("{group}.{platform}.{language}");
    let read = |end: &str| fs::read_to_string(folder.join(format!("{stem}{end}"))).expect("a page");
    let sent: Value = serde_json::from_str(&read(".json")).expect("what would be sent");
    let pages = [read(".html"), read(".dark.html"), read(".light.html")];
    let mut names = Vec::new();
    for one in list(&sent) {
        let name = one["name"].as_str().expect("a name").to_owned();
        let messages = list(&one["messages"]);
        assert!(!messages.is_empty(), "{stem}: nothing is sent for {name}");
        if language == "de-DE" {
            // An example of a command is typed as it stands.
            let texts = messages.iter().flat_map(texts);
            let texts = texts.map(|text| text.replace("limit 3.20", "limit"));
            let found: Vec<String> = texts.flat_map(|text| english_amounts(&text)).collect();
            assert!(found.is_empty(), "{stem}: {name} has {found:?}");
        }
        // What is read is answered with a card; a bare sentence there is a refusal.
        if (group, platform) == ("answers", "discord") {
            let card = |message: &Value| !list(&message["embeds"]).is_empty();
            assert!(messages.iter().all(card), "{stem}: {name} is no card");
        }
        for page in &pages {
            let begin = page.find(&format!("id=\"{name}\""));
            let section = &page[begin.unwrap_or_else(|| panic!("{name} is not on {stem}"))..];
            let section = section.split("</section>").next().expect("its end");
            for message in messages {
                let labels = match platform {
                    "discord" => discord(message),
                    _ => telegram(message),
                };
                for label in labels {
                    let label = in_page(&label);
                    assert!(section.contains(&label), "{stem}: {name} has no {label}");
                }
            }
        }
        names.push(name);
    }
    names
}

// R14 R17 R18
#[test]
fn every_card_is_on_the_pages_of_both_platforms_and_neither_would_refuse_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("new/pages");
    let ran = run(
        folder.path(),
        &["cards", "--preview", "--out", &out.to_string_lossy()],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let index = fs::read_to_string(out.join("index.html")).expect("the first page");
    for group in GROUPS {
        let mut same = BTreeSet::new();
        for platform in ["discord", "telegram"] {
            for language in LANGUAGES {
                let names = names(&out, group, platform, language);
                assert!(names.len() > 3, "{group}: {names:?}");
                assert!(index.contains(&format!("{group}.{platform}.{language}.html")));
                same.insert(names);
            }
        }
        assert_eq!(same.len(), 1, "{group} is not the same everywhere");
        let names = same.pop_first().expect("names");
        let others = OTHERS.iter().filter(|(of, _)| *of == group);
        let wanted: Vec<&str> = match group {
            "tickets" => TICKETS.to_vec(),
            _ => others.map(|(_, name)| *name).collect(),
        };
        for wanted in wanted {
            assert!(names.iter().any(|name| name == wanted), "no {wanted}");
        }
    }
    let page = fs::read_to_string(out.join("tickets.discord.en-US.html")).expect("a page");
    let picture = "tickets-offered-0.discord.en-US.png";
    assert!(page.contains(picture) && out.join(picture).exists());
}

#[tokio::test]
async fn the_pages_are_served_until_somebody_ends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = Program::start(folder.path(), &["cards", "--preview"]);
    let line = program.expect(&["http://127.0.0.1:"], Duration::from_mins(2));
    let address = line.split(' ').find(|word| word.starts_with("http://"));
    let address = address.expect("an address");
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{address}{path}")).await;
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.text().await.unwrap_or_default())
    };
    assert!(get("").await.1.contains("tickets.telegram.de-DE.html"));
    let (status, page) = get("tickets.telegram.en-US.dark.html").await;
    assert!(status == 200 && page.contains("class=\"dark\""), "{status}");
    assert_eq!(get("Cargo.toml").await.0, 404);
}

#[test]
fn a_port_that_is_taken_and_a_folder_that_cannot_be_written_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its number").port().to_string();
    let ran = run(folder.path(), &["cards", "--preview", "--port", &port]);
    let said = ran.refused();
    assert!(said.contains(&port) && said.contains("--port"), "{said}");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let ran = run(
        folder.path(),
        &["cards", "--preview", "--out", &file.to_string_lossy()],
    );
    let said = ran.refused();
    assert!(
        said.contains("cannot write into") && said.contains("--out"),
        "{said}"
    );
    let ran = run(folder.path(), &["cards"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("--preview"), "{ran:?}");
}
