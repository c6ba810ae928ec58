//! What the pages tell.

use reqwest::StatusCode;

use crate::{
    browser::Browser,
    world::{Setup, World},
};

// R12
#[tokio::test]
async fn a_ticket_tells_why_who_said_yes_and_what_happened_when() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.settle().await;
    let other = world.offer_of(1, "2.45").await;
    let page = browser.get(&format!("/tickets/{ticket}")).await;
    for told in [
        "proposed by a person",
        "Ana (web console), 10:30:00 EST, revision 1",
        "pay $2.50 at once, pay $2.325 halfway; 0 s old",
        "working at the broker",
        "10:30:15 EST",
        "Bought 2 ACME Dec 18, 2026 100 call at",
    ] {
        assert!(page.text.contains(told), "{told} in {}", page.text);
    }
    let short = &other.0.to_string()[20..];
    assert!(
        !page.text.contains(&format!("…{short} offered")),
        "the trail is this ticket's alone"
    );
}

#[tokio::test]
async fn an_offered_ticket_shows_its_payoff_as_a_picture_and_in_words() {
    let world = World::new().await;
    let (ticket, _) = world.offer().await;
    let browser = Browser::open(&world).await;
    for path in ["/".to_owned(), format!("/tickets/{ticket}")] {
        let page = browser.get(&path).await;
        let (_, figure) = page
            .text
            .split_once("<figure class=\"payoff\">")
            .expect("a picture");
        let (figure, _) = figure.split_once("</figure>").expect("its end");
        assert_eq!(figure.matches("<polyline").count(), 2, "{figure}");
        assert!(figure.contains("At expiry, after fees: "), "{figure}");
        assert!(
            !figure.contains("NaN") && !figure.contains("inf"),
            "{figure}"
        );
    }
}

#[tokio::test]
async fn history_tells_what_each_ticket_came_to() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let empty = browser.get("/history").await;
    assert!(empty.text.contains("No signal was raised yet."));
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.settle().await;
    let page = browser.get("/history").await;
    assert!(page.text.contains(&format!("href=\"/tickets/{ticket}\"")));
    assert!(page.text.contains("confirmed"));
    assert!(
        page.text.contains("class=\"tone-"),
        "its profit stands there"
    );
}

#[tokio::test]
async fn everything_that_was_executed_is_downloaded_as_a_file() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.settle().await;
    let history = browser.get("/history").await;
    assert!(history.text.contains("href=\"/export.csv\""));
    let csv = browser.get("/export.csv").await.text;
    assert!(csv.starts_with("time_utc,kind,"), "{csv}");
    assert!(
        csv.contains(",fill,") && csv.contains(&ticket.to_string()),
        "{csv}"
    );
    let json = browser.get("/export.json").await.text;
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(csv.lines().count() - 1));
}

#[tokio::test]
async fn health_names_every_part() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/health").await;
    for part in ["Monitor", "Feed", "Outbox", "Broker", "Store"] {
        assert!(page.text.contains(&format!("<dt>{part}</dt>")), "{part}");
    }
}

#[tokio::test]
async fn all_parts_are_well_only_while_monitor_and_feed_are_young() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    world.settle().await;
    let page = browser.get("/").await;
    assert!(page.text.contains("All parts well"), "{}", page.text);

    world.pass(30);
    world.quotes("100.80", ("4.15", "4.25"), ("1.85", "1.95"));
    let page = browser.get("/").await;
    assert!(
        page.text.contains("Look at health"),
        "the monitor is silent"
    );

    world.desk.tick().await.expect("a store");
    let page = browser.get("/").await;
    assert!(page.text.contains("All parts well"), "{}", page.text);

    world.pass(30);
    world.desk.tick().await.expect("a store");
    let page = browser.get("/").await;
    assert!(page.text.contains("Look at health"), "the feed is silent");
}

#[tokio::test]
async fn an_empty_desk_says_that_it_is_empty() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/").await;
    assert!(page.text.contains("No ticket waits for a decision."));
    assert!(page.text.contains("Nothing is held."));
    assert!(page.text.contains(">PAPER<"));
}

#[tokio::test]
async fn limits_show_what_is_used_of_them() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    world.settle().await;
    let page = browser.get("/").await;
    assert!(
        page.text.contains("1 position of 5 positions"),
        "{}",
        page.text
    );
    assert!(page.text.contains("$495.20 of $3,000.00"), "{}", page.text);
}

#[tokio::test]
async fn the_account_tells_its_money_and_what_can_be_looked_at_now() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/account").await;
    assert!(page.text.contains("$100,000.00"), "{}", page.text);
    let page = browser.press(&page.form("/scan")).await;
    assert_eq!(page.said(), "Looked at 1 underlying: no signal was raised.");
    let page = browser.press(&page.form("/reconcile")).await;
    assert!(page.said().starts_with("Compared with the broker."));
}

#[tokio::test]
async fn a_stranger_reads_no_account_and_leaves_no_trace_by_asking() {
    let world = World::of(Setup {
        role: None,
        ..Setup::default()
    })
    .await;
    let browser = Browser::open(&world).await;
    let before = world.desk.seen().await.expect("a store").seq;
    let page = browser.get("/account").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.text.contains("$100,000.00"));
    assert_eq!(world.desk.seen().await.expect("a store").seq, before);
}

#[tokio::test]
async fn a_day_has_its_report_and_tomorrow_has_none() {
    let world = World::new().await;
    world.offer().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/history").await;
    assert!(page.text.contains("href=\"/reports/2026-11-18\""));
    let page = browser.get("/reports/2026-11-18").await;
    assert!(
        page.text.contains("Daily report, Nov 18, 2026"),
        "{}",
        page.text
    );
    for odd in ["2026-11-19", "20261118", "today", "2026-11-31"] {
        let page = browser.get(&format!("/reports/{odd}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test]
async fn a_day_without_a_session_has_no_report() {
    let world = World::new().await;
    world.offer().await;
    let browser = Browser::open(&world).await;
    for day in ["1700-01-01", "2026-11-15", "2025-12-25"] {
        let page = browser.get(&format!("/reports/{day}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{day}");
        assert!(
            page.text.contains("There was no session on that day"),
            "{day}"
        );
    }
    let today = browser.get("/reports/2026-11-18").await;
    assert_eq!(today.status, StatusCode::OK);
}
