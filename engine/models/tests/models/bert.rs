//! A BERT classifier of random weights and of the true shape, as a graph and as weights alone.

use std::{collections::BTreeMap, fs};

use countersign_models::sha256;
use serde_json::{Map, Value, json};

use crate::{
    tiny,
    written::{self, Message, node, order, port, tensor, whole, wholes},
};

/// How large it is.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) words: usize,
    pub(crate) width: usize,
    pub(crate) layers: usize,
    pub(crate) heads: usize,
    pub(crate) inner: usize,
    pub(crate) places: usize,
}

/// One that is made in no time.
pub(crate) const SMALL: Shape = Shape {
    words: tiny::WORDS.len(),
    width: 32,
    layers: 2,
    heads: 4,
    inner: 64,
    places: 80,
};

/// As large as FinBERT.
pub(crate) const FINBERT: Shape = Shape {
    words: 30_522,
    width: 768,
    layers: 12,
    heads: 12,
    inner: 3_072,
    places: 512,
};

struct Weight {
    sizes: Vec<usize>,
    values: Vec<f32>,
}

/// Its weights, by the names that `PyTorch` gives them.
pub(crate) struct Bert {
    shape: Shape,
    weights: BTreeMap<String, Weight>,
    seed: u64,
}

impl Bert {
    pub(crate) fn new(shape: Shape) -> Self {
        let mut bert = Self {
            shape,
            weights: BTreeMap::new(),
            seed: 11,
        };
        let (width, inner) = (shape.width, shape.inner);
        for (table, rows) in [
            ("word", shape.words),
            ("position", shape.places),
            ("token_type", 2),
        ] {
            let name = format!("bert.embeddings.{table}_embeddings.weight");
            bert.put(&name, &[rows, width], 0.0, 1.0);
        }
        bert.norm("bert.embeddings.LayerNorm");
        for layer in 0..shape.layers {
            let at = format!("bert.encoder.layer.{layer}");
            for part in ["query", "key", "value"] {
                bert.linear(&format!("{at}.attention.self.{part}"), width, width);
            }
            bert.linear(&format!("{at}.attention.output.dense"), width, width);
            bert.norm(&format!("{at}.attention.output.LayerNorm"));
            bert.linear(&format!("{at}.intermediate.dense"), inner, width);
            bert.linear(&format!("{at}.output.dense"), width, inner);
            bert.norm(&format!("{at}.output.LayerNorm"));
        }
        bert.linear("bert.pooler.dense", width, width);
        bert.linear("classifier", 3, width);
        bert
    }

    /// With something in place of a number.
    pub(crate) fn broken(mut self) -> Self {
        let bias = self.weights.get_mut("classifier.bias").unwrap();
        bias.values[1] = f32::NAN;
        self
    }

