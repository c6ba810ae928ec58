//! The tokenizer of a BERT that comes with a list of words in place of a `tokenizer.json`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    error::LoadError,
    finbert::{Folder, MOST_TOKENS, VOCABULARY, WORDING},
    tokens::Tokens,
};

/// Words that stand for no word, which every such list has.
const MARKS: [&str; 4] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

/// What is read of a `tokenizer_config.json`; what it leaves out is as with every BERT.
#[derive(Debug, Deserialize)]
struct Wording {
    #[serde(default = "usual")]
    do_lower_case: bool,
    #[serde(default = "usual")]
    tokenize_chinese_chars: bool,
    #[serde(default)]
    strip_accents: Option<bool>,
}

const fn usual() -> bool {
    true
}

/// The tokenizer of a folder, for a model that has rows for so many words.
pub(super) fn tokens(folder: &Folder<'_>, below: usize) -> Result<Tokens, LoadError> {
    let wording: Wording = serde_json::from_slice(&folder.file(WORDING)?.0)
        .map_err(|error| folder.wrong(WORDING, error.to_string()))?;
    let file = folder.called(VOCABULARY);
    let (words, _) = folder.file(VOCABULARY)?;
    let written = written(&words, &wording).map_err(|why| LoadError::Tokenizer {
        file: file.clone(),
        why,
    })?;
    Tokens::of(
        written.to_string().as_bytes(),
        &file,
        MOST_TOKENS,
        Some(below),
    )
}

/// The same as a `tokenizer.json`: a word is what its line's number, from 0 on, stands for.
fn written(words: &[u8], wording: &Wording) -> Result<Value, String> {
    let words = str::from_utf8(words).map_err(|error| error.to_string())?;
    let mut vocabulary = Map::new();
    for (id, word) in words.lines().enumerate() {
        vocabulary.insert(word.to_owned(), id.into());
    }
    let id = |mark: &str| {
        let id = vocabulary.get(mark).cloned();
        id.ok_or_else(|| format!("it has no {mark}"))
    };
    let ids = MARKS.iter().map(|mark| id(mark));
    let ids: Vec<Value> = ids.collect::<Result<_, _>>()?;
    let added: Vec<Value> = MARKS
        .iter()
        .zip(&ids)
        .map(|(mark, id)| {
            json!({"id": id, "content": mark, "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true})
        })
        .collect();
    let around = |at: usize| json!({"SpecialToken": {"id": MARKS[at], "type_id": 0}});
    let (one, other) = (
        json!({"Sequence": {"id": "A", "type_id": 0}}),
        json!({"Sequence": {"id": "B", "type_id": 1}}),
    );
    let mark = |at: usize| json!({"id": MARKS[at], "ids": [ids[at]], "tokens": [MARKS[at]]});
    Ok(json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added, "decoder": null,
        "normalizer": {"type": "BertNormalizer", "clean_text": true,
                       "handle_chinese_chars": wording.tokenize_chinese_chars,
                       "strip_accents": wording.strip_accents, "lowercase": wording.do_lower_case},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing",
            "single": [around(2), one, around(3)], "pair": [around(2), one, around(3), other, around(3)],
            "special_tokens": {"[CLS]": mark(2), "[SEP]": mark(3)}},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary},
    }))
}
