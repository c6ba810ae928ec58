//! Mark-up is parsed as the platform parses it, and bad mark-up is refused as it refuses it.

use countersign_fakes::telegram::Entity;
use serde_json::json;

use crate::bot::Scene;

/// What a marked-up text is shown as: the text, and kind and covered text of each entity.
async fn shown(scene: &Scene, mode: &str, source: &str) -> (String, Vec<(String, String)>) {
    let chat = scene.private();
    let body = json!({ "chat_id": chat, "text": source, "parse_mode": mode });
    scene.ok("sendMessage", body).await;
    let chat = scene.fake.chat(chat);
    let message = chat.last().expect("a message");
    let one = |it: &Entity| (it.kind.clone(), it.of(message.text()));
    (
        message.text().to_owned(),
        message.content.entities.iter().map(one).collect(),
    )
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn html_is_shown_as_text_and_entities() {
    let scene = Scene::new().await;
    for (source, text, entities) in [
        (
            "<b>PAPER</b> &lt;5 &amp; &#36;1&quot;",
            "PAPER <5 & $1\"",
            vec![("bold", "PAPER")],
        ),
        ("😀<i>up</i>", "😀up", vec![("italic", "up")]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            vec![("bold", "ab"), ("italic", "b")],
        ),
        (
            "<a href=\"https://a.example/?a=1&amp;b=2\">why</a>",
            "why",
            vec![("text_link", "why")],
        ),
        ("<a href=\"nowhere\">why</a>", "why", vec![]),
        (
            "<pre><code class=\"language-rust\">fn</code></pre>",
            "fn",
            vec![("pre", "fn")],
        ),
        (
            "<tg-spoiler>x</tg-spoiler><span class=\"tg-spoiler\">y</span>",
            "xy",
            vec![("spoiler", "x"), ("spoiler", "y")],
        ),
        (
            "<blockquote expandable>long</blockquote>",
            "long",
            vec![("expandable_blockquote", "long")],
        ),
        (
            "<u>a</u><s>b</s><code>c</code>",
            "abc",
            vec![("underline", "a"), ("strikethrough", "b"), ("code", "c")],
        ),
        ("\n <b> a</b> \n", "a", vec![("bold", "a")]),
        ("a & b > c", "a & b > c", vec![]),
    ] {
        let (seen, marks) = shown(&scene, "HTML", source).await;
        let marks: Vec<(&str, &str)> = marks.iter().map(|it| (&*it.0, &*it.1)).collect();
        let marks: Vec<(&str, &str)> = marks
            .into_iter()
            .map(|(kind, it)| (kind, it.trim()))
            .collect();
        assert_eq!((seen.trim(), marks), (text, entities), "{source}");
    }
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn bad_html_is_refused_with_the_byte_at_which_it_is_bad() {
    let scene = Scene::new().await;
    let chat = scene.private();
    for (source, refusal) in [
        (
            "ü <h1>a</h1>",
            "Unsupported start tag \"h1\" at byte offset 3",
        ),
        ("a < b", "Unsupported start tag \"\" at byte offset 2"),
        ("a <", "Unclosed start tag at byte offset 2"),
        (
            "<b>a",
            "Can't find end tag corresponding to start tag \"b\"",
        ),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>a</i>",
            "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"",
        ),
        (
            "<span>a</span>",
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
        ),
        (
            "<a =1>x</a>",
            "Empty attribute name in the tag \"a\" at byte offset 0",
        ),
    ] {
        let body = json!({ "chat_id": chat, "text": source, "parse_mode": "HTML" });
        let said = scene.wrong("sendMessage", body).await;
        assert_eq!(
            said,
            format!("Bad Request: can't parse entities: {refusal}"),
            "{source}"
        );
    }
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn markdown_is_shown_as_text_and_entities() {
    let scene = Scene::new().await;
    for (source, text, entities) in [
        ("*PAPER* 1\\.5", "PAPER 1.5", vec![("bold", "PAPER")]),
        (
            "_a_ __b__ ~c~ ||d||",
            "a b c d",
            vec![
                ("italic", "a"),
                ("underline", "b"),
                ("strikethrough", "c"),
                ("spoiler", "d"),
            ],
        ),
        ("*a _b_*", "a b", vec![("bold", "a b"), ("italic", "b")]),
        (
            "[why](https://a.example/\\)x)",
            "why",
            vec![("text_link", "why")],
        ),
        (
            "`a*b` ```rust\nfn```",
            "a*b fn",
            vec![("code", "a*b"), ("pre", "fn")],
        ),
        (">a\n>b\nc", "a\nb\nc", vec![("blockquote", "a\nb")]),
        (
            "**>a\n>b||",
            "a\nb",
            vec![("expandable_blockquote", "a\nb")],
        ),
    ] {
        let (seen, marks) = shown(&scene, "MarkdownV2", source).await;
        let marks: Vec<(&str, &str)> = marks.iter().map(|it| (&*it.0, &*it.1)).collect();
        assert_eq!((&*seen, marks), (text, entities), "{source}");
    }
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn bad_markdown_is_refused() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let reserved = |letter: char| {
        format!("Character '{letter}' is reserved and must be escaped with the preceding '\\'")
    };
    for (source, refusal) in [
        ("1.5", reserved('.')),
        ("a-b", reserved('-')),
        ("a!", reserved('!')),
        ("(a", reserved('(')),
        (
            "é *a",
            "Can't find end of Bold entity at byte offset 3".to_owned(),
        ),
        (
            "`a",
            "Can't find end of Code entity at byte offset 0".to_owned(),
        ),
        (
            "[a](b",
            "Can't find end of a URL at byte offset 3".to_owned(),
        ),
    ] {
        let body = json!({ "chat_id": chat, "text": source, "parse_mode": "MarkdownV2" });
        let said = scene.wrong("sendMessage", body).await;
        assert_eq!(
            said,
            format!("Bad Request: can't parse entities: {refusal}"),
            "{source}"
        );
    }
    let body = json!({ "chat_id": chat, "text": "a", "parse_mode": "BBCode" });
    assert_eq!(
        scene.wrong("sendMessage", body).await,
        "Bad Request: unsupported parse_mode"
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn entities_beside_a_text_stay_inside_it() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let with = |offset: u32, length: u32| {
        let entity = json!({ "type": "bold", "offset": offset, "length": length });
        json!({ "chat_id": chat, "text": "😀ab", "entities": [entity] })
    };
    scene.ok("sendMessage", with(2, 2)).await;
    let bold = scene.fake.chat(chat).last().map(|it| it.stretches("bold"));
    assert_eq!(bold, Some(vec!["ab".to_owned()]));
    scene.wrong("sendMessage", with(3, 2)).await;
    scene.wrong("sendMessage", with(0, 0)).await;
}
