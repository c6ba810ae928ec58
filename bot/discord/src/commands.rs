//! Commands: what is registered with the platform, and what comes of one.

use std::time::Duration;

use countersign_cards::{
    Language, Locale,
    command::{Argument, Kind, Presence, Spec, TABLE, parse_options},
};
use countersign_chat::budget;
use serde_json::{Value, json};
use serenity::{
    http::{LightMethod, Route},
    model::{
        application::{CommandDataOption, CommandDataOptionValue, CommandInteraction},
        id::ApplicationId,
    },
};

use crate::{
    answer::Said,
    api::Fault,
    asked::{Asked, identity},
    hear::Ears,
    line::Call,
};

/// A command, and an option with text.
const CHAT_INPUT: u8 = 1;
const STRING: u8 = 3;

/// The first answer to somebody who types.
const SUGGESTIONS: u8 = 8;

/// What a choice and a suggestion may be long.
const CHOICE: usize = 100;

impl Ears {
    /// Registers the commands, until it has worked once; does not end.
    pub(crate) async fn introduce(&self) {
        let mut pause = Duration::from_secs(1);
        while let Err(fault) = self.register().await {
            tracing::warn!(%fault, "Discord does not offer the commands; it is tried again");
            budget::wait(pause).await;
            pause = (pause * 2).min(Duration::from_mins(5));
        }
        std::future::pending::<()>().await;
    }

    /// Registers every command: the platform's list is ours from then on.
    async fn register(&self) -> Result<(), Fault> {
        let me = Call::bare(LightMethod::Get, Route::Oauth2ApplicationCurrent);
        let me = self.wire.counted(&[], false, me).await?;
        let id = me["id"].as_str().and_then(|id| id.parse().ok());
        let id: u64 = id.ok_or_else(|| Fault::Refused("the application has no id".to_owned()))?;
        let route = Route::Commands {
            application_id: ApplicationId::new(id),
        };
        let commands = Call::new(LightMethod::Put, route, registered());
        self.wire.counted(&[], false, commands).await.map(drop)
    }

    /// Carries a command out.
    pub(crate) async fn commanded(&self, command: &CommandInteraction, asked: &Asked) -> Said {
        if !self.is_ours(command.guild_id, asked.channel) {
            return self.not_here(asked).await;
        }
        let options: Vec<_> = command.data.options.iter().filter_map(given).collect();
        let read = parse_options(&command.data.name, &options);
        let reply = self.talk.command(&asked.asker, read).await;
        self.said(asked, reply).await
    }

    /// What may stand in the argument that somebody types.
    pub(crate) async fn suggested(&self, typing: &CommandInteraction, channel: u64) -> Value {
        let mut choices = Vec::new();
        let focus = typing.data.autocomplete();
        let spec = TABLE
            .iter()
            .find(|it| it.command.name() == typing.data.name);
        if let (Some(focus), Some(spec)) = (focus, spec)
            && let Some(argument) = spec.argument(focus.name)
            && self.is_ours(typing.guild_id, channel)
        {
            let who = identity(typing.user.id);
            choices = self.talk.suggestions(&who, argument, focus.value).await;
        }
        let choice = |it: &countersign_chat::Suggestion| json!({"name": cut(&it.label), "value": cut(&it.value)});
        let choices: Vec<Value> = choices.iter().map(choice).collect();
        json!({"type": SUGGESTIONS, "data": {"choices": choices}})
    }
}

fn cut(text: &str) -> String {
    text.chars().take(CHOICE).collect()
}

/// An option by name, as text.
fn given(option: &CommandDataOption) -> Option<(String, String)> {
    let value = match &option.value {
        CommandDataOptionValue::String(text) => text.clone(),
        CommandDataOptionValue::Integer(number) => number.to_string(),
        CommandDataOptionValue::Number(number) => number.to_string(),
        CommandDataOptionValue::Boolean(yes) => yes.to_string(),
        CommandDataOptionValue::User(user) => user.to_string(),
        _ => return None,
    };
    Some((option.name.clone(), value))
}

/// Every command as the platform takes it.
pub fn registered() -> Value {
    let (english, german) = (Locale::english(), Locale::of(Language::German));
    let both = |key: &str| (english.say(key), german.say(key));
    TABLE.iter().map(|spec| command(spec, &both)).collect()
}

fn command(spec: &Spec, both: &dyn Fn(&str) -> (String, String)) -> Value {
    let (about, de) = both(spec.command.about());
    let options = spec.arguments.iter().map(|it| option(it, both));
    json!({
        "name": spec.command.name(),
        "type": CHAT_INPUT,
        "description": about,
        "description_localizations": {"de": de},
        "options": options.collect::<Value>(),
    })
}

fn option(argument: &Argument, both: &dyn Fn(&str) -> (String, String)) -> Value {
    let (about, de) = both(argument.about);
    let mut option = json!({
        "name": argument.name,
        "type": STRING,
        "description": about,
        "description_localizations": {"de": de},
        "required": argument.presence == Presence::Needed,
    });
    match argument.kind {
        Kind::Choice(choices) => {
            let choice = |it: &countersign_cards::command::Choice| {
                let (label, de) = both(it.label);
                json!({"name": label, "name_localizations": {"de": de}, "value": it.word})
            };
            option["choices"] = choices.iter().map(choice).collect();
        }
        _ if argument.completes() => option["autocomplete"] = json!(true),
        _ => {}
    }
    option
}
