//! One socket of the gateway.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::Outgoing;
use super::opening::{Closing, Opened};
use crate::discord::refusal::Violation;
use crate::discord::shared::Shared;

const MOST_BYTES: usize = 4096;
const MOST_PER_MINUTE: usize = 120;

const NOT_AUTHENTICATED: Closing = (4003, "Not authenticated.");
const DECODE: Closing = (4002, "Error while decoding payload.");

/// Serves a socket until it ends.
pub(crate) async fn serve(shared: Arc<Shared>, mut socket: WebSocket, query: String) {
    let (outlet, outgoing) = unbounded_channel();
    let heartbeat = shared.world().gateway.heartbeat;
    let mut line = Line {
        shared,
        outlet,
        session: None,
        heartbeat,
        beat_at: Instant::now(),
        sent: VecDeque::new(),
        seen: 0,
    };
    let end = line.run(&mut socket, outgoing, &query).await;
    let goodbye = matches!(end, End::Client(Some(1000 | 1001)));
    if let Some((name, connection)) = line.session.take() {
        line.shared.world().disconnected(&name, connection, goodbye);
    }
    line.shared.touch();
    if let End::Closed((code, reason)) = end {
        line.blame(code, reason);
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        let _ = socket.send(Message::Close(Some(frame))).await;
        // The platform waits a moment for the other side to close.
        let _ = tokio::time::timeout(Duration::from_secs(1), socket.recv()).await;
    }
}

struct Line {
    shared: Arc<Shared>,
    outlet: UnboundedSender<Outgoing>,
    session: Option<(String, u64)>,
    heartbeat: Duration,
    beat_at: Instant,
    /// When the last messages came, for the limit of 120 in a minute.
    sent: VecDeque<Instant>,
    seen: u64,
}

enum End {
    /// The client closed, with its code where it said one.
    Client(Option<u16>),
    /// We close.
    Closed(Closing),
    /// The connection is dropped without a word.
    Cut,
}

