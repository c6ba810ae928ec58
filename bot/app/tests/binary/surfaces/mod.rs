//! The same desk on Telegram, on Discord and in the console: whoever is first decides, everybody is
//! answered, and every copy shows it. The figures are printed; `tests/bench` takes them in release.

mod console;
mod decisions;
mod hall;

use std::time::Duration;

use countersign_domain::operator::Surface;
use countersign_fakes::{discord::InteractionSeen, telegram::Press};
use futures::{StreamExt as _, future::join_all, stream};

use crate::{
    figures::{self, Took},
    program::now,
    telegram::stage::{data, quit},
};
use console::{Told, Visitor};
use decisions::{Onlooker, Times};
use hall::{Hall, SOON};

/// Presses in a second on three surfaces together, and for how many seconds.
const RATE: u32 = 100;
const SECONDS: u32 = 10;

/// What is printed of how long things took.
const PRINTED: [usize; 3] = [50, 99, 100];

/// A ticket waits long enough for the story.
const LONG: [&str; 2] = ["--set", "trade.ticket_seconds=900"];

/// What the presses of a story were told.
struct Presses {
    on_telegram: Vec<Press>,
    on_discord: Vec<u64>,
    in_console: Vec<Told>,
    at: Times,
}

impl Presses {
    /// Waits for every answer: what was said, and how long it took.
    async fn answered(&self, hall: &Hall, what: &str) -> (Vec<String>, [Took; 3]) {
        let mut said: Vec<String> = Vec::new();
        for press in &self.on_telegram {
            said.push(hall.telegram.until_answered(press).await.text);
        }
        let known = hall.telegram.presses();
        let known = |press: &Press| known.iter().find(|it| it.id == press.id)?.latency();
        let telegram = self.on_telegram.iter().filter_map(known).collect();
        let mut discord = Vec::new();
        for press in &self.on_discord {
            let told = hall.discord.wait("words to a press", SOON, |fake| {
                let seen = fake.interaction(*press)?;
                Some((seen.callback.clone()?.latency, words(&seen)?))
            });
            let (latency, words) = told.await.unwrap_or_else(|error| panic!("{error}"));
            discord.push(latency);
            said.push(words);
        }
        said.extend(self.in_console.iter().map(|it| it.sentence.clone()));
        let console = self.in_console.iter().map(|it| it.took).collect();
        let took = |surface: &str, all| Took::new(&format!("{what}, answered {surface}"), all);
        let answers = [
            took("on Telegram", telegram),
            took("on Discord", discord),
            took("in the console", console),
        ];
        (said, answers)
    }
}

/// What a press on Discord was told: at once, or below an acknowledgement that came first.
fn words(seen: &InteractionSeen) -> Option<String> {
    let acknowledged = seen.callback.as_ref().is_some_and(|it| it.kind == 6);
    let words = if acknowledged {
        seen.followups.first()?.text()
    } else {
        seen.text()
    };
    Some(words).filter(|it| !it.is_empty())
}

/// Whether an answer says who had decided before.
fn is_late(said: &str) -> bool {
    said.contains("Confirmed by")
}

// R1 R14
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_presses_from_three_surfaces_make_one_order_and_999_polite_answers() {
    let hall = Hall::with_rooms(1).await;
    let (program, visitor) = hall.demo(&LONG).await;
    let (group, channel) = (hall.groups[0], hall.channels[0]);
    let ticket = hall.ticket().await;
    let in_group = hall.in_group(group, &ticket).await;
    let in_channel = hall.in_channel(channel, &ticket).await;
    let confirm = data(&in_group, "Confirm");
    let path = format!("/{ticket}/1/confirm");
    let forms = visitor.forms(&path, 300).await;

    // A session tells what became of its newest presses alone: a browser waits for its answers.
    let console = stream::iter(forms.iter().map(|form| visitor.press(form)));
    let console = console.buffered(4).collect();
    let platforms = async {
        let on_telegram = (0..400).map(|at| {
            let person = &hall.persons[at % hall.persons.len()];
            person.forges(group, in_group.id, &confirm)
        });
        let on_telegram: Vec<Press> = on_telegram.collect();
        let on_discord = (0..300).map(|at| {
            let user = &hall.users[at % hall.users.len()];
            user.presses_late(in_channel.id, "Confirm")
                .expect("a press")
        });
        (on_telegram, on_discord.collect())
    };
    let (in_console, (on_telegram, on_discord)) = tokio::join!(console, platforms);
    let presses = Presses {
        on_telegram,
        on_discord,
        in_console,
        at: Times::new(),
    };

    let (said, answers) = presses.answered(&hall, "1,000 presses at once").await;
    let late = said.iter().filter(|it| is_late(it)).count();
    assert_eq!((said.len(), late), (1_000, 999), "{said:?}");
    assert_eq!(hall.came_to().await, (1, 1));
    for answers in answers {
        answers.print(&PRINTED);
    }
    quit(program);
    hall.well_behaved();
}

