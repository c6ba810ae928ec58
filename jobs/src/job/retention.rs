//! Retention: history, finished effects and inbox keys are deleted after 90 days; events never.

use countersign_desk::Desk;
use jiff::{SignedDuration, Timestamp};

use super::JobError;

/// How long what may go is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

pub(super) async fn run(desk: &Desk, slot: Timestamp) -> Result<(), JobError> {
    let rows = desk.store().retain(desk.id(), slot - KEPT).await?;
    tracing::info!(desk.id = %desk.id(), rows, "deleted what is kept for a while only");
    Ok(())
}