    /// Without one of its weights.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.weights.remove(name).unwrap();
        self
    }

    fn put(&mut self, name: &str, sizes: &[usize], middle: f32, spread: f32) {
        let count = sizes.iter().product();
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            self.seed = self
                .seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let top = u16::try_from(self.seed >> 48).unwrap();
            values.push(middle + spread * (f32::from(top) / f32::from(u16::MAX) * 2.0 - 1.0));
        }
        let sizes = sizes.to_vec();
        self.weights
            .insert(name.to_owned(), Weight { sizes, values });
    }

    /// As far apart as keeps the answers as large as the questions.
    fn linear(&mut self, name: &str, to: usize, from: usize) {
        let spread = (3.0 / f32::from(u16::try_from(from).unwrap())).sqrt();
        self.put(&format!("{name}.weight"), &[to, from], 0.0, spread);
        self.put(&format!("{name}.bias"), &[to], 0.0, 0.1);
    }

    fn norm(&mut self, name: &str) {
        let width = self.shape.width;
        self.put(&format!("{name}.weight"), &[width], 1.0, 0.1);
        self.put(&format!("{name}.bias"), &[width], 0.0, 0.1);
    }

    /// As `safetensors`: the length of a header, the header, the numbers. Like the real one it has a tensor
    /// of whole numbers that nobody asks for.
    pub(crate) fn safetensors(&self) -> Vec<u8> {
        let (mut header, mut numbers) = (Map::new(), Vec::new());
        let mut entry = |name: &str, kind: &str, sizes: &[usize], raw: &[u8]| {
            let begun = numbers.len();
            numbers.extend_from_slice(raw);
            let at = json!({"dtype": kind, "shape": sizes, "data_offsets": [begun, numbers.len()]});
            header.insert(name.to_owned(), at);
        };
        let places = 0_i64.to_le_bytes();
        entry("bert.embeddings.position_ids", "I64", &[1, 1], &places);
        for (name, weight) in &self.weights {
            entry(name, "F32", &weight.sizes, &raw(&weight.values));
        }
        let mut header = Value::from(header).to_string();
        while header.len() % 8 != 0 {
            header.push(' ');
        }
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend_from_slice(header.as_bytes());
        file.append(&mut numbers);
        file
    }

    /// Its configuration, with the labels in this order.
    pub(crate) fn config(&self, labels: [&str; 3]) -> Value {
        let shape = self.shape;
        json!({
            "model_type": "bert", "hidden_act": "gelu", "layer_norm_eps": 1e-12,
            "position_embedding_type": "absolute", "initializer_range": 0.02,
            "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1,
            "hidden_size": shape.width, "intermediate_size": shape.inner,
            "num_attention_heads": shape.heads, "num_hidden_layers": shape.layers,
            "max_position_embeddings": shape.places, "type_vocab_size": 2, "vocab_size": shape.words,
            "id2label": {"0": labels[0], "1": labels[1], "2": labels[2]},
            "label2id": {labels[0]: 0, labels[1]: 1, labels[2]: 2},
        })
    }

    /// A folder for the engines of graphs and for rust-bert, with right checksums.
    pub(crate) fn folder(&self, labels: [&str; 3]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut vocabulary = tiny::WORDS.join("\n");
        vocabulary.push('\n');
        let files = [
            ("config.json", self.config(labels).to_string().into_bytes()),
            ("tokenizer.json", tiny::tokenizer()),
            ("model.onnx", self.onnx()),
            ("vocab.txt", vocabulary.into_bytes()),
            (
                "tokenizer_config.json",
                br#"{"do_lower_case": true}"#.to_vec(),
            ),
            ("model.safetensors", self.safetensors()),
        ];
        let mut sums = json!({"repository": "a/b", "revision": "abc", "sha256": {}});
        for (name, content) in files {
            sums["sha256"][name] = sha256(&content).into();
            fs::write(folder.path().join(name), content).unwrap();
        }
        fs::write(folder.path().join("checksums.json"), sums.to_string()).unwrap();
        folder
    }

    /// As a graph, the way `PyTorch` writes it down.
    pub(crate) fn onnx(&self) -> Vec<u8> {
        let mut graph = Graph {
            bert: self,
            nodes: Vec::new(),
            constants: Vec::new(),
        };
        graph.whole();
        let free = [Err("batch_size"), Err("sequence_length")];
        let inputs = ["input_ids", "attention_mask", "token_type_ids"].map(|it| port(it, 7, free));
        let logits = port("logits", 1, [Err("batch_size"), Ok(3)]);
        written::file(&graph.nodes, &graph.constants, &inputs, &[logits])
    }
}

fn raw(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|it| it.to_le_bytes()).collect()
}

struct Graph<'a> {
    bert: &'a Bert,
    nodes: Vec<Message>,
    constants: Vec<Message>,
}

