//! What runs the graphs: ONNX Runtime where its native library is found, else an engine in pure Rust.
//!
//! Both stand behind the same crate, `ort`, whose functions are set once per process, so that the choice is
//! made once: what is asked for later has no effect.

mod graph;
mod library;

use std::{
    path::PathBuf,
    sync::{Mutex, OnceLock, PoisonError},
};

use ort::environment::Environment;

pub(crate) use self::graph::{Graph, Rows};
pub use self::library::Library;

/// What runs the graphs of this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// ONNX Runtime, a native library.
    Native {
        /// The file.
        library: PathBuf,
        /// What it says of its build.
        build: String,
    },
    /// The engine that is part of the program, slower.
    PureRust,
}

impl Engine {
    /// Whether it is the native one.
    pub const fn is_native(&self) -> bool {
        matches!(self, Self::Native { .. })
    }
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Native { library, .. } => write!(f, "ONNX Runtime ({})", library.display()),
            Self::PureRust => f.write_str("the engine in pure Rust"),
        }
    }
}

/// The choice that was made, and what was said on the way.
pub(crate) struct Chosen {
    pub(crate) engine: Engine,
    pub(crate) environment: Environment,
    warnings: Vec<String>,
}

static CHOSEN: OnceLock<Chosen> = OnceLock::new();

/// The engine of this process; chosen now, as `library` says, when it was not before.
///
/// # Errors
///
/// A sentence: not even the engine in pure Rust can be set up, which a process can meet only when
/// something else in it uses `ort`.
pub(crate) fn engine(library: &Library) -> Result<&'static Chosen, String> {
    static CHOOSING: Mutex<()> = Mutex::new(());
    let _alone = CHOOSING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(chosen) = CHOSEN.get() {
        return Ok(chosen);
    }
    let chosen = choose(library)?;
    for warning in &chosen.warnings {
        tracing::warn!("{warning}");
    }
    tracing::info!("models are run by {}", chosen.engine);
    Ok(CHOSEN.get_or_init(|| chosen))
}

/// The engine of this process, with what was said when it was chosen; `None` before the first model.
pub fn engine_in_use() -> Option<(&'static Engine, &'static [String])> {
    let chosen = CHOSEN.get()?;
    Some((&chosen.engine, &chosen.warnings))
}

fn choose(library: &Library) -> Result<Chosen, String> {
    let mut warnings = Vec::new();
    for path in library.candidates() {
        match native(&path) {
            Ok((engine, environment)) => {
                return Ok(Chosen {
                    engine,
                    environment,
                    warnings,
                });
            }
            Err(why) => warnings.push(format!(
                "the library {} does not load ({why}): the next one is tried, and at last the engine in pure Rust",
                path.display()
            )),
        }
    }
    let set = ort::set_api(ort_tract::api());
    if !set {
        return Err("another engine was set up in this process before".to_owned());
    }
    let built = ort::init().with_name("countersign").build();
    let environment = built.map_err(|error| error.to_string())?;
    Ok(Chosen {
        engine: Engine::PureRust,
        environment,
        warnings,
    })
}

fn native(path: &std::path::Path) -> Result<(Engine, Environment), String> {
    let builder = ort::init_from(path).map_err(|error| error.to_string())?;
    let named = builder.with_name("countersign").with_telemetry(false);
    let environment = named.build().map_err(|error| error.to_string())?;
    let engine = Engine::Native {
        library: path.to_owned(),
        build: ort::info().to_owned(),
    };
    Ok((engine, environment))
}
