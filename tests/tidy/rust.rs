//! Reading Rust: a file without its tests, its tokens by line, its paths and its string literals.

use crate::tree::Text;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::visit::Visit;
use syn::{Attribute, Item, Lit, UseTree};

/// What one token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Ident(String),
    Punct(char),
    /// A string literal's value.
    Text(String),
    /// Another literal, as written.
    Number(String),
    Open(Delimiter),
    Close(Delimiter),
}

impl Word {
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Ident(ident) if ident == name)
    }
}

/// One token and the line on which it begins, from 1.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) word: Word,
    pub(crate) line: usize,
}

/// The file as syntax.
pub(crate) fn parse(source: &Text) -> syn::File {
    syn::parse_file(&source.text)
        .unwrap_or_else(|error| panic!("{} does not parse: {error}", source.path))
}

/// The file as syntax, without items that exist in tests alone.
pub(crate) fn parse_shipped(source: &Text) -> syn::File {
    let mut file = parse(source);
    drop_tests(&mut file.items);
    file
}

fn drop_tests(items: &mut Vec<Item>) {
    items.retain(|item| !attributes_of(item).iter().any(is_for_tests));
    for item in items {
        if let Item::Mod(module) = item
            && let Some((_, inner)) = &mut module.content
        {
            drop_tests(inner);
        }
    }
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

/// `#[test]`, `#[cfg(test)]`, `#[cfg(all(test, ..))]`; not `#[cfg(not(test))]`.
fn is_for_tests(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("test") {
        return true;
    }
    let words = flatten(attribute.meta.to_token_stream());
    let names = |name: &str| words.iter().any(|it| it.word.is(name));
    attribute.path().is_ident("cfg") && names("test") && !names("not")
}

/// All tokens in order, with the brackets of groups as tokens of their own.
pub(crate) fn flatten(stream: TokenStream) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten_into(stream, &mut tokens);
    tokens
}

fn flatten_into(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let word = match tree {
            TokenTree::Group(group) => {
                let (open, close) = (
                    group.span_open().start().line,
                    group.span_close().start().line,
                );
                tokens.push(Token {
                    word: Word::Open(group.delimiter()),
                    line: open,
                });
                flatten_into(group.stream(), tokens);
                tokens.push(Token {
                    word: Word::Close(group.delimiter()),
                    line: close,
                });
                continue;
            }
            TokenTree::Ident(ident) => Word::Ident(ident.to_string()),
            TokenTree::Punct(punct) => Word::Punct(punct.as_char()),
            TokenTree::Literal(literal) => match Lit::new(literal.clone()) {
                Lit::Str(text) => Word::Text(text.value()),
                _ => Word::Number(literal.to_string()),
            },
        };
        tokens.push(Token { word, line });
    }
}

/// The tokens with every attribute left out, doc comments among them.
pub(crate) fn without_attributes(stream: TokenStream) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                let inner = trees
                    .next_if(|next| matches!(next, TokenTree::Punct(it) if it.as_char() == '!'));
                let bracket = |next: &TokenTree| matches!(next, TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket);
                if trees.next_if(bracket).is_none() {
                    kept.extend([TokenTree::Punct(hash)]);
                    kept.extend(inner);
                }
            }
            TokenTree::Group(group) => {
                let mut same = Group::new(group.delimiter(), without_attributes(group.stream()));
                same.set_span(group.span());
                kept.extend([TokenTree::Group(same)]);
            }
            other => kept.extend([other]),
        }
    }
    kept
}

/// The numbers of the lines that hold code: no blank lines, no comments, no doc comments.
pub(crate) fn code_lines(stream: TokenStream) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let is_hash = matches!(&tree, TokenTree::Punct(it) if it.as_char() == '#');
        if is_hash {
            let bang =
                trees.next_if(|next| matches!(next, TokenTree::Punct(it) if it.as_char() == '!'));
            if trees.next_if(is_doc).is_some() {
                continue;
            }
            lines.extend(bang.map(|it| it.span().start().line));
        }
        match tree {
            TokenTree::Group(group) => {
                lines.insert(group.span_open().start().line);
                lines.extend(code_lines(group.stream()));
                lines.insert(group.span_close().start().line);
            }
            leaf => lines.extend(leaf.span().start().line..=leaf.span().end().line),
        }
    }
    lines
}

