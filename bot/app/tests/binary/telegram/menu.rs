//! The menu: what a person's list of commands offers.

use std::collections::BTreeSet;

use countersign_fakes::telegram::{Person, Standing};
use serde_json::{Value, json};

use super::stage::{Stage, quit};

impl Stage {
    /// What a scope's list offers in a language; `None` where it has no list of its own.
    fn offered(&self, scope: &Value, language: &str) -> Option<BTreeSet<String>> {
        let list = self.fake.commands(scope, language)?;
        let names = list.as_array().into_iter().flatten();
        let names = names.filter_map(|it| it["command"].as_str());
        Some(names.map(ToOwned::to_owned).collect())
    }

    /// Waits until a scope's lists offer these and not those, in both languages.
    async fn until_offered(&self, scope: Value, has: &[&str], has_not: &[&str]) {
        let right = |language: &str| {
            let offered = self.offered(&scope, language).unwrap_or_default();
            has.iter().all(|it| offered.contains(*it))
                && !has_not.iter().any(|it| offered.contains(*it))
        };
        self.fake.until_calls(|_| right("") && right("de")).await;
    }
}

fn member(group: i64, who: &Person) -> Value {
    json!({ "type": "chat_member", "chat_id": group, "user_id": who.id() })
}

fn alone(who: &Person) -> Value {
    json!({ "type": "chat", "chat_id": who.id() })
}

// R27
#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_offered_what_the_desk_lets_them_ask_for_and_a_new_role_at_once() {
    let stage = Stage::new().await;
    let (ana, bo) = (&stage.ana, &stage.bo);
    // Of two chats the bot is not in the first: the other one is not left without its lists.
    let gone = stage.fake.group("Gone", &[ana]);
    stage.fake.set_bot_standing(gone, Standing::Kicked);
    stage.configure(&[gone, stage.group]);
    stage.fake.private(bo);
    let program = stage.demo(&[]);
    let group = stage.group;
    stage
        .until_offered(member(group, ana), &["resume", "halt"], &[])
        .await;
    stage
        .until_offered(member(group, bo), &["status"], &["halt", "resume"])
        .await;
    stage
        .until_offered(alone(bo), &["status"], &["halt", "resume"])
        .await;
    let everybody = json!({ "type": "default" });
    stage
        .until_offered(everybody, &["help"], &["status", "halt"])
        .await;
    // Who keeps a group on Telegram is nobody here, and so is who opens a private chat.
    for scope in [
        json!({ "type": "chat_administrators", "chat_id": group }),
        json!({ "type": "chat", "chat_id": group }),
        json!({ "type": "all_private_chats" }),
    ] {
        assert_eq!(stage.offered(&scope, ""), None, "{scope}");
    }

    ana.sends(group, "/perms grant Bo trader");
    stage
        .until_offered(member(group, bo), &["status", "halt"], &["resume"])
        .await;
    stage.until_offered(alone(bo), &["halt"], &["resume"]).await;
    ana.sends(group, "/perms revoke Bo");
    stage
        .fake
        .until_calls(|_| stage.offered(&alone(bo), "de").is_none())
        .await;
    assert_eq!(stage.offered(&member(group, bo), ""), None);

    // It is let in again: what was not taken is offered again.
    stage.fake.set_bot_standing(gone, Standing::Administrator);
    stage
        .until_offered(member(gone, ana), &["resume"], &[])
        .await;
    quit(program);
    stage.well_behaved();
}
