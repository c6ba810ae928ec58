//! The packages of the workspace and their dependencies, as `cargo metadata` tells them.

use crate::tree::root;
use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// One package, ours or a third party's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The licence expression, where the package states one.
    pub(crate) licence: Option<String>,
    /// The text of its licence file, where it names one instead.
    pub(crate) licence_text: Option<String>,
    /// Where it comes from; nothing for a crate of the workspace.
    pub(crate) source: Option<String>,
    /// The path of its manifest.
    pub(crate) manifest: PathBuf,
    /// What its manifest names.
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of a manifest's dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Whether only tests and benchmarks use it.
    pub(crate) for_tests: bool,
}

/// All packages, and which package (by name) brings in which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packages {
    pub(crate) all: Vec<Package>,
    pub(crate) brings: BTreeMap<String, BTreeSet<String>>,
}

impl Packages {
    /// The crates of the workspace.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Package> {
        self.all.iter().filter(|it| it.source.is_none())
    }

    /// The packages that others made.
    pub(crate) fn theirs(&self) -> impl Iterator<Item = &Package> {
        self.all.iter().filter(|it| it.source.is_some())
    }

    /// Everything that is linked with `name`, itself included.
    pub(crate) fn behind(&self, name: &str) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut open = vec![name.to_owned()];
        while let Some(next) = open.pop() {
            if seen.insert(next.clone()) {
                open.extend(self.brings.get(&next).into_iter().flatten().cloned());
            }
        }
        seen
    }
}

/// A made-up crate of the workspace, for testing a rule.
pub(crate) fn ours(name: &str, dependencies: &[&str]) -> Package {
    Package {
        name: name.to_owned(),
        dependencies: dependencies
            .iter()
            .map(|it| Dependency {
                name: (*it).to_owned(),
                for_tests: false,
            })
            .collect(),
        ..Package::default()
    }
}

/// Reads the graph of this tree, without touching the network.
///
/// The dependencies of every platform and feature where their sources are here (`cargo fetch` brings them), else
/// those of this machine without what is built only where it is asked for.
pub(crate) fn packages() -> Packages {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml"));
    let offline = ["--locked", "--offline"].map(str::to_owned).to_vec();
    let mut all = command.clone();
    let metadata = all
        .features(CargoOpt::AllFeatures)
        .other_options(offline.clone())
        .exec();
    let metadata = metadata.or_else(|everywhere| {
        let here = format!("--filter-platform={}", host());
        let narrowed = command.other_options([offline, vec![here]].concat()).exec();
        narrowed.map_err(|_| everywhere)
    });
    picture(&metadata.unwrap_or_else(|error| panic!("cargo metadata: {error}")))
}

/// The platform of this machine, such as `x86_64-unknown-linux-gnu`.
fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = std::process::Command::new(rustc)
        .arg("-vV")
        .output()
        .expect("rustc answers");
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

fn picture(metadata: &Metadata) -> Packages {
    let names: BTreeMap<_, _> = metadata
        .packages
        .iter()
        .map(|it| (&it.id, it.name.to_string()))
        .collect();
    let mut brings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in metadata.resolve.iter().flat_map(|it| &it.nodes) {
        let linked = node.deps.iter().filter(|it| {
            it.dep_kinds
                .iter()
                .any(|kind| kind.kind != DependencyKind::Development)
        });
        brings
            .entry(names[&node.id].clone())
            .or_default()
            .extend(linked.map(|it| names[&it.pkg].clone()));
    }
    Packages {
        all: metadata.packages.iter().map(package).collect(),
        brings,
    }
}

fn package(told: &cargo_metadata::Package) -> Package {
    let folder = told
        .manifest_path
        .parent()
        .expect("a manifest is in a folder");
    let file = told.license_file.as_ref().map(|it| folder.join(it));
    Package {
        name: told.name.to_string(),
        version: told.version.to_string(),
        licence: told.license.clone(),
        licence_text: file.and_then(|it| std::fs::read_to_string(it).ok()),
        source: told.source.as_ref().map(ToString::to_string),
        manifest: told.manifest_path.clone().into(),
        dependencies: told
            .dependencies
            .iter()
            .map(|it| Dependency {
                name: it.name.clone(),
                for_tests: it.kind == DependencyKind::Development,
            })
            .collect(),
    }
}

#[test]
fn the_graph_of_this_tree_is_read() {
    let packages = packages();
    assert!(packages.ours().any(|it| it.name == "countersign-desk"));
    assert!(
        packages.theirs().count() > 50,
        "third-party packages are missing"
    );
    assert!(
        packages.behind("countersign-desk").contains("serde_core"),
        "what serde brings is missing"
    );
}
