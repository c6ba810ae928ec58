//! The binary `countersign`.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use countersign_app::command::{self, Cli};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Libraries bring several; whoever installed one before is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match command::run(Cli::of_process()).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Nobody can be told that nobody reads.
            let _ = writeln!(io::stderr(), "countersign: {error:#}");
            ExitCode::FAILURE
        }
    }
}
