//! Which values make sense: the checks of each part, and those of what no part checks.

use std::collections::BTreeSet;

use countersign_brokers::paper::ConfigError as PaperFault;
use countersign_desk::settings::DeskSettings;
use countersign_domain::{limits::Limits, money::Usd};
use countersign_feeds::{news::SourceConfig, synthetic::SyntheticError};
use countersign_telegram::Webhook;
use toml::Value;

use super::{ChatNumber, Config, ConfigError, OperatorSection, redact::shown, tree::Tree};

/// A value that makes no sense: its key and what would.
type Fault = (String, String);

/// Checks everything.
///
/// # Errors
///
/// [`ConfigError::Wrong`] for the first fault.
pub(super) fn all(config: &Config, tree: &Tree) -> Result<(), ConfigError> {
    let fault = limits(&config.limits)
        .and_then(|()| trade(&config.trade))
        .and_then(|()| desk(config))
        .and_then(|()| operators(&config.operators))
        .and_then(|()| signals(config))
        .and_then(|()| paper(config))
        .and_then(|()| synthetic(config))
        .and_then(|()| places(config))
        .and_then(|()| platforms(config))
        .and_then(|()| news(config));
    fault.map_err(|(key, why)| {
        let missing = Value::String("not set".to_owned());
        let value = tree.get(&key).unwrap_or(&missing);
        ConfigError::Wrong {
            value: shown(&key, value),
            origin: tree.origins.of(&key),
            key,
            why,
        }
    })
}

fn need(good: bool, key: &str, must: &str) -> Result<(), Fault> {
    if good {
        Ok(())
    } else {
        Err((key.to_owned(), format!("it must be {must}")))
    }
}

/// Passes a whole number in its range.
fn within(key: &str, value: u32, least: u32, most: u32) -> Result<(), Fault> {
    let range = format!("a whole number from {least} to {most}");
    need((least..=most).contains(&value), key, &range)
}

/// The most dollars that any ceiling may be: a slip of the keyboard above it.
const DOLLARS: i64 = 1_000_000_000;

fn dollars(key: &str, amount: Usd) -> Result<(), Fault> {
    let most = Usd::from_micros(DOLLARS.saturating_mul(1_000_000));
    let good = amount.is_positive() && amount <= most;
    need(good, key, "more than 0 and at most 1000000000 dollars")
}

fn limits(limits: &Limits) -> Result<(), Fault> {
    dollars("limits.worst_loss_per_ticket", limits.worst_loss_per_ticket)?;
    within(
        "limits.contracts_per_order",
        limits.contracts_per_order,
        1,
        10_000,
    )?;
    dollars("limits.value_per_order", limits.value_per_order)?;
    within("limits.open_positions", limits.open_positions, 1, 10_000)?;
    dollars(
        "limits.exposure_per_underlying",
        limits.exposure_per_underlying,
    )?;
    within("limits.orders_per_minute", limits.orders_per_minute, 1, 600)?;
    within("limits.orders_per_day", limits.orders_per_day, 1, 100_000)?;
    dollars("limits.daily_loss", limits.daily_loss)?;
    within("limits.quote_age_s", limits.quote_age_s, 1, 3_600)?;
    within("limits.spread_bps", limits.spread_bps, 1, 20_000)?;
    within("limits.drift_bps", limits.drift_bps, 1, 10_000)
}

fn trade(trade: &DeskSettings) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    let once = trade.watchlist.iter().all(|symbol| seen.insert(*symbol));
    need(
        once,
        "trade.watchlist",
        "a list in which no symbol stands twice",
    )?;
    let few = trade.watchlist.len() <= 500;
    need(few, "trade.watchlist", "a list of at most 500 symbols")?;
    within("trade.ticket_seconds", trade.ticket_seconds, 5, 3_600)?;
    within(
        "trade.entry_walk.every_s",
        trade.entry_walk.every_s,
        1,
        3_600,
    )?;
    within("trade.entry_walk.steps", trade.entry_walk.steps, 0, 100)?;
    within("trade.exit_walk.every_s", trade.exit_walk.every_s, 1, 600)?;
    within("trade.exit_walk.steps", trade.exit_walk.steps, 0, 100)?;
    if let Some(amount) = trade.second_person_above {
        let good = !amount.is_negative();
        need(good, "trade.second_person_above", "0 dollars or more")?;
    }
    if let Some(amount) = trade.typed_above {
        let good = !amount.is_negative();
        need(good, "trade.typed_above", "0 dollars or more")?;
    }
    within("trade.wide_confirmations", trade.wide_confirmations, 1, 100)?;
    within("trade.quiet_minutes", trade.quiet_minutes, 0, 390)?;
    within("trade.hold_minutes", trade.hold_minutes, 1, 1_440)?;
    within("trade.standing_days", trade.standing_days, 1, 366)?;
    within("trade.override_hours", trade.override_hours, 1, 168)?;
    let alarms = &trade.alarms;
    within(
        "trade.alarms.escalate_minutes",
        alarms.escalate_minutes,
        0,
        1_440,
    )?;
    within("trade.alarms.deaf_s", alarms.deaf_s, 0, 86_400)?;
    let rate = (-0.2..=0.5).contains(&trade.rate);
    need(
        rate,
        "trade.rate",
        "a number from -0.2 to 0.5 (0.05 is 5 %)",
    )
}

