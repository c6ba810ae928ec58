//! What is asked of the whole desk: its state, its approvals, a ticket of one's own.

use countersign_domain::{
    money::Price, operator::Role, structure::StructureKind, trading::TradingState,
};
use reqwest::StatusCode;

use crate::{
    browser::Browser,
    world::{LOWER, Setup, UPPER, World, price},
};

async fn trading(world: &World) -> TradingState {
    world.desk.seen().await.expect("a store").desk.trading
}

#[tokio::test]
async fn the_desk_is_reduced_halted_and_resumed_with_a_reason() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    for (ask, to, sentence) in [
        ("reduce", TradingState::Reducing, "The desk is reducing"),
        ("halt", TradingState::Halted, "The desk is halted"),
        ("resume", TradingState::Active, "The desk is active again."),
    ] {
        let path = format!("/desk/{ask}");
        let form = browser.get(&path).await.form(&path);
        for odd in ["", "   ", &"x".repeat(201)] {
            let page = browser.post(&form.clone().with("reason", odd)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
            assert!(page.text.contains("Give a reason of 1 to 200 characters."));
        }
        let page = browser.press(&form.with("reason", "news at noon")).await;
        assert!(page.said().starts_with(sentence), "{}", page.said());
        assert_eq!(trading(&world).await, to);
        assert!(page.text.contains("“news at noon”"));
    }
}

// R44
#[tokio::test]
async fn a_flatten_takes_two_presses_and_is_bound_to_its_reason() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.settle().await;
    let first = browser.get("/desk/flatten").await;
    assert!(
        !first.text.contains("name=\"seal\""),
        "the first press does nothing"
    );
    let second = browser.get("/desk/flatten/now?reason=done+for+today").await;
    assert!(second.text.contains("1 open position is closed."));
    let form = second.form("/desk/flatten/now");
    let other = browser.post(&form.clone().with("reason", "another")).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let page = browser.press(&form).await;
    assert!(page.said().starts_with("The desk is halted and an exit"));
    assert_eq!(trading(&world).await, TradingState::Halted);
    let seen = world.desk.seen().await.expect("a store");
    assert!(seen.live_orders().any(|order| !order.purpose.is_entry()));
}

#[tokio::test]
async fn only_an_admin_resumes() {
    let world = World::of(Setup {
        role: Some(Role::Trader),
        ..Setup::default()
    })
    .await;
    let browser = Browser::open(&world).await;
    let form = browser.get("/desk/halt").await.form("/desk/halt");
    browser.press(&form.with("reason", "lunch")).await;
    let form = browser.get("/desk/resume").await.form("/desk/resume");
    let page = browser.post(&form.with("reason", "back")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(trading(&world).await, TradingState::Halted);
}

#[tokio::test]
async fn a_standing_approval_is_signed_shown_and_revoked() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let form = browser.get("/standing").await.form("/standing/sign");
    let form = form.with("loss_ticket", "300").with("loss_day", "600");
    for (field, odd) in [
        ("per_day", "0"),
        ("per_day", "-1"),
        ("loss_ticket", "0"),
        ("loss_ticket", "1e308"),
        ("loss_day", "two"),
        ("hours", "0"),
        ("hours", "169"),
        ("underlying", "acme"),
        ("strategy", "<b>"),
        ("strategy", "trent"),
        ("loss_ticket", "5000"),
        ("loss_day", "299"),
    ] {
        let page = browser.post(&form.clone().with(field, odd)).await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {odd}"
        );
    }
    assert!(
        world
            .desk
            .seen()
            .await
            .expect("a store")
            .standing
            .is_empty()
    );
    let form = browser.get("/standing").await.form("/standing/sign");
    let form = form.with("loss_ticket", "300").with("loss_day", "600");
    let page = browser.press(&form.with("underlying", "ACME")).await;
    assert!(page.said().starts_with("The standing approval is signed."));
    assert!(
        page.text.contains("of Ana: every strategy, ACME"),
        "{}",
        page.text
    );
    let seen = world.desk.seen().await.expect("a store");
    let id = seen.standing.keys().next().expect("an approval");
    let path = format!("/standing/{id}/revoke");
    let form = browser.get(&path).await.form(&path);
    let page = browser.press(&form).await;
    assert_eq!(page.said(), "The standing approval is revoked.");
    assert!(page.text.contains("None. Every ticket needs a press."));
}

#[tokio::test]
async fn a_trader_proposes_a_spread_by_its_symbols() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let form = browser.get("/propose").await.form("/propose");
    let form = form.with("leg1", LOWER).with("side1", "buy");
    let form = form
        .with("leg2", "ACME 261218C00105000")
        .with("side2", "sell");
    let form = form.with("limit", "2.45");
    for (field, odd) in [
        ("leg1", "ACME"),
        ("leg1", "ACME  261218X00100000"),
        ("leg1", "ÄCME  261218C00100000"),
        ("side1", "hold"),
        ("leg2", LOWER),
        ("side1", "sell"),
        ("contracts", "0"),
        ("limit", "1e308"),
        ("limit", "٢"),
        ("stop", "1000"),
        ("target", "1001"),
        ("time", "2027-01-04T15:45"),
    ] {
        let page = browser.post(&form.clone().with(field, odd)).await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {odd}"
        );
    }
    let page = browser.press(&form).await;
    assert_eq!(page.said(), "Your ticket is offered. It still needs a yes.");
    let seen = world.desk.seen().await.expect("a store");
    let ticket = seen.offered().next().expect("a ticket");
    assert_eq!(ticket.terms.limit, price("2.45"));
    assert_eq!(ticket.structure.kind(), StructureKind::BullCallSpread);
}

#[tokio::test]
async fn what_a_credit_spread_receives_is_typed_without_a_sign() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let form = browser.get("/propose").await.form("/propose");
    let form = form.with("leg1", LOWER).with("side1", "sell");
    let form = form.with("leg2", UPPER).with("side2", "buy");
    let page = browser.press(&form.with("limit", "2.20")).await;
    assert_eq!(page.said(), "Your ticket is offered. It still needs a yes.");
    let seen = world.desk.seen().await.expect("a store");
    let ticket = seen.offered().next().expect("a ticket");
    assert_eq!(ticket.terms.limit, Price::ZERO - price("2.20"));
    let (id, revision) = (ticket.id, ticket.revision);
    let edit = page.form(&format!("/tickets/{id}/{revision}/edit"));
    assert_eq!(edit.fields["limit"], "2.20");
    let page = browser.press(&edit.with("limit", "2.15")).await;
    assert!(page.said().starts_with("The change is recorded."));
    let seen = world.desk.seen().await.expect("a store");
    let ticket = seen.offered().next().expect("a ticket");
    assert_eq!(ticket.terms.limit, Price::ZERO - price("2.15"));
}
