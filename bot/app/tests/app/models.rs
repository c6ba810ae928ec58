//! `countersign models` and `countersign veto eval`.

use serde_json::Value;

use crate::place::Place;

const TONES: &str = "text,label\nAcme beats on revenue,1\nAcme misses on revenue,0\n\
                     Acme opens a bakery on Sunday,2\nAcme plunges after profit warning,0\n";
const TOPICS: &str = "text,label\nAcme to buy Widget Works for $3 billion,13\n\
                      Acme chief executive resigns,17\nGold steady near record,10\n";

#[test]
fn a_scorer_is_measured_on_labelled_texts() {
    let place = Place::new();
    let set = place.file("tones.csv", TONES);
    let set = set.to_str().expect("UTF-8");
    let args = ["models", "eval", "--set", set, "--use", "lexicon"];
    let told = place.run(&args).good();
    assert!(told.contains("texts            4, not read 0"), "{told}");
    assert!(told.contains("accuracy         1.0000"), "{told}");
    let json = place.run(&[&args[..], &["--json"]].concat()).good();
    let report: Value = serde_json::from_str(&json).expect("one JSON object");
    assert_eq!(report["scorer"]["name"], "lexicon");
    assert_eq!(report["accuracy"], 1.0);
}

#[test]
fn the_model_of_the_program_is_shown_and_weighs_a_veto_without_a_native_library() {
    let place = Place::new();
    let shown = place.run(&["models", "show", "--library", "none"]).good();
    assert!(shown.contains("scorer        embedded"), "{shown}");
    assert!(
        shown.contains("engine        the engine in pure Rust"),
        "{shown}"
    );
    let set = place.file("topics.csv", TOPICS);
    let set = set.to_str().expect("UTF-8");
    let args = ["veto", "eval", "--set", set, "--library", "none"];
    let told = place.run(&[&args[..], &["--threshold", "0"]].concat());
    let told = told.good();
    assert!(told.contains("3, of them dangerous 2"), "{told}");
    assert!(
        told.contains("   0.0000  1.0000        1.0000  <- in force"),
        "{told}"
    );
    let refused = place.run(&[&args[..], &["--threshold", "2"]].concat());
    assert!(refused.refused().contains("from 0 to 1"));
}

#[test]
fn a_library_that_does_not_load_is_named() {
    let place = Place::new();
    let library = place.file("libonnxruntime.so", "no library");
    let library = library.to_str().expect("UTF-8");
    let shown = place.run(&["models", "show", "--library", library]).good();
    assert!(
        shown.contains("warning") && shown.contains(library),
        "{shown}"
    );
}

#[test]
fn the_scorer_is_the_configured_one_unless_it_is_named() {
    let place = Place::new();
    let set = place.file("tones.csv", TONES);
    let set = set.to_str().expect("UTF-8");
    let eval = ["models", "eval", "--set", set];
    let lexicon = ["--set", "news.model.use=lexicon"];
    let told = place.run(&[&lexicon[..], &eval].concat()).good();
    assert!(told.starts_with("scorer           lexicon"), "{told}");
    let told = place
        .run(&[&["models", "show"], &lexicon[..]].concat())
        .good();
    assert!(told.starts_with("scorer        lexicon"), "{told}");
    place.file("home/config.toml", "[news.model]\nuse = \"none\"\n");
    let told = place.run(&eval).refused();
    assert!(told.contains("name a scorer with --use"), "{told}");
    let told = place.run(&[&eval[..], &["--use", "lexicon"]].concat());
    assert!(told.good().contains("accuracy         1.0000"));
    let told = place.run(&[&["--set", "a=b"], &eval[..]].concat());
    let refused = told.refused();
    assert!(refused.contains("there is no key a"), "{refused}");
}

#[test]
fn what_cannot_be_measured_is_refused_in_one_sentence() {
    let place = Place::new();
    let set = place.file("wrong.csv", "text,label\nAcme,7\n");
    let set = set.to_str().expect("UTF-8");
    let args = ["models", "eval", "--set", set, "--use", "lexicon"];
    assert!(place.run(&args).refused().starts_with("row 1 of"));
    let args = ["models", "eval", "--set", "nowhere.csv"];
    assert!(place.run(&args).refused().starts_with("cannot read"));
    let told = place.run(&["models", "show", "--use", "finbert"]).refused();
    assert!(told.contains("countersign models pull finbert"), "{told}");
    let told = place
        .run(&["models", "show", "--use", "rust-bert"])
        .refused();
    assert!(told.contains("--features rust-bert"), "{told}");
    let args = [
        "models",
        "pull",
        "finbert",
        "--endpoint",
        "http://127.0.0.1:1",
    ];
    assert!(
        place
            .run(&args)
            .refused()
            .contains("does not give config.json")
    );
}
