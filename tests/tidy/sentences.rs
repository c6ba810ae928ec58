//! Sentences for people are written in `cards` alone.
//!
//! What can be checked: `web` and `desk` contain no string literal that reads like a sentence, six
//! words or more, outside attributes (errors, documentation, reasons), logging and panics. Shorter
//! texts, labels of buttons for one, are left to the reviewer.

use crate::assert_tidy;
use crate::rust::{Word, flatten, parse_shipped, without_attributes};
use crate::tree::{Text, findings_in_sources};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

const SPEECHLESS: [&str; 2] = ["bot/web", "engine/desk"];
const WORDS_OF_A_SENTENCE: usize = 6;

/// Macros whose text goes to a log or a backtrace, and the methods that do the same.
const FOR_DEVELOPERS: [&str; 19] = [
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "event",
    "trace_span",
    "debug_span",
    "info_span",
    "warn_span",
    "error_span",
    "span",
    "panic",
    "unreachable",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "expect",
];

/// Whether a text reads like a sentence: enough words in a row of letters, with few symbols between.
fn is_sentence(text: &str) -> bool {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let is_word = |piece: &&&str| {
        let bare = piece.trim_end_matches([',', '.', ';', ':', '!', '?']);
        !bare.is_empty() && bare.chars().all(|it| it.is_alphabetic() || it == '\'')
    };
    let words = pieces.iter().filter(is_word).count();
    words >= WORDS_OF_A_SENTENCE && words * 10 >= pieces.len() * 7
}

/// Leaves out the arguments of [`FOR_DEVELOPERS`], macros and methods alike.
fn without_logging(stream: TokenStream) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Ident(name) if FOR_DEVELOPERS.iter().any(|it| name == it) => {
                trees.next_if(|next| matches!(next, TokenTree::Punct(it) if it.as_char() == '!'));
                trees.next_if(|next| matches!(next, TokenTree::Group(_)));
            }
            TokenTree::Group(group) => kept.extend(without_logging(group.stream())),
            other => kept.extend([other]),
        }
    }
    kept
}

fn check(source: &Text) -> Vec<String> {
    if !SPEECHLESS.contains(&source.house()) || source.is_test() {
        return Vec::new();
    }
    let stream = without_attributes(parse_shipped(source).to_token_stream());
    let mut findings = Vec::new();
    for token in flatten(without_logging(stream)) {
        if let Word::Text(text) = token.word
            && is_sentence(&text)
        {
            findings.push(format!(
                "{}:{}: a sentence for people belongs in `cards`: {text:?}",
                source.path, token.line
            ));
        }
    }
    findings
}

#[test]
fn the_desk_and_the_console_leave_the_sentences_to_the_cards() {
    assert_tidy(&findings_in_sources(check));
}

#[test]
fn sentences_are_told_from_data() {
    assert!(is_sentence("This ticket was already confirmed by Ana."));
    assert!(is_sentence("the quote is {age} old, which is too old"));
    for data in [
        "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'",
        "position closing",
        "a b c d e",
        "width=device-width, initial-scale=1",
        "M 10 10 L 20 20 L 30 30 Z M 40 40",
    ] {
        assert!(!is_sentence(data), "{data}");
    }
}

#[test]
fn a_sentence_is_found_in_code_and_markup_but_not_in_errors_and_logs() {
    let text = r#"
        #[error("the ticket is no longer there to see")]
        struct Gone;
        fn a() {
            tracing::warn!(ticket = 1, "the ticket is no longer there to see");
            b.expect("the ticket is no longer there to see");
            reply("the ticket is no longer there to see");
            html! { p { "the ticket is no longer there to see" } }
        }"#;
    let findings = check(&Text::new("bot/web/src/a.rs", text));
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings[0].contains(":7:") && findings[1].contains(":8:"),
        "{findings:?}"
    );
    assert_eq!(
        check(&Text::new("bot/cards/src/a.rs", text)),
        Vec::<String>::new()
    );
}
