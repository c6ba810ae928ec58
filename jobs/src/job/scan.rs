//! Scan: every underlying of the watchlist, every strategy; then what standing approvals cover is
//! confirmed.

use countersign_desk::{Desk, scan::ScanLine};

use super::JobError;

pub(super) async fn run(desk: &Desk) -> Result<Vec<ScanLine>, JobError> {
    let lines = desk.scan().await?;
    desk.confirm_standing().await?;
    Ok(lines)
}
