//! The menu: which commands a chat's list offers, per scope and language.

use countersign_cards::{
    Language, Locale,
    command::{Spec, TABLE},
};
use countersign_domain::operator::Role;
use teloxide::{
    payloads::SetMyCommandsSetters as _,
    prelude::Requester as _,
    types::{BotCommand, BotCommandScope, ChatId, Recipient},
};

use crate::{api::Fault, line::Line};

impl Line {
    /// Registers the commands: what everybody may ask for in private chats, what traders may in the
    /// desk's chats, and everything for the administrators of these.
    pub(crate) async fn register(&self) -> Result<(), Fault> {
        for language in Language::ALL {
            let locale = Locale::of(language);
            let tag = language.tag().split('-').next();
            let tag = tag.filter(|_| language != Language::English);
            let scopes = [
                (BotCommandScope::Default, None),
                (BotCommandScope::AllPrivateChats, Some(Role::Admin)),
                (BotCommandScope::AllGroupChats, None),
            ];
            for (scope, role) in scopes {
                self.offer(scope, tag, commands(role, &locale)).await?;
            }
            for room in &self.rooms {
                if room.chat() > 0 {
                    continue;
                }
                let chat_id = Recipient::Id(ChatId(room.chat()));
                let all = BotCommandScope::Chat {
                    chat_id: chat_id.clone(),
                };
                let admins = BotCommandScope::ChatAdministrators { chat_id };
                self.offer(all, tag, commands(Some(Role::Trader), &locale))
                    .await?;
                self.offer(admins, tag, commands(Some(Role::Admin), &locale))
                    .await?;
            }
        }
        Ok(())
    }

    async fn offer(
        &self,
        scope: BotCommandScope,
        tag: Option<&str>,
        commands: Vec<BotCommand>,
    ) -> Result<(), Fault> {
        let mut call = self.wire.bot.set_my_commands(commands).scope(scope);
        if let Some(tag) = tag {
            call = call.language_code(tag);
        }
        self.wire.called(call.into_future()).await.map(drop)
    }
}

/// The commands that a role may ask for, with what they do; those for everybody without a role.
pub fn commands(role: Option<Role>, locale: &Locale) -> Vec<BotCommand> {
    let command = |spec: &Spec| {
        let about = locale.say(spec.command.about());
        BotCommand::new(spec.command.name(), about)
    };
    let of_role = TABLE.iter().filter(|spec| spec.is_for(role));
    of_role.map(command).collect()
}