fn is_doc(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else {
        return false;
    };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(first)) if first == "doc")
}

/// Every path with its line: `std::fs::read`, and each leaf of a `use` written out in full.
pub(crate) fn paths(file: &syn::File) -> Vec<(Vec<String>, usize)> {
    let mut uses = Uses(Vec::new());
    uses.visit_file(file);
    let mut found = uses.0;
    let tokens = flatten(file.to_token_stream());
    let mut at = 0;
    while at < tokens.len() {
        let line = tokens[at].line;
        let mut path = Vec::new();
        while let Some(Word::Ident(name)) = tokens.get(at).map(|it| &it.word) {
            path.push(name.clone());
            let colons = tokens[at + 1..]
                .iter()
                .take(2)
                .all(|it| it.word == Word::Punct(':'));
            if !colons || tokens.len() < at + 4 {
                break;
            }
            at += 3;
        }
        if !path.is_empty() {
            found.push((path, line));
        }
        at += 1;
    }
    found
}

struct Uses(Vec<(Vec<String>, usize)>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        spell_out(
            &item.tree,
            &[],
            item.use_token.span.start().line,
            &mut self.0,
        );
    }
}

fn spell_out(
    tree: &UseTree,
    before: &[String],
    line: usize,
    found: &mut Vec<(Vec<String>, usize)>,
) {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => spell_out(&path.tree, &with(&path.ident), line, found),
        UseTree::Name(name) => found.push((with(&name.ident), line)),
        UseTree::Rename(rename) => found.push((with(&rename.ident), line)),
        UseTree::Glob(_) => found.push((before.to_vec(), line)),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|it| spell_out(it, before, line, found)),
    }
}

/// Every string literal outside attributes, with its line; those inside macros too.
pub(crate) fn strings(file: &syn::File) -> Vec<(String, usize)> {
    let tokens = flatten(without_attributes(file.to_token_stream()));
    let text = |token: Token| match token.word {
        Word::Text(text) => Some((text, token.line)),
        _ => None,
    };
    tokens.into_iter().filter_map(text).collect()
}

#[test]
fn shipped_code_leaves_out_what_exists_in_tests_alone() {
    let text = "fn kept() {} #[cfg(test)] mod gone { fn a() {} } #[test] fn gone_too() {} #[cfg(not(test))] fn kept_too() {}";
    let file = parse_shipped(&Text::new("a.rs", text));
    assert_eq!(file.items.len(), 2);
}

#[test]
fn code_lines_are_neither_blank_nor_comment() {
    let text = "//! Doc.\n\n/// Doc.\n#[must_use]\nfn a() -> u8 {\n    // why\n    7 /* seven */\n}\n\nconst B: &str = \"x\n\ny\";\n";
    let stream: TokenStream = text.parse().expect("tokens");
    assert_eq!(
        code_lines(stream).into_iter().collect::<Vec<_>>(),
        [4, 5, 7, 8, 10, 11, 12]
    );
}

#[test]
fn paths_are_spelled_out_from_uses_bodies_and_macros() {
    let text = "use std::{collections::BTreeMap, io::{self, Read as R}};\nfn a() { std::fs::read(x); assert!(std::env::args()); }";
    let file = parse(&Text::new("a.rs", text));
    let found: Vec<String> = paths(&file)
        .into_iter()
        .map(|(path, line)| format!("{line} {}", path.join("::")))
        .collect();
    for path in [
        "1 std::collections::BTreeMap",
        "1 std::io::self",
        "1 std::io::Read",
        "2 std::fs::read",
        "2 std::env::args",
    ] {
        assert!(
            found.contains(&path.to_owned()),
            "{path} is not in {found:?}"
        );
    }
}

#[test]
fn strings_come_from_code_and_macros_but_not_from_attributes() {
    let text = "/// Doc.\n#[error(\"no\")]\nstruct A;\nfn a() { b(\"one\"); c!(d => \"two\"); }";
    let file = parse(&Text::new("a.rs", text));
    assert_eq!(
        strings(&file),
        [("one".to_owned(), 4), ("two".to_owned(), 4)]
    );
}
