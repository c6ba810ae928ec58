//! Chat platforms: whether their bots work, and whether they may do what they have to.

use std::sync::Arc;

use countersign_desk::ports::Clock;
use countersign_discord::{About, DiscordConfig, Elsewhere, Spot};
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
        Bot::Answers {
            ahead: Some(ahead), ..
        } if ahead.unsigned_abs() > SKEW => skewed(NAME, "Telegram", ahead),
        Bot::Answers {
            name,
            posting,
            offers,
            ..
        } => match heard(config, &name, posting) {
            Err(fault) => fault,
            Ok(how) => rooms(NAME, (&name, offers), how, line.examine_chats().await),
        },
    }
}

/// The platform's clock and this machine's do not agree.
fn skewed(check: &'static str, platform: &str, ahead: i64) -> Check {
    let apart = ahead.unsigned_abs();
    Check::fault(
        check,
        format!("{platform}'s clock and this machine's are {apart} s apart"),
        "set the clock, and keep it set with NTP (`timedatectl set-ntp true`)",
    )
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

fn rooms(
    check: &'static str,
    (name, offers): (&str, bool),
    how: &str,
    found: Vec<(i64, Place)>,
) -> Check {
    if found.is_empty() {
        let none = format!("@{name} answers, and telegram.chats is empty: no cards are shown");
        return Check::note(check, none);
    }
    let count = found.len();
    let mut less = None;
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
            Place::Lacks { pins: true, .. } => {
                let found = format!(
                    "@{name} may not pin in chat {chat}: the board is shown and not pinned; make it an administrator who may pin"
                );
                less = less.or(Some(found));
            }
            Place::Lacks { .. } => {
                let found = format!(
                    "@{name} may make no topics in chat {chat}: positions are shown in the chat itself; make it an administrator who may manage topics"
                );
                less = less.or(Some(found));
            }
        }
    }
    if !offers {
        let found = format!(
            "@{name} does not offer this program's commands yet; the desk registers them when it runs"
        );
        less = less.or(Some(found));
    }
    match less {
        Some(found) => Check::note(check, found),
        None => Check::good(
            check,
            format!("@{name} answers and may write in its chats: {count}{how}"),
        ),
    }
}

/// How far the platform's clock may be from this machine's, whose countdowns it shows. Seconds.
const SKEW: u64 = 5;

/// Whether the Discord bot answers, is heard here, offers its commands, and may do what it has to in its
/// channels.
pub(super) async fn discord(config: &Config, clock: Arc<dyn Clock>) -> Check {
    const NAME: &str = "discord";
    let channels: Vec<i64> = config.discord.channels.iter().map(|it| it.0).collect();
    let Some(token) = &config.tokens.discord else {
        return if channels.is_empty() {
            Check::good(NAME, "not used: COUNTERSIGN_DISCORD_TOKEN is not set")
        } else {
            let found =
                "discord.channels names channels, and there is no token: nothing is shown there";
            Check::fault(
                NAME,
                found,
                "set COUNTERSIGN_DISCORD_TOKEN, or empty the list",
            )
        };
    };
    let line = Elsewhere::of_environment().and_then(|elsewhere| {
        countersign_discord::Line::new(DiscordConfig {
            token: token.secret(),
            channels,
            clock,
            language: config.desk.language,
            elsewhere,
        })
    });
    let line = match line {
        Ok(line) => line,
        Err(error) => {
            return Check::sentence(NAME, &error.to_string(), "correct discord.channels");
        }
    };
    match line.examine().await {
        countersign_discord::Bot::NoToken => Check::fault(
            NAME,
            "the token is not valid",
            "reset the bot's token at the developer portal and set COUNTERSIGN_DISCORD_TOKEN to it",
        ),
        countersign_discord::Bot::Unreachable(why) => Check::fault(
            NAME,
            why,
            "see whether this machine reaches discord.com; the desk runs without it meanwhile",
        ),
        countersign_discord::Bot::Answers(about) => {
            let posted = config.discord.interactions_port != 0;
            let found = listening(NAME, &about, posted);
            match found {
                Some(check) => check,
                None => spots(NAME, &about, line.examine_channels().await),
            }
        }
    }
}

/// What keeps the bot from being heard, or heard in time.
fn listening(check: &'static str, about: &About, posted: bool) -> Option<Check> {
    let name = &about.name;
    let fault = |found: String, fix: &str| Some(Check::fault(check, found, fix));
    match &about.endpoint {
        Some(host) if !posted => {
            return fault(
                format!(
                    "{name} has its interactions posted to {host}, so that nothing is heard here"
                ),
                "empty \"Interactions Endpoint URL\" at the developer portal, or set discord.interactions_port",
            );
        }
        None if posted => {
            return fault(
                format!(
                    "{name} has its interactions told on the gateway, and here they are awaited at discord.interactions_port"
                ),
                "enter the proxy's address as \"Interactions Endpoint URL\" at the developer portal, or set discord.interactions_port to 0",
            );
        }
        _ => {}
    }
    if about.connections == Some(0) && !posted {
        return fault(
            format!("{name} has begun all the connections that Discord allows in a day"),
            "stop what else uses the bot's token, and wait until tomorrow",
        );
    }
    if about.ahead.unsigned_abs() > SKEW {
        return Some(skewed(check, "Discord", about.ahead));
    }
    None
}

fn spots(check: &'static str, about: &About, found: Vec<(u64, Spot)>) -> Check {
    let name = &about.name;
    if found.is_empty() {
        let none = format!("{name} answers, and discord.channels is empty: no cards are shown");
        return Check::note(check, none);
    }
    let count = found.len();
    let mut less = None;
    for (channel, spot) in found {
        match spot {
            Spot::NotIn(said) => {
                let found = format!("{name} does not see channel {channel}: {said}");
                let fix = "invite the bot and let it view the channel, or correct its number";
                return Check::fault(check, found, fix);
            }
            Spot::Shut { missing } => {
                let found = format!("{name} cannot show cards in channel {channel}");
                let fix = format!("allow the bot {} there", quoted(&missing));
                return Check::fault(check, found, fix);
            }
            Spot::Open { missing } if !missing.is_empty() => {
                less.get_or_insert((channel, missing));
            }
            Spot::Open { .. } => {}
        }
    }
    if let Some((channel, missing)) = less {
        return Check::note(
            check,
            format!(
                "{name} shows cards in channel {channel} without some of pictures, threads and a pinned board; allow the bot {} there",
                quoted(&missing)
            ),
        );
    }
    if !about.offers {
        let found = format!(
            "{name} does not offer this program's commands yet; the desk registers them when it runs"
        );
        return Check::note(check, found);
    }
    if about.overhears {
        let found = format!(
            "{name} is given what people write and does not need it; switch \"Message Content Intent\" off at the developer portal"
        );
        return Check::note(check, found);
    }
    Check::good(
        check,
        format!(
            "{name} answers, offers its commands and may do what it has to in its channels: {count}"
        ),
    )
}

fn quoted(rights: &[&str]) -> String {
    let quoted: Vec<String> = rights.iter().map(|right| format!("{right:?}")).collect();
    quoted.join(", ")
}
