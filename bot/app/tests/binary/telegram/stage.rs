//! A stage: a group with people, a bot, and the binary's demo that shows its cards there.

use std::{fmt::Write as _, fs, path::Path, process::Command, time::Duration};

use countersign_cards::Action;
use countersign_domain::{
    event::Event,
    ids::DeskId,
    operator::{Room, Surface},
};
use countersign_fakes::telegram::{Answer, Message, Person, Press, TelegramFake};
use tempfile::TempDir;

use crate::{
    kept,
    program::{BINARY, Program, Ran, command},
    terminal::folder,
};

/// How long a test waits for what should come soon.
pub(crate) const SOON: Duration = Duration::from_mins(1);

/// The button that says yes.
pub(crate) const CONFIRM: &str = "✅ Confirm";

/// A group and its people; Ana may trade, Bo only looks, and nobody knows Mallory.
pub(crate) struct Stage {
    pub(crate) fake: TelegramFake,
    pub(crate) home: TempDir,
    pub(crate) group: i64,
    pub(crate) ana: Person,
    pub(crate) bo: Person,
    pub(crate) mallory: Person,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::in_chat(|fake, people| fake.group("Desk", people)).await
    }

    /// The same in a forum.
    pub(crate) async fn forum() -> Self {
        Self::in_chat(|fake, people| fake.forum("Desk", people)).await
    }

    async fn in_chat(made: impl FnOnce(&TelegramFake, &[&Person]) -> i64) -> Self {
        let fake = TelegramFake::start().await.patient(SOON);
        let (ana, bo) = (fake.person("Ana"), fake.person("Bo"));
        let mallory = fake.person("Mallory");
        let group = made(&fake, &[&ana, &bo, &mallory]);
        let home = folder();
        let stage = Self {
            fake,
            home,
            group,
            ana,
            bo,
            mallory,
        };
        stage.configure(&[group]);
        stage
    }

    /// Writes the configuration: cards in these chats.
    pub(crate) fn configure(&self, chats: &[i64]) {
        self.configure_as(
            chats,
            &[(&self.ana, "Ana", "admin"), (&self.bo, "Bo", "viewer")],
        );
    }

    /// Writes the configuration: cards in these chats, and what these people may.
    pub(crate) fn configure_as(&self, chats: &[i64], people: &[(&Person, &str, &str)]) {
        let mut text = String::new();
        for (person, name, role) in people {
            let id = person.id();
            // What JSON escapes, TOML reads.
            let name = serde_json::Value::from(*name);
            let _ = write!(
                text,
                "[[operators]]\nname = {name}\nrole = \"{role}\"\n\
                 identities = [{{ surface = \"telegram\", user = \"{id}\" }}]\n"
            );
        }
        let _ = write!(
            text,
            "[telegram]\nchats = {chats:?}\napi = \"{}\"\n",
            self.fake.address()
        );
        fs::write(self.home.path().join("config.toml"), text).expect("a file");
    }

    /// The demo as a command, in the desk's time of a chosen speed.
    pub(crate) fn command(&self, more: &[&str]) -> Command {
        self.command_in(self.home.path(), more)
    }

    /// The same in another home.
    pub(crate) fn command_in(&self, home: &Path, more: &[&str]) -> Command {
        let mut command = command(BINARY, home);
        let home = home.display().to_string();
        command
            .env("COUNTERSIGN_TELEGRAM_TOKEN", self.fake.token())
            .args(["demo", "--home", &home, "--set", "web.enabled=false"])
            .args(more);
        command
    }

    /// Starts the demo.
    pub(crate) fn demo(&self, more: &[&str]) -> Program {
        Program::of(self.command(more))
    }

    /// The card of a ticket that waits, once it is there.
    pub(crate) async fn card(&self) -> Message {
        self.message(&["Ticket offered", "Worst loss", "PAPER"])
            .await
    }

    /// Somebody presses what a card's button carried, now or once; the answer.
    pub(crate) async fn told(&self, who: &Person, card: &Message, data: &str) -> Answer {
        let press = who.forges(self.group, card.id, data);
        self.answered(&press).await
    }

    /// The answer to a press.
    pub(crate) async fn answered(&self, press: &Press) -> Answer {
        self.fake.until_answered(press).await
    }

    /// Waits until the process has noted which message shows a ticket's card: what dies before leaves
    /// a second copy.
    pub(crate) async fn noted(&self, card: &Message) {
        let confirm = Action::decode(&data(card, "Confirm")).expect("a button of ours");
        let ticket = confirm.ticket().expect("a ticket");
        let room = Room {
            surface: Surface::Telegram,
            chat: self.group,
        };
        kept::noted(self.home.path(), ticket, room).await;
    }

    /// The desk.
    pub(crate) async fn desk(&self) -> DeskId {
        kept::desk(self.home.path()).await
    }

    /// Everything that happened, as the store tells it.
    pub(crate) async fn events(&self) -> Vec<Event> {
        kept::events(self.home.path()).await
    }

    /// How many entries and exits were written down to be sent.
    pub(crate) async fn orders(&self) -> usize {
        kept::orders(self.home.path()).await
    }

    /// How many asks of strangers were refused and written down.
    pub(crate) async fn strangers(&self) -> usize {
        kept::strangers(self.home.path()).await
    }

    /// The newest message in the group that has all of these, once there is one.
    pub(crate) async fn message(&self, parts: &[&str]) -> Message {
        let has = |it: &&Message| parts.iter().all(|part| it.text().contains(part));
        self.fake
            .until(self.group, |chat| chat.seen().rev().find(has).cloned())
            .await
    }

    /// That message as it is now.
    pub(crate) async fn until(&self, id: i64, seen: impl Fn(&Message) -> bool) -> Message {
        self.fake
            .until(self.group, |chat| {
                chat.messages.get(&id).filter(|it| seen(it)).cloned()
            })
            .await
    }

    /// Nothing came that a correct client never sends, and nothing too fast.
    pub(crate) fn well_behaved(&self) {
        assert_eq!(self.fake.violations(), Vec::new());
        assert_eq!(self.fake.avoidable_429s(), 0);
    }
}

/// What a message's button carries.
pub(crate) fn data(message: &Message, label: &str) -> String {
    let buttons = message.content.buttons();
    let mut buttons = buttons.into_iter().flatten();
    let button = buttons.find(|it| it.label.contains(label));
    let data = button.and_then(|it| it.data);
    data.unwrap_or_else(|| panic!("no button {label:?} in {:?}", labels(message)))
}

/// True for a message with nothing to press.
pub(crate) fn is_bare(message: &Message) -> bool {
    labels(message).is_empty()
}

/// The labels of a message's buttons.
pub(crate) fn labels(message: &Message) -> Vec<String> {
    let buttons = message.content.buttons();
    buttons.into_iter().flatten().map(|it| it.label).collect()
}

/// Ends it as a person does.
pub(crate) fn quit(mut program: Program) -> Ran {
    program.press("q");
    let ran = program.end(SOON);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran
}
