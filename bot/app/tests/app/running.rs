//! `countersign run`, as a process: up, asked to end, killed, and up again.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use countersign_app::{clock::SystemClock, config::Config};
use countersign_desk::{ports::Store as _, seen::DeskRow};
use countersign_store::{SqlStore, sqlite_url};
use rustix::process::{Pid, Signal, kill_process};

use crate::place::Place;

/// The longest that a line or an end is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running desk. It is killed when the test lets go of it.
struct Running {
    child: Child,
    lines: mpsc::Receiver<String>,
    /// Its keys. A closed input is no request to end.
    keys: Option<ChildStdin>,
    /// Where its console is.
    port: u16,
    said: Vec<String>,
}

impl Running {
    /// Starts it, with these settings.
    fn start(place: &Place, settings: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .env_clear()
            .env("HOME", place.home())
            .arg("--home")
            .arg(place.home())
            .args(["run", "--set", "web.port=0"])
            .args(settings.iter().flat_map(|one| ["--set", one]))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let keys = child.stdin.take();
        Self {
            child,
            lines,
            keys,
            port: 0,
            said: Vec::new(),
        }
    }

    /// Starts it and waits until it is up: the console's link is told, then the keys.
    fn up(place: &Place) -> Self {
        let mut running = Self::start(place, &[]);
        let link = running.wait_for("Web console: http://127.0.0.1:");
        let (port, _) = link.split_once('/').expect("a link");
        running.port = port.parse().expect("a port");
        running.wait_for("Keys:");
        running
    }

    /// Waits until it says a line that begins so; the rest of that line.
    fn wait_for(&mut self, beginning: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|error| {
                panic!("no {beginning:?} ({error}); it said {:?}", self.said)
            });
            let rest = line.strip_prefix(beginning).map(str::to_owned);
            self.said.push(line);
            if let Some(rest) = rest {
                return rest;
            }
        }
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("it still runs");
    }

    /// The sentence with which it refuses to start.
    fn refused(mut self) -> String {
        assert_eq!(self.ended(), Some(1), "{:?}", self.said);
        let mut sentence = String::new();
        let mut err = self.child.stderr.take().expect("its errors");
        err.read_to_string(&mut sentence).expect("text");
        assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence:?}");
        sentence
    }

    /// Its exit code, when it ends by itself; `None` when a signal ended it.
    fn ended(&mut self) -> Option<i32> {
        let mut looks = 0;
        loop {
            if let Some(status) = self.child.try_wait().expect("its status") {
                return status.code();
            }
            looks += 1;
            assert!(looks < 600, "it does not end; it said {:?}", self.said);
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has mostly ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The desk's row as the store has it.
fn row(place: &Place) -> DeskRow {
    row_of(place, &Config::built_in().expect("defaults"))
}

/// That desk's row as the store has it.
fn row_of(place: &Place, config: &Config) -> DeskRow {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let clock = Arc::new(SystemClock::start());
        let url = sqlite_url(&place.home().join("countersign.db"));
        let store = SqlStore::open(&url, clock, "test".to_owned()).await;
        let seen = store.expect("the store opens").read(config.desk_id()).await;
        seen.expect("the desk is there").desk.clone()
    })
}

#[test]
fn a_request_to_end_winds_up_and_leaves_the_mark_of_a_clean_end() {
    for signal in [Signal::TERM, Signal::INT] {
        let place = Place::new();
        let mut running = Running::up(&place);
        assert_eq!(row(&place).starts, 1, "it counts as running");

        running.signal(signal);

        running.wait_for("Stopping: no new entries");
        running.wait_for("Stopped with no open position and no live order.");
        assert_eq!(running.ended(), Some(0));
        assert_eq!(row(&place).starts, 0, "the end was clean");
    }
}

#[test]
fn a_second_request_stops_at_once_without_the_mark_of_a_clean_end() {
    let place = Place::new();
    let mut running = Running::up(&place);
    // A request that never comes to its end holds the console for its last three seconds.
    let mut slow = TcpStream::connect(("127.0.0.1", running.port)).expect("the console");
    slow.write_all(b"GET / HTTP/1.1\r\n")
        .expect("half a request");
    thread::sleep(Duration::from_millis(200));
    running.signal(Signal::TERM);
    running.wait_for("Stopping: no new entries");
    thread::sleep(Duration::from_millis(500));
    assert!(running.child.try_wait().expect("its status").is_none());

    running.signal(Signal::TERM);

    assert_eq!(running.ended(), Some(130));
    assert_eq!(row(&place).starts, 1, "nothing says that it ended cleanly");
}

