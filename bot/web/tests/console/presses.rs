//! What is pressed on a ticket, and what comes of it.

use countersign_domain::{
    operator::Role,
    ticket::{DeclineReason, TicketState},
};
use reqwest::StatusCode;

use crate::{
    browser::Browser,
    world::{Setup, World, usd},
};

// R1
#[tokio::test]
async fn a_ticket_is_confirmed_and_its_order_goes_out() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/").await;
    let form = page.form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let after = browser.press(&form).await;
    assert_eq!(
        after.said(),
        "Your yes is recorded. The card shows what becomes of it."
    );
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.orders.len(), 1);
    world.settle().await;
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.open_positions().count(), 1);
    let page = browser.get("/").await;
    assert!(page.text.contains("Position open: ACME bull call spread"));
    assert!(
        page.text
            .contains("P&amp;L <span class=\"amount\">−$14.60,</span>"),
        "{}",
        page.text
    );
    // On a phone no line ends between a minus and its dollars.
    assert!(
        page.text
            .contains("theta <span class=\"amount\">−$1.78</span> a day")
    );
}

// R15
#[tokio::test]
async fn the_same_form_counts_once() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let both = tokio::join!(browser.post(&form), browser.post(&form));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    let again = browser.post(&form).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text.contains("Nothing was done a second time"));
    assert_eq!(world.desk.seen().await.expect("a store").orders.len(), 1);
}

// R1
#[tokio::test]
async fn two_tabs_press_confirm_and_one_order_goes_out() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let (here, there) = (Browser::open(&world).await, Browser::open(&world).await);
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let forms = (
        here.get("/").await.form(&path),
        there.get("/").await.form(&path),
    );
    let pages = tokio::join!(here.press(&forms.0), there.press(&forms.1));
    let mut said = [pages.0.said(), pages.1.said()];
    said.sort();
    assert!(
        said[0].starts_with("Confirmed by Ana (web console)")
            && said[0].ends_with("Your press changed nothing."),
        "{said:?}"
    );
    assert!(said[1].starts_with("Your yes is recorded."), "{said:?}");
    assert_eq!(world.desk.seen().await.expect("a store").orders.len(), 1);
}

// R5
#[tokio::test]
async fn a_press_after_the_time_is_told_so_and_sends_nothing() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    world.pass(121);
    let page = browser.press(&form).await;
    assert!(
        page.said().starts_with("This ticket expired at"),
        "{}",
        page.said()
    );
    assert!(!page.has_form("/confirm"));
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

#[tokio::test]
async fn a_form_of_an_older_revision_confirms_nothing() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/").await;
    let old = page.form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let edit = page.form(&format!("/tickets/{ticket}/{revision}/edit"));
    browser.press(&edit.with("contracts", "1")).await;
    let page = browser.press(&old).await;
    assert!(
        page.said().starts_with("This card is old: revision 2"),
        "{}",
        page.said()
    );
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

// R7
#[tokio::test]
async fn a_market_that_moved_makes_a_new_revision_and_no_order() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    world.quotes("103.00", ("5.10", "5.25"), ("1.80", "1.90"));
    let page = browser.press(&form).await;
    assert!(
        page.said().contains("Nothing was sent. Revision 2"),
        "{}",
        page.said()
    );
    assert!(page.has_form(&format!("/tickets/{ticket}/2/confirm")));
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

#[tokio::test]
async fn a_ticket_is_declined_with_a_reason_of_the_list() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/decline"));
    for odd in ["", "because", "RISK"] {
        let page = browser.post(&form.clone().with("reason", odd)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
    }
    let page = browser.press(&form.with("reason", "timing")).await;
    assert!(
        page.said().contains("The timing is not right"),
        "{}",
        page.said()
    );
    let story = world.desk.story(ticket).await.expect("a store");
    let state = story.ticket.expect("a ticket").state.clone();
    let reason = match state {
        TicketState::Declined { reason, .. } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason, DeclineReason::Timing);
}

