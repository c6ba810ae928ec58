//! A bot made of nothing but HTTP and a socket, which can do everything wrong.

use std::time::Duration;

use countersign_fakes::discord::{DiscordFake, User};
use futures::{SinkExt, StreamExt};
use reqwest_chat::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Longer than anything should take.
pub(crate) const SOON: Duration = Duration::from_secs(5);
const AGENT: &str = "DiscordBot (https://example.org, 1)";

pub(crate) struct Bot {
    pub(crate) fake: DiscordFake,
    pub(crate) alice: User,
    http: reqwest_chat::Client,
}

impl Bot {
    pub(crate) async fn start() -> Self {
        let fake = DiscordFake::start().await.expect("a fake");
        let alice = fake.add_user("alice");
        let http = reqwest_chat::Client::builder()
            .user_agent(AGENT)
            .build()
            .expect("a client");
        Self { fake, alice, http }
    }

    /// Without rate limits: for those who test other things.
    pub(crate) async fn unhurried() -> Self {
        let bot = Self::start().await;
        bot.fake.limit_rates(false);
        bot
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest_chat::RequestBuilder {
        let method = method.parse().expect("a method");
        let url = format!("{}{path}", self.fake.base_url());
        self.http
            .request(method, url)
            .header("authorization", format!("Bot {}", self.fake.token()))
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        answer(request.send().await.expect("an answer")).await
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, body) = self.send("GET", path, Value::Null).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    pub(crate) fn messages(&self) -> String {
        format!("/channels/{}/messages", self.fake.channel())
    }

    /// Writes a message into the channel; its id.
    pub(crate) async fn writes(&self, body: Value) -> u64 {
        let (status, written) = self.send("POST", &self.messages(), body).await;
        assert_eq!(status, 200, "{written}");
        number(&written["id"])
    }

    pub(crate) async fn uploads(
        &self,
        method: &str,
        path: &str,
        body: &Value,
        files: &[(&str, &str, &[u8])],
    ) -> (u16, Value) {
        let mut form = Form::new().text("payload_json", body.to_string());
        for (part, name, bytes) in files {
            form = form.part(
                (*part).to_owned(),
                Part::bytes(bytes.to_vec()).file_name((*name).to_owned()),
            );
        }
        answer(
            self.request(method, path)
                .multipart(form)
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }

    /// Registers commands of the guild.
    pub(crate) async fn registers(&self, commands: Value) -> (u16, Value) {
        let (application, guild) = (self.fake.application(), self.fake.guild());
        self.send(
            "PUT",
            &format!("/applications/{application}/guilds/{guild}/commands"),
            commands,
        )
        .await
    }

    /// Registers `/positions` and lets Alice use it; the interaction.
    pub(crate) async fn asked(&self) -> u64 {
        let (status, body) = self
            .registers(json!([{"name": "positions", "description": "What we hold."}]))
            .await;
        assert_eq!(status, 200, "{body}");
        self.alice
            .slash(self.fake.channel(), "positions", &[])
            .expect("a command")
    }

    pub(crate) fn token_of(&self, interaction: u64) -> String {
        let payload = self
            .fake
            .interaction_payload(interaction)
            .expect("an interaction");
        payload["token"].as_str().expect("a token").to_owned()
    }

    pub(crate) async fn answers(&self, interaction: u64, body: Value) -> (u16, Value) {
        let token = self.token_of(interaction);
        self.send(
            "POST",
            &format!("/interactions/{interaction}/{token}/callback"),
            body,
        )
        .await
    }

    pub(crate) fn webhook(&self, interaction: u64) -> String {
        format!(
            "/webhooks/{}/{}",
            self.fake.application(),
            self.token_of(interaction)
        )
    }

    /// Writes a message with one button.
    pub(crate) async fn offers_button(&self) -> u64 {
        self.writes(json!({"content": "A ticket", "components": [row(vec![button("v1:confirm:1", "Confirm")])]})).await
    }

    pub(crate) fn no_violations(&self) {
        assert_eq!(self.fake.violations(), []);
        assert_eq!(self.fake.own_mistakes(), Vec::<String>::new());
    }
}

async fn answer(response: reqwest_chat::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or_default())
}

pub(crate) fn number(id: &Value) -> u64 {
    id.as_str().and_then(|id| id.parse().ok()).expect("an id")
}

pub(crate) fn button(custom_id: &str, label: &str) -> Value {
    json!({"type": 2, "style": 1, "custom_id": custom_id, "label": label})
}

pub(crate) fn row(buttons: Vec<Value>) -> Value {
    let mut row = json!({"type": 1});
    row["components"] = Value::Array(buttons);
    row
}

/// The platform's code of the first error of a field: `embeds.0.title`.
pub(crate) fn code_at(body: &Value, path: &str) -> String {
    let mut place = &body["errors"];
    for part in path.split('.').filter(|part| !part.is_empty()) {
        place = &place[part];
    }
    place["_errors"][0]["code"]
        .as_str()
        .unwrap_or("nothing")
        .to_owned()
}

/// One wrong body, the field that is told, and the platform's code for it.
pub(crate) type Wrong = (&'static str, Value, &'static str, &'static str);

/// Sends each wrong body and sees it refused for the right reason, and noted.
pub(crate) async fn all_refused(bot: &Bot, method: &str, path: &str, wrong: Vec<Wrong>) {
    for (what, body, field, code) in wrong {
        let before = bot.fake.violations().len();
        let (status, told) = bot.send(method, path, body).await;
        assert_eq!(
            (status, told["code"].as_u64()),
            (400, Some(50035)),
            "{what}: {told}"
        );
        assert_eq!(code_at(&told, field), code, "{what}: {told}");
        assert_eq!(bot.fake.violations().len(), before + 1, "{what} is noted");
    }
}

/// A client of the gateway.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Connects and hears the hello.
    pub(crate) async fn connect(fake: &DiscordFake) -> Self {
        let mut socket =
            Self::connect_to(&format!("{}/?v=10&encoding=json", fake.gateway_url())).await;
        let hello = socket.hear().await;
        assert_eq!(hello["op"], 10);
        socket
    }

    pub(crate) async fn connect_to(url: &str) -> Self {
        let (stream, _) = tokio_tungstenite::connect_async(url)
            .await
            .expect("a socket");
        Self { stream }
    }

    /// Connects and identifies; the READY.
    pub(crate) async fn ready(fake: &DiscordFake, intents: u64) -> (Self, Value) {
        let mut socket = Self::connect(fake).await;
        socket.say(&identify(fake, intents)).await;
        let ready = socket.event("READY").await;
        (socket, ready)
    }

    pub(crate) async fn say(&mut self, payload: &Value) {
        self.say_text(&payload.to_string()).await;
    }

    pub(crate) async fn say_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.expect("sent");
    }

