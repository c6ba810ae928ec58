//! Many cards that wait because a platform is down, and how fast it takes them once it is there.

use std::{collections::BTreeSet, fmt::Write as _, time::Duration};

use countersign_domain::event::{Event, Fact};

use crate::figures::{self, figure};

/// The longest that gathering or draining may take.
pub(crate) const PATIENCE: Duration = Duration::from_mins(12);

/// The desk goes on at a person's pace, and offers nothing new.
pub(crate) const QUIET: [&str; 4] = ["--speed", "1", "--set", "trade.quiet_minutes=390"];

/// Who signs a standing approval on this machine.
const LOCAL: &str = "[[operators]]\nname = \"Local\"\nrole = \"admin\"\n\
    identities = [{ surface = \"cli\", user = \"local\" }]\n";

/// How much a story gathers.
pub(crate) struct Backlog {
    /// Chats that are shown every card.
    pub(crate) rooms: usize,
    /// Cards that have to wait at least: one for each ticket and position, in each chat.
    cards: usize,
    /// Underlyings that are looked at; 0 for those that the desk has by itself.
    symbols: usize,
}

impl Backlog {
    /// A small one, so many cards in so many chats; where figures are wanted a large one, of so many
    /// underlyings.
    pub(crate) fn of(small: (usize, usize), symbols: usize) -> Self {
        if figures::are_wanted() {
            return Self {
                rooms: 50,
                cards: 10_000,
                symbols,
            };
        }
        Self {
            rooms: small.0,
            cards: small.1,
            symbols: 0,
        }
    }

    /// What the settings need beside the rooms: somebody to trade by themselves, and much to trade.
    pub(crate) fn settings(&self) -> String {
        let mut text = LOCAL.to_owned();
        if self.symbols == 0 {
            return text;
        }
        let names = ('A'..='Z').flat_map(|a| ('A'..='Z').map(move |b| format!("Q{a}{b}")));
        let names: Vec<String> = names.take(self.symbols).collect();
        let _ = write!(
            text,
            "[trade]\nwatchlist = {names:?}\n[limits]\nopen_positions = 10000\n\
             orders_per_minute = 600\norders_per_day = 100000\ndaily_loss = \"1000000\"\n"
        );
        for name in names {
            let _ = write!(
                text,
                "[[synthetic.symbols]]\nsymbol = \"{name}\"\nprice = \"140\"\nvol = 0.42\n"
            );
        }
        text
    }

    /// The desk trades by itself for a while, and ends.
    pub(crate) const fn gathering(&self) -> [&str; 5] {
        let minutes = if self.symbols == 0 { "120" } else { "60" };
        ["--auto-confirm", "--speed", "max", "--minutes", minutes]
    }

    /// True when so much is to be shown that enough waits.
    pub(crate) const fn suffices(&self, shown: usize) -> bool {
        shown * self.rooms >= self.cards
    }

    /// The tickets and positions that every chat has to show.
    pub(crate) fn gathered(events: &[Event]) -> BTreeSet<String> {
        let shown = events.iter().filter_map(|it| match &it.fact {
            Fact::TicketOffered(ticket) => Some(ticket.id.to_string()),
            Fact::PositionOpened { position, .. } => Some(position.to_string()),
            _ => None,
        });
        shown.collect()
    }
}

/// Whether these messages of a chat show all of them.
pub(crate) fn shows_all<'a>(
    texts: impl Iterator<Item = &'a str>,
    wanted: &BTreeSet<String>,
) -> bool {
    let mut feet = BTreeSet::new();
    for text in texts {
        let foot = text.lines().last().unwrap_or_default();
        feet.extend(foot.split([' ', ',']));
    }
    wanted.iter().all(|it| feet.contains(it.as_str()))
}

/// How many calls a platform took in a second from the first to the last, and prints it beside its
/// cap.
pub(crate) fn pace(what: &str, mut at: Vec<Duration>, cap: f64) {
    at.sort_unstable();
    let took = at[at.len() - 1].saturating_sub(at[0]).as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a count of calls")]
    let pace = (at.len() - 1) as f64 / took;
    figure(
        &format!("{what}, messages and edits"),
        &at.len(),
        &format!("in {took:.1} s"),
    );
    figure(&format!("{what}, pace"), &format!("{pace:.2}"), "/s");
    figure(
        &format!("{what}, of the platform's {cap} a second"),
        &format!("{:.1}", 100.0 * pace / cap),
        "%",
    );
}
