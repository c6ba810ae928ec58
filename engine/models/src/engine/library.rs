//! Where the native library may lie.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Which native library is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// Whichever is found: the one of `ORT_DYLIB_PATH`, one beside the program, that of a Python package.
    #[default]
    Look,
    /// None: the engine in pure Rust.
    None,
    /// This one.
    At(PathBuf),
}

/// Variables that name the folder of a Python environment.
const ENVIRONMENTS: [&str; 2] = ["VIRTUAL_ENV", "CONDA_PREFIX"];

impl Library {
    /// Files to try, best first; all of them exist, save those that somebody named.
    pub(super) fn candidates(&self) -> Vec<PathBuf> {
        match self {
            Self::None => Vec::new(),
            Self::At(path) => vec![path.clone()],
            Self::Look => {
                let named = env::var_os("ORT_DYLIB_PATH").filter(|it| !it.is_empty());
                let mut found: Vec<PathBuf> = named.map(PathBuf::from).into_iter().collect();
                found.extend(beside_the_program());
                let environments = ENVIRONMENTS.iter().filter_map(env::var_os);
                let home = env::var_os("HOME").map(|home| Path::new(&home).join(".local"));
                let roots = environments.map(PathBuf::from).chain(home);
                let system = ["/usr/local", "/usr"].map(PathBuf::from);
                found.extend(roots.chain(system).filter_map(|root| in_python(&root)));
                found
            }
        }
    }
}

fn beside_the_program() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    newest(program.parent()?)
}

/// The copy in the Python package `onnxruntime` of an environment.
fn in_python(root: &Path) -> Option<PathBuf> {
    const PACKAGES: [&str; 2] = ["site-packages", "dist-packages"];
    let mut pythons: Vec<PathBuf> = entries(&root.join("lib"))
        .into_iter()
        .filter(|path| name(path).starts_with("python3"))
        .collect();
    pythons.sort();
    let folders = pythons
        .iter()
        .rev()
        .flat_map(|python| PACKAGES.map(|packages| python.join(packages)));
    let windows = std::iter::once(root.join("Lib").join("site-packages"));
    folders
        .chain(windows)
        .find_map(|packages| newest(&packages.join("onnxruntime").join("capi")))
}

/// The library of the highest version in a folder.
fn newest(folder: &Path) -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = entries(folder)
        .into_iter()
        .filter(|path| is_library(&name(path)))
        .collect();
    found.sort_by_key(|path| version(&name(path)));
    found.pop()
}

fn is_library(name: &str) -> bool {
    name == "onnxruntime.dll"
        || name.starts_with("libonnxruntime.so")
        || (name.starts_with("libonnxruntime.")
            && Path::new(name).extension().is_some_and(|it| it == "dylib"))
}

/// The numbers in a name.
fn version(name: &str) -> Vec<u32> {
    let numbers = name.split(|one: char| !one.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok()).collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    read.map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(root: &Path, path: &str) -> PathBuf {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, b"").unwrap();
        path
    }

    #[test]
    fn the_newest_library_of_the_newest_python_is_found() {
        let root = tempfile::tempdir().unwrap();
        let capi = "site-packages/onnxruntime/capi";
        file(
            root.path(),
            &format!("lib/python3.9/{capi}/libonnxruntime.so.1.26.0"),
        );
        file(
            root.path(),
            &format!("lib/python3.9/{capi}/libonnxruntime_providers_shared.so"),
        );
        assert!(
            in_python(root.path())
                .unwrap()
                .ends_with("libonnxruntime.so.1.26.0")
        );
        file(
            root.path(),
            &format!("lib/python3.9/{capi}/libonnxruntime.so.1.31.1"),
        );
        assert!(
            in_python(root.path())
                .unwrap()
                .ends_with("libonnxruntime.so.1.31.1")
        );
    }

    #[test]
    fn the_library_of_the_other_providers_is_not_taken() {
        let root = tempfile::tempdir().unwrap();
        file(root.path(), "libonnxruntime_providers_shared.so");
        assert_eq!(newest(root.path()), None);
        let dylib = file(root.path(), "libonnxruntime.1.26.0.dylib");
        assert_eq!(newest(root.path()), Some(dylib));
    }

    #[test]
    fn none_means_none_and_a_named_one_is_the_only_one() {
        assert!(Library::None.candidates().is_empty());
        let named = PathBuf::from("/no/such/library.so");
        assert_eq!(Library::At(named.clone()).candidates(), [named]);
    }
}
