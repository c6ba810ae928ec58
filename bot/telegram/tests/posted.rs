//! Whatever is posted with the secret: it is answered, breaks nothing, and the next press is heard.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use countersign_brokers::paper::{PaperBroker, PaperConfig};
use countersign_cards::{Language, Locale};
use countersign_chat::Talk;
use countersign_desk::{
    Desk, DeskConfig, Ports,
    manners::AllManners,
    ports::{Clock, Ids, Instants},
    scan::Screening,
    seen::DeskRow,
    settings::DeskSettings,
};
use countersign_domain::{
    event::Fact,
    ids::{AccountId, DeskId, OperatorId, TicketId},
    limits::Limits,
    money::Usd,
    operator::{Actor, Identity, Operator, Role, Surface},
    trading::TradingState,
    view::Mode,
};
use countersign_fakes::telegram::{Person, Seal, TelegramFake};
use countersign_feeds::scripted::ScriptedMarket;
use countersign_store::{SqlStore, migrate, sqlite_url};
use countersign_telegram::{Line, TelegramConfig, Webhook};
use jiff::{SignedDuration, Timestamp};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::{Index, select},
    strategy::BoxedStrategy,
    test_runner::{Config, TestRunner},
};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime};

const HOST: &str = "https://desk.example";

/// The machine's time.
struct Machine(Instant);

impl Clock for Machine {
    #[expect(
        clippy::disallowed_methods,
        reason = "budgets are counted in real time"
    )]
    fn read(&self) -> Instants {
        Instants {
            wall: Timestamp::now(),
            monotonic: SignedDuration::try_from(self.0.elapsed()).expect("a short test"),
        }
    }
}

/// Ids in their order.
#[derive(Default)]
struct Numbers(AtomicU64);

impl Ids for Numbers {
    fn next(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// A desk that hears what is posted, and a group in which Ana may trade.
struct Stage {
    fake: TelegramFake,
    desk: Arc<Desk>,
    group: i64,
    ana: Person,
    mallory: Person,
    _home: TempDir,
}

fn row(group: i64) -> DeskRow {
    let dollars = Usd::from_micros(1_000_000_000);
    DeskRow {
        id: DeskId::from_bits(7),
        name: "Desk".to_owned(),
        account: AccountId("paper".to_owned()),
        mode: Mode::Paper,
        trading: TradingState::Active,
        wanted: TradingState::Active,
        flat_wanted: false,
        starts: 0,
        started_at: None,
        limits: Limits {
            worst_loss_per_ticket: dollars,
            contracts_per_order: 10,
            value_per_order: dollars,
            open_positions: 5,
            exposure_per_underlying: dollars,
            orders_per_minute: 10,
            orders_per_day: 50,
            daily_loss: dollars,
            quote_age_s: 20,
            spread_bps: 1_500,
            drift_bps: 1_000,
        },
        rooms: vec![countersign_domain::operator::Room {
            surface: Surface::Telegram,
            chat: group,
        }],
        moved: BTreeMap::new(),
        manners: AllManners::default(),
        scanning: countersign_domain::scanning::Scanning::default(),
        alerts: countersign_desk::alerts::Alerts::default(),
        let_pass: Vec::new(),
        configured: None,
    }
}

async fn desk(home: &TempDir, line: &Line, group: i64, ana: &Person) -> Arc<Desk> {
    #[expect(
        clippy::disallowed_methods,
        reason = "budgets are counted in real time"
    )]
    let begun = Instant::now();
    let clock = Arc::new(Machine(begun));
    let market = Arc::new(ScriptedMarket::new(clock.now()));
    let paper = PaperConfig::default();
    let broker = PaperBroker::open(home.path(), paper, market.clone(), clock.clone());
    let url = sqlite_url(&home.path().join("desk.db"));
    migrate(&url).await.expect("a database");
    let store = SqlStore::open(&url, clock.clone(), "test".to_owned()).await;
    let ports = Ports {
        broker: Arc::new(broker.expect("an account")),
        market,
        chats: line.rooms().collect(),
        store: Arc::new(store.expect("a store")),
        clock,
        ids: Arc::new(Numbers::default()),
        news: countersign_desk::news::NewsDesk::default(),
    };
    let config = DeskConfig {
        row: row(group),
        operators: vec![Operator {
            id: OperatorId::from_bits(1_001),
            name: "Ana".to_owned(),
            role: Role::Admin,
            identities: vec![Identity {
                surface: Surface::Telegram,
                user: ana.id().to_string(),
            }],
        }],
        settings: DeskSettings::default(),
        screening: Screening::default(),
    };
    let desk = Desk::open(config, ports, "test").await.expect("a desk");
    desk.recover().await.expect("recovered");
    desk
}

