//! What open pages are told while they are open.

use std::time::Duration;

use countersign_desk::ports::{CardKey, Chat, MessageRef};
use countersign_domain::{event::Alarm, notices::Telling, view::View};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    browser::{Browser, Page},
    world::{PATIENCE, Setup, World},
};

/// A page's stream, event by event.
pub(crate) struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    pub(crate) async fn of(browser: &Browser, query: &str) -> Self {
        let response = browser.stream(&format!("/events{query}")).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            text: String::new(),
        }
    }

    /// The next event's name and data; nothing when the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                let line = |name: &str| {
                    let found = event.lines().find_map(|line| line.strip_prefix(name));
                    found.map(|value| value.trim().to_owned())
                };
                if let Some(name) = line("event:") {
                    let data = line("data:").unwrap_or_default();
                    let value = serde_json::from_str(&data).unwrap_or(Value::Null);
                    return Some((name, value));
                }
                continue;
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await;
            let chunk = chunk.expect("the stream goes on").ok()??;
            self.text
                .push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }

    /// The next drawing of a part that holds these words.
    pub(crate) async fn part(&mut self, id: &str, words: &str) -> String {
        let find = async {
            while let Some((name, value)) = self.next().await {
                let html = value["html"].as_str().unwrap_or_default();
                if name == "part" && value["id"] == id && html.contains(words) {
                    return html.to_owned();
                }
            }
            panic!("the stream ended before {id} said {words}")
        };
        timeout(PATIENCE, find).await.expect("in time")
    }

    /// The next sentence for people who do not see the page, that holds these words.
    async fn said(&mut self, words: &str) -> String {
        let find = async {
            while let Some((name, value)) = self.next().await {
                let text = value["text"].as_str().unwrap_or_default();
                if name == "say" && text.contains(words) {
                    return text.to_owned();
                }
            }
            panic!("the stream ended before {words} was said")
        };
        timeout(PATIENCE, find).await.expect("in time")
    }
}

#[tokio::test]
async fn a_new_ticket_shows_on_an_open_page_and_can_be_pressed_there() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let mut stream = Stream::of(&browser, "").await;
    stream
        .part("tickets", "No ticket waits for a decision.")
        .await;
    let (ticket, revision) = world.offer().await;
    world.desk.pump().await.expect("a store");
    let html = stream.part("tickets", &ticket.to_string()).await;
    let part = Page {
        status: StatusCode::OK,
        to: None,
        text: html,
    };
    let form = part.form(&format!("/tickets/{ticket}/{revision}/confirm"));
    assert_eq!(browser.post(&form).await.status, StatusCode::SEE_OTHER);
    stream.part("orders", "Order on its way").await;
    assert_eq!(world.desk.seen().await.expect("a store").orders.len(), 1);
}

#[tokio::test]
async fn tickets_and_fills_are_said_to_who_does_not_see_them() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let mut stream = Stream::of(&browser, "").await;
    stream.part("tickets", "").await;
    let (ticket, revision) = world.offer().await;
    world.desk.pump().await.expect("a store");
    stream.said("offered: ACME bull call spread 100/105").await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.post(&form).await;
    world.settle().await;
    stream.said("Bought 2 ACME Dec 18, 2026 100 call at").await;
    stream.part("positions", "Position open").await;
}

#[tokio::test]
async fn the_page_of_a_ticket_follows_it() {
    let world = World::new().await;
    let (ticket, revision) = world.offer().await;
    let browser = Browser::open(&world).await;
    let mut stream = Stream::of(&browser, &format!("?ticket={ticket}")).await;
    let id = format!("ticket-{ticket}");
    stream.part(&id, "Ticket offered").await;
    let path = format!("/tickets/{ticket}/{revision}/confirm");
    let form = browser.get("/").await.form(&path);
    browser.post(&form).await;
    stream.part(&id, "Order on its way").await;
    world.settle().await;
    let html = stream.part(&id, "Position open").await;
    let offered = html.matches("offered: ACME bull call spread").count();
    assert_eq!(offered, 1, "each event stands there once");
    assert!(html.contains("Bought 2 ACME Dec 18, 2026 100 call at"));
}

#[tokio::test]
async fn twenty_viewers_see_the_same_change_each_with_seals_of_its_own() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let mut viewers = Vec::new();
    for _ in 0..20 {
        viewers.push(Stream::of(&browser, "").await);
    }
    let (ticket, _) = world.offer().await;
    let mut seals = std::collections::BTreeSet::new();
    for stream in &mut viewers {
        let html = stream.part("tickets", &ticket.to_string()).await;
        let page = Page {
            status: StatusCode::OK,
            to: None,
            text: html,
        };
        seals.insert(page.form("/confirm").fields["seal"].clone());
    }
    assert_eq!(seals.len(), viewers.len());
}

#[tokio::test]
async fn an_alarm_stands_above_everything_at_once() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let mut stream = Stream::of(&browser, "").await;
    stream.part("alarms", "").await;
    let header = world.desk.board().await.expect("a store").header;
    let view = View::Alarm {
        at: header.now,
        header,
        alarm: Alarm::StoreDown("no space left on device".to_owned()),
        alert: None,
    };
    let drawn = world
        .surface
        .draw(CardKey::Alarm(1, 0), &view, None, &Telling::LOUD)
        .await;
    assert_eq!(drawn, Ok(MessageRef("alarm:1:0".to_owned())));
    let html = stream.part("alarms", "no space left on device").await;
    assert!(html.contains("Free disk space"), "it says what to do");
    // The same drawing again is the same alarm.
    let again = world
        .surface
        .draw(CardKey::Alarm(1, 0), &view, None, &Telling::LOUD)
        .await;
    assert!(again.is_ok());
    let page = browser.get("/").await;
    assert_eq!(page.text.matches("no space left on device").count(), 1);
    world.pass(3_601);
    assert!(!browser.get("/").await.text.contains("no space left"));
}

// R29
#[tokio::test]
async fn the_stream_of_who_was_taken_off_the_list_ends() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    let mut stream = Stream::of(&browser, "").await;
    stream.part("tickets", "").await;
    let nobody = Setup {
        role: None,
        ..Setup::default()
    };
    world.configure(&nobody).await;
    world.offer().await;
    let mut after = String::new();
    let end = async {
        while let Some((_, value)) = stream.next().await {
            after.push_str(&value.to_string());
        }
    };
    timeout(PATIENCE, end).await.expect("the stream ends");
    assert!(!after.contains("Ticket offered"), "{after}");
}

#[tokio::test]
async fn streams_end_and_the_server_stops_when_it_is_told() {
    let mut world = World::new().await;
    let browser = Browser::open(&world).await;
    let mut stream = Stream::of(&browser, "").await;
    stream.part("tickets", "").await;
    world.stop();
    let end = async { while stream.next().await.is_some() {} };
    timeout(Duration::from_secs(2), end)
        .await
        .expect("the stream ends");
    let serving = world.serving.take().expect("a server");
    let ended = timeout(Duration::from_secs(5), serving).await;
    ended
        .expect("in time")
        .expect("no panic")
        .expect("no error");
}

#[tokio::test]
async fn a_stream_for_nothing_is_refused() {
    let world = World::new().await;
    let browser = Browser::open(&world).await;
    for (query, status) in [
        ("?ticket=x", StatusCode::NOT_FOUND),
        ("?page=desk", StatusCode::BAD_REQUEST),
    ] {
        let page = browser.get(&format!("/events{query}")).await;
        assert_eq!(page.status, status, "{query}");
    }
}
