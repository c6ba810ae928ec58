//! The binary as a child process: its lines, its keys, its end.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// The variable that takes the demo's news away.
pub(crate) const NO_NEWS: &str = "COUNTERSIGN__NEWS__SOURCES";

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_countersign");

/// What a run came to.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ran {
    /// It refused in one sentence on standard error, without a panic; the sentence.
    pub(crate) fn refused(&self) -> &str {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.err.trim_end().lines().count(), 1, "{self:?}");
        let sentence = self.err.strip_prefix("countersign: ");
        sentence
            .unwrap_or_else(|| panic!("{:?}", self.err))
            .trim_end()
    }
}

/// A command that knows of nothing on this machine but what it is given.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        // A story that is not about the news is not to hang on it.
        .env(NO_NEWS, "[]")
        .current_dir(folder);
    command
}

/// Runs the binary to its end.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Ran {
    let mut command = command(BINARY, folder);
    let done = command.args(args).stdin(Stdio::null()).output();
    let done = done.expect("the binary starts");
    Ran {
        code: done.status.code(),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

/// A running binary. It is killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    keys: Option<ChildStdin>,
    lines: Receiver<String>,
    /// Everything that it printed so far.
    pub(crate) told: Vec<String>,
    errors: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts the binary.
    pub(crate) fn start(folder: &Path, args: &[&str]) -> Self {
        let mut command = command(BINARY, folder);
        command.args(args);
        Self::of(command)
    }

    /// Starts a command whose output is that of the binary.
    pub(crate) fn of(mut command: Command) -> Self {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let out = child.stdout.take().expect("its output");
        let mut err = child.stderr.take().expect("its errors");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = err.read_to_string(&mut text);
            text
        });
        Self {
            keys: child.stdin.take(),
            child,
            lines,
            told: Vec::new(),
            errors: Some(errors),
        }
    }

    /// Waits for a line that has all of `parts`, from here on.
    pub(crate) fn expect(&mut self, parts: &[&str], within: Duration) -> String {
        let line = self.wait_for(within, |line| parts.iter().all(|part| line.contains(part)));
        line.unwrap_or_else(|| {
            panic!(
                "no line with {parts:?} within {within:?}; it printed:\n{}",
                self.said()
            )
        })
    }

    /// Waits for a line that is `wanted`; `None` when the time is over or the output has ended.
    pub(crate) fn wait_for(
        &mut self,
        within: Duration,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let begun = now();
        loop {
            let left = within.checked_sub(begun.elapsed())?;
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.told.push(line.clone());
                    if wanted(&line) {
                        return Some(line);
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Everything that it printed so far.
    pub(crate) fn said(&self) -> String {
        self.told.join("\n")
    }

    /// Presses keys: letters of a line.
    pub(crate) fn press(&mut self, letters: &str) {
        let mut line = letters.to_owned();
        let _ = writeln!(line);
        self.type_in(&line);
    }

    /// Types these characters and nothing else.
    pub(crate) fn type_in(&mut self, text: &str) {
        let keys = self.keys.as_mut().expect("its input");
        // A process that has ended reads nothing; what it printed tells.
        let _ = keys.write_all(text.as_bytes());
        let _ = keys.flush();
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = Pid::from_child(&self.child);
        kill_process(id, signal).expect("it is there to be told");
    }

    /// The most memory that it had in use so far, in KiB; 0 where the system does not tell.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    }

    /// Presses a key again and again until it ends.
    pub(crate) fn press_to_the_end(mut self, key: &str, within: Duration) -> Ran {
        let begun = now();
        while begun.elapsed() < within && self.child.try_wait().expect("its status").is_none() {
            self.press(key);
            self.wait_for(Duration::from_millis(200), |_| false);
        }
        self.end(within.saturating_sub(begun.elapsed()))
    }

    /// Waits for its end.
    pub(crate) fn end(mut self, within: Duration) -> Ran {
        let begun = now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("its status") {
                break status;
            }
            self.told.extend(self.lines.try_iter());
            assert!(
                begun.elapsed() < within,
                "it has not ended within {within:?}; it printed:\n{}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(5));
        };
        self.told.extend(self.lines.iter());
        let errors = self.errors.take().map(JoinHandle::join);
        Ran {
            code: status.code(),
            out: self.said(),
            err: errors.and_then(Result::ok).unwrap_or_default(),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The machine's time: what a process of its own takes is measured by nothing else.
#[expect(
    clippy::disallowed_methods,
    reason = "the binary runs in the machine's time"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}
