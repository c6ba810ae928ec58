//! Chat platforms: whether their bots work, and whether they may do what they have to.

use std::sync::Arc;

use countersign_desk::ports::Clock;
use countersign_telegram::{Bot, Line, Place, Posting, TelegramConfig};

use super::check::Check;
use crate::config::Config;

/// Whether the Telegram bot answers, is heard here alone, and may write in its chats.
pub(super) async fn telegram(config: &Config, clock: Arc<dyn Clock>) -> Check {
    const NAME: &str = "telegram";
    let chats: Vec<i64> = config.telegram.chats.iter().map(|chat| chat.0).collect();
    let Some(token) = &config.tokens.telegram else {
        return if chats.is_empty() {
            Check::good(NAME, "not used: COUNTERSIGN_TELEGRAM_TOKEN is not set")
        } else {
            let found = "telegram.chats names chats, and there is no token: nothing is shown there";
            Check::fault(
                NAME,
                found,
                "set COUNTERSIGN_TELEGRAM_TOKEN, or empty the list",
            )
        };
    };
    let line = Line::new(TelegramConfig {
        token: token.secret(),
        api: config.telegram.api.clone(),
        chats,
        clock,
        language: config.desk.language,
    });
    let line = match line {
        Ok(line) => line,
        Err(error) => return Check::sentence(NAME, &error.to_string(), "correct telegram.api"),
    };
    match line.examine(&config.telegram.webhook).await {
        Bot::NoToken => Check::fault(
            NAME,
            "the token is not valid",
            "ask BotFather for the bot's token and set COUNTERSIGN_TELEGRAM_TOKEN to it",
        ),
        Bot::Unreachable(why) => Check::fault(
            NAME,
            why,
            "see whether this machine reaches telegram.api; the desk runs without it meanwhile",
        ),
        Bot::Answers { name, posting } => match heard(config, &name, posting) {
            Err(fault) => fault,
            Ok(how) => rooms(NAME, &name, how, line.examine_chats().await),
        },
    }
}

/// How the bot is heard, in words that end a sentence; or what is in the way of it.
fn heard(config: &Config, name: &str, posting: Option<Posting>) -> Result<&'static str, Check> {
    let fault = |found: String, fix: &str| Err(Check::fault("telegram", found, fix));
    let wanted = !config.telegram.webhook.is_empty();
    match posting {
        None if wanted => Ok("; its webhook is set when the desk starts"),
        None => Ok(""),
        Some(Posting {
            ours: false, host, ..
        }) => fault(
            format!("@{name} sends its updates to {host}, so that nothing is heard here"),
            if wanted {
                "stop what listens there; the desk sets its own webhook when it starts"
            } else {
                "stop what listens there, or delete the bot's webhook"
            },
        ),
        Some(Posting {
            failed: Some(said),
            waiting,
            host,
            ..
        }) if waiting > 0 => fault(
            format!("updates wait ({waiting}), since Telegram cannot post them to {host}: {said}"),
            "start the desk, and see that the proxy at telegram.webhook passes on to telegram.webhook_port",
        ),
        Some(_) => Ok("; its updates are posted here"),
    }
}

fn rooms(check: &'static str, name: &str, how: &str, found: Vec<(i64, Place)>) -> Check {
    if found.is_empty() {
        let none = format!("@{name} answers, and telegram.chats is empty: no cards are shown");
        return Check::note(check, none);
    }
    let count = found.len();
    for (chat, place) in found {
        match place {
            Place::Ready => {}
            Place::NotIn(said) => {
                let found = format!("@{name} is not in chat {chat}: {said}");
                return Check::fault(
                    check,
                    found,
                    "add the bot to the chat, or correct its number",
                );
            }
            Place::Mute => {
                let found = format!("@{name} may not write in chat {chat}");
                return Check::fault(check, found, "let the bot write there");
            }
            Place::NoPins => {
                return Check::note(
                    check,
                    format!(
                        "@{name} may not pin in chat {chat}: the board is shown and not pinned; make it an administrator who may pin"
                    ),
                );
            }
        }
    }
    Check::good(
        check,
        format!("@{name} answers and may write in its chats: {count}{how}"),
    )
}
