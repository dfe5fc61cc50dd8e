//! The program `segue`: Segue without a window, for scripts, scheduled tasks and servers.
//!
//! A thin host of the engine: it reads arguments, calls one operation, prints the answer and turns
//! the outcome into an exit code. The contract that scripts hold it to is design/cli.md.

mod answers;
mod args;
mod commands;
mod demo;
mod desktop;
mod exit;
mod host;
mod interrupt;
mod keys;
mod log;
mod practice;
mod print;
mod progress;
mod report;
mod rule_file;
#[cfg(test)]
mod schemas;
mod table;
#[cfg(feature = "test-hooks")]
mod test_clock;
mod timer;
mod words;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::OnceLock;

use segue_engine::error::{Error, Result};

use args::{Args, Command};
use exit::Exit;
use host::Host;
use print::Printer;

/// Where the program panicked, if it did.
static BROKEN_AT: OnceLock<String> = OnceLock::new();

fn main() -> ExitCode {
    let args = match args::parse() {
        Ok(args) => args,
        Err(exit) => return exit.into(),
    };
    let print = Printer::new(args.json);
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| run(args, &print))).unwrap_or_else(|_| {
        let place = BROKEN_AT.get().map_or("an unknown place", String::as_str);
        Err(Error::internal(format!("it stopped at {place}")))
    });
    let exit = outcome.unwrap_or_else(|error| {
        print.error(&error);
        Exit::of_error(&error)
    });
    exit.into()
}

fn run(args: Args, print: &Printer) -> Result<Exit> {
    let Some(command) = args.command else {
        return desktop::open().map(|()| Exit::Done);
    };
    // The text of a panic could hold somebody's value; its place cannot.
    panic::set_hook(Box::new(|info| {
        if let Some(place) = info.location() {
            tracing::error!(%place, "Panicked.");
            // The first panic is the cause of the others.
            drop(BROKEN_AT.set(place.to_string()));
        }
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::internal(format!("no threads can be had ({error})")))?;
    let exit = runtime.block_on(async {
        let stop = interrupt::listen();
        let host = Host::new(print.clone(), stop, args.data_dir);
        let exit = dispatch(command, &host).await;
        if exit.is_err() {
            host.take_back();
        }
        exit
    });
    // Reading may still sit on another thread after Ctrl-C; it is not waited for.
    runtime.shutdown_background();
    exit
}

async fn dispatch(command: Command, host: &Host) -> Result<Exit> {
    match command {
        Command::Audience(command) => host.unless_stopped(command.run(host)).await,
        Command::Segment(command) => host.unless_stopped(command.run(host)).await,
        Command::Connection(command) => host.unless_stopped(command.run(host)).await,
        Command::Export(command) => command.run(host).await,
        Command::Schedule(command) => command.run(host).await,
        Command::Tick(command) => command.run(host).await,
        Command::Run(command) => command.run(host).await,
        Command::Person(command) => host.unless_stopped(command.run(host)).await,
        Command::Forget(command) => host.unless_stopped(command.run(host)).await,
        Command::Audit(command) => host.unless_stopped(command.run(host)).await,
        Command::Config(command) => host.unless_stopped(command.run(host)).await,
        Command::Diagnostics(command) => host.unless_stopped(command.run(host)).await,
        Command::Sandbox(command) => command.run(host).await,
        Command::Demo(command) => command.run(host).await,
        Command::Engine(command) => command.run(host).await,
        Command::Completions(command) => command.run(host),
        Command::Man(command) => command.run(host),
    }
}