/// Presses that come at their rate, whatever becomes of those before.
async fn at_a_rate(hall: &Hall, visitor: &Visitor) -> Presses {
    let (group, channel) = (hall.groups[0], hall.channels[0]);
    let ticket = hall.ticket().await;
    let in_group = hall.in_group(group, &ticket).await;
    let in_channel = hall.in_channel(channel, &ticket).await;
    let (yes, aside) = (data(&in_group, "Confirm"), data(&in_group, "Snooze"));
    let third = usize::try_from(RATE * SECONDS / 3).expect("small");
    let path = format!("/{ticket}/1/snooze");
    let mut forms = visitor.forms(&path, third).await.into_iter();
    let mut beats = tokio::time::interval(Duration::from_secs(1) / RATE);
    let (mut on_telegram, mut on_discord, mut posted) = (Vec::new(), Vec::new(), Vec::new());
    let mut times = Times::new();
    for at in 0..RATE * SECONDS {
        beats.tick().await;
        let who = usize::try_from(at).expect("small") % hall.persons.len();
        // Yes in the second half, so that some presses decide and some come too late.
        let decides = at > RATE * SECONDS / 2;
        let whose = match at % 3 {
            0 => (format!("Trader {who}"), Surface::Telegram),
            1 => (format!("Trader {who}"), Surface::Discord),
            _ => ("Console".to_owned(), Surface::Web),
        };
        times.entry(whose).or_default().push(now());
        match at % 3 {
            0 => {
                let payload = if decides { &yes } else { &aside };
                on_telegram.push(hall.persons[who].forges(group, in_group.id, payload));
            }
            1 => {
                let button = if decides { "Confirm" } else { "Snooze" };
                let press = hall.users[who].presses_late(in_channel.id, button);
                on_discord.push(press.expect("a press"));
            }
            _ => {
                let form = forms.next().expect("a form for each");
                let (visitor, form) = (visitor.clone(), form.with("seconds", "60"));
                posted.push(tokio::spawn(async move { visitor.press(&form).await }));
            }
        }
    }
    let in_console = join_all(posted).await.into_iter();
    Presses {
        on_telegram,
        on_discord,
        in_console: in_console.map(|it| it.expect("an answer")).collect(),
        at: times,
    }
}

// R14
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_presses_in_a_second_over_three_surfaces_are_all_answered() {
    let hall = Hall::with_rooms(1).await;
    let (program, visitor) = hall.demo(&LONG).await;
    let onlooker = Onlooker::of(hall.home.path()).await;
    let presses = at_a_rate(&hall, &visitor).await;
    let committed = onlooker.since(&presses.at).await;
    let what = format!("{RATE} presses a second for {SECONDS} s");
    let (said, answers) = presses.answered(&hall, &what).await;
    assert_eq!(said.len(), usize::try_from(RATE * SECONDS).expect("small"));
    assert_eq!(hall.came_to().await, (1, 1));
    for answers in answers {
        answers.print(&PRINTED);
    }
    Took::new(&format!("{what}, decision committed"), committed).print(&PRINTED);
    quit(program);
    hall.well_behaved();
}

/// Tickets that are decided in this story, where figures are wanted and elsewhere, and rooms on each
/// platform.
const DECISIONS: (usize, usize) = (20, 3);
const ROOMS: usize = 3;

// R5
#[tokio::test(flavor = "multi_thread")]
async fn when_somebody_decides_every_copy_on_every_surface_loses_its_buttons() {
    let hall = Hall::with_rooms(ROOMS).await;
    let (program, visitor) = hall.demo(&LONG).await;
    let mut took = Vec::new();
    let decisions = if figures::are_wanted() {
        DECISIONS.0
    } else {
        DECISIONS.1
    };
    for _ in 0..decisions {
        let ticket = hall.ticket().await;
        let mut in_groups = Vec::new();
        for group in &hall.groups {
            in_groups.push(hall.in_group(*group, &ticket).await);
        }
        let mut in_channels = Vec::new();
        for channel in &hall.channels {
            in_channels.push(hall.in_channel(*channel, &ticket).await);
        }
        let form = visitor.form(&format!("/{ticket}/1/decline")).await;
        let form = form.with("reason", "price");
        let begun = now();
        visitor.press(&form).await;
        let groups = in_groups.iter().map(|card| async {
            let bare = |chat: &countersign_fakes::telegram::Chat| {
                let now = chat.messages.get(&card.id)?;
                now.buttons().is_empty().then_some(())
            };
            hall.telegram.until(card.chat, bare).await;
            begun.elapsed()
        });
        let channels = in_channels.iter().map(|card| async {
            let bare = hall.discord.wait("bare card", SOON, |fake| {
                let now = fake.message(card.id)?;
                now.buttons().is_empty().then_some(())
            });
            bare.await.unwrap_or_else(|error| panic!("{error}"));
            begun.elapsed()
        });
        let (groups, channels) = tokio::join!(join_all(groups), join_all(channels));
        took.extend(groups.into_iter().chain(channels));
    }
    assert_eq!(took.len(), decisions * ROOMS * 2);
    Took::new("from a press to a copy without buttons", took).print(&[50, 95, 100]);
    quit(program);
    hall.well_behaved();
}
