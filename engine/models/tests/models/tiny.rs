//! A tiny BERT classifier of random weights, written down as the exporters do it: lengths are free, and the
//! inputs are three.

use serde_json::{Value, json};

const WIDTH: usize = 8;
pub(crate) const WORDS: [&str; 12] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "acme", "beats", "misses", "rises", "falls", "on",
    "revenue", "again",
];

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}

/// A message in the making: numbers and whatever has a length, by the numbers of `onnx.proto`.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn number(mut self, field: u64, value: u64) -> Self {
        varint(&mut self.0, field << 3);
        varint(&mut self.0, value);
        self
    }

    fn bytes(mut self, field: u64, value: &[u8]) -> Self {
        varint(&mut self.0, field << 3 | 2);
        varint(&mut self.0, value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    fn all(self, field: u64, values: &[&str]) -> Self {
        values
            .iter()
            .fold(self, |it, value| it.bytes(field, value.as_bytes()))
    }
}

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

/// A `TensorProto` of floats (1) or whole numbers (7).
fn tensor(name: &str, sizes: &[usize], kind: u64, raw: &[u8]) -> Message {
    let shaped = sizes
        .iter()
        .fold(Message::default(), |it, size| it.number(1, *size as u64));
    shaped
        .number(2, kind)
        .bytes(8, name.as_bytes())
        .bytes(9, raw)
}

fn node(kind: &str, inputs: &[&str], output: &str, attribute: Option<Message>) -> Message {
    let node = Message::default()
        .all(1, inputs)
        .all(2, &[output])
        .all(4, &[kind]);
    attribute
        .into_iter()
        .fold(node, |it, attribute| it.bytes(5, &attribute.0))
}

fn whole(name: &str, value: i64) -> Message {
    let value = u64::from_ne_bytes(value.to_ne_bytes());
    Message::default()
        .all(1, &[name])
        .number(3, value)
        .number(20, 2)
}

fn order(values: &[u64]) -> Message {
    let order = values
        .iter()
        .fold(Message::default().all(1, &["perm"]), |it, value| {
            it.number(8, *value)
        });
    order.number(20, 7)
}

fn port(name: &str, kind: u64, sizes: [Result<u64, &str>; 2]) -> Message {
    let shape = sizes.iter().fold(Message::default(), |shape, size| {
        let size = match size {
            Ok(fixed) => Message::default().number(1, *fixed),
            Err(free) => Message::default().all(2, &[free]),
        };
        shape.bytes(1, &size.0)
    });
    let tensor = Message::default().number(1, kind).bytes(2, &shape.0);
    let typed = Message::default().bytes(1, &tensor.0);
    Message::default().all(1, &[name]).bytes(2, &typed.0)
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
    written(&nodes, 3, false)
}

/// The model; with so many answers for each text, which should be three, and infinite ones where it is broken.
pub(crate) fn model(answers: usize, broken: bool) -> Vec<u8> {
    written(&nodes(), answers, broken)
}

fn written(nodes: &[Message], answers: usize, broken: bool) -> Vec<u8> {
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
    let mut graph = Message::default();
    for node in nodes {
        graph = graph.bytes(1, &node.0);
    }
    graph = graph.all(2, &["tiny"]);
    for constant in &constants {
        graph = graph.bytes(5, &constant.0);
    }
    for input in ["input_ids", "attention_mask", "token_type_ids"] {
        graph = graph.bytes(11, &port(input, 7, free).0);
    }
    let logits = port("logits", 1, [Err("batch_size"), Ok(answers as u64)]);
    graph = graph.bytes(12, &logits.0);
    let opset = Message::default().number(2, 17);
    let model = Message::default().number(1, 8).all(2, &["tests"]);
    model.bytes(7, &graph.0).bytes(8, &opset.0).0
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
