//! A stage: a channel with people, a bot, and the binary's demo that shows its cards there.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use countersign_cards::Action;
use countersign_domain::{
    event::Event,
    ids::TicketId,
    operator::{Room, Surface},
};
use countersign_fakes::discord::{DiscordFake, InteractionSeen, MessageSeen, User};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    kept,
    program::{BINARY, Program, Ran, command},
    terminal::folder,
};

/// How long a test waits for what should come soon.
pub(crate) const SOON: Duration = Duration::from_mins(1);

/// A channel and its people; Ana may trade, Bo only looks, and nobody knows Mallory.
pub(crate) struct Stage {
    pub(crate) fake: DiscordFake,
    pub(crate) home: TempDir,
    pub(crate) channel: u64,
    pub(crate) ana: User,
    pub(crate) bo: User,
    pub(crate) mallory: User,
    token: String,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let fake = DiscordFake::start().await.expect("a fake");
        let (ana, bo) = (fake.add_user("ana"), fake.add_user("bo"));
        let mallory = fake.add_user("mallory");
        let (channel, token) = (fake.channel(), fake.token());
        let home = folder();
        fs::write(home.path().join("ca.pem"), fake.ca_pem()).expect("a file");
        let stage = Self {
            fake,
            home,
            channel,
            ana,
            bo,
            mallory,
            token,
        };
        stage.configure("");
        stage
    }

    /// Writes the configuration: cards in the channel, and more of Discord's section.
    pub(crate) fn configure(&self, more: &str) {
        self.configure_in(&[self.channel], more);
    }

    /// The same with cards in these channels.
    pub(crate) fn configure_in(&self, channels: &[u64], more: &str) {
        let mut text = String::new();
        let people = [(&self.ana, "Ana", "admin"), (&self.bo, "Bo", "viewer")];
        for (person, name, role) in people {
            let id = person.id();
            let _ = write!(
                text,
                "[[operators]]\nname = \"{name}\"\nrole = \"{role}\"\nidentities = [{{ surface = \"discord\", user = \"{id}\" }}"
            );
            // Ana sits at the terminal too.
            let terminal = if name == "Ana" {
                ", { surface = \"terminal\", user = \"local\" }"
            } else {
                ""
            };
            let _ = writeln!(text, "{terminal}]");
        }
        let _ = writeln!(text, "[discord]\nchannels = {channels:?}\n{more}");
        fs::write(self.home.path().join("config.toml"), text).expect("a file");
    }

    fn authority(&self) -> PathBuf {
        self.home.path().join("ca.pem")
    }

    /// Adds to the configuration.
    pub(crate) fn add(&self, more: &str) {
        let file = self.home.path().join("config.toml");
        let mut text = fs::read_to_string(&file).expect("the settings");
        text.push_str(more);
        fs::write(file, text).expect("the settings");
    }

    /// The demo as a command, in the desk's time of a chosen speed.
    pub(crate) fn command(&self, more: &[&str]) -> Command {
        self.command_in(self.home.path(), more)
    }

    /// The same in another home.
    pub(crate) fn command_in(&self, home: &Path, more: &[&str]) -> Command {
        let mut command = command(BINARY, home);
        let home = home.display().to_string();
        let test = format!("{},{}", self.fake.addr(), self.authority().display());
        command
            .env("COUNTERSIGN_DISCORD_TOKEN", &self.token)
            .env("COUNTERSIGN_TEST_DISCORD", test)
            .env("RUST_LOG", "trace")
            .args(["demo", "--home", &home, "--set", "web.enabled=false"])
            .args(more);
        command
    }

    /// Starts the demo.
    pub(crate) fn demo(&self, more: &[&str]) -> Program {
        Program::of(self.command(more))
    }

    /// The bot's token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Everything that happened, as the store tells it.
    pub(crate) async fn events(&self) -> Vec<Event> {
        kept::events(self.home.path()).await
    }

    /// How many entries and exits were written down to be sent.
    pub(crate) async fn orders(&self) -> usize {
        kept::orders(self.home.path()).await
    }

    /// Asks the doctor, with a token.
    pub(crate) fn doctor(&self, token: &str) -> Ran {
        let home = self.home.path().display().to_string();
        let test = format!("{},{}", self.fake.addr(), self.authority().display());
        let ran = command(BINARY, self.home.path())
            .env("COUNTERSIGN_DISCORD_TOKEN", token)
            .env("COUNTERSIGN_TEST_DISCORD", test)
            .args(["doctor", "--home", &home])
            .output()
            .expect("the binary starts");
        Ran {
            code: ran.status.code(),
            out: String::from_utf8_lossy(&ran.stdout).into_owned(),
            err: String::from_utf8_lossy(&ran.stderr).into_owned(),
        }
    }

    /// The newest message in the channel that has all of these, once there is one.
    pub(crate) async fn message(&self, parts: &[&str]) -> MessageSeen {
        let has = |it: &MessageSeen| parts.iter().all(|part| it.text().contains(part));
        let found = self.fake.message_where(self.channel, SOON, has).await;
        found.unwrap_or_else(|error| panic!("{error} {parts:?}"))
    }

    /// The card of a ticket that waits for an answer.
    pub(crate) async fn offer(&self) -> MessageSeen {
        let has = |it: &MessageSeen| labels(it).iter().any(|it| it.contains("Confirm"));
        let found = self.fake.message_where(self.channel, SOON, has).await;
        found.expect("a card to confirm")
    }

    /// The commands, once they are offered and whoever writes one is heard.
    pub(crate) async fn commands(&self) -> Vec<Value> {
        self.fake.ready(SOON).await.expect("a session");
        let offered = self.fake.wait("commands", SOON, |fake| {
            Some(fake.commands(None)).filter(|it| !it.is_empty())
        });
        offered.await.expect("commands")
    }

    /// That message as it is now.
    pub(crate) async fn until(&self, id: u64, seen: impl Fn(&MessageSeen) -> bool) -> MessageSeen {
        let found = self.fake.wait("look of a message", SOON, |fake| {
            fake.message(id).filter(|it| seen(it))
        });
        let found = found.await;
        found.unwrap_or_else(|error| panic!("{error}: {:?}", self.fake.message(id)))
    }

    /// The first answer to an interaction.
    pub(crate) async fn answered(&self, interaction: u64) -> InteractionSeen {
        let answered = self.fake.answered(interaction, SOON).await;
        answered.unwrap_or_else(|error| panic!("{error}: {:?}", self.fake.interaction(interaction)))
    }

    /// Waits until the second process listens.
    pub(crate) async fn listens_again(&self) {
        let second = self.fake.wait("second session", SOON, |fake| {
            let (identifies, ..) = fake.gateway_counts();
            (identifies > 1 && fake.connected() == 1).then_some(())
        });
        second.await.expect("it identifies again");
    }

    /// Waits until the process has noted which message shows a ticket's card.
    pub(crate) async fn noted(&self, card: &MessageSeen) {
        self.noted_in(self.channel, card).await;
    }

    /// The same of its card in one of several channels.
    pub(crate) async fn noted_in(&self, channel: u64, card: &MessageSeen) {
        let chat = i64::try_from(channel).expect("a number");
        let room = Room {
            surface: Surface::Discord,
            chat,
        };
        kept::noted(self.home.path(), ticket(card), room).await;
    }

    /// Every card is one message: what stands at its foot stands nowhere else.
    pub(crate) fn one_message_each(&self) {
        let mut feet = BTreeSet::new();
        let cards = self.fake.messages(self.channel).into_iter();
        for message in cards.filter(|it| !it.embeds.is_empty()) {
            let foot = message.text().lines().last().map(str::to_owned);
            let card = foot.as_deref().and_then(|it| it.split(',').next());
            // The board's foot tells the time.
            let card = card.map(|it| it.split_once("As of").map_or(it, |_| "the board"));
            let card = card.map(str::to_owned);
            assert!(feet.insert(card), "twice: {foot:?}");
        }
        assert!(!feet.is_empty());
    }

    /// Ends it as a person does.
    pub(crate) fn quit(&self, mut program: Program) -> Ran {
        program.press("q");
        let ran = program.end(SOON);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        for said in [&ran.out, &ran.err] {
            assert!(!said.contains(&self.token), "the token is shown");
        }
        ran
    }

    /// Nothing came that a correct client never sends, and nothing too fast.
    pub(crate) fn well_behaved(&self) {
        assert_eq!(self.fake.violations(), []);
        assert_eq!(self.fake.own_mistakes(), Vec::<String>::new());
        assert!(
            self.fake.rate_refusals().is_empty(),
            "{:?}",
            self.fake.rate_refusals()
        );
    }
}

/// The ticket of a card that can be confirmed.
pub(crate) fn ticket(card: &MessageSeen) -> TicketId {
    let confirm = Action::decode(&data(card, "Confirm")).expect("a button of ours");
    confirm.ticket().expect("a ticket")
}

/// What a message's button carries.
pub(crate) fn data(message: &MessageSeen, label: &str) -> String {
    let buttons = message.buttons();
    let button = buttons.into_iter().find(|it| it.label.contains(label));
    button.expect("a button").custom_id
}

/// Presses a button of a card, named by what is written on it.
pub(crate) fn pressed(who: &User, message: u64, label: &str) -> u64 {
    who.presses(message, label).expect("a button")
}

/// The labels of a message's buttons.
pub(crate) fn labels(message: &MessageSeen) -> Vec<String> {
    message.buttons().into_iter().map(|it| it.label).collect()
}
