//! Many cards that wait, of tickets that can still be decided: they are posted at the pace that is left
//! to what is not urgent, and none is refused.

use std::time::Duration;

use countersign_fakes::discord::Request;

use super::stage::{SOON, Stage};
use crate::{
    backlog::{Backlog, PATIENCE, pace, shows_all},
    program::Program,
};

/// Channels that are shown every card, and cards that wait at least.
const SMALL: (usize, usize) = (20, 20);

/// Underlyings where figures are wanted: its first look offers about two hundred tickets.
const SYMBOLS: usize = 450;

/// Calls that the platform takes from one bot in a second.
const CAP: f64 = 50.0;

/// True for a message or an edit of one that counted.
fn counts(request: &Request) -> bool {
    let is_one = ["create_message", "update_message"].contains(&request.operation.as_str());
    is_one && request.status == 200
}

// R16
#[tokio::test(flavor = "multi_thread")]
async fn cards_that_waited_are_posted_at_the_platforms_pace_and_none_is_refused() {
    let backlog = Backlog::of(SMALL, SYMBOLS);
    let stage = Stage::new().await;
    let mut channels = vec![stage.channel];
    channels.extend((1..backlog.rooms).map(|it| stage.fake.add_channel(&format!("desk-{it}"))));
    stage.configure_in(&channels, "");
    stage.add(&backlog.settings());
    stage.fake.go_down();
    let mut command = stage.command(&["--set", "trade.ticket_seconds=3600"]);
    command.env_remove("RUST_LOG");
    let mut program = Program::of(command);
    program.expect(&["[Confirm]"], SOON);
    let mut looks = tokio::time::interval(Duration::from_secs(1));
    let mut wanted = Backlog::gathered(&stage.events().await);
    while !backlog.suffices(wanted.len()) {
        looks.tick().await;
        wanted = Backlog::gathered(&stage.events().await);
    }

    stage.fake.come_up().await.expect("its port is free");
    let shows = |channel: &u64| {
        let texts = stage.fake.messages(*channel).into_iter();
        let texts: Vec<String> = texts.map(|it| it.text()).collect();
        shows_all(texts.iter().map(String::as_str), &wanted)
    };
    let drained = async {
        while !channels.iter().all(shows) {
            looks.tick().await;
        }
    };
    let drained = tokio::time::timeout(PATIENCE, drained).await;
    drained.expect("every card is shown");
    let requests = stage.fake.requests();
    let at = |it: &Request| Duration::from_micros(it.at_us.unsigned_abs());
    let cards = wanted.len() * channels.len();
    let what = format!("Discord: {cards} cards in {} channels", channels.len());
    pace(
        &what,
        requests.iter().filter(|it| counts(it)).map(at).collect(),
        CAP,
    );
    stage.quit(program);
    stage.well_behaved();
}
