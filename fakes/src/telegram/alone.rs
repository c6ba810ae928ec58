//! The fake as a program of its own, for tests in other languages.

use std::io;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, stdin};

use super::fake::TelegramFake;

/// Starts on a free port with a few people and chats, prints one line of JSON that names them, and runs
/// until its standard input ends, so that it does not outlive the test that started it.
///
/// # Errors
/// Standard input cannot be read.
#[expect(
    clippy::print_stdout,
    reason = "the line is what the starting test reads"
)]
pub async fn run() -> io::Result<()> {
    let fake = TelegramFake::start_on(0).await?;
    let (ana, ben) = (fake.person("Ana"), fake.person("Ben"));
    let people = [&ana, &ben];
    let told = json!({
        "address": fake.address(),
        "token": fake.token(),
        "bot": { "id": fake.bot(), "username": fake.bot_name() },
        "users": { "ana": ana.id(), "ben": ben.id() },
        "chats": {
            "private": fake.private(&ana),
            "group": fake.group("Group", &people),
            "supergroup": fake.supergroup("Supergroup", &people),
            "forum": fake.forum("Forum", &people),
        },
    });
    println!("{told}");
    let mut rest = Vec::new();
    stdin().read_to_end(&mut rest).await?;
    fake.down().await;
    Ok(())
}
