//! The menu: which commands a person's list offers, by what the desk lets that person ask for. It follows
//! the desk's roles while it runs, and decides nothing: what is written without a right is refused.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    convert::Infallible,
    time::Duration,
};

use countersign_cards::{
    Language, Locale,
    command::{Spec, TABLE},
};
use countersign_chat::{Budget, Pace, budget};
use countersign_desk::seen::Seen;
use countersign_domain::operator::{Operator, Role, Surface};
use teloxide::{
    payloads::{DeleteMyCommandsSetters as _, SetMyCommandsSetters as _},
    prelude::Requester as _,
    types::{BotCommand, BotCommandScope, ChatId, Recipient, UserId},
};

use crate::{
    api::Fault,
    hear::Ears,
    line::{Line, Turn},
};

/// Between two looks whether everybody is offered what they may ask for.
const LOOK: Duration = Duration::from_secs(2);

/// Before a list that was not taken is offered again: at first, and at the most. Most often the bot is
/// not in that chat, or the person has not begun to talk with it.
const FIRST: Duration = Duration::from_secs(2);
const MOST: Duration = Duration::from_mins(10);

/// Lists that are offered: cards and answers come first.
const PACE: Pace = Pace::new(5, Duration::from_secs(1));

/// For whom a list is. A person's own comes before everybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum For {
    /// Who is not known.
    Everybody,
    /// A person in a group, and in private.
    Member(i64, u64),
    Person(u64),
}

/// What is offered: no list of one's own, or what a role may ask for; without a role what everybody may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    None,
    Of(Option<Role>),
}

type Key = (For, Language);

/// What is offered now, as far as this process knows.
struct Menu {
    offered: BTreeMap<Key, List>,
    /// What was not taken, until when it is left alone, and for how long that was.
    failed: BTreeMap<Key, (List, Duration, Duration)>,
    budget: Budget,
}

impl Ears {
    /// Offers the commands, and again what was not taken or is not right any more. Never ends.
    pub(crate) async fn offer_commands(&self) -> Infallible {
        let mut menu = Menu {
            offered: BTreeMap::new(),
            failed: BTreeMap::new(),
            budget: Budget::new(vec![PACE]),
        };
        loop {
            if let Ok(seen) = self.talk.desk().seen().await {
                menu.offer(&self.line, &seen).await;
            }
            budget::wait(LOOK).await;
        }
    }
}

impl Menu {
    /// Offers what is not offered yet; a list that is not taken keeps no other one back.
    async fn offer(&mut self, line: &Line, seen: &Seen) {
        let chats = line.rooms.iter().map(|room| room.chat());
        let mut all = wanted(seen, chats);
        for (whom, _) in self.offered.keys() {
            all.entry(*whom).or_insert(List::None);
        }
        for (whom, list) in all {
            for language in Language::ALL {
                self.offer_one(line, (whom, language), list).await;
            }
        }
    }

    async fn offer_one(&mut self, line: &Line, key: Key, list: List) {
        let now = line.wire.now();
        let waits =
            |(failed, until, _): &(List, Duration, Duration)| *failed == list && now < *until;
        if self.offered.get(&key) == Some(&list) || self.failed.get(&key).is_some_and(waits) {
            return;
        }
        match line.offer(&self.budget, key, list).await {
            // Where the bot is not, no list of its own is left either.
            Err(fault) if list != List::None || fault.may_pass() => {
                self.missed(line, key, list, &fault);
            }
            Ok(()) | Err(_) => {
                self.offered.insert(key, list);
                self.failed.remove(&key);
            }
        }
    }

    fn missed(&mut self, line: &Line, key: Key, list: List, fault: &Fault) {
        let now = line.wire.now();
        let wait = match self.failed.entry(key) {
            Entry::Occupied(failed) => (failed.get().2 * 2).min(MOST),
            Entry::Vacant(_) => {
                tracing::info!(?key, %fault, "a list of commands is not offered yet; they count all the same");
                FIRST
            }
        };
        self.failed.insert(key, (list, now + wait, wait));
    }
}

impl Line {
    async fn offer(&self, budget: &Budget, (whom, language): Key, list: List) -> Result<(), Fault> {
        let (wire, scope) = (&self.wire, whom.scope());
        // Without a language it is for everybody who has none of their own.
        let tag = language.tag().split('-').next().unwrap_or_default();
        let tag = if language == Language::English {
            ""
        } else {
            tag
        };
        let role = match list {
            List::Of(role) => role,
            List::None => {
                let call = wire.bot.delete_my_commands().scope(scope);
                let call = call.language_code(tag).into_future();
                return wire.counted(budget, Turn::ANSWER, call).await.map(drop);
            }
        };
        let commands = commands(role, &Locale::shared(language));
        let call = wire.bot.set_my_commands(commands).scope(scope);
        let call = call.language_code(tag).into_future();
        wire.counted(budget, Turn::ANSWER, call).await.map(drop)
    }
}

impl For {
    fn scope(self) -> BotCommandScope {
        match self {
            Self::Everybody => BotCommandScope::Default,
            Self::Member(id, person) => BotCommandScope::ChatMember {
                chat_id: Recipient::Id(ChatId(id)),
                user_id: UserId(person),
            },
            Self::Person(person) => BotCommandScope::Chat {
                chat_id: ChatId::from(UserId(person)).into(),
            },
        }
    }
}

/// What is to be offered to whom.
pub(crate) fn wanted(seen: &Seen, chats: impl Iterator<Item = i64>) -> BTreeMap<For, List> {
    let mut all = BTreeMap::from([(For::Everybody, List::Of(None))]);
    let groups: Vec<i64> = chats.filter(|chat| *chat < 0).collect();
    let mut person = |operator: &Operator, list: List| {
        for user in users(operator) {
            all.insert(For::Person(user), list);
            for group in &groups {
                all.insert(For::Member(*group, user), list);
            }
        }
    };
    // Also those who were taken off the list before this process began.
    seen.configured
        .values()
        .for_each(|it| person(it, List::None));
    let known = seen.operators.values();
    known.for_each(|it| person(it, List::Of(Some(it.role))));
    all
}

/// What a person is known as there.
fn users(operator: &Operator) -> impl Iterator<Item = u64> {
    let there = operator.identities.iter();
    let there = there.filter(|it| it.surface == Surface::Telegram);
    there.filter_map(|it| it.user.parse().ok())
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
