//! Runs the fake of Discord for clients in any language: prints one line of JSON (where it listens, the
//! bot's token, ids, the file with the certificate to trust), and ends when its standard input ends.

use std::path::PathBuf;
use std::sync::Arc;

use countersign_fakes::discord::{DiscordFake, MESSAGE_CONTENT, control};
use tokio::io::AsyncReadExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let fake = Arc::new(DiscordFake::start().await?);
    fake.grant_intents(MESSAGE_CONTENT);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let controlled_at = listener.local_addr()?;
    let ca: PathBuf = std::env::temp_dir().join(format!("discord-fake-{}.pem", std::process::id()));
    std::fs::write(&ca, fake.ca_pem())?;
    let line = serde_json::json!({
        "addr": fake.addr().to_string(), "rest": fake.base_url(), "gateway": fake.gateway_url(),
        "control": format!("http://{controlled_at}/control"), "ca_pem": ca, "token": fake.token(),
        "application": fake.application().to_string(), "public_key": fake.public_key(),
        "guild": fake.guild().to_string(), "channel": fake.channel().to_string(),
        "user": fake.add_user("alice").id().to_string(), "owner": fake.owner().id().to_string(),
    });
    println!("{line}");
    let served = axum::serve(listener, control(fake)).into_future();
    let mut input = tokio::io::stdin();
    let mut byte = [0; 64];
    tokio::pin!(served);
    loop {
        tokio::select! {
            ended = &mut served => { ended?; break; }
            read = input.read(&mut byte) => if matches!(read, Ok(0) | Err(_)) { break; }
        }
    }
    std::fs::remove_file(&ca)?;
    // A blocking read of standard input must not hold the process.
    std::process::exit(0)
}
