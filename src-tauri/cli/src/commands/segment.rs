//! `segue segment`: named sets of profiles of one audience.

pub(crate) mod show;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use segue_engine::Engine;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Segment, SegmentRule};

use self::show::{Counted, Shown};
use super::audience::absolute;
use crate::answers::{Removed, Written};
use crate::exit::Exit;
use crate::host::Host;
use crate::rule_file;
use crate::table::count;

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum SegmentCommand {
    /// Add a segment
    #[command(after_help = "\
PREDICATE is one SQL boolean expression over the columns of the audience. Names match without case;
names with other characters stand in double quotes. FILE.json is a rule of rowsets and criteria; see
docs/rules/segment-rules.md. FILE names one member a row, by the id in its column CustomerId or
--key; other columns do not count. It is read again at each run, as it is then.

Examples:
  segue segment add Stockholm --audience Customers --where \"City = 'Stockholm'\"
  segue segment add Regulars --audience Customers --where 'Orders >= 5 AND \"Last order\" IS NOT NULL'
  segue segment add Spring --audience Customers --rule spring.json
  segue segment add VIPs --audience Customers --members vips.csv")]
    Add {
        /// The segment's name
        name: String,
        /// The audience: name or id
        #[arg(long, value_name = "A")]
        audience: String,
        #[command(flatten)]
        who: Who,
    },
    /// Change who is in a segment
    #[command(
        after_help = "Example:\n  segue segment edit Stockholm --where \"City IN ('Stockholm', 'Solna')\""
    )]
    Edit {
        /// Name or id
        name: String,
        #[command(flatten)]
        who: Who,
    },
    /// Rename a segment; its lists keep their titles
    #[command(after_help = "Example:\n  segue segment rename Stockholm Capital")]
    Rename {
        /// Name or id
        name: String,
        /// The new name
        new: String,
    },
    /// List the segments
    #[command(after_help = "\
Members are those of the last count, which may be of older data: nothing is read for the list.

Example:
  segue segment list --audience Customers")]
    List {
        /// Only those of this audience: name or id
        #[arg(long, value_name = "A")]
        audience: Option<String>,
    },
    /// Count the members of a segment
    #[command(after_help = "\
All segments of its audience whose count is of older data are counted along with it.

Example:
  segue segment count Stockholm")]
    Count {
        /// Name or id
        name: String,
    },
    /// Write the members of a segment to a CSV file
    #[command(after_help = "Example:\n  segue segment download Stockholm stockholm.csv")]
    Download {
        /// Name or id
        name: String,
        /// The file to write
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
    },
    /// Remove a segment that no export uses
    #[command(after_help = "Example:\n  segue segment remove Stockholm")]
    Remove {
        /// Name or id
        name: String,
    },
}

/// Who is in a segment.
#[derive(Debug, Args)]
pub(crate) struct Who {
    #[command(flatten)]
    said: Said,
    /// The column with the ids in the file of members.
    #[arg(
        long,
        value_name = "COLUMN",
        conflicts_with_all = ["predicate", "rule"],
        help = "The column with the ids in FILE [default: CustomerId in any letter case, else the audience's key]"
    )]
    key: Option<String>,
}

/// How it is said: exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Said {
    /// Who is in it, as a condition
    #[arg(long = "where", value_name = "PREDICATE")]
    predicate: Option<String>,
    /// Who is in it, as a rule in a JSON file
    #[arg(long, value_name = "FILE.json")]
    rule: Option<PathBuf>,
    /// Who is in it, by a file that names them
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
}

impl Who {
    fn rule(self) -> Result<SegmentRule> {
        let Said { predicate, rule, members } = self.said;
        match (predicate, rule, members) {
            (Some(predicate), ..) => Ok(SegmentRule::Where { predicate }),
            (_, Some(file), _) => Ok(SegmentRule::Json { rule: rule_file::read(&file)? }),
            (.., Some(file)) => Ok(SegmentRule::Members { path: absolute(&file)?, key: self.key }),
            _ => Err(Error::internal("a segment is to be added without saying who is in it")),
        }
    }
}

impl SegmentCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        match self {
            Self::Add { name, audience, who } => {
                let segment = engine.add_segment(&name, &audience, &who.rule()?).await?;
                let shown = shown(&engine, segment).await?;
                host.print.answer(&shown, || show::added(&shown))?;
            }
            Self::Edit { name, who } => {
                let segment = engine.edit_segment(&name, &who.rule()?).await?;
                let shown = shown(&engine, segment).await?;
                host.print.answer(&shown, || format!("“{}” now selects: {}", shown.name, shown.words()))?;
            }
            Self::Rename { name, new } => {
                let segment = engine.rename_segment(&name, &new).await?;
                let shown = shown(&engine, segment).await?;
                host.print.answer(&shown, || format!("“{name}” is now “{}”.", shown.name))?;
            }
            Self::List { audience } => {
                let segments = engine.segments(audience.as_deref()).await?;
                let counts = engine.known_counts(&segments).await?;
                let audiences = engine.audiences().await?;
                let mut all = Vec::with_capacity(segments.len());
                for segment in segments {
                    if let Some(audience) = audiences.iter().find(|one| one.id == segment.audience) {
                        let known = counts.get(&segment.id).copied();
                        all.push(Shown::new(segment, audience, known)?);
                    }
                }
                host.print.answer(&all, || show::list(&all))?;
            }
            Self::Count { name } => {
                let counted = Counted { count: engine.count_segment(&name).await?, segment: name };
                host.print.answer(&counted, || counted.words())?;
            }
            Self::Download { name, file } => {
                let file = std::path::absolute(&file).map_err(|error| {
                    Error::new(Code::BadFile, format!("{} cannot be written: {error}.", file.display()))
                })?;
                let rows = engine.download_segment(&name, &file).await?;
                host.print.answer(&Written { segment: Some(&name), file: &file, rows }, || {
                    format!("{} in {}.", count(rows, "profile is", "profiles are"), file.display())
                })?;
            }
            Self::Remove { name } => {
                engine.remove_segment(&name).await?;
                host.print.answer(&Removed { removed: &name }, || format!("“{name}” is removed."))?;
            }
        }
        Ok(Exit::Done)
    }
}

async fn shown(engine: &Engine, segment: Segment) -> Result<Shown> {
    let audience = engine.audience(&segment.audience.to_string()).await?;
    Shown::new(segment, &audience, None)
}