impl Line {
    async fn run(
        &mut self,
        socket: &mut WebSocket,
        mut outgoing: UnboundedReceiver<Outgoing>,
        query: &str,
    ) -> End {
        if !query.split('&').any(|pair| pair == "v=10") {
            return End::Closed((4012, "Invalid API version."));
        }
        let interval = u64::try_from(self.heartbeat.as_millis()).unwrap_or(u64::MAX);
        let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval}});
        if socket
            .send(Message::Text(hello.to_string().into()))
            .await
            .is_err()
        {
            return End::Client(None);
        }
        let mut up = self.shared.up.subscribe();
        loop {
            let dead_at =
                self.beat_at + self.heartbeat + self.heartbeat / 2 + Duration::from_millis(500);
            let step = tokio::select! {
                _ = up.changed() => Err(End::Cut),
                said = outgoing.recv() => self.speak(socket, said).await,
                heard = socket.recv() => self.hear(heard),
                () = tokio::time::sleep_until(dead_at) => Err(End::Closed((4009, "Session timed out."))),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn speak(&self, socket: &mut WebSocket, said: Option<Outgoing>) -> Result<(), End> {
        match said {
            Some(Outgoing::Json(json)) => {
                let sent = socket.send(Message::Text(json.to_string().into())).await;
                sent.map_err(|_| End::Client(None))
            }
            Some(Outgoing::Close(code, reason)) => {
                let frame = CloseFrame {
                    code,
                    reason: reason.into(),
                };
                let _ = socket.send(Message::Close(Some(frame))).await;
                Err(End::Cut)
            }
            Some(Outgoing::Cut) | None => Err(End::Cut),
        }
    }

    fn hear(&mut self, heard: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let text = match heard {
            Some(Ok(Message::Text(text))) => text.as_bytes().to_vec(),
            Some(Ok(Message::Binary(bytes))) => bytes.to_vec(),
            Some(Ok(Message::Close(frame))) => {
                return Err(End::Client(frame.map(|frame| frame.code)));
            }
            Some(Ok(_)) => return Ok(()),
            Some(Err(_)) | None => return Err(End::Client(None)),
        };
        self.seen += 1;
        self.read(&text).map_err(End::Closed)
    }

    fn read(&mut self, text: &[u8]) -> Result<(), Closing> {
        let now = Instant::now();
        self.sent
            .retain(|at| now.duration_since(*at) < Duration::from_mins(1));
        self.sent.push_back(now);
        if self.sent.len() > MOST_PER_MINUTE {
            return Err((4008, "You are being rate limited."));
        }
        if text.len() > MOST_BYTES {
            return Err(DECODE);
        }
        let payload: Value = serde_json::from_slice(text).map_err(|_| DECODE)?;
        let Some(op) = payload["op"].as_u64() else {
            return Err(DECODE);
        };
        let data = &payload["d"];
        match (op, self.session.is_some()) {
            (1, _) => self.beat(data),
            (2 | 6, true) => Err((4005, "Already authenticated.")),
            (2, false) => {
                let opened = self.shared.world().identify(data, &self.outlet)?;
                self.open(opened);
                Ok(())
            }
            (6, false) => {
                let opened = self.shared.world().resume(data, &self.outlet)?;
                self.open(opened);
                Ok(())
            }
            (3 | 4 | 8, true) => self.wish(op, data),
            (3 | 4 | 8, false) => Err(NOT_AUTHENTICATED),
            _ => Err((4001, "Unknown opcode.")),
        }
    }

    fn beat(&mut self, data: &Value) -> Result<(), Closing> {
        if !data.is_null() && !data.is_u64() {
            return Err(DECODE);
        }
        self.beat_at = Instant::now();
        let mut world = self.shared.world();
        world.gateway.heartbeats += 1;
        if !world.faults.mute_acks {
            let _ = self.outlet.send(Outgoing::Json(
                json!({"op": 11, "s": null, "t": null, "d": null}),
            ));
        }
        drop(world);
        self.shared.touch();
        Ok(())
    }

    fn open(&mut self, opened: Opened) {
        match opened {
            Opened::Session(name, connection) => self.session = Some((name, connection)),
            Opened::Invalid => {
                let _ = self.outlet.send(Outgoing::Json(
                    json!({"op": 9, "s": null, "t": null, "d": false}),
                ));
            }
        }
        self.shared.touch();
    }

    /// Presence is taken; members are told; voice is not part of this fake.
    fn wish(&self, op: u64, data: &Value) -> Result<(), Closing> {
        if op == 3
            && !(data["activities"].is_array()
                && data["status"].is_string()
                && data["afk"].is_boolean())
        {
            return Err(DECODE);
        }
        if op == 8 {
            let guild = data["guild_id"]
                .as_str()
                .and_then(|guild| guild.parse().ok())
                .unwrap_or(0);
            let world = self.shared.world();
            let Some(guild) = world.guilds.get(&guild) else {
                return Err(DECODE);
            };
            let members: Vec<Value> = guild
                .members
                .keys()
                .map(|user| world.member_json(guild, *user))
                .collect();
            let chunk = json!({
                "guild_id": guild.id.to_string(), "members": members, "chunk_index": 0, "chunk_count": 1,
                "nonce": data["nonce"],
            });
            drop(world);
            let mut world = self.shared.world();
            let name = self.session.as_ref().map(|(name, _)| name.clone());
            if let Some(session) = world
                .gateway
                .sessions
                .iter_mut()
                .find(|one| Some(&one.id) == name.as_ref())
            {
                session.tell("GUILD_MEMBERS_CHUNK", &chunk);
            }
        }
        Ok(())
    }

    /// What a correct client never provokes is noted.
    fn blame(&self, code: u16, reason: &str) {
        // A client that went silent may have been stopped by its own test.
        if code != 4009 {
            self.shared.world().log.violations.push(Violation {
                place: format!("gateway, message {}", self.seen),
                code: u32::from(code),
                message: reason.to_owned(),
                detail: Value::Null,
            });
        }
    }
}