#[test]
fn a_killed_desk_recovers_at_its_next_start() {
    let place = Place::new();
    let mut killed = Running::up(&place);
    killed.signal(Signal::KILL);
    assert_eq!(killed.ended(), None);
    assert_eq!(row(&place).starts, 1, "no clean end");

    let mut running = Running::up(&place);
    let recovered = row(&place);
    assert_eq!((recovered.starts, recovered.trading), (2, recovered.wanted));
    running.signal(Signal::TERM);
    assert_eq!(running.ended(), Some(0));
    assert_eq!(row(&place).starts, 0);
}

#[test]
fn q_ends_it_and_the_end_of_the_input_does_not() {
    let place = Place::new();
    let mut running = Running::up(&place);
    let keys = running.keys.as_mut().expect("its keys");
    keys.write_all(b"p\nq\n").expect("keys are pressed");
    running.wait_for("Stopped with");
    assert_eq!(running.ended(), Some(0));

    let mut running = Running::up(&place);
    drop(running.keys.take());
    thread::sleep(Duration::from_millis(500));
    assert!(running.child.try_wait().expect("its status").is_none());
    running.signal(Signal::TERM);
    assert_eq!(running.ended(), Some(0));
}

#[test]
fn a_second_process_on_the_same_home_is_refused_and_the_first_goes_on() {
    let place = Place::new();
    let mut running = Running::up(&place);

    let sentence = Running::start(&place, &[]).refused();
    assert!(sentence.contains("another process"), "{sentence:?}");

    assert!(running.child.try_wait().expect("its status").is_none());
    running.signal(Signal::TERM);
    assert_eq!(running.ended(), Some(0));
}

#[test]
fn a_home_whose_desk_lived_in_the_time_of_a_demo_to_come_is_refused() {
    let place = Place::new();
    let args = [
        "demo",
        "--auto-confirm",
        "--minutes",
        "1",
        "--speed",
        "max",
        "--set",
        "demo.start=2099-06-01T10:30:00",
        "--set",
        "web.enabled=false",
    ];
    let demo = place.run(&args);
    assert_eq!(demo.code, Some(0), "{demo:?}");

    let of_the_demo = ["desk.name=demo", "paper.account=demo"];
    let sentence = Running::start(&place, &of_the_demo).refused();
    assert!(sentence.contains("--home"), "{sentence:?}");
}

#[test]
fn starts_that_a_taken_port_refused_are_no_crashes() {
    let place = Place::new();
    let other = TcpListener::bind("127.0.0.1:0").expect("a port of somebody else");
    let port = other.local_addr().expect("its address").port();
    for _ in 0..4 {
        let sentence = Running::start(&place, &[&format!("web.port={port}")]).refused();
        assert!(sentence.contains("web.port"), "{sentence:?}");
    }

    let mut running = Running::up(&place);

    let started = row(&place);
    assert_eq!((started.starts, started.trading), (1, started.wanted));
    running.signal(Signal::TERM);
    assert_eq!(running.ended(), Some(0));
}

#[test]
fn demos_that_nobody_may_sign_for_are_no_crashes() {
    let place = Place::new();
    let reader = "operators=[{ name = \"ana\", role = \"viewer\", identities = [{ surface = \"cli\", user = \"local\" }] }]";
    let quiet = ["--set", "web.enabled=false", "--speed", "max"];
    for _ in 0..4 {
        let args = [&["demo", "--auto-confirm", "--set", reader][..], &quiet].concat();
        let sentence = place.run(&args).refused();
        assert!(sentence.contains("--auto-confirm"), "{sentence:?}");
    }
    let mut of_the_demo = Config::built_in().expect("defaults");
    of_the_demo.desk.name = "demo".to_owned();
    assert_eq!(row_of(&place, &of_the_demo).starts, 0);
}

/// What a desk with one setting warns of when it runs.
fn warned(setting: &str) -> String {
    let place = Place::new();
    let mut running = Running::start(&place, &[setting]);
    running.wait_for("Desk ");
    running.signal(Signal::TERM);
    assert_eq!(running.ended(), Some(0), "{:?}", running.said);
    let mut warned = String::new();
    let mut err = running.child.stderr.take().expect("its errors");
    err.read_to_string(&mut warned).expect("text");
    assert_eq!(warned.lines().count(), 1, "{warned:?}");
    warned
}

#[test]
fn a_desk_on_which_nobody_may_act_runs_and_warns_of_it() {
    let warned = warned("operators=[]");
    assert!(
        warned.starts_with("countersign: warning: nobody may confirm a ticket"),
        "{warned:?}"
    );
}

#[test]
fn a_desk_whose_alarms_go_on_to_nobody_runs_and_warns_of_it() {
    let warned = warned("trade.alarms.escalate_to=[\"Dee\"]");
    let about =
        "countersign: warning: trade.alarms.escalate_to names \"Dee\", which is no operator";
    assert!(warned.starts_with(about), "{warned:?}");
}