impl Graph<'_> {
    fn node(&mut self, kind: &str, inputs: &[&str], output: &str, attribute: Option<Message>) {
        self.nodes.push(node(kind, inputs, output, attribute));
    }

    fn constant(&mut self, name: &str) {
        let weight = &self.bert.weights[name];
        let made = tensor(name, &weight.sizes, 1, &raw(&weight.values));
        self.constants.push(made);
    }

    fn floats(&mut self, known: &[(&str, f32)]) {
        for (name, value) in known {
            let made = tensor(name, &[], 1, &value.to_le_bytes());
            self.constants.push(made);
        }
    }

    fn wholes(&mut self, name: &str, values: &[usize]) {
        let numbers = values.iter().flat_map(|it| (*it as u64).to_le_bytes());
        let made = tensor(name, &[values.len()], 7, &numbers.collect::<Vec<u8>>());
        self.constants.push(made);
    }

    /// What goes in times the weights, which stand the other way round in a graph, and the bias.
    fn linear(&mut self, name: &str, input: &str, output: &str) {
        let weight = &self.bert.weights[&format!("{name}.weight")];
        let [to, from] = weight.sizes[..] else {
            panic!("{name} is no matrix")
        };
        let mut turned = Vec::with_capacity(weight.values.len());
        for column in 0..from {
            turned.extend((0..to).map(|row| weight.values[row * from + column]));
        }
        let (matrix, product) = (format!("{name}.turned"), format!("{output}.product"));
        let made = tensor(&matrix, &[from, to], 1, &raw(&turned));
        self.constants.push(made);
        let bias = format!("{name}.bias");
        self.constant(&bias);
        self.node("MatMul", &[input, &matrix], &product, None);
        self.node("Add", &[&product, &bias], output, None);
    }

    fn norm(&mut self, name: &str, input: &str, output: &str) {
        let at = |part: &str| format!("{output}.{part}");
        let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
        self.constant(&weight);
        self.constant(&bias);
        let last = || Some(wholes("axes", &[-1]));
        self.node("ReduceMean", &[input], &at("mean"), last());
        self.node("Sub", &[input, &at("mean")], &at("off"), None);
        self.node("Pow", &[&at("off"), "two"], &at("square"), None);
        self.node("ReduceMean", &[&at("square")], &at("variance"), last());
        self.node("Add", &[&at("variance"), "epsilon"], &at("more"), None);
        self.node("Sqrt", &[&at("more")], &at("root"), None);
        self.node("Div", &[&at("off"), &at("root")], &at("even"), None);
        self.node("Mul", &[&at("even"), &weight], &at("wide"), None);
        self.node("Add", &[&at("wide"), &bias], output, None);
    }

    /// Words, places and types; which tokens there are.
    fn embeddings(&mut self) {
        let table = |it: &str| format!("bert.embeddings.{it}_embeddings.weight");
        for name in ["word", "position", "token_type"] {
            self.constant(&table(name));
        }
        self.node("Gather", &[&table("word"), "input_ids"], "word", None);
        let types = table("token_type");
        self.node("Gather", &[&types, "token_type_ids"], "type", None);
        self.node("Shape", &["input_ids"], "shape", None);
        self.node("Gather", &["shape", "first"], "length", None);
        let places = [&table("position"), "nowhere", "length", "nowhere"];
        self.node("Slice", &places, "place", None);
        self.node("Add", &["word", "type"], "typed", None);
        self.node("Add", &["typed", "place"], "placed", None);
        self.norm("bert.embeddings.LayerNorm", "placed", "x0");
        let cast = Some(whole("to", 1));
        self.node("Unsqueeze", &["attention_mask", "between"], "there", None);
        self.node("Cast", &["there"], "mask", cast);
        self.node("Sub", &["one", "mask"], "holes", None);
        self.node("Mul", &["holes", "low"], "penalty", None);
    }

    fn layer(&mut self, number: usize) {
        let name = |it: &str| format!("bert.encoder.layer.{number}.{it}");
        let at = |part: &str| format!("l{number}.{part}");
        let (from, to) = (format!("x{number}"), format!("x{}", number + 1));
        for (part, turn) in [
            ("query", [0, 2, 1, 3]),
            ("key", [0, 2, 3, 1]),
            ("value", [0, 2, 1, 3]),
        ] {
            let (flat, split) = (at(&format!("{part}.flat")), at(&format!("{part}.split")));
            self.linear(&name(&format!("attention.self.{part}")), &from, &flat);
            self.node("Reshape", &[&flat, "heads"], &split, None);
            self.node("Transpose", &[&split], &at(part), Some(order(&turn)));
        }
        self.node("MatMul", &[&at("query"), &at("key")], &at("scores"), None);
        self.node("Div", &[&at("scores"), "root"], &at("scaled"), None);
        self.node("Add", &[&at("scaled"), "penalty"], &at("masked"), None);
        let last = Some(whole("axis", -1));
        self.node("Softmax", &[&at("masked")], &at("share"), last);
        self.node("MatMul", &[&at("share"), &at("value")], &at("mixed"), None);
        let back = Some(order(&[0, 2, 1, 3]));
        self.node("Transpose", &[&at("mixed")], &at("back"), back);
        self.node("Reshape", &[&at("back"), "joined"], &at("joined"), None);
        let dense = name("attention.output.dense");
        self.linear(&dense, &at("joined"), &at("told"));
        self.node("Add", &[&at("told"), &from], &at("beside"), None);
        let norm = name("attention.output.LayerNorm");
        self.norm(&norm, &at("beside"), &at("heard"));
        self.linear(&name("intermediate.dense"), &at("heard"), &at("inner"));
        self.node("Div", &[&at("inner"), "root_two"], &at("less"), None);
        self.node("Erf", &[&at("less")], &at("erf"), None);
        self.node("Add", &[&at("erf"), "one"], &at("raised"), None);
        self.node("Mul", &[&at("inner"), &at("raised")], &at("twice"), None);
        self.node("Mul", &[&at("twice"), "half"], &at("bent"), None);
        self.linear(&name("output.dense"), &at("bent"), &at("outer"));
        self.node("Add", &[&at("outer"), &at("heard")], &at("sum"), None);
        self.norm(&name("output.LayerNorm"), &at("sum"), &to);
    }

    fn whole(&mut self) {
        let shape = self.bert.shape;
        let each = shape.width / shape.heads;
        let root = f32::from(u16::try_from(each).unwrap()).sqrt();
        self.floats(&[
            ("one", 1.0),
            ("two", 2.0),
            ("half", 0.5),
            ("low", -10_000.0),
            ("epsilon", 1e-12),
            ("root", root),
            ("root_two", std::f32::consts::SQRT_2),
        ]);
        self.wholes("nowhere", &[0]);
        self.wholes("first", &[1]);
        self.wholes("between", &[1, 2]);
        self.wholes("heads", &[0, 0, shape.heads, each]);
        self.wholes("joined", &[0, 0, shape.width]);
        let zero = tensor("zero", &[], 7, &0_i64.to_le_bytes());
        self.constants.push(zero);
        self.embeddings();
        for number in 0..shape.layers {
            self.layer(number);
        }
        let (last, axis) = (format!("x{}", shape.layers), Some(whole("axis", 1)));
        self.node("Gather", &[&last, "zero"], "cls", axis);
        self.linear("bert.pooler.dense", "cls", "pooled");
        self.node("Tanh", &["pooled"], "bent", None);
        self.linear("classifier", "bent", "logits");
    }
}
