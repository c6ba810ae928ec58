//! Texts that would break a mark-up, a layout or a reader.

use serde_json::json;

use super::stage::{SOON, Stage, data, labels, pressed};

/// What a name or a reason may hold.
const MARKS: &str = "_*[]()~`>#+-=|{}.!<@1> @everyone \\ \u{5d0}\u{5d1} 😀";

/// A text without what a layout adds: blanks, escapes, ends of code, and marks that keep directions
/// apart.
fn bare(text: &str) -> String {
    let added = |it: &char| {
        it.is_whitespace() || matches!(*it, '\\' | '`' | '\u{200b}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|it| !added(it)).collect()
}

/// Calls Ana that.
fn named(stage: &Stage, name: &str) {
    let file = stage.home.path().join("config.toml");
    let text = std::fs::read_to_string(&file).expect("the settings");
    // What JSON escapes, TOML reads.
    let text = text.replace("\"Ana\"", &json!(name).to_string());
    std::fs::write(file, text).expect("the settings");
}

// R18
#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_name_or_a_reason_holds_is_shown_or_refused() {
    let stage = Stage::new().await;
    named(&stage, MARKS);
    let program = stage.demo(&["--set", "trade.watchlist=AAPL"]);
    let card = stage.offer().await;
    stage.commands().await;
    for reason in ["x".repeat(6_000), "\u{300}".repeat(6_000), MARKS.to_owned()] {
        let asked = stage
            .ana
            .slash(stage.channel, "reduce", &[("reason", json!(reason))]);
        let answer = stage.answered(asked.expect("a command")).await;
        assert!(answer.is_ephemeral() && !answer.text().is_empty());
    }
    let gone = stage.until(card.id, |it| labels(it).is_empty()).await;
    assert!(gone.text().contains("withdrawn"), "{}", gone.text());
    // Who did it stands in the log, with the reason.
    let asked = stage.ana.slash(stage.channel, "history", &[]);
    let answer = stage.answered(asked.expect("a command")).await;
    assert!(bare(&answer.text()).contains(&bare(MARKS)), "{answer:?}");
    stage.quit(program);
    stage.well_behaved();
}

// R17 R18
#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_ten_thousand_letters_is_told_whole_in_messages_that_the_platform_takes() {
    let stage = Stage::new().await;
    named(&stage, MARKS);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.offer().await;
    // Each refused press is one more line of what became of it.
    let old = data(&card, "Confirm").replace(":1", ":9");
    for _ in 0..120 {
        let press = stage.ana.forges_press(card.id, &old).expect("a press");
        stage.answered(press).await;
    }
    let press = pressed(&stage.ana, card.id, "Why");
    let told = stage.fake.wait("whole answer", SOON, |fake| {
        let answer = fake.interaction(press)?;
        (bare(&answer.text()).matches(&bare(MARKS)).count() >= 120).then_some(answer)
    });
    let told = match told.await {
        Ok(told) => told,
        Err(error) => panic!("{error}: {:?}", stage.fake.interaction(press)),
    };
    // Whoever decides is named on the card as text: none of it is mark-up or a mention.
    let press = pressed(&stage.ana, card.id, "Confirm");
    stage.answered(press).await;
    let escaped = "\\_\\*\\[\\]\\()\\~\\`>#+-=\\|{}.!\\<\\@1> \\@everyone";
    stage.until(card.id, |it| it.text().contains(escaped)).await;
    let letters = told.text().chars().count();
    assert!(letters >= 10_000, "{letters}");
    assert!(!told.followups.is_empty());
    stage.quit(program);
    stage.well_behaved();
}
