//! A stage: a group with people, a bot, and the binary's demo that shows its cards there.

use std::{fmt::Write as _, fs, time::Duration};

use countersign_fakes::telegram::{Message, Person, TelegramFake};
use tempfile::TempDir;

use crate::{
    program::{BINARY, Program, Ran, command},
    terminal::folder,
};

/// How long a test waits for what should come soon.
pub(crate) const SOON: Duration = Duration::from_secs(60);

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
        let fake = TelegramFake::start().await.patient(SOON);
        let (ana, bo) = (fake.person("Ana"), fake.person("Bo"));
        let mallory = fake.person("Mallory");
        let group = fake.group("Desk", &[&ana, &bo, &mallory]);
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
        let mut text = String::new();
        let people = [(&self.ana, "Ana", "admin"), (&self.bo, "Bo", "viewer")];
        for (person, name, role) in people {
            let id = person.id();
            let _ = write!(
                text,
                "[[operators]]\nname = \"{name}\"\nrole = \"{role}\"\n\
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

    /// Starts the demo, in the desk's time of a chosen speed.
    pub(crate) fn demo(&self, more: &[&str]) -> Program {
        let home = self.home.path().display().to_string();
        let mut command = command(BINARY, self.home.path());
        command
            .env("COUNTERSIGN_TELEGRAM_TOKEN", self.fake.token())
            .args(["demo", "--home", &home, "--set", "web.enabled=false"])
            .args(more);
        Program::of(command)
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
