//! `segue demo`: made-up people, a made-up account and one export, in a temporary folder. What
//! happens is told as a story, and every number of it is held against what should have come out.

mod expect;
mod names;
pub(crate) mod sample;
mod stage;
mod story;
pub(crate) mod verdict;

use clap::Args;
use segue_engine::error::Result;

use crate::exit::Exit;
use crate::host::Host;

use sample::Sample;
use stage::DemoStage;
use verdict::Verdict;

/// The words of `demo`.
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing leaves this computer, and nothing is left on it.

Examples:
  segue demo
  segue demo --profiles 50000")]
pub(crate) struct DemoCommand {
    /// How many people to make up
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    profiles: u32,
}

impl DemoCommand {
    /// Plays it; 0 only if everything came out as it should.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        host.unless_stopped(self.play(host)).await
    }

    async fn play(self, host: &Host) -> Result<Exit> {
        let mut sample = Sample::new(self.profiles);
        let stage = DemoStage::set(host, &sample).await?;
        host.print.words(&story::opening(&stage, &sample))?;

        let first = stage.export(host).await?;
        host.print.words(&story::first(&first))?;
        let first_verdict = Verdict::of_first(&sample, &first);

        let change = sample.change();
        stage.write(&sample)?;
        host.print.words(&story::changed(&change))?;

        let second = stage.export(host).await?;
        host.print.words(&story::second(&second))?;
        let verdict = first_verdict.and_second(&sample, &change, &first, &second);

        let document = verdict::Document::new(&sample, &first, &second, &verdict);
        host.print.answer(&document, || story::closing(&verdict))?;
        Ok(if verdict.is_good() { Exit::Done } else { Exit::Failed })
    }
}
