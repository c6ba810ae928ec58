//! The page of news: it follows what the demo hears, is filtered, and a veto is let pass on it.

use super::{Desk, runtime};

/// The demo's own market, an hour in ten minutes once nothing waits.
const ENGLISH: &str = "[web]\nport = 0\n";

const GERMAN: &str = "[desk]\nlanguage = \"de\"\n[web]\nport = 0\n";

/// The stories that are on the page, as text.
const STORIES: &str = "document.querySelector('.stories').innerText";

#[test]
#[cfg_attr(
    not(has_chromium),
    ignore = "needs chromium and chromedriver on the path"
)]
fn a_browser_reads_the_news_filters_it_and_lets_a_veto_pass() {
    runtime().block_on(async {
        let desk = Desk::with(ENGLISH, true).await;
        desk.chrome.wait("nav.menu a[href='/news']").await;
        open(&desk, "/news").await;
        let halted = format!("{STORIES}.includes('vetoes until')");
        desk.chrome.wait_until(&halted).await;
        desk.chrome.wait("ul.vetoes li.tone-bad").await;
        desk.chrome.pictures("news").await;
        nothing_of_a_headline_is_obeyed(&desk).await;
        filtered(&desk).await;
        let_pass(&desk).await;
        desk.was_clean(0).await;
        desk.close().await;
    });
}

#[test]
#[cfg_attr(
    not(has_chromium),
    ignore = "needs chromium and chromedriver on the path"
)]
fn a_browser_reads_the_news_in_german() {
    runtime().block_on(async {
        let desk = Desk::with(GERMAN, true).await;
        open(&desk, "/news").await;
        let halted = format!("{STORIES}.includes('Veto bis')");
        desk.chrome.wait_until(&halted).await;
        desk.chrome.pictures("news-german").await;
        desk.was_clean(0).await;
        desk.close().await;
    });
}

async fn open(desk: &Desk, path: &str) {
    let url = format!("{}{path}", desk.origin);
    desk.chrome.page.goto(&url).await.expect("the page");
    desk.chrome.wait(".news h2").await;
}

/// The demo tells a headline that gives orders: it is shown, and nothing comes of it.
async fn nothing_of_a_headline_is_obeyed(desk: &Desk) {
    let shown = format!("{STORIES}.toLowerCase().includes('ignore all previous instructions')");
    desk.chrome.wait_until(&shown).await;
    let held = "document.querySelectorAll('.news script, .news img, .news form').length";
    assert_eq!(desk.chrome.script(held).await, 0);
}

async fn filtered(desk: &Desk) {
    let field = desk.chrome.wait("form.filter input[name=symbol]").await;
    field.send_keys("spy").await.expect("a symbol");
    let show = desk.chrome.wait("form.filter button").await;
    show.click().await.expect("a click");
    desk.chrome.wait("#news-SPY").await;
    let others = format!("!{STORIES}.includes('AAPL ·') && {STORIES}.includes('SPY')");
    desk.chrome.wait_until(&others).await;
    desk.chrome.pictures("news-symbol").await;
    open(desk, "/news").await;
}

async fn let_pass(desk: &Desk) {
    let pass = desk.chrome.wait("ul.vetoes a[href$='/pass']").await;
    let name = pass.attr("href").await.expect("a link").expect("a way");
    pass.click().await.expect("a click");
    let reason = desk
        .chrome
        .wait("dialog#ask[open] input[name=reason]")
        .await;
    desk.chrome.pictures("news-pass").await;
    reason.send_keys("known for days").await.expect("a reason");
    let press = desk
        .chrome
        .wait("dialog#ask[open] form button.primary")
        .await;
    press.click().await.expect("a click");
    let listed = "document.querySelector('.news').innerText.includes('known for days')";
    desk.chrome.wait_until(listed).await;
    let gone = format!("!document.querySelector('ul.vetoes a[href={name:?}]')");
    desk.chrome.wait_until(&gone).await;
    let again = name.replace("/pass", "/count");
    desk.chrome
        .wait(&format!("ul.vetoes a[href={again:?}]"))
        .await;
    desk.chrome.pictures("news-passing").await;
}
