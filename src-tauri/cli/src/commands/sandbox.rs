//! `segue sandbox`: a made-up account on this computer, in memory, until Ctrl-C.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use segue_engine::error::{Code, Error, Result};
use segue_sandbox::{Faults, Sandbox, Settings};

use crate::exit::Exit;
use crate::host::Host;

/// The words of `sandbox`.
#[derive(Debug, Args)]
#[command(after_help = "\
The first line says where it listens and the key it takes. Nothing is kept after it ends.

Examples:
  segue sandbox
  segue sandbox --port 8080 --latency-ms 50 --rate 5 --faults faults.json")]
pub(crate) struct SandboxCommand {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Milliseconds that each request takes
    #[arg(long, value_name = "N", default_value_t = 0)]
    latency_ms: u64,
    /// Requests in one second before it answers 429 (default: no limit)
    #[arg(long, value_name = "N")]
    rate: Option<u32>,
    /// What goes wrong, and when
    #[arg(long, value_name = "FILE.json")]
    faults: Option<PathBuf>,
}

impl SandboxCommand {
    /// Runs until it is stopped.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let settings = Settings {
            port: self.port,
            key: None,
            latency: Duration::from_millis(self.latency_ms),
            rate: self.rate.filter(|rate| *rate > 0),
            faults: self.faults.as_deref().map(faults).transpose()?.unwrap_or_default(),
        };
        let sandbox = Sandbox::start(settings).await.map_err(|error| not_started(&error))?;
        host.print.raw(&format!("listening on {}, API key {}", sandbox.origin(), sandbox.key()))?;
        host.stop.cancelled().await;
        Ok(Exit::Done)
    }
}

fn faults(path: &Path) -> Result<Faults> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Error::new(Code::Usage, format!("The faults file {name} cannot be read: {error}."))
    })?;
    serde_json::from_str(&text).map_err(|error| {
        let said = error.to_string();
        // serde_json ends with the place, which the sentence names itself.
        let what = said.split(" at line ").next().unwrap_or(&said);
        let (line, column) = (error.line(), error.column());
        Error::new(
            Code::Usage,
            format!("The faults file {name} is wrong in line {line}, column {column}: {what}."),
        )
    })
}

fn not_started(error: &segue_sandbox::Error) -> Error {
    Error::new(Code::Internal, format!("The sandbox could not be started: {error}."))
        .help("Nothing runs. Another --port, or 0 for a free one, may help.")
}