    /// The next payload; null when the socket ended.
    pub(crate) async fn hear(&mut self) -> Value {
        let heard = tokio::time::timeout(SOON, self.stream.next())
            .await
            .expect("something");
        match heard {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).expect("JSON"),
            _ => Value::Null,
        }
    }

    /// The code with which the socket is closed; none when it was cut.
    pub(crate) async fn closed(&mut self) -> Option<u16> {
        loop {
            match tokio::time::timeout(SOON, self.stream.next())
                .await
                .expect("an end")
            {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next event of that name: what it holds, and its number as `s`.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let heard = self.hear().await;
            assert!(!heard.is_null(), "the socket ended before {name}");
            if heard["t"] == name {
                return heard;
            }
        }
    }

    pub(crate) async fn leave(mut self, code: u16) {
        use tokio_tungstenite::tungstenite::protocol::CloseFrame;
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        let _ = self.stream.close(Some(frame)).await;
    }
}

/// Guilds, messages of guilds and of direct channels.
pub(crate) const INTENTS: u64 = 1 | (1 << 9) | (1 << 12);

pub(crate) fn identify(fake: &DiscordFake, intents: u64) -> Value {
    let properties = json!({"os": "linux", "browser": "test", "device": "test"});
    json!({"op": 2, "d": {"token": fake.token(), "intents": intents, "properties": properties}})
}
