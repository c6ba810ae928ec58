//! What an ONNX file says of itself, read without an engine.
//!
//! An engine may end the process over a file that makes no sense, so that whatever comes from a folder is
//! looked at here first. Field numbers are those of `onnx.proto`.

use std::collections::BTreeSet;

/// An input or output: its name and shape; `None` for a size that is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Port {
    pub(crate) name: String,
    pub(crate) sizes: Vec<Option<u64>>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// What it has to be given; weights are no inputs.
    pub(crate) inputs: Vec<Port>,
    /// What it answers.
    pub(crate) outputs: Vec<Port>,
    /// The kinds of its operations.
    pub(crate) operations: BTreeSet<String>,
}

/// Why a file is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    /// It ends in the middle of something.
    #[error("it ends too early")]
    Truncated,
    /// It is something else.
    #[error("it is no ONNX file")]
    Alien,
    /// A weight is no number: an engine may answer something that looks sound all the same.
    #[error("a weight in it is something that is not a number")]
    NoNumber,
}

/// A value of a message: of the four kinds only two are looked into.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other(&'a [u8]),
}

/// The fields of one message, in their order.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Result<u64, Malformed> {
        let mut value = 0_u64;
        for (at, byte) in self.0.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * at).min(63);
            if byte & 0x80 == 0 {
                self.0 = &self.0[at + 1..];
                return Ok(value);
            }
        }
        Err(if self.0.len() < 10 {
            Malformed::Truncated
        } else {
            Malformed::Alien
        })
    }

    fn bytes(&mut self, length: u64) -> Result<&'a [u8], Malformed> {
        let length = usize::try_from(length).map_err(|_| Malformed::Alien)?;
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(Malformed::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn field(&mut self) -> Result<(u64, Value<'a>), Malformed> {
        let key = self.number()?;
        let value = match key & 7 {
            0 => Value::Number(self.number()?),
            1 => Value::Other(self.bytes(8)?),
            2 => {
                let length = self.number()?;
                Value::Bytes(self.bytes(length)?)
            }
            5 => Value::Other(self.bytes(4)?),
            _ => return Err(Malformed::Alien),
        };
        if key >> 3 == 0 {
            return Err(Malformed::Alien);
        }
        Ok((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

/// The messages at a field's number.
fn messages(message: &[u8], number: u64) -> Result<Vec<&[u8]>, Malformed> {
    let mut found = Vec::new();
    for field in Fields(message) {
        if let (at, Value::Bytes(bytes)) = field?
            && at == number
        {
            found.push(bytes);
        }
    }
    Ok(found)
}

fn text(message: &[u8], number: u64) -> Result<String, Malformed> {
    let found = messages(message, number)?;
    let last = found.last().copied().unwrap_or_default();
    String::from_utf8(last.to_vec()).map_err(|_| Malformed::Alien)
}

/// A `ValueInfoProto`: its name is 1, its type 2, in which the tensor is 1, in which the shape is 2.
fn port(message: &[u8]) -> Result<Port, Malformed> {
    let mut sizes = Vec::new();
    for kind in messages(message, 2)? {
        for tensor in messages(kind, 1)? {
            for shape in messages(tensor, 2)? {
                for size in messages(shape, 1)? {
                    sizes.push(fixed_size(size)?);
                }
            }
        }
    }
    Ok(Port {
        name: text(message, 1)?,
        sizes,
    })
}

fn fixed_size(message: &[u8]) -> Result<Option<u64>, Malformed> {
    let mut size = None;
    for field in Fields(message) {
        if let (1, Value::Number(value)) = field? {
            size = Some(value);
        }
    }
    Ok(size)
}

/// A `TensorProto`: its kind is 2, of which 1 is f32, its values are 9 as bytes or 4 one after another.
fn all_numbers(tensor: &[u8]) -> Result<(), Malformed> {
    let mut is_float = false;
    let mut values: Vec<&[u8]> = Vec::new();
    for field in Fields(tensor) {
        match field? {
            (2, Value::Number(kind)) => is_float = kind == 1,
            (4, Value::Bytes(bytes) | Value::Other(bytes)) | (9, Value::Bytes(bytes)) => {
                values.push(bytes);
            }
            _ => {}
        }
    }
    let (floats, _): (Vec<_>, Vec<_>) = values.iter().map(|it| it.as_chunks::<4>()).unzip();
    let mut floats = floats.into_iter().flatten();
    if is_float && floats.any(|it| f32::from_le_bytes(*it).is_nan()) {
        return Err(Malformed::NoNumber);
    }
    Ok(())
}

/// The graph of a model: field 7.
fn graph(model: &[u8]) -> Result<&[u8], Malformed> {
    let graphs = messages(model, 7)?;
    graphs.last().copied().ok_or(Malformed::Alien)
}

/// What a file holds.
///
/// # Errors
///
/// [`Malformed`]: it was cut short, never was a model, or has a weight that is no number.
pub(crate) fn outline(model: &[u8]) -> Result<Outline, Malformed> {
    let graph = graph(model)?;
    let mut outline = Outline::default();
    let mut weights = BTreeSet::new();
    for field in Fields(graph) {
        let (number, Value::Bytes(bytes)) = field? else {
            continue;
        };
        match number {
            1 => {
                outline.operations.insert(text(bytes, 4)?);
            }
            5 => {
                all_numbers(bytes)?;
                weights.insert(text(bytes, 8)?);
            }
            11 => outline.inputs.push(port(bytes)?),
            12 => outline.outputs.push(port(bytes)?),
            _ => {}
        }
    }
    outline.inputs.retain(|port| !weights.contains(&port.name));
    if outline.inputs.is_empty() || outline.outputs.is_empty() {
        return Err(Malformed::Alien);
    }
    Ok(outline)
}

/// The same model whose inputs are `length` tokens long: an engine that has to know sizes beforehand can
/// run it. What the file says of sizes further inside is left out, for it would contradict.
///
/// # Errors
///
/// [`Malformed`]: it was cut short, or never was a model.
pub(crate) fn with_length(model: &[u8], length: usize) -> Result<Vec<u8>, Malformed> {
    let mut inner = Vec::with_capacity(model.len());
    for field in Fields(graph(model)?) {
        match field? {
            (11, Value::Bytes(bytes)) => put(&mut inner, 11, &fixed(&port(bytes)?, length)),
            (13, _) => {}
            (number, value) => put_value(&mut inner, number, &value),
        }
    }
    let mut outer = Vec::with_capacity(inner.len() + 1024);
    for field in Fields(model) {
        match field? {
            (7, _) => put(&mut outer, 7, &inner),
            (number, value) => put_value(&mut outer, number, &value),
        }
    }
    Ok(outer)
}

/// An input of whole numbers of 64 bits (element type 7), of any number of rows.
fn fixed(port: &Port, length: usize) -> Vec<u8> {
    let (mut rows, mut tokens) = (Vec::new(), Vec::new());
    put(&mut rows, 2, b"batch");
    put_number(&mut tokens, 1, length as u64);
    let mut shape = Vec::new();
    put(&mut shape, 1, &rows);
    put(&mut shape, 1, &tokens);
    let (mut tensor, mut kind, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    put_number(&mut tensor, 1, 7);
    put(&mut tensor, 2, &shape);
    put(&mut kind, 1, &tensor);
    put(&mut whole, 1, port.name.as_bytes());
    put(&mut whole, 2, &kind);
    whole
}

fn put_value(out: &mut Vec<u8>, number: u64, value: &Value<'_>) {
    match value {
        Value::Number(value) => put_number(out, number, *value),
        Value::Bytes(bytes) => put(out, number, bytes),
        Value::Other(bytes) => {
            varint(out, number << 3 | if bytes.len() == 8 { 1 } else { 5 });
            out.extend_from_slice(bytes);
        }
    }
}

fn put(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn put_number(out: &mut Vec<u8>, number: u64, value: u64) {
    varint(out, number << 3);
    varint(out, value);
}

#[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
#[path = "onnx_tests.rs"]
mod tests;
