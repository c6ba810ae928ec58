//! The fakes as a program, for tests in other languages.

use std::io;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let ended = match wanted.as_str() {
        "telegram" => countersign_fakes::telegram::run().await,
        _ => Err(io::Error::other("usage: fakes telegram")),
    };
    if let Err(error) = ended {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
