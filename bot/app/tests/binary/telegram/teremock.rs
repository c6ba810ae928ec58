//! The binary on a Telegram that somebody else wrote: the crate `teremock`. What our own fake and our own
//! client might both have misunderstood is seen here. Its updates go to a tree of handlers; ours hands
//! them to the binary, which asks for them, and everything else that the binary asks is passed on.

use std::{fs, net::SocketAddr, sync::Arc, time::Duration};

use ::teremock::{
    DistributionKey, HandlerError, IntoUpdate, MockBot, MockCallbackQuery,
    MockChatFullInfoSupergroup, MockMe, MockMessageText, MockSupergroupChat, MockUser, Responses,
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{OriginalUri, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use countersign_app::clock::SystemClock;
use countersign_cards::Language;
use countersign_desk::ports::{CardKey, Chat};
use countersign_domain::{
    ids::{AccountId, DeskId},
    money::Usd,
    notices::Telling,
    trading::TradingState,
    view::{BoardView, Header, Mode, View},
};
use countersign_telegram::{Line, TelegramConfig};
use jiff::Timestamp;
use serde_json::{Value, json};
use teloxide::{
    dptree,
    types::{InlineKeyboardButtonKind, Message, MessageId, Update, User},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::watch};

use super::stage::{SOON, quit};
use crate::{
    program::{BINARY, Program, command},
    terminal::folder,
};

/// The group in which cards are shown.
const GROUP: i64 = -1_001_234_567_890;
/// Who may trade, and whom nobody knows.
const ANA: u64 = 4001;
const MALLORY: u64 = 4003;
/// How often it is looked whether something has come.
const LOOK: Duration = Duration::from_millis(50);

/// What stands between the binary and the server: updates for the one, and what the other refused.
struct Front {
    server: String,
    client: reqwest::Client,
    updates: watch::Sender<Vec<Update>>,
    refused: watch::Sender<Vec<String>>,
}

impl Front {
    /// Answers one call of the Bot API.
    async fn answer(&self, path: &str, kind: Option<&str>, body: Bytes) -> Response {
        let asked = || serde_json::from_slice(&body).unwrap_or_default();
        let told = match path.rsplit('/').next() {
            Some("GetUpdates") => json!(self.updates(&asked()).await),
            // The server has the group's description and no way to ask for it.
            Some("GetChat") => json!(MockChatFullInfoSupergroup::new().id(GROUP).build()),
            _ => return self.passed(path, kind, body).await,
        };
        Json(json!({"ok": true, "result": told})).into_response()
    }

    /// What was not heard yet, after a while at the latest; what comes before the offset was.
    async fn updates(&self, asked: &Value) -> Vec<Update> {
        let offset = asked["offset"].as_u64().unwrap_or_default();
        let patience = Duration::from_secs(asked["timeout"].as_u64().unwrap_or_default());
        self.updates.send_if_modified(|updates| {
            let before = updates.len();
            updates.retain(|it| u64::from(it.id.0) >= offset);
            updates.len() != before
        });
        let mut updates = self.updates.subscribe();
        let some = updates.wait_for(|updates| !updates.is_empty());
        match tokio::time::timeout(patience, some).await {
            Ok(Ok(updates)) => updates.clone(),
            _ => Vec::new(),
        }
    }

    async fn passed(&self, path: &str, kind: Option<&str>, body: Bytes) -> Response {
        let call = self
            .client
            .post(format!("{}{path}", self.server))
            .body(body);
        let call = call.header(header::CONTENT_TYPE, kind.unwrap_or("application/json"));
        let answer = call.send().await.expect("the server answers");
        let status = answer.status();
        let said = answer.text().await.expect("a text");
        if !status.is_success() {
            let method = path.rsplit('/').next().unwrap_or_default();
            self.refused
                .send_modify(|refused| refused.push(format!("{method}: {said}")));
        }
        let status = StatusCode::from_u16(status.as_u16()).expect("a status");
        (status, [(header::CONTENT_TYPE, "application/json")], said).into_response()
    }
}

async fn called(
    State(front): State<Arc<Front>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok());
    front.answer(uri.path(), kind, body).await
}

/// The server, the front and the people of a group.
struct Stage {
    server: MockBot<HandlerError, DistributionKey>,
    front: Arc<Front>,
    address: SocketAddr,
    /// How often somebody pressed.
    presses: u32,
}

impl Stage {
    async fn new() -> Self {
        let (updates, _) = watch::channel(Vec::new());
        let heard = updates.clone();
        let tree = dptree::entry().endpoint(move |update: Update| {
            heard.send_modify(|updates| updates.push(update));
            async { Ok::<(), HandlerError>(()) }
        });
        // The server numbers a message anew that has its own first number: that one is spent here.
        let server = MockBot::new(says(ANA, "Good morning"), tree).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its number");
        let front = Arc::new(Front {
            server: server.api_url().as_str().trim_end_matches('/').to_owned(),
            client: reqwest::Client::new(),
            updates,
            refused: watch::channel(Vec::new()).0,
        });
        let router = Router::new().fallback(called).with_state(front.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut stage = Self {
            server,
            front,
            address,
            presses: 0,
        };
        stage.server.dispatch().await;
        stage
    }

    /// The bot's token, which begins with the number that the server says it has.
    fn token() -> String {
        format!("{}:{}", MockMe::ID, "x".repeat(35))
    }

    /// Starts the demo in the group.
    fn demo(&self, home: &TempDir) -> Program {
        let config = format!(
            "[[operators]]\nname = \"Ana\"\nrole = \"admin\"\n\
             identities = [{{ surface = \"telegram\", user = \"{ANA}\" }}]\n\
             [telegram]\nchats = [{GROUP}]\napi = \"http://{}\"\n",
            self.address
        );
        fs::write(home.path().join("config.toml"), config).expect("a file");
        let folder = home.path().display().to_string();
        let mut command = command(BINARY, home.path());
        command
            .env("COUNTERSIGN_TELEGRAM_TOKEN", Self::token())
            .args(["demo", "--home", &folder, "--set", "web.enabled=false"]);
        Program::of(command)
    }

    /// A line of its own, as that of a process that has just begun.
    fn room(&self) -> Arc<dyn Chat> {
        let line = Line::new(TelegramConfig {
            token: Self::token().into(),
            api: format!("http://{}", self.address),
            chats: vec![GROUP],
            clock: Arc::new(SystemClock::start()),
            language: Language::English,
        });
        let line = line.expect("a line");
        line.rooms().next().expect("a room")
    }

    /// Something happens in the group.
    async fn happens(&mut self, update: impl IntoUpdate) {
        self.server.update(update);
        self.server.dispatch().await;
    }

    /// What the server was asked, once it is what was waited for. It forgets what was asked before
    /// something happened.
    async fn until<T>(&self, what: &str, seen: impl Fn(&Responses) -> Option<T>) -> T {
        let mut looks = tokio::time::interval(LOOK);
        let found = async {
            loop {
                looks.tick().await;
                if let Some(found) = seen(&self.server.get_responses()) {
                    return found;
                }
            }
        };
        let found = tokio::time::timeout(SOON, found).await;
        found.unwrap_or_else(|_| panic!("no {what}: {:?}", self.refused()))
    }

    /// Somebody presses what a card's button carried, now or once; the notice, and whether it alarms.
    async fn presses(&mut self, who: u64, card: &Message, data: &str) -> (String, bool) {
        self.presses += 1;
        let press = MockCallbackQuery::new()
            .id(self.presses.to_string())
            .from(person(who))
            .message(card.clone())
            .data(data);
        let id = press.id.0.clone();
        self.happens(press).await;
        self.until("notice", |seen| {
            let mut notices = seen.answered_callback_queries.iter();
            let notice = notices.find(|it| it.callback_query_id == id)?;
            let text = notice.text.clone().unwrap_or_default();
            Some((text, notice.show_alert.unwrap_or_default()))
        })
        .await
    }

    fn refused(&self) -> Vec<String> {
        self.front.refused.borrow().clone()
    }
}

fn person(id: u64) -> User {
    MockUser::new().id(id).first_name("Somebody").build()
}

fn says(who: u64, text: &str) -> MockMessageText {
    let group = MockSupergroupChat::new().id(GROUP).title("Desk").build();
    MockMessageText::new()
        .chat(group)
        .from(person(who))
        .text(text)
}

/// What the button with that label carries.
fn data(message: &Message, label: &str) -> Option<String> {
    let rows = &message.reply_markup()?.inline_keyboard;
    let button = rows.iter().flatten().find(|it| it.text.contains(label))?;
    match &button.kind {
        InlineKeyboardButtonKind::CallbackData(data) => Some(data.clone()),
        _ => None,
    }
}

fn text(message: &Message) -> &str {
    message.text().unwrap_or_default()
}

/// That message as it was edited, once it is what was waited for.
fn edited(seen: &Responses, id: MessageId, is: impl Fn(&Message) -> bool) -> Option<Message> {
    let edits = seen.edited_messages_text.iter().map(|it| &it.message);
    edits.rev().find(|it| it.id == id && is(it)).cloned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_lives_with_a_telegram_that_somebody_else_wrote() {
    let (mut stage, home) = (Stage::new().await, folder());
    let program = stage.demo(&home);
    let has_confirm = |it: &&Message| data(it, "Confirm").is_some();
    let card = stage
        .until("card to confirm", |seen| {
            seen.sent_messages.iter().find(has_confirm).cloned()
        })
        .await;
    assert!(text(&card).contains("PAPER"), "{}", text(&card));
    let confirm = data(&card, "Confirm").expect("a button");
    stage
        .until("commands", |seen| {
            let mut lists = seen.set_my_commands.iter();
            lists.any(|it| it.commands.len() > 40).then_some(())
        })
        .await;

    // Somebody whom nobody knows gets a notice, and nothing else changes.
    let (told, alarms) = stage.presses(MALLORY, &card, &confirm).await;
    assert!(told.contains("list of operators") && alarms, "{told}");
    stage.happens(says(ANA, "/positions")).await;
    stage
        .until("answer", |seen| {
            let answers = |it: &Message| it.reply_to_message().map(text) == Some("/positions");
            seen.sent_messages.iter().any(answers).then_some(())
        })
        .await;

    // A form is asked for and answered: the card shows its next revision.
    let edit = data(&card, "Edit").expect("a button");
    stage.presses(ANA, &card, &edit).await;
    let opened = stage
        .until("small changes", |seen| {
            edited(seen, card.id, |it| data(it, "Write both").is_some())
        })
        .await;
    let both = data(&opened, "Write both").expect("a button");
    stage.presses(ANA, &opened, &both).await;
    let form = stage
        .until("form", |seen| {
            let mut sent = seen.sent_messages.iter();
            sent.find(|it| text(it).contains(&both)).cloned()
        })
        .await;
    let (_, limit) = text(&card).split_once("at most $").expect("a limit");
    let limit = limit.split(' ').next().unwrap_or_default();
    let terms = says(ANA, &format!("1 {limit}")).reply_to_message(form);
    stage.happens(terms).await;
    let card = stage
        .until("second revision", |seen| {
            edited(seen, card.id, |it| text(it).contains("revision 2"))
        })
        .await;

    // One press, one order; the second one is told who was first.
    let confirm = data(&card, "Confirm").expect("a button");
    let (told, alarms) = stage.presses(ANA, &card, &confirm).await;
    assert!(!alarms, "{told}");
    let decided = stage
        .until("decided card", |seen| {
            edited(seen, card.id, |it| data(it, "Confirm").is_none())
        })
        .await;
    assert!(text(&decided).contains("Ana"), "{}", text(&decided));
    let (told, _) = stage.presses(ANA, &card, &confirm).await;
    assert!(told.contains("Ana"), "{told}");

    let ran = quit(program);
    let orders = ran.out.lines().filter(|it| it.contains("is written down"));
    assert_eq!(orders.count(), 1, "{}", ran.out);
    assert_eq!(stage.refused(), Vec::<String>::new());
}

/// A board with its buttons, after a day that came to that many dollars.
fn board(dollars: &str) -> View {
    let header = Header {
        desk: DeskId::from_bits(1),
        name: "desk".to_owned(),
        mode: Mode::Paper,
        account: AccountId("paper".to_owned()),
        now: Timestamp::UNIX_EPOCH,
        late: None,
    };
    View::Board(Box::new(BoardView {
        header,
        trading: TradingState::Active,
        offered: Vec::new(),
        positions: Vec::new(),
        realised_today: dollars.parse().expect("an amount"),
        unrealised: Usd::ZERO,
        limits: Vec::new(),
        standing: Vec::new(),
        overrides: Vec::new(),
        passed: Vec::new(),
        next_scan: None,
        health: Vec::new(),
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_shows_that_already_is_no_fault_and_one_that_is_gone_is_shown_again() {
    const CARD: CardKey = CardKey::Board;
    let stage = Stage::new().await;
    let first = stage
        .room()
        .draw(CARD, &board("1"), None, &Telling::LOUD)
        .await;
    let first = first.expect("drawn");
    // A process that has just begun knows which message it is, and not what stands in it.
    let room = stage.room();
    let again = room
        .draw(CARD, &board("1"), Some(&first), &Telling::LOUD)
        .await;
    assert_eq!(again.as_ref(), Ok(&first));
    let [refused] = &stage.refused()[..] else {
        panic!("{:?}", stage.refused());
    };
    assert!(refused.contains("message is not modified"), "{refused}");

    let changed = room
        .draw(CARD, &board("2"), Some(&first), &Telling::LOUD)
        .await;
    assert_eq!(changed.as_ref(), Ok(&first));
    let seen = stage.server.get_responses();
    let ([sent], [edit]) = (&seen.sent_messages[..], &seen.edited_messages_text[..]) else {
        panic!("one message and one edit: {:?}", stage.refused());
    };
    assert_eq!(edit.message.id, sent.id);
    assert!(text(&edit.message).contains("$2.00"));
    let [pin] = &seen.pinned_chat_messages[..] else {
        panic!("one pin: {:?}", stage.refused());
    };
    assert_eq!(pin.message_id, sent.id.0);

    let delete = json!({"chat_id": GROUP, "message_id": sent.id.0});
    let path = format!("/bot{}/DeleteMessage", Stage::token());
    let deleted = stage.front.answer(&path, None, delete.to_string().into());
    assert!(deleted.await.status().is_success());
    let anew = room
        .draw(CARD, &board("3"), Some(&first), &Telling::LOUD)
        .await;
    assert_ne!(anew.expect("drawn"), first);
    let seen = stage.server.get_responses();
    assert!(text(&seen.sent_messages[1]).contains("$3.00"));
    assert_eq!(stage.refused().len(), 2, "{:?}", stage.refused());
}
