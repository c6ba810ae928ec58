//! Several home folders on one database.

use std::{path::Path, sync::Arc};

use countersign_app::{
    absent::NoMarket,
    clock::SystemClock,
    compose::{Parts, paper_desk},
    config::Config,
    ids::{SystemIds, holder},
};
use countersign_desk::{Desk, start::StartError};
use countersign_domain::money::Usd;
use countersign_store::sqlite_url;

async fn desk_of(config: &Config, home: &Path) -> Arc<Desk> {
    let clock = Arc::new(SystemClock::start());
    let ids = Arc::new(SystemIds::new(clock.clone()));
    let parts = Parts {
        home,
        clock,
        holder: holder("run", ids.as_ref()),
        ids,
        market: Arc::new(NoMarket),
        chats: Vec::new(),
    };
    paper_desk(config, parts).await.expect("a desk")
}

#[tokio::test]
async fn a_second_home_with_a_paper_account_of_its_own_does_not_get_the_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::built_in().expect("defaults");
    config.store.url = sqlite_url(&folder.path().join("shared.db"));
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));

    let desk = desk_of(&config, &first).await;
    desk.recover().await.expect("it comes up");
    let other = desk_of(&config, &second).await.recover().await;

    assert_eq!(other, Err(StartError::Held));
    // A start that is refused changes nothing of the desk that runs.
    let before = desk.seen().await.expect("a desk");
    let mut meddling = config.clone();
    meddling.limits.daily_loss = Usd::from_micros(5_000_000);
    meddling.paper.account = "other".to_owned();
    meddling.operators.clear();
    let refused = desk_of(&meddling, &second).await.recover().await;
    assert_eq!(refused, Err(StartError::Held));
    assert_eq!(desk.seen().await.expect("a desk"), before);
    assert!(!before.operators.is_empty());

    // Its own account is there after a crash, and nobody waits for the dead holder.
    drop(desk);
    let again = desk_of(&config, &first).await;
    again.recover().await.expect("it is its own");
}
