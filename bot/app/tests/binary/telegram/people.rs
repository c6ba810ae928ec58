//! Who counts: nobody who is not on the list, one person with two accounts once, and of two who may only
//! the one who was asked.

use std::fs;

use countersign_domain::event::Fact;

use super::stage::{CONFIRM, Stage, data, labels, quit};
use crate::kept;

/// Writes the configuration: cards in the group, and this before it.
fn configure(stage: &Stage, before: &str) {
    stage.configure_as(&[stage.group], &[]);
    let file = stage.home.path().join("config.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    fs::write(file, format!("{before}\n{text}")).expect("the settings");
}

// R26
#[tokio::test(flavor = "multi_thread")]
async fn with_an_empty_list_nobody_can_act() {
    let stage = Stage::new().await;
    configure(&stage, "operators = []");
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    for person in [&stage.ana, &stage.bo, &stage.mallory] {
        let press = person.presses(stage.group, card.id, CONFIRM);
        let answer = stage.answered(&press).await;
        assert!(
            answer.alert && answer.text.contains("list of operators"),
            "{}",
            answer.text
        );
        let asked = person.sends(stage.group, "/halt the news are odd");
        let answer = stage.answer_to(stage.group, asked).await;
        assert_eq!(labels(&answer), Vec::<String>::new());
    }
    assert_eq!(stage.orders().await, 0);
    assert_eq!(
        stage.fake.chat(stage.group).messages[&card.id].versions,
        card.versions
    );
    quit(program);
    stage.well_behaved();
}

// R33
#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_of_one_person_are_one_yes() {
    let stage = Stage::new().await;
    let (ana, bo) = (stage.ana.id(), stage.bo.id());
    let again = stage.mallory.id();
    let people = format!(
        "[[operators]]\nname = \"Ana\"\nrole = \"admin\"\nidentities = [\
         {{ surface = \"telegram\", user = \"{ana}\" }}, \
         {{ surface = \"telegram\", user = \"{again}\" }}]\n\
         [[operators]]\nname = \"Bo\"\nrole = \"trader\"\n\
         identities = [{{ surface = \"telegram\", user = \"{bo}\" }}]\n\
         [trade]\nsecond_person_above = \"0\"\n"
    );
    configure(&stage, &people);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let confirm = data(&card, "Confirm");
    assert!(!stage.told(&stage.ana, &card, &confirm).await.alert);
    for account in [&stage.ana, &stage.mallory] {
        let answer = stage.told(account, &card, &confirm).await;
        assert!(
            answer.alert && answer.text.contains("second person"),
            "{}",
            answer.text
        );
    }
    assert_eq!(stage.orders().await, 0);
    let answer = stage.told(&stage.bo, &card, &confirm).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(stage.orders().await, 1);
    quit(program);
    stage.well_behaved();
}

// R30
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_may_only_the_one_who_asked_answers_and_once() {
    let stage = Stage::new().await;
    let (ana, bo) = (&stage.ana, &stage.bo);
    let people = [(ana, "Ana", "admin"), (bo, "Bo", "admin")];
    stage.configure_as(&[stage.group], &people);
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let asked = ana.sends(stage.group, "/halt the news are odd");
    let question = stage.answer_to(stage.group, asked).await;
    let yes = data(&question, "Yes");
    let halted = |it: &Fact| matches!(it, Fact::TradingChanged { .. });
    let before = kept::facts(stage.home.path(), halted).await;
    let answer = stage.told(bo, &question, &yes).await;
    assert!(answer.alert, "{}", answer.text);
    assert_eq!(kept::facts(stage.home.path(), halted).await, before);
    let answer = stage.told(ana, &question, &yes).await;
    assert!(!answer.alert, "{}", answer.text);
    assert_eq!(kept::facts(stage.home.path(), halted).await, before + 1);
    // What was used up is inert, on whatever message it stands.
    let answer = stage.told(ana, &card, &yes).await;
    assert!(answer.alert, "{}", answer.text);
    assert_eq!(kept::facts(stage.home.path(), halted).await, before + 1);
    quit(program);
    stage.well_behaved();
}
