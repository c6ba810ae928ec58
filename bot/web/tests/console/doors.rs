//! Who gets in, and who does not.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use countersign_domain::ticket::TicketState;
use reqwest::{StatusCode, header::COOKIE};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use crate::{
    browser::{Browser, Form, client, read},
    world::{PATIENCE, Setup, World},
};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("no panic while it is held");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut log = self.0.lock().expect("no panic while it is held");
        log.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Every page that is read.
const PAGES: [&str; 10] = [
    "/",
    "/login",
    "/propose",
    "/standing",
    "/history",
    "/health",
    "/desk/halt",
    "/desk/flatten/now?reason=calm",
    "/console.css",
    "/console.js",
];

async fn untouched(world: &World) {
    let seen = world.desk.seen().await.expect("a store");
    assert!(seen.orders.is_empty(), "an order was written");
    assert!(
        seen.tickets
            .values()
            .all(|ticket| matches!(&ticket.state, TicketState::Offered { yes } if yes.is_empty())),
        "a ticket was decided"
    );
}

#[tokio::test]
async fn a_page_of_another_site_cannot_press() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    for origin in [
        None,
        Some("null"),
        Some("https://evil.example"),
        Some("http://127.0.0.1"),
        Some("http://127.0.0.1:1"),
        Some("http://127.0.0.1.evil.example"),
    ] {
        let page = browser.post_as(&form, None, origin).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{origin:?}");
        assert!(
            page.text.contains("Another page sent this"),
            "{}",
            page.text
        );
    }
    untouched(&world).await;
    // The same form from our own page counts: none of those used it up.
    assert_eq!(browser.post(&form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_name_that_is_not_ours_gets_nothing_by_get_or_post() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let evil = format!("evil.example:{}", world.port);
    let origin = format!("http://{evil}");
    let page = browser.post_as(&form, Some(&evil), Some(&origin)).await;
    assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST);
    for path in ["/", "/events", "/health", "/console.js"] {
        let request = client()
            .get(world.url(path))
            .header(COOKIE, &browser.cookie);
        let answer = request
            .header("host", &evil)
            .send()
            .await
            .expect("an answer");
        let page = read(answer).await;
        assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST, "{path}");
        assert!(
            !page.text.contains("First desk"),
            "{path} tells of the desk"
        );
    }
    untouched(&world).await;
}

#[tokio::test]
async fn without_a_session_nothing_is_shown_and_nothing_done() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    let name = browser.cookie.split('=').next().expect("a name").to_owned();
    for cookie in [
        String::new(),
        format!("{name}="),
        format!("{name}={}", "0".repeat(64)),
        format!(
            "other={}",
            browser.cookie.split('=').nth(1).expect("a value")
        ),
    ] {
        for path in ["/", "/events", "/history", "/propose", "/export.csv"] {
            let request = client().get(world.url(path)).header(COOKIE, &cookie);
            let page = read(request.send().await.expect("an answer")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {cookie}");
            assert!(page.text.contains("Look at the terminal"), "{path}");
            assert!(!page.text.contains("First desk"), "{path}");
        }
        let request = client()
            .post(world.url(&form.action))
            .header(COOKIE, &cookie)
            .header("origin", world.url(""))
            .form(&form.fields);
        let status = request.send().await.expect("an answer").status();
        assert_eq!(status, StatusCode::FORBIDDEN, "{cookie}");
    }
    untouched(&world).await;
}

