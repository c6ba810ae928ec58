//! For tests: a strict Discord, and a line to it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use countersign_cards::Language;
use countersign_desk::ports::{Clock, Instants};
use countersign_fakes::discord::{DiscordFake, User};
use jiff::{SignedDuration, Timestamp};

use crate::{DiscordConfig, Elsewhere, Line, room::DiscordRoom};

/// Longer than anything should take.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// The machine's clock.
struct Machine {
    begun: Instant,
}

#[expect(
    clippy::disallowed_methods,
    reason = "budgets are counted in the machine's time"
)]
impl Clock for Machine {
    fn read(&self) -> Instants {
        let elapsed = self.begun.elapsed();
        Instants {
            wall: Timestamp::now(),
            monotonic: SignedDuration::try_from(elapsed).unwrap_or_default(),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "budgets are counted in the machine's time"
)]
fn line(fake: &DiscordFake) -> Line {
    let begun = Instant::now();
    let line = Line::new(DiscordConfig {
        token: fake.token().into(),
        channels: vec![i64::try_from(fake.channel()).expect("a number")],
        clock: Arc::new(Machine { begun }),
        language: Language::English,
        elsewhere: Some(Elsewhere {
            address: fake.addr(),
            authority: fake.ca_pem().to_owned(),
        }),
    });
    line.expect("a line")
}

/// A channel, a person, and a line.
pub(crate) struct Stand {
    pub(crate) fake: DiscordFake,
    pub(crate) ana: User,
    pub(crate) line: Line,
}

impl Stand {
    pub(crate) async fn new() -> Self {
        let fake = DiscordFake::start().await.expect("a fake");
        let (ana, line) = (fake.add_user("ana"), line(&fake));
        Self { fake, ana, line }
    }

    /// As after a crash: another process, which knows nothing.
    pub(crate) fn again(&mut self) {
        self.line = line(&self.fake);
    }

    pub(crate) fn room(&self) -> Arc<DiscordRoom> {
        self.line.rooms[0].clone()
    }

    /// Nothing came that a correct client never sends, and nothing too fast.
    pub(crate) fn well_behaved(&self) {
        assert_eq!(self.fake.violations(), []);
        assert!(self.fake.rate_refusals().is_empty());
    }
}
