//! The queue of updates, and who takes them: a poller or a webhook.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

/// Kinds that a bot is told of only when it asks.
const NOT_BY_DEFAULT: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// Where updates are posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
    pub(crate) max_connections: i64,
}

impl Webhook {
    /// Where it is reached from here: a proxy's address stands for that of a host.
    pub(crate) fn reached_by(&self, proxies: &BTreeMap<String, String>) -> Option<String> {
        if !self.url.starts_with("https://") {
            return Some(self.url.clone());
        }
        proxies.iter().find_map(|(from, to)| {
            let path = self.url.strip_prefix(from)?;
            let path = if path.is_empty() { "/" } else { path };
            path.starts_with('/').then(|| format!("{to}{path}"))
        })
    }
}

/// What a post carries to prove who posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// The secret that the bot chose.
    Proper,
    /// Nothing.
    Missing,
    /// Another secret.
    Forged,
}

/// An update that waits.
#[derive(Clone, Debug)]
struct Waiting {
    id: i64,
    update: Value,
    /// Given once more whatever the poller has confirmed.
    again: bool,
}

/// The queue of updates.
#[derive(Debug)]
pub(crate) struct Updates {
    waiting: VecDeque<Waiting>,
    next: i64,
    /// The kinds that the bot wants; empty for the default.
    allowed: Vec<String>,
    /// What was confirmed, the newest last, as far as it can be given again.
    past: VecDeque<Waiting>,
    doubled: usize,
    /// Updates that are held back until so many are there, and then let go the wrong way round.
    held: Vec<Waiting>,
    hold: usize,
    /// Given to nobody: every poll is answered with nothing.
    pub(crate) kept: bool,
    /// Counts the pollers, so that an older one finds that it was replaced.
    pub(crate) poller: u64,
    pub(crate) webhook: Option<Webhook>,
    /// Date and text of the last failure of the webhook.
    pub(crate) failure: Option<(i64, String)>,
    /// The address on this machine to which a proxy passes on what is posted to a host.
    pub(crate) proxies: BTreeMap<String, String>,
    /// True while answers to posts are lost on their way.
    pub(crate) deaf: bool,
    /// True while a post waits for its answer.
    pub(crate) posting: bool,
}

/// How many confirmed updates are remembered.
const REMEMBERED: usize = 1000;

impl Default for Updates {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            next: 310_000_001,
            allowed: Vec::new(),
            past: VecDeque::new(),
            doubled: 0,
            held: Vec::new(),
            hold: 0,
            kept: false,
            poller: 0,
            webhook: None,
            failure: None,
            proxies: BTreeMap::new(),
            deaf: false,
            posting: false,
        }
    }
}

impl Updates {
    /// An update of a kind with the next id, unless the bot does not want it.
    pub(crate) fn make(&mut self, kind: &str, what: Value) -> Option<Value> {
        let wanted = if self.allowed.is_empty() {
            !NOT_BY_DEFAULT.contains(&kind)
        } else {
            self.allowed.iter().any(|it| it == kind)
        };
        if !wanted {
            return None;
        }
        let id = self.next;
        self.next += 1;
        let mut update = json!({ "update_id": id });
        update[kind] = what;
        Some(update)
    }

    pub(crate) fn queue(&mut self, update: Value) {
        let id = update["update_id"].as_i64().unwrap_or_default();
        let it = Waiting {
            id,
            update,
            again: false,
        };
        if self.hold > 0 {
            self.held.push(it);
            self.hold -= 1;
            if self.hold == 0 {
                self.waiting.extend(self.held.drain(..).rev());
            }
            return;
        }
        if self.doubled > 0 {
            self.doubled -= 1;
            self.waiting.push_back(it.clone());
        }
        self.waiting.push_back(it);
    }

    /// Says which kinds are wanted from now on.
    pub(crate) fn allow(&mut self, kinds: &Value) {
        let kinds = kinds.as_array().into_iter().flatten();
        self.allowed = kinds.filter_map(Value::as_str).map(str::to_owned).collect();
    }

    pub(crate) fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// Forgets what an offset confirms; a negative one keeps that many of the newest.
    pub(crate) fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            while self.waiting.len() > keep {
                self.forget_first();
            }
            return;
        }
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let (done, left): (Vec<Waiting>, _) = waiting.partition(|it| it.id < offset && !it.again);
        self.waiting = left.into();
        for it in done {
            self.remember(it);
        }
    }

    /// The first updates that wait, at most so many. What was ordered to be given again is given once.
    pub(crate) fn batch(&mut self, most: usize) -> Vec<Value> {
        if self.kept {
            return Vec::new();
        }
        let batch: Vec<Value> = self
            .waiting
            .iter()
            .take(most)
            .map(|it| it.update.clone())
            .collect();
        let mut at = 0;
        self.waiting.retain(|it| {
            at += 1;
            at > most || !it.again
        });
        batch
    }

    /// The first update that waits, for the webhook.
    pub(crate) fn first(&self) -> Option<Value> {
        self.waiting.front().map(|it| it.update.clone())
    }

    /// The first update was taken.
    pub(crate) fn forget_first(&mut self) {
        if let Some(it) = self.waiting.pop_front() {
            self.remember(it);
        }
    }

    fn remember(&mut self, it: Waiting) {
        if !it.again {
            self.past.push_back(it);
        }
        while self.past.len() > REMEMBERED {
            self.past.pop_front();
        }
    }

    pub(crate) fn drop_all(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// The next so many updates come twice.
    pub(crate) fn double(&mut self, count: usize) {
        self.doubled = count;
    }

    /// The next so many updates wait for each other and come the newest first.
    pub(crate) fn reorder(&mut self, count: usize) {
        self.hold = count;
    }

    /// The update that tells of a press, waiting or past.
    pub(crate) fn of_press(&self, press: &str) -> Option<Value> {
        let mut all = self.waiting.iter().chain(&self.past);
        let found = all.find(|it| it.update["callback_query"]["id"] == press);
        found.map(|it| it.update.clone())
    }

    /// Gives the last confirmed updates once more, as a server does that forgot the confirmation.
    pub(crate) fn again(&mut self, count: usize) {
        let from = self.past.len().saturating_sub(count);
        let again: Vec<Waiting> = self.past.iter().skip(from).cloned().collect();
        for it in again.into_iter().rev() {
            self.waiting.push_front(Waiting { again: true, ..it });
        }
    }
}
