//! The console of a real demo in a real browser, pressed as people press.

mod chrome;
mod news;

use std::{fs, path::Path, time::Duration};

use tempfile::TempDir;

use crate::program::{BINARY, NO_NEWS, Program, command, now};
use chrome::{Chrome, PATIENCE, pause};

/// How soon the first card has to be there.
const FIRST_CARD: Duration = Duration::from_secs(15);

/// A market in strong trends, so that the first scan finds several trades, with exits far enough
/// away that a position is there to be looked at.
const SETTINGS: &str = r#"
[limits]
worst_loss_per_ticket = "2000"
exposure_per_underlying = "4000"
orders_per_minute = 10
[trade]
watchlist = ["SPY", "AAPL", "NVDA", "MSFT", "AMZN"]
# Entries rest at the card's limit, so that a market which runs away has the time to come back.
[trade.entry_walk]
every_s = 3600
steps = 0
[demo]
speed = 20
start = "2026-03-17T10:49:50"
[signals.screen.exits.debit]
profit_target = 90
stop_loss = 90
trail_arm = 0
trail_give_back = 0
minutes_before_close = 15
[[synthetic.symbols]]
symbol = "SPY"
price = "600"
vol = 0.3
trend = 3.0
[[synthetic.symbols]]
symbol = "AAPL"
price = "230"
vol = 0.4
trend = 3.0
[[synthetic.symbols]]
symbol = "NVDA"
price = "140"
vol = 0.4
trend = 3.0
[[synthetic.symbols]]
symbol = "MSFT"
price = "410"
vol = 0.3
trend = 3.0
[[synthetic.symbols]]
symbol = "AMZN"
price = "190"
vol = 0.4
trend = 3.0
"#;

/// A demo and a browser that has opened its console.
struct Desk {
    program: Program,
    chrome: Chrome,
    origin: String,
    /// The link that opened it.
    link: String,
    _folder: TempDir,
}

impl Desk {
    async fn open(settings: &str) -> Self {
        Self::with(settings, false).await
    }

    /// The same; one that reads the news of its market where that is wanted.
    async fn with(settings: &str, news: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("desk.toml");
        fs::write(&config, settings).expect("settings");
        let chrome = Chrome::start().await;
        let (program, link) = start(folder.path(), &config, news);
        chrome.page.goto(&link).await.expect("the link opens");
        let (origin, _) = link.split_once("/login").expect("a link to the door");
        let desk = Self {
            program,
            chrome,
            origin: origin.to_owned(),
            link: link.clone(),
            _folder: folder,
        };
        desk.chrome.wait("#positions-title").await;
        desk
    }

    /// Nothing was complained about but so many refused forms, and nothing was asked of anybody else.
    async fn was_clean(&self, refused: usize) {
        let complaints = self.chrome.complaints().await;
        let is_refusal = |line: &&String| line.contains("responded with a status of 422");
        let (refusals, others): (Vec<_>, Vec<_>) = complaints.iter().partition(is_refusal);
        assert!(others.is_empty(), "{others:?}");
        assert_eq!(refusals.len(), refused, "{refusals:?}");
        let asked = self.chrome.requests().await;
        let own = format!("{}/", self.origin);
        let foreign = |url: &&String| !url.starts_with(&own) && !url.starts_with("data:");
        let others: Vec<&String> = asked.iter().filter(foreign).collect();
        assert!(others.is_empty(), "{others:?}");
        assert!(asked.len() >= 5, "the requests were logged: {asked:?}");
    }

    /// A browser without a session is told to look at the terminal, where a fresh link stands.
    async fn opens_again_with_a_fresh_link(&mut self, used: &str) {
        let page = &self.chrome.page;
        page.delete_all_cookies().await.expect("no cookies");
        page.goto(used).await.expect("a page");
        self.chrome
            .wait_until("document.body.innerText.includes('newest link')")
            .await;
        let told = self.program.expect(&["Web console: http://"], PATIENCE);
        let link = link_in(&told);
        assert_ne!(link, used);
        page.goto(&link).await.expect("the link opens");
        self.chrome.wait("#positions-title").await;
    }

    /// Ends the demo and the browser.
    async fn close(mut self) {
        self.chrome.close().await;
        self.program.press("q");
        let ran = self.program.end(PATIENCE);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.err, "");
    }

    /// The id of the first ticket that can be confirmed.
    async fn first_ticket(&self) -> String {
        let card = self.chrome.wait("article.card:has(.act-confirm)").await;
        card.attr("id").await.expect("a card").expect("an id")
    }

    /// Waits for a sentence about the last press that has all of `parts`.
    async fn is_told(&self, parts: &[&str]) {
        for part in parts {
            let wanted = format!(
                "!document.querySelector('#said').hidden && document.querySelector('#said').innerText.includes({part:?})"
            );
            self.chrome.wait_until(&wanted).await;
        }
    }
}

