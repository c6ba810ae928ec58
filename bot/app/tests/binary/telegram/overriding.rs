//! An override in the group: asked for in words, decided on its card.

use super::stage::{Stage, is_bare, labels, quit};

// R33
#[tokio::test(flavor = "multi_thread")]
async fn an_override_is_asked_for_in_the_group_and_granted_and_revoked_on_its_card() {
    let stage = Stage::new().await;
    stage.configure_as(
        &[stage.group],
        &[(&stage.ana, "Ana", "admin"), (&stage.bo, "Bo", "trader")],
    );
    let program = stage.demo(&[]);
    stage.message(&["As of"]).await;
    let ask = "/override ask open_positions 6 2h expiry day";
    stage.bo.sends(stage.group, ask);
    let card = stage.message(&["Override asked for", "expiry day"]).await;
    assert!(!card.silent, "it rings");
    assert_eq!(labels(&card), ["✅ Grant", "✖ Refuse"]);
    for (person, why) in [(&stage.bo, "admin"), (&stage.mallory, "list of operators")] {
        let press = person.presses(stage.group, card.id, "✅ Grant");
        let answer = stage.answered(&press).await;
        assert!(answer.alert && answer.text.contains(why), "{}", answer.text);
    }
    let press = stage.ana.presses(stage.group, card.id, "✅ Grant");
    let answer = stage.answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let granted = stage
        .until(card.id, |it| it.text().contains("Override granted"))
        .await;
    assert!(granted.text().contains("Ana, "), "{}", granted.text());
    let press = stage.ana.presses(stage.group, card.id, "✖ Revoke");
    assert!(!stage.answered(&press).await.alert);
    let over = stage.until(card.id, is_bare).await;
    assert!(over.text().contains("Ana revoked it"), "{}", over.text());
    quit(program);
    stage.well_behaved();
}