#[tokio::test]
async fn a_link_opens_one_browser_and_looking_at_it_uses_nothing_up() {
    let world = World::new().await;
    let token = world.token();
    let browser = client();
    let enter = |token: String| {
        let form = [("token", token)];
        let request = browser.post(world.url("/login")).form(&form);
        request.header("origin", world.url("")).send()
    };
    let link = format!("/login?token={token}");
    for _ in 0..2 {
        let page = browser.get(world.url(&link)).send().await.expect("a page");
        assert_eq!(page.status(), StatusCode::OK);
        assert!(page.headers().get("set-cookie").is_none());
    }
    let first = enter(token.clone()).await.expect("an answer");
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let second = read(enter(token.clone()).await.expect("an answer")).await;
    assert_eq!(second.status, StatusCode::FORBIDDEN);
    assert!(second.text.contains("Look at the terminal"));
    assert!(!second.text.contains(&token));
    for wrong in ["", "x", &token[1..]] {
        let answer = enter(wrong.to_owned()).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{wrong}");
    }
    let (old, new) = (world.token(), world.token());
    let voided = enter(old).await.expect("an answer");
    assert_eq!(voided.status(), StatusCode::FORBIDDEN);
    let fresh = enter(new).await.expect("an answer");
    assert_eq!(fresh.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_knocks_without_a_session_gets_a_fresh_link_at_the_terminal() {
    let world = World::new().await;
    let first = world.token();
    let knock = || client().get(world.url("/")).send();
    let told = knock().await.expect("an answer").text().await;
    let told = told.expect("a page");
    assert!(told.contains("the newest link there opens this console"));
    let early = timeout(Duration::from_millis(200), world.console.knocked()).await;
    assert!(early.is_err(), "the first link still waits");
    Browser::with(&world, &first).await;
    knock().await.expect("an answer");
    let link = timeout(PATIENCE, world.console.knocked()).await;
    let link = link.expect("in time");
    let (_, token) = link.expose_secret().split_once("token=").expect("a token");
    Browser::with(&world, token).await;
}

#[tokio::test]
async fn every_page_that_refuses_a_stranger_knocks_at_the_terminal() {
    for path in [
        "/health",
        "/history",
        "/standing",
        "/account",
        "/events",
        "/export.csv",
    ] {
        let world = World::new().await;
        Browser::open(&world).await;
        let refused = client().get(world.url(path)).send().await;
        let status = refused.expect("an answer").status();
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        let link = timeout(PATIENCE, world.console.knocked()).await;
        assert!(link.is_ok(), "{path} promises a link that never comes");
    }
}

#[tokio::test]
async fn no_token_cookie_or_seal_is_ever_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let token = world.token();
    let browser = Browser::with(&world, &token).await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.press(&form).await;
    browser.post(&form).await;
    browser.get(&format!("/login?token={token}")).await;
    let again = Form {
        action: "/login".to_owned(),
        fields: [("token".to_owned(), token.clone())].into(),
    };
    browser.post(&again).await;
    let text = log.text();
    assert!(text.contains("a browser opened the console"), "{text}");
    let cookie = browser.cookie.split('=').nth(1).expect("a value");
    for secret in [token.as_str(), cookie, form.fields["seal"].as_str()] {
        let ours = text
            .lines()
            .filter(|line| line.contains(secret) && line.contains("countersign"));
        assert_eq!(ours.count(), 0, "a secret is in the log");
    }
}

#[tokio::test]
async fn another_page_cannot_open_the_door_either() {
    let world = World::new().await;
    let form = [("token", world.token())];
    let request = client().post(world.url("/login")).form(&form);
    let foreign = request.header("origin", "https://evil.example");
    let status = foreign.send().await.expect("an answer").status();
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_answer_carries_its_headers() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    for path in PAGES.iter().chain(&["/nowhere", "/tickets/x"]) {
        let answer = browser.stream(path).await;
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().expect("ASCII").to_owned())
        };
        let policy = header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'self'"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
        assert_eq!(header("x-frame-options").as_deref(), Some("DENY"));
        assert_eq!(header("referrer-policy").as_deref(), Some("same-origin"));
        let text = answer.text().await.expect("a body");
        assert!(!text.contains('\u{E000}'), "a mark was left in {path}");
        assert!(!text.contains(" style="), "an inline style in {path}");
        assert!(!text.contains("<script>"), "an inline script in {path}");
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let world = World::new().await;
    let (ticket, _) = world.offer().await;
    let browser = Browser::open(&world).await;
    let before = world.desk.seen().await.expect("a store");
    for path in PAGES {
        browser.get(path).await;
    }
    browser.get(&format!("/tickets/{ticket}")).await;
    let after = world.desk.seen().await.expect("a store");
    assert_eq!(before.seq, after.seq);
}

#[tokio::test]
async fn a_seal_is_for_one_session_one_act_and_one_ticket() {
    let world = World::new().await;
    let (first, revision) = world.offer().await;
    let (second, _) = world.offer_of(1, "2.45").await;
    let (ana, other) = (Browser::open(&world).await, Browser::open(&world).await);
    let page = ana.get("/").await;
    let confirm = |ticket| format!("/tickets/{ticket}/{revision}/confirm");
    let form = page.form(&confirm(first));
    assert_eq!(other.post(&form).await.status, StatusCode::FORBIDDEN);
    let elsewhere = [
        confirm(second),
        format!("/tickets/{first}/2/confirm"),
        format!("/tickets/{first}/{revision}/snooze"),
    ];
    for action in elsewhere {
        let mut fields = form.fields.clone();
        if action.ends_with("snooze") {
            fields.insert("seconds".to_owned(), "30".to_owned());
        }
        let moved = Form { action, fields };
        let page = ana.post(&moved).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", moved.action);
        assert!(page.text.contains("not for what the page shows now"));
    }
    untouched(&world).await;
}

#[tokio::test]
async fn hostile_names_are_words_and_nothing_else() {
    let world = World::of(Setup {
        desk_name: "<script>alert(1)</script>",
        name: "\"><img src=x onerror=alert(2)>",
        ..Setup::default()
    })
    .await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let form = browser
        .get("/")
        .await
        .form(&format!("/tickets/{ticket}/{revision}/confirm"));
    browser.press(&form).await;
    let odd = browser.get("/?said=<script>").await;
    assert_eq!(odd.status, StatusCode::OK);
    for path in ["/", "/history", &format!("/tickets/{ticket}")] {
        let page = browser.get(path).await;
        assert!(!page.text.contains("<script>"), "{path}");
        assert!(!page.text.contains("<img"), "{path}");
        assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
}
