//! Texts that would break a mark-up, a layout or a reader.

use countersign_fakes::telegram::Message;

use super::stage::{Stage, data, labels, quit};

/// What a name or a reason may hold.
const MARKS: &str = "_*[]()~`>#+-=|{}.!<b>&amp;</b>\\ \u{5d0}\u{5d1}\u{5d2} z\u{300}\u{301}\u{302}\u{303}\u{304} 😀";

// R18
#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_name_or_a_reason_holds_is_shown_or_refused() {
    let stage = Stage::new().await;
    let name = MARKS;
    stage.configure_as(&[stage.group], &[(&stage.ana, name, "admin")]);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let desk = stage.desk().await;
    let halt = format!("v1:halt:{desk}:0");
    for (reason, told) in [
        ("x".repeat(100_000), "reason"),
        ("\u{300}".repeat(100_000), "reason"),
        (MARKS.to_owned(), "Halt the desk?"),
    ] {
        let before = stage.fake.chat(stage.group).last().map_or(0, |it| it.id);
        stage.told(&stage.ana, &card, &halt).await;
        let form = stage
            .fake
            .until(stage.group, |chat| {
                let form = chat
                    .seen()
                    .find(|it| it.id > before && it.text().contains(&halt));
                form.cloned()
            })
            .await;
        let answer = stage.ana.replies_to(stage.group, form.id, &reason);
        let said = stage
            .fake
            .until(stage.group, |chat| {
                let mut answers = chat.seen();
                answers.find(|it| it.reply_to == Some(answer)).cloned()
            })
            .await;
        assert!(said.text().contains(told), "{told}: {}", said.text());
        if labels(&said).contains(&"✖ Yes, now".to_owned()) {
            stage.ana.presses(stage.group, said.id, "✖ Yes, now");
        }
    }
    // A halt withdraws what was offered.
    let gone = stage.until(card.id, |it| labels(it).is_empty()).await;
    assert!(gone.text().contains("withdrawn"), "{}", gone.text());
    quit(program);
    stage.well_behaved();
}

/// A text without what a layout adds: blanks, breaks, and marks that keep directions apart.
fn bare(text: &str) -> String {
    let added = |it: &char| it.is_whitespace() || matches!(*it, '\u{2066}'..='\u{2069}');
    text.chars().filter(|it| !added(it)).collect()
}

// R17 R18
#[tokio::test(flavor = "multi_thread")]
async fn why_is_told_with_a_hostile_name_below_the_card() {
    let stage = Stage::new().await;
    stage.configure_as(&[stage.group], &[(&stage.ana, MARKS, "admin")]);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let why = data(&card, "Why");
    // Each refused press is one more line of what became of it.
    for _ in 0..80 {
        let old = data(&card, "Confirm").replace(":1", ":9");
        stage.told(&stage.ana, &card, &old).await;
    }
    stage.told(&stage.ana, &card, &why).await;
    let parts = stage
        .fake
        .until(stage.group, |chat| {
            let parts = chat.seen().filter(|it| it.reply_to == Some(card.id));
            let parts: Vec<_> = parts.cloned().collect();
            let all: String = parts.iter().map(Message::text).collect();
            // Of marks above a letter a narrow column keeps few.
            let name = bare(MARKS.split('z').next().unwrap_or_default());
            (bare(&all).matches(&name).count() >= 80).then_some(parts)
        })
        .await;
    assert!(parts.len() > 1, "{} part", parts.len());
    let letters: usize = parts.iter().map(|it| it.text().chars().count()).sum();
    assert!(letters >= 10_000, "{letters}");
    for part in &parts {
        assert!(part.text().encode_utf16().count() <= 4096);
    }
    quit(program);
    stage.well_behaved();
}
