use std::collections::BTreeSet;

use super::*;

fn weight(text: &str) -> f64 {
    Lexicon::built_in().weight(text)
}

#[test]
fn every_line_of_the_list_is_read_and_no_word_stands_twice() {
    let mut seen = BTreeSet::new();
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let (kind, word, weight) = words::fields(line).unwrap_or_else(|| panic!("{line:?}"));
        assert!(
            matches!(
                kind,
                "up" | "down" | "good" | "bad" | "tone" | "not" | "more" | "phrase"
            ),
            "{line:?}"
        );
        assert!(weight.abs() <= 2.5 && weight != 0.0, "{line:?}");
        let place = match kind {
            "not" | "more" => "manner",
            "good" | "bad" => "thing",
            _ => "word",
        };
        assert!(seen.insert((place, word)), "{word:?} stands twice");
        assert_eq!(split(word).join(" "), word, "{word:?} is never found");
    }
}

#[test]
fn what_is_cut_or_raised_decides_what_it_means() {
    assert!(weight("Acme raises its guidance") > 0.5);
    assert!(weight("Acme cuts its guidance") < -0.5);
    assert!(weight("Acme cuts its costs") > 0.5);
    assert!(weight("Acme's losses rise") < -0.5);
    assert!(weight("Acme beats on revenue") > 1.0);
    assert!(weight("Acme misses on revenue") < -1.0);
}

#[test]
fn less_bad_than_feared_is_good_and_less_good_than_expected_is_bad() {
    for good in [
        "Acme posts smaller-than-expected loss",
        "Acme's loss is narrower than analysts had feared",
        "Sales at Acme fell less than expected",
        "Acme reports better than expected results",
    ] {
        assert!(weight(good) > 0.0, "{good}: {}", weight(good));
    }
    for bad in [
        "Acme posts smaller-than-expected profit",
        "Acme posts wider than expected loss",
        "Acme reports weaker than expected results",
    ] {
        assert!(weight(bad) < 0.0, "{bad}: {}", weight(bad));
    }
}

#[test]
fn not_turns_it_round_and_manners_change_its_strength() {
    assert!(weight("Acme did not miss estimates") > 0.0);
    assert!(weight("Acme didn't miss estimates") > 0.0);
    assert!(weight("Acme falls sharply") >= weight("Acme falls"));
    assert!(weight("Acme sharply lowers outlook") < weight("Acme lowers outlook"));
    assert!(weight("Acme slightly lowers outlook") > weight("Acme lowers outlook"));
    assert!(weight("Will Acme surge?") < weight("Acme surge"));
}

#[test]
fn a_plain_sentence_is_neutral_and_shares_add_up() {
    let mut lexicon = Lexicon::built_in();
    for answer in lexicon.read(&["Acme opens a bakery on Sunday", "Acme plunges", ""]) {
        let [bearish, neutral, bullish] = answer.unwrap().sentiment;
        assert!((bearish + neutral + bullish - 1.0).abs() < 1e-9);
    }
    let plain = lexicon
        .read(&["Acme opens a bakery on Sunday"])
        .remove(0)
        .unwrap();
    assert!(plain.sentiment[1] > 0.5);
    let plunge = lexicon.read(&["Acme plunges"]).remove(0).unwrap();
    assert!(plunge.sentiment[0] > 0.4, "{plunge:?}");
    assert!(plunge.topics.is_empty());
}
