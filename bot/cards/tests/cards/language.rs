//! The language files: every key that the code names exists, and every key of a file is named.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use countersign_cards::{
    Language, Locale,
    command::{Argument, TABLE},
    draw,
};
use countersign_domain::view::View;
use insta::assert_snapshot;

/// Folders whose sources may name keys: every sentence for people is in this crate's files.
const SOURCES: [&str; 3] = ["src", "../web/src", "../app/src"];

/// Every file of messages.
fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let mut found = Vec::new();
    collect(&folder, "ftl", &mut found);
    assert!(!found.is_empty(), "no file in {}", folder.display());
    found
}

/// The keys of all files, repeats included.
fn keys() -> Vec<String> {
    files().iter().flat_map(|file| keys_of(file)).collect()
}

/// The keys of one file, repeats included.
fn keys_of(file: &str) -> Vec<String> {
    let message = |line: &str| {
        let (key, _) = line.split_once(" =")?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
    };
    file.lines().filter_map(message).collect()
}

/// What a file says under each key: the values that it names, and the choices that it makes.
fn shapes(file: &str) -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let mut shapes: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    let mut last = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some(key) = keys_of(line).pop() {
            last = key;
        }
        let (values, choices) = shapes.entry(last.clone()).or_default();
        for part in line.split('$').skip(1) {
            let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
            let value = &part[..end.unwrap_or(part.len())];
            // Others are dollars, on either side of their amount.
            if value.starts_with(|c: char| c.is_ascii_alphabetic()) {
                values.insert(value.to_owned());
            }
        }
        let choice = line.trim_start().trim_start_matches('*').strip_prefix('[');
        choices.extend(choice.and_then(|rest| Some(rest.split_once(']')?.0.to_owned())));
    }
    shapes
}

#[test]
fn every_language_says_everything_with_the_same_values_and_choices() {
    let files: Vec<_> = ["en.ftl", "de.ftl"]
        .map(|name| {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("locales")
                .join(name)
        })
        .map(|path| shapes(&fs::read_to_string(path).expect("a text file")))
        .into();
    assert_eq!(files.len(), Language::ALL.len());
    assert!(files[0].len() > 500);
    for (key, shape) in &files[0] {
        assert_eq!(files[1].get(key), Some(shape), "{key}");
    }
    assert_eq!(files[0].len(), files[1].len());
}

#[test]
fn a_language_is_asked_for_by_its_word() {
    let words = Language::ALL.map(|language| serde_json::to_string(&language).expect("a word"));
    assert_eq!(words, ["\"en\"", "\"de\""]);
    for language in Language::ALL {
        assert_eq!(Locale::of(language).language(), language);
    }
    assert_eq!(
        Locale::of(Language::German).say("button-confirm"),
        "Bestätigen"
    );
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(fs::read_to_string(&path).expect("a text file"));
        }
    }
}

/// Every string literal of one source.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split('"').skip(1).step_by(2))
}

fn read(folders: &[&str]) -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        collect(&here.join(folder), "rs", &mut found);
    }
    found
}

#[test]
fn every_key_of_the_file_is_used_by_the_code() {
    let sources = read(&SOURCES);
    let used: BTreeSet<&str> = sources.iter().flat_map(|source| literals(source)).collect();
    let idle: Vec<String> = keys()
        .into_iter()
        .filter(|key| !used.contains(key.as_str()))
        .collect();
    assert!(idle.is_empty(), "nothing says: {idle:?}");
}

#[test]
fn every_key_that_this_crate_names_exists() {
    let known: BTreeSet<String> = keys().into_iter().collect();
    let sources = read(&["src"]);
    // A key is lower-case words with dashes; the verbs of buttons look alike and are no keys.
    let actions = sources
        .iter()
        .filter(|source| source.contains("The button codec"));
    let mut verbs: BTreeSet<&str> = actions.flat_map(|source| literals(source)).collect();
    for spec in &TABLE {
        let choices = spec.arguments.iter().flat_map(Argument::choices);
        verbs.extend(choices.filter_map(|choice| choice.verb).chain(spec.verb));
    }
    let named = sources
        .iter()
        .flat_map(|source| literals(source))
        .filter(|literal| {
            let words: Vec<&str> = literal.split('-').collect();
            let plain = |word: &&str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            let day = literal.starts_with(|c: char| c.is_ascii_digit());
            words.len() > 1 && words.iter().all(plain) && !day
        });
    let missing: Vec<&str> = named
        .filter(|key| !known.contains(*key) && !verbs.contains(*key))
        .collect();
    assert!(missing.is_empty(), "no message for: {missing:?}");
}