#[tokio::test]
async fn a_ticket_put_aside_can_still_be_opened_and_still_expires() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/snooze"));
    let page = browser.press(&form.with("seconds", "60")).await;
    assert!(page.said().starts_with("Put aside for you."));
    assert!(
        page.text.contains("Put aside until 10:31:00 EST"),
        "{}",
        page.text
    );
    assert!(page.has_form(&format!("/tickets/{ticket}/{revision}/confirm")));
    world.pass(61);
    assert!(!browser.get("/").await.text.contains("Put aside until"));
}

// R26
#[tokio::test]
async fn somebody_on_no_list_reads_nothing_and_presses_nothing() {
    let world = World::of(Setup {
        role: None,
        ..Setup::default()
    })
    .await;
    let (ticket, _) = world.offer().await;
    let browser = Browser::open(&world).await;
    let own = format!("/tickets/{ticket}");
    for path in [
        "/",
        "/events",
        "/account",
        "/history",
        "/export.csv",
        "/export.json",
        "/health",
        "/standing",
        "/propose",
        "/desk/halt",
        &own,
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(
            page.text
                .contains("You are not on this desk's list of operators."),
            "{path}: {}",
            page.text
        );
        assert!(!page.text.contains("First desk"), "{path}");
    }
}

// R29
#[tokio::test]
async fn who_was_taken_off_the_list_cannot_use_an_old_card() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    let nobody = Setup {
        role: None,
        ..Setup::default()
    };
    world.configure(&nobody).await;
    let page = browser.post(&form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(
        page.text
            .contains("You are not on this desk's list of operators.")
    );
    assert_eq!(browser.get("/").await.status, StatusCode::FORBIDDEN);
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

// R28
#[tokio::test]
async fn a_viewer_is_told_which_role_it_takes() {
    let world = World::of(Setup {
        role: Some(Role::Viewer),
        ..Setup::default()
    })
    .await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let page = browser.post(&form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(
        page.text
            .contains("This needs the role trader, and yours is viewer.")
    );
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

// R33
#[tokio::test]
async fn a_ticket_that_needs_two_people_says_so_after_the_first_yes() {
    let world = World::of(Setup {
        second_person_above: Some(usd(100)),
        ..Setup::default()
    })
    .await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    let page = browser.press(&form).await;
    assert_eq!(
        page.said(),
        "Your yes is recorded. One more person has to say yes."
    );
    let again = browser.press(&page.form(&path)).await;
    assert!(again.said().starts_with("A second person has to say yes"));
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

#[tokio::test]
async fn a_ticket_that_could_lose_much_is_confirmed_with_its_contracts_typed() {
    let world = World::of(Setup {
        typed_above: Some(usd(100)),
        ..Setup::default()
    })
    .await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let contracts = world.desk.seen().await.expect("a store").tickets[&ticket]
        .terms
        .contracts;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    let page = browser.press(&form.with("contracts", "999")).await;
    let said = page.said();
    assert!(
        said.contains("999 is not its number of contracts"),
        "{said}"
    );
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
    let form = page.form(&path).with("contracts", &contracts.to_string());
    browser.press(&form).await;
    assert_eq!(world.desk.seen().await.expect("a store").orders.len(), 1);
}

#[tokio::test]
async fn a_form_that_the_desk_refused_can_be_corrected_and_pressed_again() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/edit");
    let form = browser.get("/").await.form(&path);
    let page = browser.press(&form.clone().with("contracts", "9")).await;
    assert!(
        page.said().contains("Worst loss per ticket would be"),
        "{}",
        page.said()
    );
    let form = form.with("contracts", "1");
    let page = browser.press(&form).await;
    assert!(
        page.said().starts_with("The change is recorded."),
        "{}",
        page.said()
    );
    assert_eq!(browser.post(&form).await.status, StatusCode::CONFLICT);
}
