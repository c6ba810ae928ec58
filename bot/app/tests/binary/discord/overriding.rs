//! An override in the channel: asked for by slash command, decided on its card.

use serde_json::json;

use super::stage::{Stage, labels, pressed};

// R33
#[tokio::test(flavor = "multi_thread")]
async fn an_override_is_asked_for_in_the_channel_and_who_asked_cannot_grant_it() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    stage.commands().await;
    let given = [
        ("action", json!("ask")),
        ("limit", json!("open_positions")),
        ("value", json!("8")),
        ("lasting", json!("2h")),
        ("reason", json!("expiry day")),
    ];
    let asked = stage.ana.slash(stage.channel, "override", &given);
    stage.answered(asked.expect("a command")).await;
    let card = stage.message(&["Override asked for", "expiry day"]).await;
    assert_eq!(labels(&card), ["Grant", "Refuse"]);
    assert!(card.text().contains("2 admins"), "{}", card.text());
    for (person, why) in [(&stage.bo, "admin"), (&stage.ana, "You asked for this")] {
        let answer = stage.answered(pressed(person, card.id, "Grant")).await;
        let private = answer.is_ephemeral() && answer.text().contains(why);
        assert!(private, "{}", answer.text());
    }
    stage.answered(pressed(&stage.ana, card.id, "Refuse")).await;
    let over = stage.until(card.id, |it| labels(it).is_empty()).await;
    assert!(over.text().contains("Ana refused it"), "{}", over.text());
    stage.quit(program);
    stage.well_behaved();
}
