//! What must be said nowhere, however a client fails.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use crate::program::{BINARY, Program, Ran, command};

/// Long enough for the longest time that a client waits for an answer.
const LONG: Duration = Duration::from_secs(22);

/// A process that fails, and how.
pub(crate) struct Failing {
    pub(crate) how: &'static str,
    pub(crate) command: Command,
}

/// Files below a folder that hold these bytes.
pub(crate) fn holding(folder: &Path, secret: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path, secret));
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.windows(secret.len()).any(|it| it == secret)
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// No line of what it printed holds the secret.
pub(crate) fn unsaid(secret: &str, how: &str, ran: &Ran) {
    for output in [&ran.out, &ran.err] {
        let line = output.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{how}");
    }
}

/// Lets all of them fail for as long as the slowest takes; what each of them printed.
pub(crate) async fn failed(all: Vec<Failing>) -> Vec<(&'static str, Ran)> {
    let started = all.into_iter().map(|mut one| {
        one.command
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full");
        (one.how, Program::of(one.command))
    });
    let started: Vec<_> = started.collect();
    countersign_chat::budget::wait(LONG).await;
    let ends = started.into_iter().map(|(how, mut program)| {
        program.press("q");
        (how, program.end(Duration::from_mins(1)))
    });
    ends.collect()
}

/// The process breaks where it begins its first thread: what a panic says holds no secret.
pub(crate) fn broken(mut command: Command) -> Ran {
    command
        .env("RUST_MIN_STACK", (1_u64 << 46).to_string())
        .env("RUST_BACKTRACE", "full")
        .env("RUST_LOG", "trace")
        .stdin(Stdio::null());
    let done = command.output().expect("the binary starts");
    let ran = Ran {
        code: done.status.code(),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    };
    assert!(ran.err.contains("panicked"), "{ran:?}");
    ran
}

/// What every other command says in that home, with these tokens in the environment.
pub(crate) fn asked(home: &Path, tokens: &[(&str, &str)]) -> Vec<Ran> {
    let place = home.display().to_string();
    let asks = [&["check-config"][..], &["audit", "verify"], &["migrate"]];
    let asked = asks.into_iter().map(|args| {
        let mut command = command(BINARY, home);
        command.args(args).args(["--home", &place]);
        command.envs(tokens.iter().copied());
        let done = command.output().expect("the binary starts");
        Ran {
            code: done.status.code(),
            out: String::from_utf8_lossy(&done.stdout).into_owned(),
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    });
    asked.collect()
}

/// A port at which nobody listens.
pub(crate) fn nobody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its number")
}

/// A server that answers every request with what `answer` makes of its first line; with nothing it
/// keeps the caller waiting.
pub(crate) fn server(answer: fn(&str) -> String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its number");
    std::thread::spawn(move || {
        for caller in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || serve(caller, answer));
        }
    });
    address
}

fn serve(mut caller: TcpStream, answer: fn(&str) -> String) {
    let mut asked = vec![0; 16 * 1024];
    let read = caller.read(&mut asked).unwrap_or_default();
    let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
    let answer = answer(asked.lines().next().unwrap_or_default());
    if answer.is_empty() {
        // Until the caller gives up.
        let _ = caller.read_exact(&mut [0; 1]);
        return;
    }
    let _ = caller.write_all(answer.as_bytes());
}

/// An answer of HTTP.
pub(crate) fn http(status: &str, kind: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}
