//! How big a file, a function and a list of parameters may grow.

use crate::assert_tidy;
use crate::rust::{code_lines, parse_shipped};
use crate::tree::{Text, findings_in_sources};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, ItemFn, ItemImpl, Signature, TraitItemFn};

const FILE: usize = 400;
const FUNCTION: usize = 70;
const PARAMETERS: usize = 5;

fn check_file(source: &Text) -> Vec<String> {
    if source.is_test() {
        return Vec::new();
    }
    let stream: TokenStream = source
        .text
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", source.path));
    let lines = code_lines(stream).len();
    let too_long = lines > FILE;
    let finding = || {
        format!(
            "{}: {lines} lines of code, and {FILE} is the most: split it by what it does",
            source.path
        )
    };
    too_long.then(finding).into_iter().collect()
}

/// Walks over all functions; those of a trait's implementation have the parameters that the trait gives.
struct Functions<'a> {
    path: &'a str,
    findings: Vec<String>,
    in_trait_impl: bool,
}

impl Functions<'_> {
    fn check(&mut self, signature: &Signature, body: Option<&Block>) {
        let place = format!(
            "{}:{}: `{}`",
            self.path,
            signature.ident.span().start().line,
            signature.ident
        );
        let parameters = signature.inputs.len();
        if parameters > PARAMETERS && !self.in_trait_impl {
            let finding = format!(
                "{place} takes {parameters} parameters, and {PARAMETERS} is the most: what belongs together is a struct"
            );
            self.findings.push(finding);
        }
        let statements = body.into_iter().flat_map(|it| &it.stmts);
        let lines = code_lines(statements.map(ToTokens::to_token_stream).collect()).len();
        if lines > FUNCTION {
            self.findings.push(format!(
                "{place} has {lines} lines, and {FUNCTION} is the most: give its parts names"
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, it: &'ast ItemFn) {
        self.check(&it.sig, Some(&it.block));
        visit::visit_item_fn(self, it);
    }

    fn visit_item_impl(&mut self, it: &'ast ItemImpl) {
        self.in_trait_impl = it.trait_.is_some();
        visit::visit_item_impl(self, it);
        self.in_trait_impl = false;
    }

    fn visit_impl_item_fn(&mut self, it: &'ast ImplItemFn) {
        self.check(&it.sig, Some(&it.block));
        visit::visit_impl_item_fn(self, it);
    }

    fn visit_trait_item_fn(&mut self, it: &'ast TraitItemFn) {
        self.check(&it.sig, it.default.as_ref());
        visit::visit_trait_item_fn(self, it);
    }
}

fn check_functions(source: &Text) -> Vec<String> {
    if source.is_test() {
        return Vec::new();
    }
    let mut functions = Functions {
        path: &source.path,
        findings: Vec::new(),
        in_trait_impl: false,
    };
    functions.visit_file(&parse_shipped(source));
    functions.findings
}

#[test]
fn files_have_at_most_400_lines_of_code() {
    assert_tidy(&findings_in_sources(check_file));
}

#[test]
fn functions_have_at_most_70_lines_and_5_parameters() {
    assert_tidy(&findings_in_sources(check_functions));
}

#[test]
fn a_long_file_is_found_and_comments_do_not_count() {
    let constants = |count: usize| "/// Doc.\n// why\n\nconst A: u8 = 1;\n".repeat(count);
    assert_eq!(
        check_file(&Text::new("engine/desk/src/a.rs", &constants(400))).len(),
        0
    );
    assert_eq!(
        check_file(&Text::new("engine/desk/src/a.rs", &constants(401))).len(),
        1
    );
    assert_eq!(
        check_file(&Text::new("engine/desk/src/a_tests.rs", &constants(401))).len(),
        0
    );
}

#[test]
fn a_long_function_is_found_wherever_it_is() {
    let body = |count: usize| "    // why\n    b();\n".repeat(count);
    for (before, after) in [
        ("", ""),
        ("impl A {", "}"),
        ("trait A {", "}"),
        ("mod a { impl B for A {", "}}"),
    ] {
        let text = |count| format!("{before} fn a() {{\n{}}} {after}", body(count));
        assert_eq!(
            check_functions(&Text::new("jobs/src/a.rs", &text(70))).len(),
            0,
            "{before}"
        );
        assert!(
            !check_functions(&Text::new("jobs/src/a.rs", &text(71))).is_empty(),
            "{before}"
        );
    }
}

#[test]
fn a_long_list_of_parameters_is_found_where_it_was_chosen() {
    let signature = "fn a(&self, b: u8, c: u8, d: u8, e: u8, f: u8) {}";
    let check = |text: String| check_functions(&Text::new("jobs/src/a.rs", &text)).len();
    assert_eq!(check(format!("impl A {{ {signature} }}")), 1);
    assert_eq!(check(format!("trait A {{ {signature} }}")), 1);
    assert_eq!(check(format!("impl B for A {{ {signature} }}")), 0);
    assert_eq!(
        check("fn a(b: u8, c: u8, d: u8, e: u8, f: u8) {}".to_owned()),
        0
    );
}
