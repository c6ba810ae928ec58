//! The page of news: what was heard and what it does, who lets what pass, and nothing that a headline
//! says is anything but words.

use std::sync::Arc;

use countersign_cards::Language;
use countersign_domain::operator::Role;
use jiff::SignedDuration;
use reqwest::StatusCode;

use crate::{
    browser::Browser,
    live::Stream,
    wire::Wire,
    world::{Setup, World},
};

/// A lawsuit that three tell, and something that matters to nobody.
async fn lawsuit(world: &World, wire: &Arc<Wire>) {
    let now = world.desk.now();
    let ago = |minutes| now - SignedDuration::from_mins(minutes);
    wire.tell("ACME", "ACME opens a shop in Lyon", "Wire", ago(40));
    for publisher in ["Wire", "Herald", "Post"] {
        let headline = "ACME sued by the SEC over its accounts";
        wire.tell("ACME", headline, publisher, ago(12));
    }
    wire.tell("", "Nobody in particular had lunch", "Wire", ago(5));
    world.hear().await;
}

#[tokio::test]
async fn the_news_shows_stories_what_they_do_who_reads_them_and_where_they_come_from() {
    let wire = Wire::new();
    let world = World::reading(&wire, Role::Admin).await;
    lawsuit(&world, &wire).await;
    let browser = Browser::open(&world).await;
    assert!(browser.get("/").await.text.contains("href=\"/news\""));
    let page = browser.get("/news").await.text;
    for said in [
        "ACME sued by the SEC over its accounts",
        "13 min ago",
        "told by 3",
        "tone −0.90",
        "legal",
        "high impact",
        "vetoes until",
        "does nothing",
        "Read by clerk 3 (01234567), run by pen (/paper).",
        "href=\"https://news.example/",
        "1 unreadable, 1 about nothing watched",
        "1,204 of 5,000 today",
        "href=\"/news/ACME/story:",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    let (shop, sued) = (page.find("a shop in Lyon"), page.rfind("sued by the SEC"));
    assert!(sued < shop, "newest first");
}

#[tokio::test]
async fn the_news_is_told_in_german_as_well() {
    let wire = Wire::new();
    let world = World::of(Setup {
        wire: Some(wire.clone()),
        language: Language::German,
        ..Setup::default()
    })
    .await;
    lawsuit(&world, &wire).await;
    let page = Browser::open(&world).await.get("/news").await.text;
    for said in [
        "vor 13 min",
        "Ton −0,90",
        "Wirkung hoch",
        "Veto bis",
        "3 Quellen",
        "1 zu nichts Beobachtetem",
        "Nicht gelten lassen",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
}

#[tokio::test]
async fn the_news_of_one_symbol_is_its_own_and_an_odd_one_is_none() {
    let wire = Wire::new();
    let world = World::reading(&wire, Role::Admin).await;
    lawsuit(&world, &wire).await;
    let browser = Browser::open(&world).await;
    let acme = browser.get("/news?symbol=acme").await.text;
    assert!(acme.contains("News on ACME") && acme.contains("sued by the SEC"));
    let other = browser.get("/news?symbol=QQQ").await.text;
    assert!(other.contains("News on QQQ") && !other.contains("sued by the SEC"));
    for odd in ["<b>", "AC ME!", "%22%3E", "AAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let page = browser.get(&format!("/news?symbol={odd}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
        assert!(!page.text.contains("<b>"), "{odd}");
    }
}

#[tokio::test]
async fn a_desk_without_news_says_so() {
    let world = World::new().await;
    let page = Browser::open(&world).await.get("/news").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("This desk reads no news"));
}

#[tokio::test]
async fn hostile_headlines_are_words_and_nothing_else() {
    let wire = Wire::new();
    let world = World::reading(&wire, Role::Admin).await;
    let now = world.desk.now() - SignedDuration::from_mins(3);
    let long = format!("ACME sued {}", "x".repeat(20_000));
    for (place, headline) in [
        "ACME sued <script>alert(1)</script> over it",
        "ACME sued\"><img src=x onerror=alert(2)> twice",
        "ACME sued &lt;script&gt;alert(3)&lt;/script&gt; thrice",
        "ACME sued \u{202e}txt.exe\u{2066} four times",
        "ACME sued </li></ol><form action=/desk/flatten/now> five times",
        long.as_str(),
    ]
    .iter()
    .enumerate()
    {
        let publisher = format!("</bdi><script>{place}</script>");
        wire.tell("ACME", headline, &publisher, now);
    }
    wire.tell("ACME", "ACME sued javascript", "Wire", now);
    world.hear().await;
    world.offer().await;
    let browser = Browser::open(&world).await;
    let stories = world.desk.stories(None, 20).await.expect("a store");
    assert!(stories.len() >= 5, "they are told: {}", stories.len());
    let path = world.desk.news_view(None).await.expect("a store").against;
    let path = format!("/news/ACME/{}/pass", path[0].reason.name());
    for path in ["/news", "/news?symbol=ACME", "/", "/history", &path] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let text = page.text.to_lowercase();
        for never in [
            "<script>",
            "<img",
            "onerror=alert(2)>",
            "<form action=/desk",
        ] {
            assert!(!text.contains(never), "{never} on {path}");
        }
        assert!(
            !text.contains('\u{202e}') && !text.contains('\u{2066}'),
            "{path}"
        );
        assert!(
            !text.contains(&"x".repeat(301)),
            "{path} is as long as they like"
        );
    }
    let mut stream = Stream::of(&browser, "?news=").await;
    let html = stream.part("news", "sued").await;
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
}

