//! The running demo is really killed, again and again, at moments that nobody chose; what it left is
//! taken up by the next start, and in a copy brought to its end.

mod desk;
mod proof;
mod scene;

use std::{
    fmt::Write as _,
    path::Path,
    sync::mpsc::{Sender, channel},
    thread,
    time::Duration,
};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use rustix::process::Signal;
use tempfile::TempDir;

use crate::program::{Program, now};
use desk::{Home, settings};
use proof::{converges, copy_of};
use scene::Scene;

/// How often a desk that a person presses on is killed.
const BY_HAND: u32 = 50;
/// How many of these have to hit between a press and the order's end.
const IN_BETWEEN: usize = 20;
/// How often a desk that trades by itself is killed.
const BY_ITSELF: u32 = 10;
/// The longest that anything is waited for.
const PATIENCE: Duration = Duration::from_mins(5);

/// Random moments, the same for the same `SEED`.
fn moments(default: u64) -> ChaCha12Rng {
    let given = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or(default);
    println!("SEED={seed}");
    ChaCha12Rng::seed_from_u64(seed)
}

fn micros(rng: &mut ChaCha12Rng, most: u64) -> Duration {
    Duration::from_micros(rng.random_range(0..most))
}

/// What a kill is aimed at.
#[derive(Clone, Copy, Debug)]
enum Aim {
    /// The start: opening, recovery.
    Start,
    /// The first instants after a press: the commit, the submission.
    Press,
    /// The life of what was pressed.
    Order,
    /// Whatever is going on.
    Anything,
}

impl Aim {
    fn draw(rng: &mut ChaCha12Rng) -> Self {
        match rng.random_range(0..100) {
            0..12 => Self::Start,
            12..50 => Self::Press,
            50..85 => Self::Order,
            _ => Self::Anything,
        }
    }
}

/// A process that is killed at a moment of its own.
struct Victim {
    program: Program,
    /// What was done to it until then.
    story: String,
}

impl Victim {
    fn start(home: &Path, config: &Path, more: &[&str]) -> Self {
        let (home, config) = (home.display().to_string(), config.display().to_string());
        let mut args = vec!["demo", "--home", &home, "--config", &config];
        args.extend(more);
        Self {
            program: Program::start(Path::new(&home), &args),
            story: String::new(),
        }
    }

    /// Lives until its moment has come.
    fn live(&mut self, aim: Aim, rng: &mut ChaCha12Rng) {
        if matches!(aim, Aim::Start) {
            return self.wait(rng, 250_000, "starting");
        }
        let up = self
            .program
            .wait_for(PATIENCE, |line| line.ends_with(" is up."));
        assert!(up.is_some(), "it did not come up:\n{}", self.program.said());
        // After several kills in a row the desk takes no entries until a person says so.
        self.program.press("u");
        if matches!(aim, Aim::Anything) {
            return self.wait(rng, 1_000_000, "up");
        }
        let offered = Duration::from_millis(2_500);
        let card = self
            .program
            .wait_for(offered, |line| line.starts_with("[Confirm]"));
        if card.is_none() {
            return self.wait(rng, 200_000, "up, nothing offered");
        }
        self.program.press("c");
        if matches!(aim, Aim::Press) {
            return self.wait(rng, 12_000, "pressed");
        }
        // While a ticket waits a second is a second; once all are decided, time runs.
        let more = "c".repeat(rng.random_range(0..3));
        let rest = if rng.random() { "rrrrrrrrrrrr" } else { "" };
        self.program.press(&format!("{more}{rest}"));
        self.wait(rng, 900_000, "pressed");
    }

    fn wait(&mut self, rng: &mut ChaCha12Rng, most: u64, doing: &str) {
        let lasting = micros(rng, most);
        thread::sleep(lasting);
        let _ = write!(self.story, "{doing}, {:.1} ms", lasting.as_secs_f64() * 1e3);
    }

    /// Kills it: nothing of it runs any more when this returns. What it did until then.
    fn kill(self) -> String {
        self.program.signal(Signal::KILL);
        let ran = self.program.end(PATIENCE);
        assert_eq!(
            ran.code, None,
            "it was killed, and ended by itself: {ran:?}"
        );
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        self.story
    }
}

/// Copies of a home, each brought to its end beside the other work.
struct Ends {
    copies: Sender<(u32, TempDir)>,
    worker: thread::JoinHandle<Vec<String>>,
}

impl Ends {
    fn begin(config: &Path) -> Self {
        let config = config.to_owned();
        let (copies, waiting) = channel::<(u32, TempDir)>();
        let worker = thread::spawn(move || {
            let fault = |(kill, copy): (u32, TempDir)| {
                let fault = converges(copy.path(), &config)?;
                Some(format!("after kill {kill}: {fault}"))
            };
            waiting.iter().filter_map(fault).collect()
        });
        Self { copies, worker }
    }

    /// Waits for all of them; what was wrong.
    fn wait(self) -> Vec<String> {
        drop(self.copies);
        self.worker.join().expect("the copies were looked at")
    }
}

/// Kills a desk so often, and on until so many kills hit between a press and the order's end; holds
/// what is left against what has to hold. Answers with the scenes at each kill.
fn killed(home: &Home, (kills, between): (u32, usize), seed: u64, more: &[&str]) -> Vec<Scene> {
    let mut rng = moments(seed);
    let ends = Ends::begin(&home.config);
    let mut scenes = Vec::new();
    println!(
        "{:>4}  {:<32} {:<44} {:<26} at the broker",
        "kill", "moment", "entries", "exits, positions"
    );
    let begun = now();
    for kill in 1..=3 * kills {
        let hit = scenes.iter().filter(|scene: &&Scene| scene.is_between());
        if kill > kills && hit.count() >= between {
            break;
        }
        let mut victim = Victim::start(&home.folder(), &home.config, more);
        let aim = if more.contains(&"--auto-confirm") {
            Aim::Anything
        } else {
            Aim::draw(&mut rng)
        };
        victim.live(aim, &mut rng);
        let story = victim.kill();
        let copy = copy_of(&home.folder());
        let scene = Scene::of(copy.path());
        println!("{kill:>4}  {story:<32} {scene}");
        scenes.push(scene);
        ends.copies.send((kill, copy)).expect("somebody looks");
    }
    let (all, took) = (scenes.len(), begun.elapsed().as_secs_f64());
    println!("{all} kills in {took:.1} s");
    let faults = ends.wait();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    scenes
}

// R2
#[test]
fn a_desk_killed_fifty_times_ends_as_one_that_was_never_killed_could() {
    let home = Home::new(&settings("11:30:00"));
    let wanted = (BY_HAND, IN_BETWEEN);
    let scenes = killed(&home, wanted, 20_260_317, &["--speed", "200"]);
    let between = scenes.iter().filter(|scene| scene.is_between()).count();
    let all = scenes.len();
    println!("{between} of {all} kills hit between a press and the order's end");
    assert!(
        between >= IN_BETWEEN,
        "{between} kills hit between a press and the order's end"
    );
    home.runs_to_the_end_of_the_day();
}

#[test]
fn a_desk_that_trades_by_itself_survives_being_killed() {
    let home = Home::new(&settings("13:28:00"));
    let more = ["--auto-confirm", "--speed", "300"];
    let scenes = killed(&home, (BY_ITSELF, 0), 7, &more);
    let busy = scenes.iter().filter(|scene| !scene.is_idle()).count();
    assert!(busy > 0, "nothing was going on at any kill");
    home.runs_to_the_end_of_the_day();
}