/// The first string literal after each call that takes a key.
fn keys_asked_for(source: &str) -> Vec<&str> {
    let after = |call: &'static str| source.split(call).skip(1);
    after("say!(")
        .chain(after(".say("))
        .filter_map(|rest| {
            let (before, rest) = rest.split_once('"')?;
            // The key is the first or second thing in the call, never behind its end.
            (!before.contains([')', ';']))
                .then(|| rest.split('"').next())
                .flatten()
        })
        .collect()
}

#[test]
fn every_key_that_a_surface_asks_for_exists() {
    let known: BTreeSet<String> = keys().into_iter().collect();
    let sources = read(&SOURCES);
    let asked = sources.iter().flat_map(|source| keys_asked_for(source));
    let missing: Vec<&str> = asked.filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "no message for: {missing:?}");
    let example = keys_asked_for("say!(\n locale,\n \"a-key\", x = \"y\") locale.say(\"b-key\")");
    assert_eq!(example, ["a-key", "b-key"]);
}

#[test]
fn no_key_stands_twice_and_none_is_unreadable() {
    for file in files() {
        let keys = keys_of(&file);
        let once: BTreeSet<&String> = keys.iter().collect();
        assert_eq!(once.len(), keys.len(), "a key stands twice");
        let faults = fluent_bundle::FluentResource::try_new(file)
            .err()
            .map(|(_, faults)| faults);
        assert_eq!(faults, None);
    }
}

#[test]
fn no_message_has_an_exclamation_mark_or_a_hyphen_for_a_minus() {
    let files = files();
    let lines = files.iter().flat_map(|file| file.lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        assert!(!line.contains('!'), "{line}");
        assert!(
            !line.replace("->", "").contains(" -"),
            "a hyphen for a minus or a dash: {line}"
        );
    }
}

#[test]
fn one_locale_serves_every_thread() {
    fn shared<T: Send + Sync>(_: &T) {}
    let english = Locale::english();
    shared(&english);
    assert_eq!(english.say("button-confirm"), "Confirm");
    assert_eq!(english.language(), Language::English);
}

#[test]
fn a_card_in_german_has_no_english_left() {
    let german = Locale::of(Language::German);
    let ticket = crate::desk::view(crate::desk::offered(), crate::desk::at(10, 32, 30));
    let card = draw(&View::Ticket(Box::new(ticket)), &german);
    assert_snapshot!(card.text(), @r"
    PAPER · Konto PA-1 · Main desk
    Ticket angeboten: GOOG Bull Call Spread 750/755, 24.12.2015

    Größter Verlust 255,20 $, Gebühren für beide Wege eingeschlossen.
    Nicht enthalten: vorzeitige Zuteilung eines Short-Legs, ungewisse Zuteilung nahe
    dem Strike bei Verfall und Kurssprung der Aktie nach Handelsschluss.

    Geschäft         Kauf 2 GOOG 24.12.2015 750 Call
                     Verkauf 2 GOOG 24.12.2015 755 Call
    Limit            höchstens 1,25 $ je Aktie zahlen (125,00 $ je Kontrakt,
                     250,00 $ insgesamt)
    Kontrakte        2
    Größter Gewinn   +744,80 $
    Gewinnschwelle   GOOG bei 751,25 $ am Verfallstag, vor Gebühren
    Gebühren         5,20 $ für beide Wege
    Chance           etwa 51 % auf einen Gewinn am Verfallstag, geschätzt: was die
                     Volatilität besagt, keine Vorhersage
    Ausstiege        bei 125,00 $ Gewinn (50 % der Prämie)
                     bei 100,00 $ Verlust (40 % der Prämie)
                     ab 75,00 $ Gewinn bei einem Rückgang um 37,50 $ vom Höchststand
                     um 15:30:00 EST
                     am letzten Handelstag
                     immer in der letzten Handelsstunde, Ende um 13:00:00 EST,
                     24.12.2015
    Warum            trend erwartet, dass GOOG steigt, Stärke 0,77 von 1
                     letzter Preis 751,62 $; schneller Durchschnitt 751,18 $;
                     langsamer Durchschnitt 750,24 $; schneller minus langsamer
                     Durchschnitt 1,08 Schwankungen; langsamer Durchschnitt bewegt
                     um 0,61 Schwankungen; Momentum 66 von 100; 1 Tag bis Verfall;
                     implizite Volatilität am Geld 18,4 %; Rang der impliziten
                     Volatilität unbekannt, keine Historie
    Markt            sofort 1,45 $ zahlen, zur Mitte 1,25 $ zahlen; 33 s alt
                     (10:31:57 EST), aufgezeichneter Tag
    Entscheiden bis  10:37:00 EST

    Kurse auf der Karte
      Kontrakt                         Geld        Brief
      GOOG 24.12.2015 750 Call  3,10 $ × 12   3,30 $ × 8
      GOOG 24.12.2015 755 Call  1,85 $ × 40  2,05 $ × 22

    [Bestätigen] [Ablehnen] [Ändern] [Zurückstellen] [Warum]

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, Revision 1
    ");
}
