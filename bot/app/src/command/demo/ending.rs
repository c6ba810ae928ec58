//! The end of a demo: what is due is finished, what is left is said.

use std::time::Duration;

use anyhow::Result;
use countersign_cards::{self as cards, terminal as words};
use countersign_desk::{Desk, desk::PositionAsk, seen::Seen};
use countersign_domain::{calendar, position::PositionState, view::View};

use super::{Demo, cli_press};
use crate::stepper::TICK;

/// Ticks within which positions are closed or orders come to their end, at most.
const TICKS: u32 = 400;

/// Ticks after which what is still open is asked again to close.
const ASK_AGAIN: u32 = 20;

/// The longest that somebody who asked for the end waits for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Its time is over: positions are closed.
    TimeIsOver,
    /// Somebody asked for it: positions stay as they are.
    Asked,
}

impl Demo {
    /// Takes no new entries, finishes what is due, and reports what came of the day and what is
    /// left.
    pub(super) async fn wind_up(mut self, why: Why) -> Result<u8> {
        self.stepper.take_no_entries();
        match why {
            Why::TimeIsOver => self.close_all().await?,
            Why::Asked => self.drain().await?,
        }
        let desk = self.session.desk.clone();
        self.session.terminal.feed(&desk).await?;
        let report = desk.report(calendar::market_date(desk.now())).await?;
        let report = View::Report(Box::new(report));
        let card = cards::draw(&report, self.session.terminal.locale());
        self.session.terminal.print(&card.text());
        let terminal = self.session.terminal.clone();
        self.session.close().await?;
        terminal.written()?;
        Ok(0)
    }

    /// Orders in flight come to their end, at the demo's own pace; nobody waits for it for long.
    async fn drain(&mut self) -> Result<()> {
        self.session.hang_up().await;
        let terminal = self.session.terminal.clone();
        terminal.print(&words::draining(terminal.locale()));
        let mut waited = Duration::ZERO;
        for _ in 0..TICKS {
            let quiet = self.session.desk.seen().await?.live_orders().count() == 0;
            if quiet || waited > PATIENCE {
                break;
            }
            self.tick().await?;
            let wait = self.speed.wait(TICK).unwrap_or_default();
            waited += wait;
            #[expect(clippy::disallowed_methods, reason = "drivers own the loops")]
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// Cancels working entries and closes positions, at full speed.
    async fn close_all(&mut self) -> Result<()> {
        let desk = self.session.desk.clone();
        for tick in 0..TICKS {
            let seen = desk.seen().await?;
            if seen.live_orders().count() + seen.open_positions().count() == 0 {
                break;
            }
            if tick % ASK_AGAIN == 0 {
                ask_to_close(&desk, &seen).await;
            }
            self.tick().await?;
        }
        Ok(())
    }

    async fn tick(&mut self) -> Result<()> {
        self.stepper.go_to(self.stepper.now() + TICK).await?;
        self.session.terminal.feed(&self.session.desk).await?;
        Ok(())
    }
}

/// Asks for the end of everything that is not on its way out. What refuses has just ended, or is
/// asked again.
async fn ask_to_close(desk: &Desk, seen: &Seen) {
    for order in seen.live_orders() {
        if order.purpose.is_entry() && !order.cancel_wanted {
            let _ = desk.cancel(cli_press(), order.id).await;
        }
    }
    for position in seen.open_positions() {
        if position.state == PositionState::Open {
            let close = PositionAsk::Close;
            let _ = desk.ask_position(cli_press(), position.id, close).await;
        }
    }
}
