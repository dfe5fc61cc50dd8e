//! `segue connection`: accounts to send to.

mod show;

use clap::Subcommand;
use secrecy::SecretString;
use segue_engine::error::Result;
use segue_engine::model::Product;
use segue_engine::{ConnectionSettings, NewConnection};

use crate::answers::{Removed, Tested};
use crate::exit::Exit;
use crate::host::Host;
use crate::keys;

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum ConnectionCommand {
    /// Add an account; its key is tested first, and a refused one stores nothing
    #[command(subcommand)]
    Add(Add),
    /// List the connections
    #[command(after_help = "Example:\n  segue connection list")]
    List,
    /// Test the key of a connection against the account
    #[command(after_help = "Example:\n  segue connection test Newsletter")]
    Test {
        /// Name or id
        name: String,
    },
    /// Rename a connection
    #[command(after_help = "Example:\n  segue connection rename Newsletter \"Newsletter 2026\"")]
    Rename {
        /// Name or id
        name: String,
        /// The new name
        new: String,
    },
    /// Change the pace or the contract size
    #[command(after_help = "Example:\n  segue connection set Newsletter --rate 2 --contract-size 50000")]
    Set {
        /// Name or id
        name: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Store another key, given like the first: by variable or standard input
    #[command(after_help = "Example:\n  segue connection set-key Newsletter < key.txt")]
    SetKey {
        /// Name or id
        name: String,
        /// Agree to the data privacy statements, which another account needs anew
        #[arg(long)]
        agree: bool,
    },
    /// Remove a connection that no export uses, with its key
    #[command(after_help = "Example:\n  segue connection remove Newsletter")]
    Remove {
        /// Name or id
        name: String,
    },
}

/// The kinds of account.
#[derive(Debug, Subcommand)]
pub(crate) enum Add {
    /// An account of the classic Autopilot API
    #[command(after_help = AUTOPILOT)]
    Autopilot(AddAccount),
    /// An account of Ortto, what Autopilot is today
    #[command(after_help = ORTTO)]
    Ortto(AddOrtto),
}

/// What is said of the key and of consent, whatever the account.
macro_rules! key_and_consent {
    () => {
        "\
The API key comes from SEGUE_API_KEY or as one line on standard input, never from an argument. It
rests in the key store of this computer; without one, SEGUE_KEYCHAIN=file keeps it in an encrypted
file, unlocked by SEGUE_PASSPHRASE.

With --agree you confirm that what is sent may be personal data and leaves this computer for that
account; that it goes at your instruction, and that you answer for how the account's vendor keeps
it; and that whoever uses this data folder can end it at any time by removing the connection.

"
    };
}

const AUTOPILOT: &str = concat!(
    key_and_consent!(),
    "\
Examples:
  segue connection add autopilot Newsletter --agree < key.txt
  segue connection add autopilot Sandbox --agree --base-url http://127.0.0.1:8080 --rate 0"
);

const ORTTO: &str = concat!(
    key_and_consent!(),
    "\
The key is that of a custom API data source in Ortto, and works in the account's own region only.

Examples:
  segue connection add ortto Newsletter --agree --region eu < key.txt
  segue connection add ortto Sandbox --agree --base-url http://127.0.0.1:8080 --rate 0"
);

/// The words of `connection add ortto`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddOrtto {
    /// The region that the account is in
    #[arg(long, value_name = "REGION", value_parser = ["global", "au", "eu"], default_value = "global")]
    region: String,
    #[command(flatten)]
    account: AddAccount,
}

/// The words of `connection add`, whatever the account.
#[derive(Debug, clap::Args)]
pub(crate) struct AddAccount {
    /// The connection's name
    name: String,
    /// Agree to the data privacy statements (below)
    #[arg(long)]
    agree: bool,
    /// An origin in place of the vendor's: https, or http on this computer
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

/// What can be set at any time.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// Requests a second (default 4, for Ortto 8); 0 for no limit, on this computer only
    #[arg(long, value_name = "N")]
    rate: Option<u32>,
    /// The contacts that the contract allows; a preview warns above it
    #[arg(long, value_name = "N")]
    contract_size: Option<u64>,
}

impl ConnectionCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        match self {
            Self::Add(add) => {
                // Read before the data folder is touched: without a key nothing changes.
                let new = match add {
                    Add::Autopilot(account) => account.with_key(Product::Autopilot, None)?,
                    Add::Ortto(AddOrtto { region, account }) => {
                        account.with_key(Product::Ortto, Some(region))?
                    }
                };
                let connection = host.engine()?.add_connection(new).await?;
                host.print.answer(&connection, || show::added(&connection))?;
            }
            Self::List => {
                let connections = host.engine()?.connections().await?;
                host.print.answer(&connections, || show::list(&connections))?;
            }
            Self::Test { name } => {
                host.engine()?.test_connection(&name).await?;
                host.print.answer(&Tested { connection: &name, ok: true }, || {
                    format!("The account of “{name}” accepts the key.")
                })?;
            }
            Self::Rename { name, new } => {
                let connection = host.engine()?.rename_connection(&name, &new).await?;
                host.print.answer(&connection, || format!("“{name}” is now “{}”.", connection.name))?;
            }
            Self::Set { name, settings } => {
                let Settings { rate, contract_size } = settings;
                let settings = ConnectionSettings { rate, contract_size };
                let connection = host.engine()?.set_connection(&name, settings).await?;
                host.print.answer(&connection, || show::list(std::slice::from_ref(&connection)))?;
            }
            Self::SetKey { name, agree } => {
                let key = keys::read()?;
                let engine = host.engine()?;
                let (connection, another) =
                    engine.set_connection_key(&name, key, agree, &keys::user()).await?;
                host.print.answer(&connection, || {
                    let account = if another {
                        "it opens another account, so the next run of each export is a first run"
                    } else {
                        "the account accepts it"
                    };
                    format!("“{name}” has the new key; {account}.")
                })?;
            }
            Self::Remove { name } => {
                host.engine()?.remove_connection(&name).await?;
                host.print.answer(&Removed { removed: &name }, || {
                    format!("“{name}” is removed, and its key; the account is as it was.")
                })?;
            }
        }
        Ok(Exit::Done)
    }
}

impl AddAccount {
    /// Without consent no key is asked for: the engine refuses it as it is.
    fn with_key(self, product: Product, region: Option<String>) -> Result<NewConnection> {
        let Self { name, agree, base_url, settings: Settings { rate, contract_size } } = self;
        Ok(NewConnection {
            name,
            product,
            region,
            base_url,
            rate,
            contract_size,
            key: if agree { keys::read()? } else { SecretString::default() },
            agree,
            user: keys::user(),
        })
    }
}
