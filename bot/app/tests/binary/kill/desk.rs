//! A home folder of a demo with much to do.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::{
    PATIENCE,
    proof::{Kept, closed_by_their_plans, faults},
};
use crate::program::Program;

/// Shares that trade in strong trends.
const SYMBOLS: [&str; 12] = [
    "SPY", "AAPL", "NVDA", "MSFT", "AMZN", "META", "TSLA", "AMD", "IBM", "ORCL", "INTC", "QCOM",
];

/// Settings under which every scan finds something, orders take a while, and fill in parts; the
/// market begins at `start`, New York time.
pub(super) fn settings(start: &str) -> String {
    let list: Vec<String> = SYMBOLS.iter().map(|one| format!("{one:?}")).collect();
    let symbols: Vec<String> = SYMBOLS.iter().zip(1_u32..).map(symbol).collect();
    format!(
        r#"
[limits]
worst_loss_per_ticket = "5000"
contracts_per_order = 20
value_per_order = "100000"
open_positions = 200
exposure_per_underlying = "1000000"
orders_per_minute = 600
orders_per_day = 100000
daily_loss = "10000000"
[trade]
watchlist = [{list}]
entry_walk = {{ every_s = 30, steps = 4 }}
exit_walk = {{ every_s = 30, steps = 3 }}
[paper]
starting_cash = "50000000"
latency_ms = 15000
participation_percent = 10
[web]
enabled = false
[demo]
start = "2026-03-17T{start}"
[synthetic]
strikes = 5
weeklies = 3
monthlies = 1
{symbols}"#,
        list = list.join(", "),
        symbols = symbols.join("")
    )
}

fn symbol((name, number): (&&str, u32)) -> String {
    let price = 100 + 40 * number;
    format!(
        "[[synthetic.symbols]]\nsymbol = {name:?}\nprice = \"{price}\"\nvol = 0.3\ntrend = 3.0\n"
    )
}

/// A home folder and its configuration, which go away with the test.
pub(super) struct Home {
    place: TempDir,
    pub(super) config: PathBuf,
}

impl Home {
    pub(super) fn new(settings: &str) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let config = place.path().join("desk.toml");
        fs::write(&config, settings).expect("the configuration");
        fs::create_dir(place.path().join("home")).expect("a home");
        Self { place, config }
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.place.path().join("home")
    }

    /// Nothing new is offered any more, and nobody closes anything by hand: every position ends by its
    /// own plan, because its exits are armed.
    pub(super) fn runs_to_the_end_of_the_day(&self) {
        let home = self.folder();
        let (folder, config) = (
            home.display().to_string(),
            self.config.display().to_string(),
        );
        let args = [
            ["demo", "--home", &folder, "--config", &config],
            ["--speed", "max", "--minutes", "280", "--set"],
        ];
        let nothing_new = ["signals.trend.minutes_left_least=390"];
        let args = [args.as_flattened(), &nothing_new].concat();
        let demo = Program::start(&home, &args);
        // What waits from before is declined, as often as it is drawn: while a ticket waits a second
        // is a second.
        let ran = demo.press_to_the_end("r", PATIENCE);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let flat = "Stopped with no open position and no live order.";
        assert!(ran.out.contains(flat), "{}", ran.out);
        let kept = Kept::read(&home).expect("its desk");
        let found = faults(&kept);
        assert!(found.is_empty(), "at the end: {}", found.join("; "));
        println!("at the end: {}", closed_by_their_plans(&kept));
    }
}