#[tokio::test]
async fn the_news_follows_what_is_heard_while_it_is_open() {
    let wire = Wire::new();
    let world = World::reading(&wire, Role::Admin).await;
    world.hear().await;
    let browser = Browser::open(&world).await;
    let mut all = Stream::of(&browser, "?news=").await;
    let mut acme = Stream::of(&browser, "?news=ACME").await;
    let mut other = Stream::of(&browser, "?news=QQQ").await;
    all.part("news", "None was heard yet").await;
    acme.part("news-ACME", "None was heard yet").await;
    other.part("news-QQQ", "None was heard yet").await;
    lawsuit(&world, &wire).await;
    let html = all.part("news", "sued by the SEC").await;
    assert!(html.contains("vetoes until"));
    acme.part("news-ACME", "sued by the SEC").await;
}

#[tokio::test]
async fn an_admin_lets_a_veto_pass_on_the_page_and_lets_it_count_again() {
    let wire = Wire::new();
    let world = World::reading(&wire, Role::Admin).await;
    lawsuit(&world, &wire).await;
    let browser = Browser::open(&world).await;
    let name = world.desk.news_view(None).await.expect("a store").against;
    let name = name[0].reason.name();
    let path = format!("/news/ACME/{name}/pass");
    let form = browser.get(&path).await.form(&path);
    for (field, odd) in [
        ("reason", " "),
        ("hours", "0"),
        ("hours", "9"),
        ("hours", "two"),
    ] {
        let form = form.clone().with("reason", "settled").with(field, odd);
        let page = browser.post(&form).await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {odd}"
        );
    }
    let page = browser
        .press(&form.with("reason", "settled <i>years</i> ago"))
        .await;
    assert!(page.said().starts_with("Done: until"), "{}", page.said());
    let text = &page.text;
    assert!(text.contains("by Ana: “settled"), "{text}");
    assert!(
        text.contains("settled &lt;i&gt;years&lt;/i&gt; ago"),
        "{text}"
    );
    assert!(!text.contains(&path), "{text}");
    assert!(text.contains("is let pass"), "{text}");
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);

    let path = format!("/news/ACME/{name}/count");
    let form = browser.get(&path).await.form(&path);
    let page = browser.press(&form.with("reason", "it was not")).await;
    assert_eq!(page.said(), "Done: that veto counts again.");
    assert!(page.text.contains("vetoes until"));
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_no_admin_sees_no_such_button_and_is_refused_where_they_press_it() {
    let wire = Wire::new();
    let world = World::reading(&wire, Role::Trader).await;
    lawsuit(&world, &wire).await;
    let browser = Browser::open(&world).await;
    let page = browser.get("/news").await.text;
    assert!(
        page.contains("vetoes until") && !page.contains("/pass\""),
        "{page}"
    );
    let name = world.desk.news_view(None).await.expect("a store").against;
    let path = format!("/news/ACME/{}/pass", name[0].reason.name());
    let form = browser.get(&path).await.form(&path);
    let page = browser.post(&form.with("reason", "I know better")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let view = world.desk.news_view(None).await.expect("a store");
    assert!(view.passing.is_empty());
}
