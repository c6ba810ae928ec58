//! Expire: tickets that nobody decided in time lose their buttons.

use countersign_desk::Desk;

use super::JobError;

pub(super) async fn run(desk: &Desk) -> Result<(), JobError> {
    Ok(desk.expire_due().await?)
}
