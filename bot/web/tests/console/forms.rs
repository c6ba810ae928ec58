//! Forms that make no sense: one clear sentence, and nothing changes.

use countersign_domain::ids::Revision;
use reqwest::{
    StatusCode,
    header::{ACCEPT, CONTENT_TYPE, COOKIE, ORIGIN},
};

use crate::{
    browser::{Browser, Page, client, read},
    world::World,
};

/// The sentence of a page that says why nothing was done.
fn sentence(page: &Page) -> String {
    let text = page.text.split("<h1>").nth(1).expect("a title");
    let text = text.split("<p>").nth(1).expect("a sentence");
    text.split("</p>").next().expect("an end").to_owned()
}

#[tokio::test]
async fn absurd_edits_are_refused_and_the_same_form_can_be_corrected() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/").await;
    let form = page.form(&format!("/tickets/{ticket}/{revision}/edit"));
    assert_eq!(form.fields["contracts"], "2");
    assert_eq!(form.fields["limit"], "2.45");
    let contracts = [
        "",
        " ",
        "0",
        "-1",
        "+1",
        "1.5",
        "1e308",
        "1e3",
        "٢",
        "２",
        "0x10",
        "1000001",
        "9999999",
        "99999999999",
        "one",
        "1;2",
    ];
    for value in contracts {
        let page = browser.post(&form.clone().with("contracts", value)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        assert_eq!(
            sentence(&page),
            "Contracts must be a whole number from 1 to 1,000,000."
        );
    }
    let limits = [
        "",
        "0",
        "-1",
        "-2.45",
        "1e308",
        "NaN",
        "inf",
        "2,4,5",
        "٢.٤٥",
        "$2.45",
        "2.45.1",
        "99999999999999999999",
        "0.0000001",
    ];
    for value in limits {
        let page = browser.post(&form.clone().with("limit", value)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        assert!(sentence(&page).starts_with("The limit must be"), "{value}");
    }
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.tickets[&ticket].revision, Revision::FIRST);
    let after = browser.press(&form.with("contracts", "1")).await;
    assert!(after.said().starts_with("The change is recorded."));
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.tickets[&ticket].revision, Revision(2));
    assert_eq!(seen.tickets[&ticket].terms.contracts.0, 1);
}

#[tokio::test]
async fn what_the_desk_will_not_take_it_says_itself() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let edit = format!("/tickets/{ticket}/{revision}/edit");
    // Between increments: the desk's own rule.
    let form = browser.get("/").await.form(&edit).with("limit", "2.451");
    let page = browser.post(&form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    // More than a limit allows: a sentence that names the limit, on the page with the ticket.
    let form = browser.get("/").await.form(&edit).with("contracts", "9");
    let page = browser.press(&form).await;
    assert!(
        page.said().contains("Worst loss per ticket would be"),
        "{}",
        page.said()
    );
    let seen = world.desk.seen().await.expect("a store");
    assert_eq!(seen.tickets[&ticket].revision, revision);
}

#[tokio::test]
async fn a_number_outside_its_range_is_told_the_range_and_the_way_back_to_its_form() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let sign = browser.get("/standing").await.form("/standing/sign");
    let sign = sign.with("loss_ticket", "100").with("loss_day", "100");
    for (field, odd, told) in [
        (
            "per_day",
            "99999999",
            "Tickets per day must be a whole number from 1 to 1,000,000.",
        ),
        (
            "loss_day",
            "99999999999999",
            "An amount must be in dollars, above zero and at most 1,000,000,000, like 250 or 99.50.",
        ),
        (
            "loss_day",
            "1000000000.01",
            "An amount must be in dollars, above zero and at most 1,000,000,000, like 250 or 99.50.",
        ),
        (
            "hours",
            "169",
            "Hours must be a whole number from 1 to 168.",
        ),
        (
            "loss_day",
            "50",
            "Worst loss per day cannot be $50.00: at least $100.00, the worst loss per ticket, would pass.",
        ),
        (
            "underlying",
            "ZZZZ",
            "ZZZZ is not on the desk's watchlist. Name an underlying that is, or none for every one.",
        ),
    ] {
        let page = browser.post(&sign.clone().with(field, odd)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
        assert_eq!(sentence(&page).replace("&#39;", "'"), told);
        assert!(page.text.contains("href=\"/standing\">Back to the form"));
    }
    let edit = format!("/tickets/{ticket}/{revision}/edit");
    let form = browser.get("/").await.form(&edit);
    let page = browser.post(&form.with("contracts", "0")).await;
    let back = format!("href=\"/tickets/{ticket}\">Back to the form");
    assert!(page.text.contains(&back), "{}", page.text);
    browser.get(&format!("/tickets/{ticket}")).await.form(&edit);
    let nowhere = browser.get("/nowhere").await;
    assert!(!nowhere.text.contains("Back to the form"));
}

