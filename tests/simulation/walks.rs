//! Random walks: people, market, broker, chats, store and power do as a seed says.
//!
//! Each seed enables some of the faults and leaves the others out, so that rare pairs meet.
//!
//! `SEEDS=n` walks the seeds from 1 to n, `SEEDS=m-n` those from m to n. `SEED=k` walks that one and tells its story, on SQLite and
//! on PostgreSQL where a server is named: so is a failure repeated.

mod people;
mod trouble;

use std::{
    any::Any,
    ops::RangeInclusive,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use countersign_domain::operator::Surface;
use countersign_tests::{
    Setup, World,
    market::{CALL, HIGH_CALL, option},
    place::{Database, Place},
    secs,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;
use trouble::Trouble;

/// Steps of one walk.
const STEPS: u32 = 40;

/// Tests that share the walks, so that they run beside each other.
const SHARES: u64 = 4;

/// Walks on each database unless the environment says otherwise: what a minute allows.
const fn usual(database: Database) -> u64 {
    match database {
        Database::Sqlite => 800,
        Database::Postgres => 24,
    }
}

/// One walk under way.
struct Walk {
    world: World,
    chance: ChaCha12Rng,
    trouble: Vec<Trouble>,
}

impl Walk {
    fn new(seed: u64, place: &Arc<Place>) -> Self {
        let mut chance = ChaCha12Rng::seed_from_u64(seed);
        let usual = Setup::default();
        let mut settings = usual.settings.clone();
        settings.entry_walk.steps = chance.random_range(0..3);
        settings.exit_walk.steps = chance.random_range(0..3);
        let setup = Setup {
            seed,
            settings,
            surfaces: vec![Surface::Web, Surface::Terminal],
            downtime: secs(chance.random_range(0..20)),
            ..usual
        };
        let trouble = Trouble::some(&mut chance);
        let world = World::on(place, setup);
        world
            .broker
            .behave(|manner| manner.refuses_duplicates = chance.random_bool(0.7));
        Self {
            world,
            chance,
            trouble,
        }
    }

    fn step(&mut self) {
        match self.chance.random_range(0..100) {
            0..14 => self.offer(),
            14..46 => self.press(),
            46..48 => self.scanning(),
            48..60 => self.market(),
            60..90 => self.cause_trouble(),
            _ => {}
        }
        let seconds = self.chance.random_range(0..10);
        self.world.advance(secs(seconds));
    }

    fn market(&mut self) {
        let by = self.chance.random_range(-60..=80);
        let market = &self.world.market;
        market.shift(option(CALL), by);
        market.shift(option(HIGH_CALL), by / 2);
    }

    fn cause_trouble(&mut self) {
        if self.trouble.is_empty() {
            return;
        }
        let one = self.trouble[self.chance.random_range(0..self.trouble.len())];
        one.happen(&mut self.world, &mut self.chance);
    }

    /// What is wrong in the end.
    fn verdict(&mut self) -> Vec<String> {
        self.world.settle();
        self.world.make_good();
        self.world.check()
    }
}

/// What a walk came to.
struct Walked {
    /// What is wrong; a panic is one of the things that are.
    broken: Vec<String>,
    story: String,
    /// The hashes of all events.
    log: Vec<String>,
}

/// Walks once.
fn walk(seed: u64, place: &Arc<Place>) -> Walked {
    let mut walk = Walk::new(seed, place);
    let all = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..STEPS {
            walk.step();
        }
        walk.verdict()
    }));
    let broken = all.unwrap_or_else(|payload| {
        walk.world.abandon();
        vec![said(payload.as_ref())]
    });
    let events = walk.world.events();
    Walked {
        broken,
        story: walk.world.story(),
        log: events.iter().map(|row| row.hash.clone()).collect(),
    }
}

/// The words of a panic.
fn said(payload: &(dyn Any + Send)) -> String {
    let owned = payload.downcast_ref::<String>().cloned();
    let lent = || payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    owned.or_else(lent).unwrap_or_default()
}

/// A variable of the environment.
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The seeds to walk on a database.
fn seeds(database: Database) -> RangeInclusive<u64> {
    let number = |text: &str| -> u64 {
        let number = text.parse();
        number.unwrap_or_else(|_| panic!("{text} is no number"))
    };
    if let Some(seed) = told("SEED") {
        return number(&seed)..=number(&seed);
    }
    let Some(seeds) = told("SEEDS") else {
        return 1..=usual(database);
    };
    match seeds.split_once('-') {
        Some((first, last)) => number(first)..=number(last),
        None => 1..=number(&seeds),
    }
}

/// Walks every seed of a share on a database.
fn share_on(share: u64, database: Database) {
    let alone = told("SEED").is_some();
    let mut place = Arc::new(Place::new(database));
    let (mut walks, mut failed) = (0, Vec::new());
    for seed in seeds(database).filter(|seed| seed % SHARES == share) {
        if database == Database::Sqlite {
            // A file is as cheap as a desk in a file.
            place = Arc::new(Place::new(database));
        }
        let walked = walk(seed, &place);
        walks += 1;
        if alone {
            println!("{}", walked.story);
        }
        if !walked.broken.is_empty() {
            println!("SEED={seed} on {database:?}: {}", walked.broken.join("\n"));
            failed.push((seed, walked));
        }
    }
    println!("{walks} walks on {database:?}");
    if let Some((seed, first)) = failed.first() {
        let (count, broken) = (failed.len(), first.broken.join("\n"));
        let story = &first.story;
        panic!("{count} of the walks failed; SEED={seed} on {database:?}: {broken}\n\n{story}");
    }
}

fn share(share: u64) {
    for database in Database::all() {
        share_on(share, database);
    }
}

#[test]
fn random_walks_keep_every_promise_first_quarter() {
    share(0);
}

#[test]
fn random_walks_keep_every_promise_second_quarter() {
    share(1);
}

#[test]
fn random_walks_keep_every_promise_third_quarter() {
    share(2);
}

#[test]
fn random_walks_keep_every_promise_fourth_quarter() {
    share(3);
}

#[test]
fn the_same_seed_twice_gives_the_same_events() {
    for seed in [3, 17, 42, 99] {
        let first = walk(seed, &Arc::new(Place::new(Database::Sqlite)));
        let second = walk(seed, &Arc::new(Place::new(Database::Sqlite)));
        assert_eq!(first.story, second.story, "SEED={seed}");
        assert_eq!(first.log, second.log, "SEED={seed}");
    }
}
