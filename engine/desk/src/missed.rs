//! Slots of jobs that nothing ran: reported, never caught up in a burst.

use countersign_domain::{calendar, event::Fact, ids::DeskId, refusal::Answer};

use crate::{
    desk::Desk,
    draft::Draft,
    ports::StoreError,
    work::{Done, Work},
};

/// Slots of one job that nothing ran.
#[derive(Clone, Debug, PartialEq)]
struct Missed {
    desk: DeskId,
    job: String,
    count: u64,
}

impl Work for Missed {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.note(Fact::SlotsMissed {
            job: self.job.clone(),
            count: self.count,
        });
        let mut day = draft.seen().day.on(calendar::market_date(draft.now()));
        let count = day.missed.entry(self.job.clone()).or_default();
        *count = count.saturating_add(self.count);
        draft.day(day);
        Ok(Done::Ok)
    }
}

impl Desk {
    /// Notes that so many slots of a job passed with nothing to run them.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the report of the day says less than it should.
    pub async fn missed(&self, job: &str, count: u64) -> Result<(), StoreError> {
        let work = Missed {
            desk: self.id,
            job: job.to_owned(),
            count,
        };
        self.run(work).await.map(|_| ())
    }

    /// Draws the report of a New York day on every surface.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    pub async fn post_report(&self, date: jiff::civil::Date) -> Result<(), StoreError> {
        self.run(PostReport {
            desk: self.id,
            date,
        })
        .await
        .map(|_| ())
    }
}

/// The report of a day goes on the cards.
#[derive(Clone, Debug, PartialEq)]
struct PostReport {
    desk: DeskId,
    date: jiff::civil::Date,
}

impl Work for PostReport {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        draft.draw(crate::ports::CardKey::Report(self.date));
        Ok(Done::Ok)
    }
}
