//! A platform that is not there when the desk starts, and comes later.

use std::{fs, time::Duration};

use countersign_domain::event::{Event, Fact};

use super::stage::{SOON, Stage, data, is_bare, labels, quit};
use crate::{program::run, terminal::ended_well};

/// Who signs a standing approval on this machine.
pub(super) const LOCAL: &str = "[[operators]]\nname = \"Local\"\nrole = \"admin\"\n\
    identities = [{ surface = \"cli\", user = \"local\" }]\n";

// R19
#[tokio::test(flavor = "multi_thread")]
async fn with_the_platform_down_the_desk_trades_and_exits_and_what_happened_is_shown_later() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    let config = stage.home.path().join("config.toml");
    let mut text = fs::read_to_string(&config).expect("its settings");
    text.push_str(LOCAL);
    fs::write(&config, text).expect("the settings");
    // One trade, which is over before anything can be shown.
    let once = ["--set", "limits.orders_per_day=1", "--minutes", "390"];
    let quick = ["--auto-confirm", "--speed", "600"];
    let mut program = stage.demo(&[&quick[..], &once].concat());
    program.expect(&["broker", "opened from ticket"], SOON);
    let closed = |it: &Event| matches!(it.fact, Fact::PositionClosed { .. });
    let mut looks = tokio::time::interval(Duration::from_millis(100));
    while !stage.events().await.iter().any(closed) {
        looks.tick().await;
    }
    assert_eq!(stage.fake.calls(), Vec::new());
    stage.fake.up().await.expect("its port is free");
    let closed = stage.message(&["Position closed", "revision"]).await;
    assert_eq!(labels(&closed), ["Why"], "nothing is left to decide");
    quit(program);
    stage.well_behaved();
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn what_expired_while_the_platform_was_down_cannot_be_pressed() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=5"]);
    program.expect(&["[Confirm]"], SOON);
    program.expect(&["expired"], SOON);
    stage.fake.up().await.expect("its port is free");
    let expired = stage.message(&["Ticket expired"]).await;
    assert!(is_bare(&expired), "{:?}", labels(&expired));
    quit(program);
    stage.well_behaved();
}

// R19
#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_that_is_told_late_says_how_late() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    // The third start without an end in between is an alarm.
    for _ in 0..2 {
        let mut killed = stage.demo(&["--set", "demo.speed=1"]);
        killed.expect(&["Trading is"], SOON);
        drop(killed);
    }
    let mut program = stage.demo(&[]);
    program.expect(&["Crashed several times in a row"], SOON);
    // A second is a minute here.
    let begun = stage.fake.now();
    let mut looks = tokio::time::interval(Duration::from_millis(100));
    while stage.fake.now() < begun + Duration::from_secs(3) {
        looks.tick().await;
    }
    stage.fake.up().await.expect("its port is free");
    let late = stage.message(&["Crashed several times", "min late"]).await;
    assert!(late.text().contains("Told"), "{}", late.text());
    quit(program);
    stage.well_behaved();
}

// R5 R19
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_late_but_in_time_can_be_pressed() {
    let stage = Stage::new().await;
    stage.fake.down().await;
    let mut program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    program.expect(&["[Confirm]"], SOON);
    stage.fake.up().await.expect("its port is free");
    let card = stage.card().await;
    let answer = stage.told(&stage.ana, &card, &data(&card, "Confirm")).await;
    assert!(!answer.alert, "{}", answer.text);
    quit(program);
    stage.well_behaved();
}

// R45
#[tokio::test(flavor = "multi_thread")]
async fn a_halt_is_ended_from_the_command_line_while_the_platform_is_down_and_is_told_there_later()
{
    let stage = Stage::new().await;
    stage.fake.down().await;
    let config = stage.home.path().join("config.toml");
    let mut text = fs::read_to_string(&config).expect("its settings");
    text.push_str(LOCAL);
    fs::write(&config, text).expect("the settings");
    let mut program = stage.demo(&[]);
    program.expect(&["[Confirm]"], SOON);
    let home = stage.home.path().display().to_string();
    let verb = |words: &[&str]| {
        let desk = ["desk", "--home", &home, "--set", "desk.name=demo"];
        let account = ["--set", "paper.account=demo"];
        let ran = run(
            stage.home.path(),
            &[&desk[..], &account[..], words].concat(),
        );
        ended_well(&ran);
        ran.out
    };
    verb(&["halt", "enough"]);
    program.expect(&["Trading halted"], SOON);
    verb(&["resume", "all clear"]);
    program.expect(&["Trading is active now"], SOON);
    stage.fake.up().await.expect("its port is free");
    let parts = ["PAPER", "demo", "Trading halted", "enough", "desk resume"];
    let told = stage.message(&parts).await;
    for part in ["cli-", "loss limit", "What that does"] {
        assert!(told.text().contains(part), "{part}: {}", told.text());
    }
    quit(program);
    stage.well_behaved();
}