impl Stage {
    async fn new() -> Self {
        let fake = TelegramFake::start().await.patient(Duration::from_secs(30));
        let (ana, mallory) = (fake.person("Ana"), fake.person("Mallory"));
        let group = fake.group("Desk", &[&ana, &mallory]);
        let home = TempDir::new().expect("a folder");
        #[expect(
            clippy::disallowed_methods,
            reason = "budgets are counted in real time"
        )]
        let begun = Instant::now();
        let line = Line::new(TelegramConfig {
            token: fake.token().into(),
            api: fake.address(),
            chats: vec![group],
            clock: Arc::new(Machine(begun)),
            language: Language::English,
        });
        let line = line.expect("a line");
        let desk = desk(&home, &line, group, &ana).await;
        let talk = Talk::new(desk.clone(), Arc::new(Locale::of(Language::English)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its number");
        fake.pass_on(HOST, &format!("http://{address}"));
        let webhook = Webhook::new(HOST, "quiet_1".to_owned().into()).expect("an address");
        tokio::spawn(async move {
            let stopped = std::future::pending();
            line.take_posts(listener, webhook, talk, stopped).await
        });
        fake.until_posted_to().await;
        Self {
            fake,
            desk,
            group,
            ana,
            mallory,
            _home: home,
        }
    }

    /// Updates as the platform sends them: presses of anybody, words, commands and answers.
    fn updates(&self) -> Vec<Value> {
        let ticket = TicketId::from_bits(3);
        let message = self.ana.sends(self.group, "/whoami");
        let mut updates = Vec::new();
        for who in [&self.ana, &self.mallory] {
            for data in [
                format!("v1:confirm:{ticket}:1"),
                format!("v1:halt:{}:0", self.desk.id()),
                "v9:what".to_owned(),
            ] {
                let press = who.forges(self.group, message, &data);
                let mut update = self.fake.update_of(&press);
                // The platform's own one is told too: this is another press.
                update["callback_query"]["id"] = json!(format!("again{}", press.id));
                updates.push(update);
            }
        }
        let pressed = updates[0]["callback_query"]["message"].clone();
        let mut said = json!({"update_id": 5, "message": pressed});
        said["message"]["text"] = json!("/status");
        updates.push(said);
        updates
    }

    /// Presses of somebody on no list that were refused and written down.
    async fn strangers(&self) -> usize {
        let store = self.desk.store();
        let (mut after, mut count) = (0, 0);
        loop {
            let rows = store.events(self.desk.id(), after, 1_000).await;
            let rows = rows.expect("its events");
            let Some(last) = rows.last() else {
                return count;
            };
            after = last.seq;
            let refused = rows.iter().filter(|row| {
                matches!(row.event.actor, Actor::Stranger(_))
                    && matches!(row.event.fact, Fact::Refused { .. })
            });
            count += refused.count();
        }
    }
}

/// Any JSON.
fn json_of_any_kind() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(vec![i64::MIN, -1, 0, i64::MAX]).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[_*\\[\\]()~`>#+=|{}.!<&/@-]{0,40}".prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(4, 64, 6, |inner| {
        let name = select(vec!["update_id", "message", "callback_query", "id", "from"]);
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((name, inner), 0..6).prop_map(|all| {
                let all = all.into_iter().map(|(name, it)| (name.to_owned(), it));
                Value::Object(all.collect::<Map<_, _>>())
            }),
        ]
    });
    tree.boxed()
}

/// Every place in a value, by its path.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(all) => {
            for (name, inner) in all {
                places(inner, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(all) => {
            for (index, inner) in all.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// A good update with another value in a place or two.
fn changed(updates: Vec<Value>) -> BoxedStrategy<Vec<u8>> {
    let change = (any::<Index>(), json_of_any_kind());
    let made = (select(updates), vec(change, 1..3)).prop_map(|(mut update, changes)| {
        for (place, other) in changes {
            let mut all = Vec::new();
            places(&update, "", &mut all);
            if let Some(there) = update.pointer_mut(place.get::<String>(&all)) {
                *there = other;
            }
        }
        update.to_string().into_bytes()
    });
    made.boxed()
}

/// A good update whose bytes are cut off or turned over.
fn torn(updates: Vec<Value>) -> BoxedStrategy<Vec<u8>> {
    let made = (select(updates), any::<Index>(), any::<u8>(), any::<bool>());
    let made = made.prop_map(|(update, place, byte, cut)| {
        let mut bytes = update.to_string().into_bytes();
        let place = place.index(bytes.len());
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] ^= byte;
        }
        bytes
    });
    made.boxed()
}

// R18
#[test]
fn whatever_is_posted_is_answered_and_stops_nothing() {
    let runtime = Runtime::new().expect("a runtime");
    let stage = runtime.block_on(Stage::new());
    let updates = {
        let _inside = runtime.enter();
        stage.updates()
    };
    let bodies = prop_oneof![
        vec(any::<u8>(), 0..300),
        json_of_any_kind().prop_map(|it| it.to_string().into_bytes()),
        changed(updates.clone()),
        torn(updates),
    ];
    let mut runner = TestRunner::new(Config {
        cases: 1_500,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&bodies, |body| {
            let status = runtime.block_on(stage.fake.posts(body, Seal::Proper));
            proptest::prop_assert_eq!(status, 200);
            Ok(())
        })
        .unwrap_or_else(|failed| panic!("{failed}"));
    runtime.block_on(async {
        let before = stage.strangers().await;
        assert!(before > 0, "what was refused is written down");
        let message = stage.mallory.sends(stage.group, "hello");
        let data = format!("v1:confirm:{}:1", TicketId::from_bits(3));
        // Somebody else: Mallory has used up the measure of a stranger.
        let nell = stage.fake.person("Nell");
        nell.joins(stage.group);
        let press = nell.forges(stage.group, message, &data);
        let answer = stage.fake.until_answered(&press).await;
        assert!(answer.text.contains("list of operators"), "{answer:?}");
        assert_eq!(stage.strangers().await, before + 1);
    });
}
