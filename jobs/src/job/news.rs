//! News: every source that is due is asked, what it told is read, and what follows is done.

use countersign_desk::Desk;

use super::JobError;

pub(super) async fn run(desk: &Desk) -> Result<(), JobError> {
    let polled = desk.poll_news().await?;
    if polled.taken > 0 || polled.failed > 0 {
        tracing::info!(
            desk.id = %desk.id(),
            asked = polled.asked,
            failed = polled.failed,
            taken = polled.taken,
            dropped = polled.dropped,
            "asked for news"
        );
    }
    Ok(())
}
