//! What changes around a desk beside what people press: the hour, the configuration, another
//! process, a scan.

use std::sync::Arc;

use countersign_desk::{
    Desk,
    scan::{Looked, ScanLine},
    start::StartError,
    work::Done,
};
use countersign_domain::{ids::Revision, operator::Surface, refusal::Refusal, ticket::Ticket};
use jiff::Timestamp;

use super::{Setup, World};

impl World {
    /// Nothing is asked of anybody until then, as over a night; what is due then happens.
    pub fn jump(&mut self, to: Timestamp) {
        self.around(to);
        self.beat();
    }

    /// The same, and nobody drives the desk: what is due then waits for whoever asks first.
    pub fn unattended(&self, to: Timestamp) {
        self.around(to);
    }

    /// The process is stopped, its configuration is changed, and it is started again.
    pub fn reconfigure(&mut self, change: impl FnOnce(&mut Setup)) {
        self.stop();
        change(&mut self.setup);
        self.up();
    }

    /// The process is stopped, and a new one tries to start, once.
    ///
    /// # Errors
    ///
    /// Why it did not.
    pub fn restart(&mut self) -> Result<(), StartError> {
        self.stop();
        self.begin()
    }

    /// The same, with a changed configuration.
    ///
    /// # Errors
    ///
    /// Why it did not start.
    pub fn restart_with(&mut self, change: impl FnOnce(&mut Setup)) -> Result<(), StartError> {
        if self.desk.is_some() {
            self.stop();
        }
        change(&mut self.setup);
        self.begin()
    }

    fn begin(&mut self) -> Result<(), StartError> {
        let started = self.start().expect("no power cut is waited for");
        self.desk = Some(started?);
        Ok(())
    }

    /// Another process on the same desk, one that only decides: what it commits it leaves to
    /// whoever runs the desk.
    pub fn attach(&self, holder: &str) -> Arc<Desk> {
        let ports = self.ports(self.open_store(holder));
        Desk::attach(self.id, self.setup.settings.clone(), ports, holder)
    }

    /// Says yes to the last ticket in another process, which then hands over what it committed, or
    /// dies with it.
    pub fn confirm_elsewhere(&mut self, who: &str, hands_over: bool) {
        let Some(ticket) = self.tickets.last().copied() else {
            return;
        };
        let stands = self.story_of(ticket).ticket;
        let revision = stands.map_or(Revision::FIRST, |ticket| ticket.revision);
        let press = self.hand(Surface::Web, who);
        let what = if hands_over {
            "hands over"
        } else {
            "dies with it"
        };
        let words = format!("presses Confirm in another process, which {what}");
        self.journal.note(self.now(), who, &words);
        let other = self.attach(&format!("another process {}", self.presses));
        self.act_once(async |_| {
            let _ = other.confirm(press.clone(), ticket, revision).await;
            if hands_over {
                let _ = other.hand_over().await;
            }
        });
    }

    /// Where somebody traded by hand on this account, they make it hold what the desk thinks.
    pub fn make_good(&self) {
        if self.broker.truth().outside.is_empty() {
            return;
        }
        let mut apart = self.holdings();
        for (instrument, quantity) in self.broker.held() {
            *apart.entry(instrument).or_default() -= quantity;
        }
        for (instrument, quantity) in apart {
            if quantity != 0 {
                self.broker.trade_outside(instrument, quantity);
            }
        }
    }

    /// Scans the watchlist, and lets the cards of what is offered be drawn.
    pub fn scan(&mut self) -> Vec<ScanLine> {
        let lines = self.act(async |desk| desk.scan().await);
        let lines = lines.expect("the store answers");
        for line in &lines {
            if let Looked::Raised(Done::Ticket(ticket, _)) = line.looked {
                self.tickets.push(ticket);
            }
        }
        self.pump();
        lines
    }

    /// The ticket that was offered last, as it stands.
    pub fn stands(&self) -> Arc<Ticket> {
        let ticket = self.story_of(self.ticket()).ticket;
        ticket.expect("it is stored")
    }

    /// A refusal as a person reads it.
    pub fn in_words(&self, refusal: &Refusal) -> String {
        let english = countersign_cards::Locale::english();
        countersign_cards::refusal(refusal, self.now(), &english)
    }
}
