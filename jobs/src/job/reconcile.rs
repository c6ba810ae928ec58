//! Reconcile: what the broker holds against what we think.

use countersign_desk::Desk;

use super::JobError;

pub(super) async fn run(desk: &Desk) -> Result<(), JobError> {
    Ok(desk.reconcile().await?)
}
