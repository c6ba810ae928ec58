use serde::Deserialize;

use super::*;
use crate::{embedded::FILES, text::cleaned};

#[derive(Deserialize)]
struct Case {
    raw: String,
    cleaned: String,
    ids: Vec<i64>,
}

/// What the training made of raw texts that try every step.
fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../news/cleaning.json")).unwrap()
}

fn tokens(most: usize) -> Tokens {
    Tokens::of(FILES.tokenizer, "tokenizer.json", most, None).unwrap()
}

#[test]
fn texts_are_cleaned_and_split_as_the_training_does_it() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let tokens = tokens(64);
    for case in cases {
        assert_eq!(cleaned(&case.raw), case.cleaned, "{:?}", case.raw);
        assert_eq!(tokens.row(&case.cleaned), case.ids, "{:?}", case.raw);
    }
}

#[test]
fn a_text_that_is_too_long_keeps_its_beginning_and_both_ends() {
    let whole = tokens(64).row("Acme rises and falls again");
    let cut = tokens(5).row("Acme rises and falls again");
    assert_eq!(cut.len(), 5);
    assert_eq!(cut[..4], whole[..4]);
    assert_eq!(cut.last(), whole.last());
    assert_ne!(cut[3], *whole.last().unwrap());
}

#[test]
fn rows_of_a_batch_are_as_long_as_the_longest_or_as_they_must_be() {
    let tokens = tokens(64);
    let (long, short) = (tokens.row("Acme rises and falls"), tokens.row("Acme"));
    let batch = tokens.batch(&["Acme", "Acme rises and falls"], None);
    assert_eq!((batch.rows, batch.length), (2, long.len()));
    assert_eq!(batch.ids[..short.len()], short);
    assert_eq!(batch.ids[long.len()..], long);
    let ones: i64 = batch.mask[..long.len()].iter().sum();
    assert_eq!(usize::try_from(ones), Ok(short.len()));
    assert_eq!(tokens.batch(&["Acme"], Some(64)).ids.len(), 64);
}

#[test]
fn a_tokenizer_of_another_model_is_refused() {
    let refused = |content: &[u8], below| {
        let read = Tokens::of(content, "tokenizer.json", 64, below);
        read.err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    let told = refused(FILES.tokenizer, Some(1_000));
    assert!(told.contains("words and the model 1000"), "{told}");
    assert!(refused(b"{\"model\": 1}", None).starts_with("tokenizer.json cannot be used"));
    // Without its post-processor nothing marks where a text begins.
    let mut bare: serde_json::Value = serde_json::from_slice(FILES.tokenizer).unwrap();
    bare["post_processor"] = serde_json::Value::Null;
    let told = refused(bare.to_string().as_bytes(), None);
    assert!(told.contains("between [CLS] and [SEP]"), "{told}");
}
