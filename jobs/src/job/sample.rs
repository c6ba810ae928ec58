//! Sample: what every position is worth goes into its history, in one batch.

use countersign_desk::Desk;

use super::JobError;

pub(super) async fn run(desk: &Desk) -> Result<(), JobError> {
    Ok(desk.sample().await?)
}