/// Starts a demo; the link to its console.
fn start(folder: &Path, config: &Path, news: bool) -> (Program, String) {
    let (home, config) = (folder.join("home"), config.display().to_string());
    let home = home.display().to_string();
    let mut demo = command(BINARY, folder);
    if news {
        demo.env_remove(NO_NEWS);
    }
    demo.args(["demo", "--home", &home, "--config", &config]);
    let mut program = Program::of(demo);
    let told = program.expect(&["http://127.0.0.1:"], FIRST_CARD);
    (program, link_in(&told))
}

/// The link that a line of the terminal names.
fn link_in(told: &str) -> String {
    let mut words = told.split_whitespace();
    let link = words.find(|word| word.starts_with("http://"));
    link.expect("a link").to_owned()
}

fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().expect("a runtime")
}

#[test]
#[cfg_attr(
    not(has_chromium),
    ignore = "needs chromium and chromedriver on the path"
)]
fn a_browser_confirms_by_keyboard_and_click_rejects_edits_and_closes() {
    runtime().block_on(async {
        let mut desk = Desk::open(SETTINGS).await;
        nothing_of_the_link_stays(&desk).await;
        let first = desk.first_ticket().await;
        desk.chrome.pictures("tickets").await;
        confirmed_by_keyboard(&desk, &first).await;
        let second = desk.first_ticket().await;
        absurd_edits_are_refused_in_a_sentence(&desk, &second).await;
        an_edit_makes_a_new_revision(&desk, &second).await;
        confirmed_by_click(&desk, &second).await;
        let third = desk.first_ticket().await;
        rejected_with_a_reason(&desk, &third).await;
        nothing_is_left_to_decide(&desk).await;
        let filled = positions_live(&desk).await;
        the_story_is_told(&desk, &filled).await;
        a_position_is_closed(&desk).await;
        for page in ["history", "health", "propose", "standing"] {
            let url = format!("{}/{page}", desk.origin);
            desk.chrome.page.goto(&url).await.expect("the page");
            desk.chrome.wait("#main h1, #main h2").await;
            desk.chrome.pictures(page).await;
        }
        desk.was_clean(ABSURD.len()).await;
        let used = desk.link.clone();
        desk.opens_again_with_a_fresh_link(&used).await;
        desk.close().await;
    });
}

async fn nothing_of_the_link_stays(desk: &Desk) {
    let url = desk.chrome.page.current_url().await.expect("an address");
    assert_eq!(url.as_str(), format!("{}/", desk.origin));
    let cookies = desk.chrome.script("document.cookie").await;
    assert_eq!(cookies, "", "no script can read the session");
}

async fn confirmed_by_keyboard(desk: &Desk, card: &str) {
    desk.chrome.type_keys("j").await;
    let focused = format!("document.activeElement.id === {card:?}");
    desk.chrome.wait_until(&focused).await;
    desk.chrome.type_keys("c").await;
    desk.is_told(&["Your yes is recorded"]).await;
    is_no_longer_asked(desk, card).await;
}

async fn confirmed_by_click(desk: &Desk, card: &str) {
    // A card that has just changed takes no press for a moment.
    pause(1_300).await;
    let button = format!("#{card} .act-confirm button");
    let button = desk.chrome.wait(&button).await;
    button.click().await.expect("a click");
    desk.is_told(&["Your yes is recorded"]).await;
    is_no_longer_asked(desk, card).await;
}

async fn is_no_longer_asked(desk: &Desk, card: &str) {
    let gone = format!("!document.querySelector('#{card} .act-confirm')");
    desk.chrome.wait_until(&gone).await;
}

/// Opens a fold of a card and says what stands in its fields; the form is sent.
async fn edit(desk: &Desk, card: &str, contracts: &str, limit: &str) {
    let fold = format!("#{card} details[data-fold=edit]");
    let open = format!("document.querySelector({fold:?}).open");
    if desk.chrome.script(&open).await != true {
        let summary = desk.chrome.wait(&format!("{fold} summary")).await;
        summary.click().await.expect("a click");
        desk.chrome.wait_until(&open).await;
    }
    for (name, value) in [("contracts", contracts), ("limit", limit)] {
        let field = desk
            .chrome
            .wait(&format!("{fold} input[name={name}]"))
            .await;
        field.clear().await.expect("an empty field");
        field.send_keys(value).await.expect("a value");
    }
    let send = desk.chrome.wait(&format!("{fold} form button")).await;
    send.click().await.expect("a click");
}

/// Contracts and limits that make no sense.
const ABSURD: [(&str, &str); 6] = [
    ("-3", "1.00"),
    ("1e9", "1.00"),
    ("\u{0663}", "1.00"),
    ("1", "1e308"),
    ("1", "NaN"),
    ("1", "-0.05"),
];

