//! A bot that sends exactly what a test says, right or wrong.

use std::time::Duration;

use countersign_fakes::telegram::{Limits, Person, TelegramFake};
use reqwest::Client;
use serde_json::{Value, json};

/// A fake, a person, and a bot without a library.
pub(crate) struct Scene {
    pub(crate) fake: TelegramFake,
    pub(crate) ana: Person,
    pub(crate) ben: Person,
    pub(crate) client: Client,
}

/// The smallest PNG: one pixel.
pub(crate) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
];

impl Scene {
    /// A fake without limits on how often.
    pub(crate) async fn new() -> Self {
        let scene = Self::limited().await;
        scene.fake.set_limits(Limits::none());
        scene
    }

    /// A fake with the platform's limits.
    pub(crate) async fn limited() -> Self {
        let fake = TelegramFake::start().await;
        Self {
            ana: fake.person("Ana"),
            ben: fake.person("Ben"),
            fake,
            client: Client::new(),
        }
    }

    pub(crate) fn url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.fake.address(), self.fake.token())
    }

    /// Ana's private chat.
    pub(crate) fn private(&self) -> i64 {
        self.fake.private(&self.ana)
    }

    /// A group of both.
    pub(crate) fn group(&self) -> i64 {
        self.fake.group("Desk", &[&self.ana, &self.ben])
    }

    /// The whole answer to a call.
    pub(crate) async fn call(&self, method: &str, body: Value) -> Value {
        let sent = self.client.post(self.url(method)).json(&body).send().await;
        let answer = sent.expect("an answer");
        let status = answer.status().as_u16();
        let answer: Value = answer.json().await.expect("JSON");
        let code = answer["error_code"].as_u64().unwrap_or(200);
        assert_eq!(u64::from(status), code, "{answer}");
        answer
    }

    /// The result of a call that succeeds.
    pub(crate) async fn ok(&self, method: &str, body: Value) -> Value {
        let answer = self.call(method, body).await;
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        answer["result"].clone()
    }

    /// The description of a call that is refused with this code.
    pub(crate) async fn refused(&self, code: u64, method: &str, body: Value) -> String {
        let answer = self.call(method, body).await;
        assert_eq!(answer["error_code"], code, "{method}: {answer}");
        answer["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The refusal of a call that a correct client never sends: it is noted as well.
    pub(crate) async fn wrong(&self, method: &str, body: Value) -> String {
        let before = self.fake.violations().len();
        let refusal = self.refused(400, method, body).await;
        let noted = self.fake.violations();
        assert_eq!(
            noted.len(),
            before + 1,
            "{method} was not noted: {noted:#?}"
        );
        assert_eq!(noted[before].what, refusal);
        refusal
    }

    /// The refusal of a call that a correct client can meet: it is not noted.
    pub(crate) async fn unlucky(&self, code: u64, method: &str, body: Value) -> String {
        let refusal = self.refused(code, method, body).await;
        self.assert_clean();
        refusal
    }

    /// The number of a message that the bot sends.
    pub(crate) async fn sent(&self, chat: i64, text: &str, buttons: Value) -> i64 {
        let body = json!({
            "chat_id": chat, "text": text, "reply_markup": { "inline_keyboard": buttons },
        });
        let message = self.ok("sendMessage", body).await;
        message["message_id"].as_i64().expect("a number")
    }

    /// A form with files, each as name, file name and bytes.
    pub(crate) async fn upload(
        &self,
        method: &str,
        fields: &[(&str, String)],
        files: &[(&str, &str, &[u8])],
    ) -> Value {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.into_bytes());
            body.extend(format!("{value}\r\n").into_bytes());
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let request = self.client.post(self.url(method));
        let request = request.header("Content-Type", "multipart/form-data; boundary=edge");
        let answer = request.body(body).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// The updates of one poll that confirms nothing.
    pub(crate) async fn updates(&self) -> Vec<Value> {
        let updates = self.ok("getUpdates", json!({})).await;
        updates.as_array().cloned().unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn assert_clean(&self) {
        let noted = self.fake.violations();
        assert!(noted.is_empty(), "{noted:#?}");
    }
}

/// Long enough for a task to begin to wait.
pub(crate) async fn moment() {
    let forever = std::future::pending::<()>();
    let _over = tokio::time::timeout(Duration::from_millis(100), forever).await;
}
