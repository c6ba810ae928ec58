//! ONNX files, written down by the numbers of `onnx.proto`.

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}

/// A message in the making: numbers and whatever has a length, by the numbers of `onnx.proto`.
#[derive(Default)]
pub(crate) struct Message(pub(crate) Vec<u8>);

impl Message {
    pub(crate) fn number(mut self, field: u64, value: u64) -> Self {
        varint(&mut self.0, field << 3);
        varint(&mut self.0, value);
        self
    }

    pub(crate) fn bytes(mut self, field: u64, value: &[u8]) -> Self {
        varint(&mut self.0, field << 3 | 2);
        varint(&mut self.0, value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    pub(crate) fn all(self, field: u64, values: &[&str]) -> Self {
        values
            .iter()
            .fold(self, |it, value| it.bytes(field, value.as_bytes()))
    }
}

/// A `TensorProto` of floats (1) or whole numbers (7).
pub(crate) fn tensor(name: &str, sizes: &[usize], kind: u64, raw: &[u8]) -> Message {
    let shaped = sizes
        .iter()
        .fold(Message::default(), |it, size| it.number(1, *size as u64));
    shaped
        .number(2, kind)
        .bytes(8, name.as_bytes())
        .bytes(9, raw)
}

pub(crate) fn node(
    kind: &str,
    inputs: &[&str],
    output: &str,
    attribute: Option<Message>,
) -> Message {
    let node = Message::default()
        .all(1, inputs)
        .all(2, &[output])
        .all(4, &[kind]);
    attribute
        .into_iter()
        .fold(node, |it, attribute| it.bytes(5, &attribute.0))
}

pub(crate) fn whole(name: &str, value: i64) -> Message {
    let value = u64::from_ne_bytes(value.to_ne_bytes());
    Message::default()
        .all(1, &[name])
        .number(3, value)
        .number(20, 2)
}

pub(crate) fn order(values: &[i64]) -> Message {
    wholes("perm", values)
}

pub(crate) fn wholes(name: &str, values: &[i64]) -> Message {
    let named = Message::default().all(1, &[name]);
    let filled = values.iter().fold(named, |it, value| {
        it.number(8, u64::from_ne_bytes(value.to_ne_bytes()))
    });
    filled.number(20, 7)
}

pub(crate) fn port(name: &str, kind: u64, sizes: [Result<u64, &str>; 2]) -> Message {
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

/// A file of the graph of these nodes, constants, inputs and outputs.
pub(crate) fn file(
    nodes: &[Message],
    constants: &[Message],
    inputs: &[Message],
    outputs: &[Message],
) -> Vec<u8> {
    let all = |graph: Message, field: u64, parts: &[Message]| {
        parts
            .iter()
            .fold(graph, |graph, part| graph.bytes(field, &part.0))
    };
    let graph = all(Message::default(), 1, nodes).all(2, &["graph"]);
    let graph = all(all(all(graph, 5, constants), 11, inputs), 12, outputs);
    let opset = Message::default().number(2, 17);
    let model = Message::default().number(1, 8).all(2, &["tests"]);
    model.bytes(7, &graph.0).bytes(8, &opset.0).0
}
