//! What changes around a desk beside what people press: the hour, the configuration, another
//! process, a scan.

use std::sync::Arc;

use countersign_desk::{
    Desk,
    scan::{Looked, ScanLine},
    start::StartError,
    work::Done,
};
use countersign_domain::{refusal::Refusal, ticket::Ticket};
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
