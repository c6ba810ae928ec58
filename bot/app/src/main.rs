//! The binary `countersign`.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use countersign_app::command::{self, Cli};
use tracing_subscriber::EnvFilter;

/// Libraries that would write tokens down, whatever the environment asks for: what goes through a socket,
/// and calls with all that they carry.
const DISCREET: [&str; 4] = [
    "tungstenite=error",
    "tokio_tungstenite=error",
    "serenity::http=error",
    "serenity::gateway::ws=error",
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Libraries bring several; whoever installed one before is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(std::io::stderr)
        .init();
    // It holds all that any command may need.
    match Box::pin(command::run(Cli::of_process())).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Nobody can be told that nobody reads.
            let _ = writeln!(io::stderr(), "countersign: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn filter() -> EnvFilter {
    let discreet = DISCREET.iter().filter_map(|it| it.parse().ok());
    discreet.fold(EnvFilter::from_default_env(), EnvFilter::add_directive)
}
