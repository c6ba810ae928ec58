//! One graph, loaded.

use std::sync::Arc;

use ort::{
    session::{Session, SessionInputValue, builder::GraphOptimizationLevel},
    value::TensorRef,
};
use rayon::ThreadPoolBuilder;
use tract_linalg::multithread::{Executor, multithread_tract_scope};

use super::{Chosen, Engine};
use crate::{classifier::Network, onnx, tokens::Batch};

/// Inputs that the models here may want.
const KNOWN: [&str; 4] = [
    "input_ids",
    "attention_mask",
    "token_type_ids",
    "position_ids",
];

/// Operations that the engine in pure Rust needs seconds for: whole numbers of 8 bits as operands.
const TOO_SLOW: [&str; 4] = [
    "DynamicQuantizeLinear",
    "MatMulInteger",
    "QLinearMatMul",
    "DynamicQuantizeMatMul",
];

/// A graph that turns rows of tokens into rows of numbers.
pub(crate) struct Graph {
    session: Session,
    inputs: Vec<&'static str>,
    length: Option<usize>,
    /// Whose threads the engine in pure Rust computes on; the native one has its own.
    cores: Executor,
}

/// The rows of one output: as many numbers in each.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    pub(crate) width: usize,
    pub(crate) values: Vec<f32>,
}

impl Graph {
    /// Loads it. `free` says that its length is known to be free in every engine; any other graph is given
    /// the length `most` where the engine has to know it.
    pub(crate) fn load(
        chosen: &Chosen,
        model: &[u8],
        threads: usize,
        (free, most): (bool, usize),
    ) -> Result<Self, String> {
        let outline = onnx::outline(model).map_err(|error| error.to_string())?;
        let known = |name: &str| KNOWN.into_iter().find(|known| *known == name);
        let mut inputs = Vec::new();
        for port in &outline.inputs {
            let unknown = || format!("it asks for `{}`, which no text has", port.name);
            inputs.push(known(&port.name).ok_or_else(unknown)?);
        }
        let told = outline
            .inputs
            .iter()
            .find_map(|port| port.sizes.get(1).copied().flatten());
        let mut length = told.and_then(|told| usize::try_from(told).ok());
        let native = chosen.engine.is_native();
        if !native
            && outline
                .operations
                .iter()
                .any(|it| TOO_SLOW.contains(&it.as_str()))
        {
            return Err(
                "it computes in 8 bits, which takes seconds for each text without ONNX Runtime: install that, or take the weights in full (`--weights full`)"
                    .to_owned(),
            );
        }
        let rewritten = if native || free || length.is_some() {
            None
        } else {
            length = Some(most);
            Some(onnx::with_length(model, most).map_err(|error| error.to_string())?)
        };
        let model = rewritten.as_deref().unwrap_or(model);
        let session = open(chosen, model, threads).map_err(|error| error.to_string())?;
        Ok(Self {
            session,
            inputs,
            length,
            cores: if native {
                Executor::SingleThread
            } else {
                cores(threads)
            },
        })
    }
}

impl Network for Graph {
    fn length(&self) -> Option<usize> {
        self.length
    }

    fn run(&mut self, batch: &Batch, names: &[String]) -> Result<Vec<Rows>, String> {
        let shape = [batch.rows, batch.length];
        let types = vec![0_i64; batch.ids.len()];
        let places: Vec<i64> = (0_i64..).take(batch.length).collect();
        let mut inputs: Vec<(&str, SessionInputValue<'_>)> = Vec::new();
        for name in &self.inputs {
            let tensor = match *name {
                "input_ids" => TensorRef::from_array_view((shape, &batch.ids[..])),
                "attention_mask" => TensorRef::from_array_view((shape, &batch.mask[..])),
                "position_ids" => TensorRef::from_array_view(([1, batch.length], &places[..])),
                _ => TensorRef::from_array_view((shape, &types[..])),
            };
            let tensor = tensor.map_err(|error| error.to_string())?;
            inputs.push((name, tensor.into()));
        }
        let session = &mut self.session;
        let outputs = multithread_tract_scope(self.cores.clone(), || session.run(inputs))
            .map_err(|error| error.to_string())?;
        let rows = |name: &String| {
            let output = outputs.get(name);
            let output = output.ok_or_else(|| format!("it has no output `{name}`"))?;
            let (shape, values) = output
                .try_extract_tensor::<f32>()
                .map_err(|error| error.to_string())?;
            let width = match shape[..] {
                [rows, width] if usize::try_from(rows) == Ok(batch.rows) => usize::try_from(width),
                _ => return Err(format!("its output `{name}` has the shape {shape:?}")),
            };
            Ok(Rows {
                width: width.unwrap_or_default(),
                values: values.to_vec(),
            })
        };
        names.iter().map(rows).collect()
    }
}

fn open(chosen: &Chosen, model: &[u8], threads: usize) -> ort::Result<Session> {
    // Left alone, the engine in pure Rust would run the graph as it is written down.
    let mut builder = Session::builder(&chosen.environment)?
        .with_optimization_level(GraphOptimizationLevel::All)?;
    if matches!(chosen.engine, Engine::Native { .. }) {
        // Threads that wait must not spin: the desk's monitor wants the cores.
        builder = builder
            .with_intra_threads(threads)?
            .with_intra_op_spinning(false)?
            .with_inter_threads(1)?;
    }
    builder.commit_from_memory(model)
}

/// That many threads to compute on; only the caller's own where there can be no more.
fn cores(threads: usize) -> Executor {
    if threads < 2 {
        return Executor::SingleThread;
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("news-{number}"))
        .build();
    pool.map_or(Executor::SingleThread, |pool| {
        Executor::MultiThread(Arc::new(pool))
    })
}