#[tokio::test]
async fn unknown_missing_and_repeated_fields_are_refused() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let extra = browser.post(&form.clone().with("limit", "9")).await;
    assert_eq!(extra.status, StatusCode::BAD_REQUEST);
    let missing = browser.post(&form.clone().without("seal")).await;
    assert_eq!(missing.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        sentence(&missing),
        "This form could not be read, so nothing was done. Go back to the desk and press there."
    );
    let seal = &form.fields["seal"];
    let raw = |kind: &'static str, body: String| {
        let request = client().post(world.url(&form.action));
        let request = request.header(COOKIE, &browser.cookie);
        let request = request.header(ORIGIN, world.url(""));
        request.header(CONTENT_TYPE, kind).body(body).send()
    };
    let form_kind = "application/x-www-form-urlencoded";
    for (kind, body) in [
        (form_kind, format!("seal={seal}&seal={seal}")),
        (form_kind, String::new()),
        ("application/json", format!("{{\"seal\":\"{seal}\"}}")),
        ("text/plain", format!("seal={seal}")),
    ] {
        let page = read(raw(kind, body.clone()).await.expect("an answer")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{kind} {body}");
    }
    let large = raw(form_kind, format!("seal={}", "0".repeat(9_000))).await;
    let large = read(large.expect("an answer")).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(world.desk.seen().await.expect("a store").orders.is_empty());
}

#[tokio::test]
async fn paths_that_name_nothing_are_not_found() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    for action in [
        format!("/tickets/{ticket}/0/confirm"),
        format!("/tickets/{ticket}/+1/confirm"),
        format!("/tickets/{ticket}/01/confirm"),
        format!("/tickets/{ticket}/4294967296/confirm"),
        "/tickets/1/1/confirm".to_owned(),
        "/tickets/%00/1/confirm".to_owned(),
        "/positions/x/close".to_owned(),
        "/orders/../confirm".to_owned(),
    ] {
        let mut form = form.clone();
        form.action = action;
        let page = browser.post(&form).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", form.action);
    }
    for path in ["/nowhere", "/tickets/x", "/positions/x/close", "/desk/sell"] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let wrong = client()
        .put(world.url("/"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(wrong.status(), StatusCode::METHOD_NOT_ALLOWED);
    let wrong = browser
        .get(&format!("/tickets/{ticket}/{revision}/confirm"))
        .await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_script_gets_the_same_sentences_as_values() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let post = || async {
        let request = client().post(world.url(&form.action)).form(&form.fields);
        let request = request.header(COOKIE, &browser.cookie);
        let request = request.header(ORIGIN, world.url(""));
        let answer = request.header(ACCEPT, "application/json").send().await;
        let answer = answer.expect("an answer");
        let status = answer.status();
        let value: serde_json::Value = answer.json().await.expect("JSON");
        (status, value)
    };
    let (status, value) = post().await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(value["tone"], "good");
    assert_eq!(
        value["text"],
        "Your yes is recorded. The card shows what becomes of it."
    );
    let (status, value) = post().await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(value["tone"], "bad");
    assert!(
        value["text"]
            .as_str()
            .expect("text")
            .contains("counts once")
    );
}
