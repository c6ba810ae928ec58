//! What has to hold of a home folder, whatever happened to the processes that ran in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use countersign_app::{absent::NoMarket, audit::newest, clock::ManualClock};
use countersign_brokers::paper::{PaperBroker, PaperConfig};
use countersign_desk::{
    ports::{
        AuditVerdict, Broker as _, BrokerExecution, BrokerOrder, BrokerPosition, Cursor, Report,
        Store as _, StoredEvent, Story,
    },
    seen::Seen,
};
use countersign_domain::{
    execution::Execution,
    exit::ExitReason,
    ids::{DeskId, ExecutionId, OrderId},
    order::Order,
    position::{ClosedBy, PositionState},
    structure::Side,
};
use countersign_store::SqlStore;
use jiff::Timestamp;
use rust_decimal::Decimal;
use tempfile::TempDir;

use crate::program::run;

/// Tickets read at most.
const TICKETS: u32 = 10_000;

/// Everything that a home folder holds, as the store and the broker's own journal tell it.
pub(super) struct Kept {
    pub(super) seen: Arc<Seen>,
    pub(super) open_at_broker: Vec<BrokerOrder>,
    audit: AuditVerdict,
    stories: Vec<Story>,
    held_at_broker: Vec<BrokerPosition>,
    executed: Vec<BrokerExecution>,
    /// An event that lies before the one before it.
    backwards: Option<StoredEvent>,
}

impl Kept {
    /// Reads a home in which nothing runs; `None` when its desk is not set up yet.
    pub(super) fn read(home: &Path) -> Option<Self> {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().expect("a runtime");
        let aside = copy_of(home);
        runtime.block_on(Self::read_here(aside.path()))
    }

    /// Reads a home that may be written to: opening a store or a journal is a start.
    async fn read_here(home: &Path) -> Option<Self> {
        let file = home.join("countersign.db");
        if !file.is_file() {
            return None;
        }
        let url = format!("sqlite://{}", file.display());
        countersign_store::migrate(&url).await.expect("the store");
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let store = SqlStore::open(&url, clock.clone(), "proof".to_owned()).await;
        let store = store.expect("the store opens");
        let desk = store.desks().await.expect("its desks").pop()?;
        let mut stories = Vec::new();
        for ticket in store.tickets(desk, TICKETS).await.expect("its tickets") {
            stories.push(store.story(desk, ticket.id).await.expect("its story"));
        }
        // By the account's own time: nothing falls due while it is read.
        if let Some(row) = newest(&store, desk).await.expect("its events") {
            clock.set(row.event.at);
        }
        let config = PaperConfig {
            account: "demo".to_owned(),
            ..PaperConfig::default()
        };
        let paper = PaperBroker::open(home, config, Arc::new(NoMarket), clock);
        let paper = paper.expect("the broker's journal reads");
        let said = paper.updates(&Cursor::default()).await.expect("its words");
        let executed = said.reports.into_iter().filter_map(|report| match report {
            Report::Execution(execution) => Some(execution),
            Report::Order(_) => None,
        });
        Some(Self {
            seen: store.read(desk).await.expect("its state"),
            open_at_broker: paper.open_orders().await.expect("its orders"),
            audit: store.verify_audit(desk).await.expect("its chain"),
            stories,
            held_at_broker: paper.positions().await.expect("its positions"),
            executed: executed.collect(),
            backwards: backwards(&store, desk).await,
        })
    }

    /// Executions that the broker made and the store has not taken in.
    pub(super) fn untold(&self) -> Vec<&BrokerExecution> {
        let known: BTreeSet<&ExecutionId> = self.executions().map(|one| &one.id).collect();
        let untold = self.executed.iter().filter(|one| !known.contains(&one.id));
        untold.collect()
    }

    fn executions(&self) -> impl Iterator<Item = &Execution> {
        self.stories.iter().flat_map(|story| &story.executions)
    }
}

/// The first event that lies before the one before it: a start goes on where the last one stopped.
async fn backwards(store: &SqlStore, desk: DeskId) -> Option<StoredEvent> {
    let (mut after, mut last) = (0, Timestamp::MIN);
    loop {
        let page = store.events(desk, after, 1_000).await.expect("its events");
        after = page.last()?.seq;
        for row in page {
            if row.event.at < last {
                return Some(row);
            }
            last = row.event.at;
        }
    }
}

/// A copy of a home in which nothing runs.
pub(super) fn copy_of(home: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(home).expect("the home") {
        let entry = entry.expect("a file");
        if entry.file_type().expect("its kind").is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
        }
    }
    copy
}

/// Starts on what a killed process left and closes everything; what is wrong with the end.
pub(super) fn converges(home: &Path, config: &Path) -> Option<String> {
    let text = |path: &Path| path.display().to_string();
    let (folder, config) = (text(home), text(config));
    let args = ["demo", "--home", &folder, "--config", &config];
    let args = [&args[..], &["--speed", "max", "--minutes", "0"]].concat();
    let ran = run(home, &args);
    if ran.code != Some(0) || ran.err.contains("panicked") {
        return Some(format!("the next start failed: {ran:?}"));
    }
    let Some(kept) = Kept::read(home) else {
        return Some("the next start left no desk".to_owned());
    };
    let found = faults(&kept);
    (!found.is_empty()).then(|| format!("{}\n{}", found.join("; "), ran.out))
}