/// Whether a name can be read: 1 to 64 characters, none of them invisible.
fn is_name(name: &str) -> bool {
    let visible = |c: char| !c.is_control();
    name.trim() == name && (1..=64).contains(&name.chars().count()) && name.chars().all(visible)
}

const NAME: &str = "1 to 64 characters, without spaces at the ends";

fn desk(config: &Config) -> Result<(), Fault> {
    need(is_name(&config.desk.name), "desk.name", NAME)
}

fn operators(operators: &[OperatorSection]) -> Result<(), Fault> {
    let mut names = BTreeSet::new();
    let mut identities = BTreeSet::new();
    for (index, operator) in operators.iter().enumerate() {
        let at = |key: &str| format!("operators[{index}].{key}");
        need(is_name(&operator.name), &at("name"), NAME)?;
        let new = names.insert(operator.name.to_lowercase());
        need(new, &at("name"), "a name that no other operator has")?;
        let known = !operator.identities.is_empty();
        need(
            known,
            &at("identities"),
            "at least one place where they are known",
        )?;
        for (number, identity) in operator.identities.iter().enumerate() {
            let key = at(&format!("identities[{number}].user"));
            need(is_name(&identity.user), &key, NAME)?;
            let new = identities.insert(identity);
            let must = "a user that stands once on its surface: two people cannot be one";
            need(new, &key, must)?;
        }
    }
    Ok(())
}

/// Sources, who reads and the rules, and that the keys of sources are given.
fn news(config: &Config) -> Result<(), Fault> {
    let section = &config.news;
    let told = |key: String, must: &dyn std::fmt::Display| {
        need(false, &format!("news.{key}"), &must.to_string())
    };
    if let Err(fault) = SourceConfig::check_all(&section.sources) {
        return told(fault.key, &fault.must);
    }
    if let Err(fault) = section.model.check() {
        return told(format!("model.{}", fault.key), &fault.must);
    }
    if let Err(faults) = section.params().check()
        && let Some(fault) = faults.into_iter().next()
    {
        return told(fault.key, &fault.must);
    }
    if let Some((at, variable)) = section.without_key(&config.tokens.news) {
        let must = format!("used with its key in the environment variable {variable}");
        return told(format!("sources[{at}].kind"), &must);
    }
    Ok(())
}

fn signals(config: &Config) -> Result<(), Fault> {
    let parts = [
        ("trend", config.signals.trend.check()),
        ("screen", config.signals.screen.check()),
    ];
    for (part, checked) in parts {
        if let Some(fault) = checked.err().and_then(|faults| faults.into_iter().next()) {
            return need(false, &format!("signals.{part}.{}", fault.key), fault.must);
        }
    }
    Ok(())
}

fn paper(config: &Config) -> Result<(), Fault> {
    let checked = config.paper.check();
    checked.or_else(|PaperFault { key, must, .. }| need(false, &format!("paper.{key}"), must))
}

