//! Names that say nothing: a room is called after what is in it.

use crate::assert_tidy;
use crate::metadata::packages;
use crate::rust::parse;
use crate::tree::{Text, findings_in_sources, paths};
use syn::ItemMod;
use syn::visit::{self, Visit};

const EMPTY: [&str; 10] = [
    "utils",
    "util",
    "utilities",
    "common",
    "helpers",
    "helper",
    "manager",
    "managers",
    "core",
    "misc",
];

/// The name of a file or folder without its ending, or of a module or crate; with its words apart.
fn is_empty_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let bare = stem.strip_prefix("countersign-").unwrap_or(&stem);
    let bare = bare.strip_suffix("_tests").unwrap_or(bare);
    EMPTY.contains(&bare)
        || bare
            .rsplit(['_', '-'])
            .next()
            .is_some_and(|last| EMPTY.contains(&last))
}

fn check_path(path: &str) -> Option<String> {
    let name = path.split('/').find(|name| is_empty_name(name))?;
    Some(format!(
        "{path}: `{name}` says nothing: name it after what is in it"
    ))
}

struct Modules<'a> {
    path: &'a str,
    findings: Vec<String>,
}

impl<'ast> Visit<'ast> for Modules<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if is_empty_name(&module.ident.to_string()) {
            let line = module.ident.span().start().line;
            let name = &module.ident;
            self.findings.push(format!(
                "{}:{line}: module `{name}` says nothing: name it after what is in it",
                self.path
            ));
        }
        visit::visit_item_mod(self, module);
    }
}

fn check_modules(source: &Text) -> Vec<String> {
    let mut modules = Modules {
        path: &source.path,
        findings: Vec::new(),
    };
    modules.visit_file(&parse(source));
    modules.findings
}

#[test]
fn no_file_folder_module_or_crate_has_an_empty_name() {
    let mut findings: Vec<String> = paths().iter().filter_map(|path| check_path(path)).collect();
    findings.extend(findings_in_sources(check_modules));
    let packages = packages();
    let crates = packages.ours().filter(|it| is_empty_name(&it.name));
    findings.extend(crates.map(|it| format!("crate `{}` says nothing", it.name)));
    assert_tidy(&findings);
}

#[test]
fn empty_names_are_found_in_paths_and_modules() {
    for path in [
        "engine/core/src/lib.rs",
        "bot/web/src/utils.rs",
        "jobs/src/job_manager.rs",
        "tests/lib/common.sh",
        "a/helpers_tests.rs",
    ] {
        assert!(check_path(path).is_some(), "{path}");
    }
    for path in [
        "engine/domain/src/score.rs",
        "engine/store/src/managed.rs",
        "a/corela.rs",
        "Cargo.toml",
        ".ci/run",
    ] {
        assert_eq!(check_path(path), None);
    }
    let text = "mod relay { mod helpers; } mod core_of_it {}";
    assert_eq!(
        check_modules(&Text::new("engine/desk/src/a.rs", text)).len(),
        1
    );
    assert!(is_empty_name("countersign-core"));
}
