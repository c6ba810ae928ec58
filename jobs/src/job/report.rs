//! Report: the day's end goes on the cards.

use countersign_desk::Desk;
use countersign_domain::calendar;
use jiff::Timestamp;

use super::JobError;

pub(super) async fn run(desk: &Desk, slot: Timestamp) -> Result<(), JobError> {
    Ok(desk.post_report(calendar::market_date(slot)).await?)
}
