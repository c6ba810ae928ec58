//! The life of a desk from which samples are taken.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use countersign_cards::{Action, Language, Locale, command::parse_text};
use countersign_chat::{Asker, Reply, Talk};
use countersign_desk::{
    Desk,
    ports::{Clock, Ids},
    seen::Seen,
    work::InboxKey,
};
use countersign_domain::{
    ids::TicketId,
    operator::{Identity, Role, Room, Surface},
    view::{BoardView, TicketView, View},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tempfile::TempDir;

use super::{Sample, Scene};
use crate::{
    clock::ManualClock,
    compose::{Parts, paper_desk, synthetic_market},
    config::{Config, OperatorSection},
    ids::SeededIds,
    own_time,
    stepper::Stepper,
};

/// The market that is lived through.
const SEED: u64 = 7;

/// The longest that something is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_hours(4);

/// Who asks and presses, by their number on a platform.
#[derive(Clone, Copy)]
pub(super) enum Person {
    Ana = 1,
    Ben = 2,
    Cem = 3,
    Nobody = 4,
}

/// A desk that lives, and what was seen of it so far.
pub(super) struct Life {
    pub(super) scenes: Vec<Scene>,
    pub(super) talk: Talk,
    pub(super) locale: Arc<Locale>,
    stepper: Stepper,
    asked: u32,
    /// Taken away with everything in it at the end.
    _home: TempDir,
}

/// Two who may do everything, and one who trades.
fn people() -> Vec<OperatorSection> {
    let one = |name: &str, role, person: Person| OperatorSection {
        name: name.to_owned(),
        role,
        identities: vec![who(person)],
    };
    vec![
        one("Ana", Role::Admin, Person::Ana),
        one("Ben", Role::Admin, Person::Ben),
        one("Cem", Role::Trader, Person::Cem),
    ]
}

pub(super) fn who(person: Person) -> Identity {
    let number = match person {
        Person::Ana => "1001",
        Person::Ben => "1002",
        Person::Cem => "1003",
        Person::Nobody => "1004",
    };
    Identity {
        surface: Surface::Telegram,
        user: number.to_owned(),
    }
}

impl Life {
    pub(super) async fn begin(config: &Config, language: Language) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let mut config = config.clone();
        config.operators = people();
        let zone = TimeZone::get("America/New_York")?;
        let first = config.demo.start.to_zoned(zone)?.timestamp();
        let clock = Arc::new(ManualClock::at(first));
        let market = synthetic_market(&config, SEED, first)?;
        let ids: Arc<dyn Ids> = Arc::new(SeededIds::new(SEED, clock.clone() as Arc<dyn Clock>));
        own_time::keep(home.path(), config.desk_id())?;
        let parts = Parts {
            home: home.path(),
            clock: clock.clone(),
            ids,
            market: market.clone(),
            chats: Vec::new(),
            holder: "gallery".to_owned(),
        };
        let desk = paper_desk(&config, parts).await?;
        desk.recover().await?;
        let locale = Locale::shared(language);
        Ok(Self {
            scenes: Vec::new(),
            talk: Talk::new(desk.clone(), locale.clone()),
            locale,
            stepper: Stepper::new(desk, clock, market),
            asked: 0,
            _home: home,
        })
    }

    pub(super) fn desk(&self) -> &Arc<Desk> {
        self.stepper.desk()
    }

    pub(super) const fn now(&self) -> Timestamp {
        self.stepper.now()
    }

    /// Lives on until that is so.
    pub(super) async fn until(
        &mut self,
        what: &'static str,
        holds: impl Fn(&Seen) -> bool,
    ) -> Result<()> {
        let end = self.now() + PATIENCE;
        while !holds(self.desk().seen().await?.as_ref()) {
            ensure!(
                self.now() < end,
                "the desk of the samples never came to {what}"
            );
            self.stepper.go_to(self.stepper.next()).await?;
        }
        Ok(())
    }

    /// One step.
    pub(super) async fn step(&mut self) -> Result<()> {
        self.stepper.go_to(self.stepper.next()).await?;
        Ok(())
    }

    pub(super) async fn ticket(&self, ticket: TicketId) -> Result<TicketView> {
        let view = self.desk().ticket_view(ticket).await?;
        view.context("a ticket of the samples is not there")
    }

    pub(super) async fn board(&self) -> Result<BoardView> {
        Ok(self.desk().board().await?)
    }

    pub(super) fn card(&mut self, group: &'static str, name: &str, view: View) {
        self.add(group, name, Sample::Card(Box::new(view)));
    }

    pub(super) fn add(&mut self, group: &'static str, name: &str, what: Sample) {
        let (name, now) = (name.to_owned(), self.now());
        self.scenes.push(Scene {
            group,
            name,
            now,
            what,
        });
    }

    fn asker(&mut self, person: Person) -> Asker {
        self.asked += 1;
        Asker {
            who: who(person),
            key: InboxKey {
                source: "gallery".to_owned(),
                id: self.asked.to_string(),
            },
            room: Room {
                surface: Surface::Telegram,
                chat: -1001,
            },
        }
    }

    /// What a person gets for a button.
    pub(super) async fn press(&mut self, person: Person, action: Action) -> Reply {
        let asker = self.asker(person);
        self.talk.press(&asker, &action.encode()).await
    }

    /// What a person gets for a form that they hand in.
    pub(super) async fn hand_in(
        &mut self,
        person: Person,
        action: Action,
        values: &[(&str, &str)],
    ) -> Reply {
        let asker = self.asker(person);
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let values: Vec<_> = values.iter().map(owned).collect();
        self.talk.hand_in(&asker, &action.encode(), &values).await
    }

    /// What a person gets for a line that they type.
    pub(super) async fn typed(&mut self, person: Person, line: &str) -> Result<Reply> {
        let asker = self.asker(person);
        self.answer(&asker, line).await
    }

    /// The same in their own chat with the bot, as a sample.
    pub(super) async fn ask_alone(&mut self, person: Person, name: &str, line: &str) -> Result<()> {
        let mut asker = self.asker(person);
        asker.room.chat = asker.who.user.parse()?;
        let reply = self.answer(&asker, line).await?;
        self.add("answers", name, Sample::Reply(reply));
        Ok(())
    }

    async fn answer(&self, asker: &Asker, line: &str) -> Result<Reply> {
        let read = parse_text(line, "countersign_bot");
        let read = read.with_context(|| format!("{line} is no command"))?;
        Ok(self.talk.command(asker, read).await)
    }

    /// The same as a sample, called as what was typed.
    pub(super) async fn ask(
        &mut self,
        group: &'static str,
        person: Person,
        line: &str,
    ) -> Result<()> {
        let reply = self.typed(person, line).await?;
        let words = line.split(|c: char| !c.is_ascii_alphabetic());
        // Ids and figures are no part of a name.
        let words = words.filter(|word| !word.is_empty() && !word.chars().any(char::is_uppercase));
        let mut name: String = words.collect::<Vec<_>>().join("-");
        if self
            .scenes
            .iter()
            .any(|it| it.group == group && it.name == name)
        {
            name = format!("{name}-{}", self.asked);
        }
        self.add(group, &name, Sample::Reply(reply));
        Ok(())
    }
}

/// The second press of a question: the first of its buttons.
pub(super) fn second(reply: &Reply) -> Result<Action> {
    match reply {
        Reply::Choice(_, buttons) => Ok(buttons.first().context("a question has buttons")?.action),
        other => anyhow::bail!("no question was asked: {other:?}"),
    }
}
