//! A hall: one desk whose cards are on Telegram, on Discord and in the console at once, and ten people
//! who are each known on both platforms.

use std::{fmt::Write as _, fs, time::Duration};

use countersign_cards::Action;
use countersign_domain::event::{Event, Fact};
use countersign_fakes::{
    discord::{Button, DiscordFake, MessageSeen, User},
    telegram::{Chat, Message, Person, TelegramFake},
};
use tempfile::TempDir;

use super::console::Visitor;
use crate::{
    kept,
    program::{BINARY, Program, command},
    terminal::folder,
};

/// How long a test waits for what should come soon.
pub(crate) const SOON: Duration = Duration::from_mins(1);

/// Who may trade.
const TRADERS: usize = 10;

pub(crate) struct Hall {
    pub(crate) telegram: TelegramFake,
    pub(crate) discord: DiscordFake,
    pub(crate) groups: Vec<i64>,
    pub(crate) channels: Vec<u64>,
    pub(crate) persons: Vec<Person>,
    pub(crate) users: Vec<User>,
    pub(crate) home: TempDir,
}

impl Hall {
    /// A hall with so many rooms on each platform.
    pub(crate) async fn with_rooms(rooms: usize) -> Self {
        let telegram = TelegramFake::start().await.patient(SOON);
        let discord = DiscordFake::start().await.expect("a fake");
        let names: Vec<String> = (0..TRADERS).map(|it| format!("Trader {it}")).collect();
        let persons: Vec<Person> = names.iter().map(|it| telegram.person(it)).collect();
        let everybody: Vec<&Person> = persons.iter().collect();
        let groups = (0..rooms).map(|_| telegram.group("Desk", &everybody));
        let groups = groups.collect();
        let users = (0..TRADERS).map(|it| discord.add_user(&format!("trader{it}")));
        let users = users.collect();
        let mut channels = vec![discord.channel()];
        channels.extend((1..rooms).map(|it| discord.add_channel(&format!("desk-{it}"))));
        let home = folder();
        fs::write(home.path().join("ca.pem"), discord.ca_pem()).expect("a file");
        let hall = Self {
            telegram,
            discord,
            groups,
            channels,
            persons,
            users,
            home,
        };
        hall.configure(&names);
        hall
    }

    fn configure(&self, names: &[String]) {
        let mut text = String::from(
            "[[operators]]\nname = \"Console\"\nrole = \"admin\"\nidentities = [{ surface = \"web\", user = \"console\" }]\n",
        );
        for ((name, person), user) in names.iter().zip(&self.persons).zip(&self.users) {
            let (person, user) = (person.id(), user.id());
            let _ = writeln!(
                text,
                "[[operators]]\nname = \"{name}\"\nrole = \"trader\"\nidentities = [\
                 {{ surface = \"telegram\", user = \"{person}\" }}, {{ surface = \"discord\", user = \"{user}\" }}]"
            );
        }
        let (groups, channels) = (&self.groups, &self.channels);
        let api = self.telegram.address();
        let _ = write!(
            text,
            "[telegram]\nchats = {groups:?}\napi = \"{api}\"\n[discord]\nchannels = {channels:?}\n[web]\nport = 0\n"
        );
        fs::write(self.home.path().join("config.toml"), text).expect("a file");
    }

    /// Starts the demo and opens its console.
    pub(crate) async fn demo(&self, more: &[&str]) -> (Program, Visitor) {
        let folder = self.home.path();
        let home = folder.display().to_string();
        let authority = folder.join("ca.pem");
        let test = format!("{},{}", self.discord.addr(), authority.display());
        let mut command = command(BINARY, folder);
        command
            .env("COUNTERSIGN_TELEGRAM_TOKEN", self.telegram.token())
            .env("COUNTERSIGN_DISCORD_TOKEN", self.discord.token())
            .env("COUNTERSIGN_TEST_DISCORD", test)
            .args(["demo", "--home", &home])
            .args(more);
        let mut program = Program::of(command);
        let told = program.expect(&["Web console: http://127.0.0.1:"], SOON);
        let link = told.split_whitespace().find(|it| it.starts_with("http://"));
        let visitor = Visitor::open(link.expect("a link")).await;
        (program, visitor)
    }

    /// A ticket that waits for an answer.
    pub(crate) async fn ticket(&self) -> String {
        let group = self.groups[0];
        let waits = |chat: &Chat| chat.seen().rev().find_map(ticket_on);
        self.telegram.until(group, waits).await
    }

    /// Its card in a group.
    pub(crate) async fn in_group(&self, group: i64, ticket: &str) -> Message {
        let shows = |it: &&Message| ticket_on(it).is_some_and(|it| it == ticket);
        let look = |chat: &Chat| chat.seen().find(shows).cloned();
        self.telegram.until(group, look).await
    }

    /// Its card in a channel.
    pub(crate) async fn in_channel(&self, channel: u64, ticket: &str) -> MessageSeen {
        let shows = |it: &MessageSeen| {
            let yes = |it: &Button| it.label.contains("Confirm") && it.custom_id.contains(ticket);
            it.buttons().iter().any(yes)
        };
        let found = self.discord.message_where(channel, SOON, shows).await;
        found.expect("a card to confirm")
    }

    /// How many tickets were confirmed, and how many orders were written down to be sent.
    pub(crate) async fn came_to(&self) -> (usize, usize) {
        let events: Vec<Event> = kept::events(self.home.path()).await;
        let yes = |it: &&Event| matches!(it.fact, Fact::TicketConfirmed { .. });
        let order = |it: &&Event| matches!(it.fact, Fact::OrderSubmitted(_));
        (
            events.iter().filter(yes).count(),
            events.iter().filter(order).count(),
        )
    }

    /// Nothing came that a correct client never sends, and nothing too fast.
    pub(crate) fn well_behaved(&self) {
        assert_eq!(self.telegram.violations(), Vec::new());
        assert_eq!(self.telegram.avoidable_429s(), 0);
        assert_eq!(self.discord.violations(), []);
        assert_eq!(self.discord.own_mistakes(), Vec::<String>::new());
        let refused = self.discord.rate_refusals();
        assert!(refused.is_empty(), "{refused:?}");
    }
}

/// The ticket that a card waits for an answer about.
fn ticket_on(card: &Message) -> Option<String> {
    let buttons = card.buttons().into_iter().flatten();
    let yes = buttons.filter(|it| it.label.contains("Confirm"));
    let mut actions = yes.filter_map(|it| Action::decode(&it.data?).ok());
    Some(actions.next()?.ticket()?.to_string())
}