async fn absurd_edits_are_refused_in_a_sentence(desk: &Desk, card: &str) {
    let revision = format!("document.getElementById({card:?}).dataset.revision");
    for (contracts, limit) in ABSURD {
        edit(desk, card, contracts, limit).await;
        let told = "document.querySelector('#said').classList.contains('tone-bad')";
        desk.chrome.wait_until(told).await;
        let sentence = desk
            .chrome
            .script("document.querySelector('#said p').innerText")
            .await;
        println!("{contracts} at {limit}: {sentence}");
        assert_eq!(desk.chrome.script(&revision).await, "1");
        let dismiss = desk.chrome.wait("#said [data-dismiss]").await;
        dismiss.click().await.expect("a click");
        desk.chrome
            .script("document.querySelector('#said').classList.remove('tone-bad')")
            .await;
    }
}

async fn an_edit_makes_a_new_revision(desk: &Desk, card: &str) {
    let limit = format!("document.querySelector('#{card} input[name=limit]').defaultValue");
    let limit = desk.chrome.script(&limit).await;
    edit(desk, card, "1", limit.as_str().expect("a limit")).await;
    let revised = format!("document.getElementById({card:?}).dataset.revision === '2'");
    desk.chrome.wait_until(&revised).await;
}

async fn rejected_with_a_reason(desk: &Desk, card: &str) {
    let summary = format!("#{card} details[data-fold=reject] summary");
    let summary = desk.chrome.wait(&summary).await;
    summary.click().await.expect("a click");
    let reason = format!("#{card} button[name=reason][value=price]");
    let reason = desk.chrome.wait(&reason).await;
    reason.click().await.expect("a click");
    let gone = format!("!document.getElementById({card:?})");
    desk.chrome.wait_until(&gone).await;
    let told = "document.querySelector('ol.feed').innerText.includes('declined')";
    desk.chrome.wait_until(told).await;
}

/// Rejects what is left, so that time runs.
async fn nothing_is_left_to_decide(desk: &Desk) {
    while desk
        .chrome
        .script("document.querySelectorAll('.act-confirm').length")
        .await
        != 0
    {
        let card = desk.first_ticket().await;
        rejected_with_a_reason(desk, &card).await;
    }
}

/// An order is filled, and what it came to moves by itself. Answers with the ticket.
async fn positions_live(desk: &Desk) -> String {
    let held = "document.querySelector('article.card .rail') !== null";
    let begun = now();
    // A market that has run away from both orders fills neither of them: then what the next scans
    // offer is confirmed as well.
    while desk.chrome.script(held).await != true {
        assert!(begun.elapsed() < 3 * PATIENCE, "no order was filled");
        pause(1_500).await;
        let press = "document.querySelector('.act-confirm button')?.click()";
        desk.chrome.script(press).await;
    }
    nothing_is_left_to_decide(desk).await;
    let foot = "document.querySelector('article.card:has(.rail) .foot').innerText";
    let foot = desk.chrome.script(foot).await;
    let (_, ticket) = foot
        .as_str()
        .and_then(|it| it.split_once("Ticket "))
        .expect("an id");
    let ticket = ticket[..26].to_owned();
    let profit = "document.querySelector('article.card:has(.rail) .leads').innerText";
    let before = desk.chrome.script(profit).await;
    let moved = format!("{profit} !== {before}");
    desk.chrome.wait_until(&moved).await;
    let after = desk.chrome.script(profit).await;
    println!("{before} became {after}");
    desk.chrome.pictures("positions").await;
    ticket
}

async fn the_story_is_told(desk: &Desk, ticket: &str) {
    let url = format!("{}/tickets/{ticket}", desk.origin);
    desk.chrome.page.goto(&url).await.expect("the page");
    desk.chrome.wait(".story .sheet").await;
    let text = desk.chrome.text().await.to_lowercase();
    for part in ["why", "filled", "said yes", "confirmed at revision"] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    desk.chrome.pictures("story").await;
    let home = format!("{}/", desk.origin);
    desk.chrome.page.goto(&home).await.expect("the desk");
}

async fn a_position_is_closed(desk: &Desk) {
    let close = desk.chrome.wait("article.card [data-does=close]").await;
    let card = desk
        .chrome
        .script("document.querySelector('article.card:has([data-does=close])').id")
        .await;
    close.click().await.expect("a click");
    let sure = desk
        .chrome
        .wait("dialog#ask[open] form button.danger")
        .await;
    desk.chrome.pictures("close").await;
    sure.click().await.expect("a click");
    let gone = format!("!document.getElementById({card})");
    desk.chrome.wait_until(&gone).await;
    let told = "document.querySelector('ol.feed').innerText.includes('closed')";
    desk.chrome.wait_until(told).await;
}
