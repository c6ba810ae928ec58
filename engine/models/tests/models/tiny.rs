//! A tiny BERT classifier of random weights, written down as the exporters do it: lengths are free, and the
//! inputs are three.

use serde_json::{Value, json};

use crate::written::{self, Message, node, order, port, tensor, whole};

const WIDTH: usize = 8;
pub(crate) const WORDS: [&str; 12] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "acme", "beats", "misses", "rises", "falls", "on",
    "revenue", "again",
];

/// Weights that look random, the same in every run.
struct Weights(u64);

impl Weights {
    fn next(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let top = u16::try_from(self.0 >> 48).unwrap();
        f32::from(top) / f32::from(u16::MAX) * 2.0 - 1.0
    }

    fn tensor(&mut self, name: &str, sizes: &[usize]) -> Message {
        let count = sizes.iter().product();
        let raw: Vec<u8> = (0..count).flat_map(|_| self.next().to_le_bytes()).collect();
        tensor(name, sizes, 1, &raw)
    }
}

/// The nodes: word and type, one attention, the first token, two layers.
fn nodes() -> Vec<Message> {
    let cast = whole("to", 1);
    vec![
        node("Gather", &["words", "input_ids"], "word", None),
        node("Gather", &["types", "token_type_ids"], "type", None),
        node("Add", &["word", "type"], "x", None),
        node("MatMul", &["x", "query"], "q", None),
        node("MatMul", &["x", "key"], "k", None),
        node("MatMul", &["x", "value"], "v", None),
        node("Transpose", &["k"], "kt", Some(order(&[0, 2, 1]))),
        node("MatMul", &["q", "kt"], "scores", None),
        node("Cast", &["attention_mask"], "mask", Some(cast)),
        node("Sub", &["one", "mask"], "holes", None),
        node("Mul", &["holes", "low"], "low_holes", None),
        node("Unsqueeze", &["low_holes", "first"], "penalty", None),
        node("Add", &["scores", "penalty"], "masked", None),
        node("Softmax", &["masked"], "share", Some(whole("axis", -1))),
        node("MatMul", &["share", "v"], "mixed", None),
        node("Add", &["mixed", "x"], "sum", None),
        node("Gather", &["sum", "zero"], "cls", Some(whole("axis", 1))),
        node("MatMul", &["cls", "pooler"], "pooled", None),
        node("Tanh", &["pooled"], "bent", None),
        node("MatMul", &["bent", "classifier"], "almost", None),
        node("Add", &["almost", "bias"], "logits", None),
    ]
}

/// The model with an operation of those that compute in 8 bits.
pub(crate) fn eight_bits() -> Vec<u8> {
    let mut nodes = nodes();
    nodes.push(node("DynamicQuantizeLinear", &["x"], "x.eight", None));
    with_answers(&nodes, 3, false)
}

/// The model; with so many answers for each text, which should be three, and infinite ones where it is broken.
pub(crate) fn model(answers: usize, broken: bool) -> Vec<u8> {
    with_answers(&nodes(), answers, broken)
}

fn with_answers(nodes: &[Message], answers: usize, broken: bool) -> Vec<u8> {
    let mut weights = Weights(7);
    let float = |name: &str, value: f32| tensor(name, &[], 1, &value.to_le_bytes());
    let bias = if broken { f32::NAN } else { 0.1 };
    let bias: Vec<u8> = (0..answers).flat_map(|_| bias.to_le_bytes()).collect();
    let constants = [
        weights.tensor("words", &[WORDS.len(), WIDTH]),
        weights.tensor("types", &[2, WIDTH]),
        weights.tensor("query", &[WIDTH, WIDTH]),
        weights.tensor("key", &[WIDTH, WIDTH]),
        weights.tensor("value", &[WIDTH, WIDTH]),
        weights.tensor("pooler", &[WIDTH, WIDTH]),
        weights.tensor("classifier", &[WIDTH, answers]),
        tensor("bias", &[answers], 1, &bias),
        float("one", 1.0),
        float("low", -10_000.0),
        tensor("first", &[1], 7, &1_i64.to_le_bytes()),
        tensor("zero", &[], 7, &0_i64.to_le_bytes()),
    ];
    let free = [Err("batch_size"), Err("sequence_length")];
    let inputs = ["input_ids", "attention_mask", "token_type_ids"].map(|it| port(it, 7, free));
    let logits = port("logits", 1, [Err("batch_size"), Ok(answers as u64)]);
    written::file(nodes, &constants, &inputs, &[logits])
}

/// Its tokenizer.
pub(crate) fn tokenizer() -> Vec<u8> {
    let vocabulary: Value = WORDS
        .iter()
        .enumerate()
        .map(|(id, word)| ((*word).to_owned(), Value::from(id)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let special = |id: usize| {
        json!({"id": id, "content": WORDS[id], "single_word": false, "lstrip": false, "rstrip": false,
               "normalized": false, "special": true})
    };
    let mark = |id: usize| json!({"id": WORDS[id], "ids": [id], "tokens": [WORDS[id]]});
    let tokenizer = json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [special(0), special(1), special(2), special(3)],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                       "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"[CLS]": mark(2), "[SEP]": mark(3)}},
        "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary},
    });
    tokenizer.to_string().into_bytes()
}

/// Its configuration, with the labels in this order.
pub(crate) fn config(labels: [&str; 3]) -> Vec<u8> {
    let config = json!({
        "model_type": "bert",
        "id2label": {"0": labels[0], "1": labels[1], "2": labels[2]},
        "vocab_size": WORDS.len(),
    });
    config.to_string().into_bytes()
}
