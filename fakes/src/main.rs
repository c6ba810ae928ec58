//! The fakes as a program, for tests in other languages.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let ended = match wanted.as_str() {
        "telegram" => countersign_fakes::telegram::run().await,
        _ => {
            eprintln!("usage: fakes telegram");
            return ExitCode::from(2);
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
