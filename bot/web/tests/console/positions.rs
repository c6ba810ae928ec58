//! What is pressed on a position, and on an entry that is on its way.

use countersign_domain::{ids::PositionId, money::Percent, position::PositionState};
use jiff::SignedDuration;
use reqwest::StatusCode;

use crate::{
    browser::{Browser, Form},
    world::World,
};

/// A desk that holds one spread.
async fn held() -> (World, Browser, PositionId) {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.settle().await;
    let seen = world.desk.seen().await.expect("a store");
    let position = seen.open_positions().next().expect("a position").id;
    (world, browser, position)
}

async fn state(world: &World, position: PositionId) -> PositionState {
    let seen = world.desk.seen().await.expect("a store");
    seen.positions[&position].state
}

async fn asked(browser: &Browser, position: PositionId, what: &str) -> Form {
    let path = format!("/positions/{position}/{what}");
    browser.get(&path).await.form(&path)
}

// R30
#[tokio::test]
async fn a_position_is_closed_by_a_second_press_that_comes_soon() {
    let (world, browser, position) = held().await;
    let form = asked(&browser, position, "close").await;
    world.machine.advance(SignedDuration::from_secs(31));
    let late = browser.post(&form).await;
    assert_eq!(late.status, StatusCode::REQUEST_TIMEOUT);
    assert!(late.text.contains("within 30 s"));
    assert_eq!(state(&world, position).await, PositionState::Open);

    let form = asked(&browser, position, "close").await;
    world.machine.advance(SignedDuration::from_secs(29));
    let page = browser.press(&form).await;
    assert!(
        page.said().starts_with("The exit is asked for."),
        "{}",
        page.said()
    );
    assert!(matches!(
        state(&world, position).await,
        PositionState::Closing { .. }
    ));
    let again = browser.post(&form).await;
    assert_eq!(
        again.status,
        StatusCode::CONFLICT,
        "the second press counts once"
    );
}

#[tokio::test]
async fn the_first_press_on_close_changes_nothing() {
    let (world, browser, position) = held().await;
    let page = browser.get(&format!("/positions/{position}/close")).await;
    assert!(page.text.contains("Close this position?"));
    assert!(page.text.contains("Worst loss"));
    assert_eq!(state(&world, position).await, PositionState::Open);
}

#[tokio::test]
async fn exits_are_held_and_let_go() {
    let (world, browser, position) = held().await;
    let form = asked(&browser, position, "hold").await;
    for odd in ["", "0", "-5", "241", "1e2", "٥"] {
        let page = browser.post(&form.clone().with("minutes", odd)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
    }
    let page = browser.press(&form.with("minutes", "20")).await;
    assert_eq!(
        page.said(),
        "The automatic exits of this position are held. You can still close it."
    );
    assert!(page.text.contains("Ana holds the automatic exits until"));
    let release = page.form(&format!("/positions/{position}/release"));
    let page = browser.press(&release).await;
    assert_eq!(page.said(), "The automatic exits of this position go on.");
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.positions[&position].hold, None);
}

#[tokio::test]
async fn an_exit_plan_is_changed_and_absurd_ones_are_refused() {
    let (world, browser, position) = held().await;
    let form = asked(&browser, position, "plan").await;
    assert_eq!(form.fields["target"], "60");
    assert_eq!(form.fields["give_back"], "20");
    for (field, odd) in [
        ("target", "0"),
        ("target", "1001"),
        ("stop", "-50"),
        ("stop", "50%"),
        ("arm", ""),
        ("arm", "٤٠"),
        ("days", "-1"),
        ("days", "400"),
        ("time", "yesterday"),
        ("time", "2026-13-40T10:00"),
        ("time", "2020-01-02T10:00"),
    ] {
        let page = browser.post(&form.clone().with(field, odd)).await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {odd}"
        );
    }
    let form = asked(&browser, position, "plan").await;
    let changed = form.with("target", "80").with("stop", "");
    let changed = changed.with("time", "2026-11-18T15:45");
    let page = browser.press(&changed).await;
    assert_eq!(page.said(), "The exit plan is changed.");
    let seen = world.desk.seen().await.expect("a store");
    let plan = seen.positions[&position].exit_plan;
    assert_eq!(
        (plan.profit_target, plan.stop_loss),
        (Some(Percent(80)), None)
    );
    let end = plan.time_stop.expect("a time stop");
    assert_eq!(end.to_string(), "2026-11-18T20:45:00Z");
}

#[tokio::test]
async fn a_working_entry_is_cancelled() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.desk.pump().await.expect("a store");
    let page = browser.get("/").await;
    assert!(page.text.contains("Entries on their way"));
    let form = page.form("/cancel");
    let page = browser.press(&form).await;
    assert!(page.said().starts_with("The cancellation is asked for."));
    world.desk.pump().await.expect("a store");
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.live_orders().count(), 0);
}