fn synthetic(config: &Config) -> Result<(), Fault> {
    let Err(fault) = config.synthetic.check() else {
        return Ok(());
    };
    let symbols = &config.synthetic.symbols;
    let place = |name: &str| {
        symbols
            .iter()
            .rposition(|one| one.symbol.to_string() == name)
    };
    match &fault {
        SyntheticError::OutOfRange {
            key, least, most, ..
        } => {
            let path = match key.split_once(" of ") {
                Some((key, symbol)) => format!(
                    "synthetic.symbols[{}].{key}",
                    place(symbol).unwrap_or_default()
                ),
                None => format!("synthetic.{key}"),
            };
            need(false, &path, &format!("from {least} to {most}"))
        }
        SyntheticError::Twice(symbol) => {
            let at = place(&symbol.to_string()).unwrap_or_default();
            let path = format!("synthetic.symbols[{at}].symbol");
            need(false, &path, "a symbol that stands once")
        }
        SyntheticError::NoSymbols => {
            need(false, "synthetic.symbols", "a list of at least one symbol")
        }
        SyntheticError::Step(_) => need(
            false,
            "synthetic.step_s",
            "a number of seconds that divides 60",
        ),
        SyntheticError::NoSession => need(false, "demo.start", "a time from 1990 to 2100"),
    }
}

const PORT: &str = "0 (any free one), or from 1024 to 65535";

const HOOK: &str = "0 (nothing is posted), or from 1024 to 65535";

const POSTBOX: &str = "0 (the gateway is heard), or from 1024 to 65535";

/// What the value of a key must be, where its kind alone would not say it.
pub(super) fn must(key: &str) -> Option<&'static str> {
    match key {
        "web.port" => Some(PORT),
        "telegram.webhook_port" => Some(HOOK),
        "discord.interactions_port" => Some(POSTBOX),
        "demo.start" => Some("a time such as \"2026-03-17T10:30:00\""),
        _ => None,
    }
}

/// Chats that one bot shows cards in at the most.
const CHATS: usize = 50;

fn platforms(config: &Config) -> Result<(), Fault> {
    let good = |chats: &[ChatNumber]| {
        let different: BTreeSet<_> = chats.iter().collect();
        let each = chats.iter().all(|chat| chat.0 != 0);
        each && different.len() == chats.len() && chats.len() <= CHATS
    };
    let numbers = "a list of at most 50 numbers of chats, none of them 0 and none twice";
    need(good(&config.telegram.chats), "telegram.chats", numbers)?;
    need(good(&config.discord.channels), "discord.channels", numbers)?;
    let (port, key) = (config.discord.interactions_port, &config.discord.public_key);
    need(
        port == 0 || port >= 1_024,
        "discord.interactions_port",
        POSTBOX,
    )?;
    let digits = key.len() == 64 && key.bytes().all(|it| it.is_ascii_hexdigit());
    need(
        digits || (key.is_empty() && port == 0),
        "discord.public_key",
        "64 hexadecimal digits, as the developer portal shows them; empty only while interactions_port is 0",
    )?;
    webhook(config)?;
    let api = &config.telegram.api;
    let (secure, local) = (api.starts_with("https://"), "http://127.0.0.1:");
    need(
        secure || api.starts_with(local),
        "telegram.api",
        "an address like https://api.telegram.org; without TLS only on this machine",
    )
}

fn webhook(config: &Config) -> Result<(), Fault> {
    let (address, port) = (&config.telegram.webhook, config.telegram.webhook_port);
    need(port == 0 || port >= 1_024, "telegram.webhook_port", HOOK)?;
    need(
        address.is_empty() || Webhook::is_address(address),
        "telegram.webhook",
        "an address like https://desk.example/telegram, on port 443, 80, 88 or 8443",
    )?;
    need(
        address.is_empty() || port != 0,
        "telegram.webhook_port",
        "the port to which your proxy passes on what is posted to telegram.webhook",
    )?;
    need(
        port == 0 || !address.is_empty(),
        "telegram.webhook",
        "the address that your proxy passes on to telegram.webhook_port; or set that to 0",
    )
}

fn places(config: &Config) -> Result<(), Fault> {
    let url = &config.store.url;
    let schemes = ["sqlite:", "postgres:", "postgresql:"];
    let known = url.is_empty() || schemes.iter().any(|scheme| url.starts_with(scheme));
    need(
        known,
        "store.url",
        "sqlite:///path/to/desk.db or postgres://user@host/database, or empty for a file in the home folder",
    )?;
    let port = config.web.port;
    need(port == 0 || port >= 1_024, "web.port", PORT)?;
    within("demo.speed", config.demo.speed, 1, 10_000)?;
    within("demo.minutes", config.demo.minutes, 1, 390)?;
    let calendar = 1990..=2100;
    let year = i32::from(config.demo.start.year());
    need(
        calendar.contains(&year),
        "demo.start",
        "a time from 1990 to 2100",
    )
}