/// Everything that is wrong with a home in which all has come to its end.
pub(super) fn faults(kept: &Kept) -> Vec<String> {
    let mut found = Vec::new();
    if !matches!(kept.audit, AuditVerdict::Sound { .. }) {
        found.push(format!("{:?}", kept.audit));
    }
    let alive = [
        (kept.seen.open_positions().count(), "open positions"),
        (kept.seen.live_orders().count(), "live orders"),
        (kept.open_at_broker.len(), "orders open at the broker"),
        (kept.held_at_broker.len(), "positions held at the broker"),
    ];
    for (count, what) in alive.into_iter().filter(|(count, _)| *count > 0) {
        found.push(format!("{count} {what}"));
    }
    if let Some(row) = &kept.backwards {
        found.push(format!("time ran back at {row:?}"));
    }
    both_know_the_same_executions(kept, &mut found);
    for story in &kept.stories {
        found.extend(story_faults(story));
    }
    found
}

/// The store and the broker's journal tell the same executions, each once, each of an order that a
/// ticket asked for.
fn both_know_the_same_executions(kept: &Kept, found: &mut Vec<String>) {
    let mut ours: BTreeMap<&ExecutionId, &Execution> = BTreeMap::new();
    for execution in kept.executions() {
        if ours.insert(&execution.id, execution).is_some() {
            found.push(format!("{} is booked twice", execution.id));
        }
    }
    let orders = kept.stories.iter().flat_map(|story| &story.orders);
    let names: BTreeSet<(String, OrderId)> = orders.flat_map(|order| names(order)).collect();
    for theirs in &kept.executed {
        let Some(one) = ours.remove(&theirs.id) else {
            found.push(format!("the store lacks {theirs:?}"));
            continue;
        };
        let same = (one.instrument, one.side, one.quantity, one.price, one.fee)
            == (
                theirs.instrument,
                theirs.side,
                theirs.quantity,
                theirs.price,
                theirs.fee,
            );
        let name = theirs.client_order_id.as_ref().map(|id| id.0.clone());
        if !same
            || !name
                .zip(one.order)
                .is_some_and(|pair| names.contains(&pair))
        {
            found.push(format!("told {theirs:?}, booked {one:?}"));
        }
    }
    for id in ours.keys() {
        found.push(format!("{id} is booked, and the broker does not know it"));
    }
}

/// Every name that an order has had at the broker. Exits count their attempts per position.
fn names(order: &Order) -> impl Iterator<Item = (String, OrderId)> {
    (1..=order.attempt).map(|attempt| (order.client_order_id_of(attempt).0, order.id))
}

/// What is wrong with a ticket and what came of it.
fn story_faults(story: &Story) -> Option<String> {
    let ticket = story.ticket.as_ref()?;
    let entries: Vec<_> = story
        .orders
        .iter()
        .filter(|order| order.purpose.is_entry())
        .collect();
    if entries.len() > 1 {
        return Some(format!(
            "{} entries for ticket {}",
            entries.len(),
            ticket.id
        ));
    }
    let entry = entries.first()?;
    let terms = &ticket.terms;
    if entry.quantity > terms.contracts || entry.filled > terms.contracts {
        return Some(format!("more than ticket {} allows: {entry:?}", ticket.id));
    }
    let mine = |one: &&Execution| one.order == Some(entry.id);
    let spent: Decimal = story.executions.iter().filter(mine).map(paid).sum();
    let most = terms.limit.decimal() * Decimal::from(100 * entry.filled.0);
    if spent > most {
        return Some(format!(
            "{spent} paid where ticket {} says {most}",
            ticket.id
        ));
    }
    let position = story.position.as_ref()?;
    let all: Decimal = story.executions.iter().map(|one| -paid(one)).sum();
    let made = position.realised().decimal();
    (!position.is_flat() || all != made)
        .then(|| format!("executions make {all}, position {} {made}", position.id))
}

/// Dollars that an execution cost, before fees.
fn paid(one: &Execution) -> Decimal {
    let amount = one.price.decimal() * Decimal::from(100 * one.quantity);
    match one.side {
        Side::Buy => amount,
        Side::Sell => -amount,
    }
}

/// How positions were closed; nobody did it by hand.
pub(super) fn closed_by_their_plans(kept: &Kept) -> String {
    let mut reasons: BTreeMap<String, u32> = BTreeMap::new();
    for position in kept.stories.iter().filter_map(|one| one.position.as_ref()) {
        let PositionState::Closed { by, .. } = position.state else {
            panic!("{position:?} is not closed");
        };
        let ClosedBy::Exit(reason) = by else {
            panic!("{position:?} was not closed by an exit");
        };
        let by_hand = matches!(reason, ExitReason::Human | ExitReason::Brake);
        assert!(!by_hand, "{position:?} was closed by hand");
        *reasons.entry(format!("{reason:?}")).or_default() += 1;
    }
    assert!(!reasons.is_empty(), "no position was ever opened");
    let words: Vec<String> = reasons
        .iter()
        .map(|(reason, count)| format!("{count} by {reason}"))
        .collect();
    let tickets = kept.stories.len();
    format!("{tickets} tickets, positions closed: {}", words.join(", "))
}
