//! The key store of the operating system, against a real gnome-keyring on a session bus of its own.
//!
//! Each test here starts this program once more, under `dbus-run-session` and with a home in a
//! temporary folder; the part that runs there is in `inside`. The user's own bus and keyring are
//! never touched.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Says to the part inside that it is there.
const INSIDE: &str = "SEGUE_TEST_SESSION";

/// A bus on which nothing is started by itself.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

#[test]
fn an_unlocked_keyring_keeps_keys_over_processes() {
    on_a_bus("an_unlocked_keyring");
}

#[test]
fn a_locked_keyring_says_so_and_stores_nothing() {
    on_a_bus("a_locked_keyring");
}

#[test]
fn a_session_without_a_keyring_is_told_apart() {
    on_a_bus("no_service");
}

#[test]
fn a_machine_without_a_session_gets_the_other_way_told() {
    let home = home();
    passed("nothing_there", &run(&mut at_home(&home, this_program(), "nothing_there")));
}

#[test]
fn a_bus_that_never_answers_does_not_hang_the_program() {
    let home = home();
    let socket = home.path().join("silent");
    let _never_accepts = UnixListener::bind(&socket).unwrap();
    let mut command = at_home(&home, this_program(), "silence");
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", socket.display()));
    passed("silence", &run(&mut command));
}

/// Runs a part inside a session of its own.
fn on_a_bus(part: &str) {
    let home = home();
    let bus = home.path().join("bus.conf");
    fs::write(&bus, BUS.replace("FOLDER", home.path().to_str().unwrap())).unwrap();
    let mut command = Command::new("dbus-run-session");
    command.arg(format!("--config-file={}", bus.display())).arg("--").arg(std::env::current_exe().unwrap());
    passed(part, &run(&mut at_home(&home, command, part)));
}

fn home() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let runtime = home.path().join("run");
    fs::create_dir(&runtime).unwrap();
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
    home
}

fn this_program() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

/// The command, with a home and nothing of the user's session, for this one part.
fn at_home(home: &TempDir, mut command: Command, part: &str) -> Command {
    command.args(["--exact", &format!("keyring::inside::{part}"), "--ignored", "--nocapture"]);
    for name in ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
        command.env_remove(name);
    }
    let folder = |name: &str| home.path().join(name);
    command
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", folder("run"))
        .env("XDG_DATA_HOME", folder("data"))
        .env("XDG_CONFIG_HOME", folder("config"))
        .env("XDG_CACHE_HOME", folder("cache"))
        .env(INSIDE, "1");
    command
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; dev/setup installs what it needs"))
}

/// A part that is not found is no failure to the test program, so its pass is asked for.
fn passed(part: &str, output: &Output) {
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.contains("1 passed"), "{part}:\n{text}");
}

mod inside {
    use std::io::Write as _;
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, Signal, kill_process};
    use secrecy::{ExposeSecret as _, SecretString};
    use segue_engine::error::{Code, Error};
    use segue_engine::keychain::{Keychain, System};

    use super::{INSIDE, passed, run, this_program};

    const KEY: &str = "0123456789abcdef-åäö";

    #[test]
    #[ignore = "a part of an_unlocked_keyring_keeps_keys_over_processes"]
    fn an_unlocked_keyring() {
        let _session = session();
        let _daemon = Daemon::start(Some("correct horse"));
        let keychain = System::default();
        assert_eq!(get(&keychain, "a"), None);
        keychain.set("a", &secret(KEY)).unwrap();
        keychain.set("b", &secret("other")).unwrap();
        assert_eq!(get(&keychain, "a").as_deref(), Some(KEY));
        keychain.set("a", &secret("new")).unwrap();
        assert_eq!(get(&keychain, "a").as_deref(), Some("new"), "the new key stands in the place of the old");
        keychain.delete("b").unwrap();
        keychain.delete("b").unwrap();
        assert_eq!(get(&keychain, "b"), None);
        let worker = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let task = worker.spawn(async { get(&System::default(), "a") });
        let read = worker.block_on(task).unwrap();
        assert_eq!(read.as_deref(), Some("new"), "a worker of the async runtime may ask");
        assert_eq!(items(), 1, "what was tried is not left behind");
        let mut other = this_program();
        other.args(["--exact", "keyring::inside::another_process", "--ignored", "--nocapture"]);
        passed("another_process", &run(&mut other));
    }

    #[test]
    #[ignore = "a part of an_unlocked_keyring_keeps_keys_over_processes"]
    fn another_process() {
        let _session = session();
        assert_eq!(get(&System::default(), "a").as_deref(), Some("new"));
    }

    #[test]
    #[ignore = "a part of a_locked_keyring_says_so_and_stores_nothing"]
    fn a_locked_keyring() {
        let _session = session();
        let sentence = |error: &Error| {
            assert_eq!(error.code, Code::NoKeyStore);
            assert!(error.message.contains("locked"), "{error:?}");
            assert!(error.message.contains("nothing was stored and nothing was sent"), "{error:?}");
            assert!(error.help.contains("Sign in") && error.help.contains("unlock"), "{error:?}");
        };
        let daemon = Daemon::start(None);
        refused(&System::default()).iter().for_each(sentence);
        drop(daemon);

        let daemon = Daemon::start(Some("correct horse"));
        System::default().set("a", &secret(KEY)).unwrap();
        drop(daemon);
        let daemon = Daemon::start(None);
        refused(&System::default()).iter().for_each(sentence);
        drop(daemon);
        let _daemon = Daemon::start(Some("correct horse"));
        assert_eq!(get(&System::default(), "a").as_deref(), Some(KEY), "a locked keyring loses nothing");
    }

    #[test]
    #[ignore = "a part of a_session_without_a_keyring_is_told_apart"]
    fn no_service() {
        let _session = session();
        refused(&System::default()).iter().for_each(absent);
    }

    #[test]
    #[ignore = "a part of a_machine_without_a_session_gets_the_other_way_told"]
    fn nothing_there() {
        let _session = session();
        refused(&System::default()).iter().for_each(absent);
    }

    #[test]
    #[ignore = "a part of a_bus_that_never_answers_does_not_hang_the_program"]
    fn silence() {
        let _session = session();
        for error in refused(&System::new(Duration::from_millis(200))) {
            assert_eq!(error.code, Code::NoKeyStore);
            assert!(error.message.contains("did not answer") && error.message.contains("nothing was sent"));
        }
    }

    /// The proof that this is not the user's own session.
    fn session() -> String {
        std::env::var(INSIDE).expect("this part is started by another test, in a session of its own")
    }

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    fn get(keychain: &dyn Keychain, account: &str) -> Option<String> {
        keychain.get(account).unwrap().map(|key| key.expose_secret().to_owned())
    }

    /// What each call says; none shows the key.
    fn refused(keychain: &dyn Keychain) -> [Error; 3] {
        let errors = [
            keychain.get("a").unwrap_err(),
            keychain.set("a", &secret(KEY)).unwrap_err(),
            keychain.delete("a").unwrap_err(),
        ];
        assert!(!format!("{errors:?}").contains(KEY));
        errors
    }

    fn absent(error: &Error) {
        assert_eq!(error.code, Code::NoKeyStore);
        assert!(error.message.contains("cannot be reached"), "{error:?}");
        assert!(error.message.contains("nothing was stored and nothing was sent"), "{error:?}");
        assert!(error.help.contains("SEGUE_KEYCHAIN=file") && error.help.contains("SEGUE_PASSPHRASE"));
    }

    /// A gnome-keyring that ends with its owner.
    struct Daemon(Child);

    impl Daemon {
        /// Starts one and waits for its name on the bus; without a password it stays locked.
        fn start(password: Option<&str>) -> Self {
            let mut command = Command::new("gnome-keyring-daemon");
            command.args(["--foreground", "--components=secrets"]);
            command.arg(if password.is_some() { "--unlock" } else { "--start" });
            let mut child = command
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .unwrap_or_else(|error| panic!("gnome-keyring-daemon: {error}; dev/setup installs it"));
            // Taken and dropped: the end of its input is what it waits for.
            let mut input = child.stdin.take().unwrap();
            input.write_all(password.unwrap_or_default().as_bytes()).unwrap();
            drop(input);
            until(true);
            Self(child)
        }
    }

    impl Drop for Daemon {
        fn drop(&mut self) {
            // Asked, not killed: it writes its files first.
            if let Some(pid) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
                kill_process(pid, Signal::TERM).ok();
            }
            self.0.wait().ok();
            if !std::thread::panicking() {
                until(false);
            }
        }
    }

    /// Asks the bus until the keyring's name is taken, or is free.
    fn until(taken: bool) {
        let begun = Instant::now();
        let answer = format!("boolean {taken}");
        while !bus(&[
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ])
        .contains(&answer)
        {
            assert!(begun.elapsed() < Duration::from_secs(60), "the keyring is on the bus: {taken}");
        }
    }

    /// How many entries the keyring holds.
    fn items() -> usize {
        bus(&[
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets/collection/login",
            "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Collection",
            "string:Items",
        ])
        .matches("object path")
        .count()
    }

    fn bus(words: &[&str]) -> String {
        let output = run(Command::new("dbus-send").args(["--session", "--print-reply"]).args(words));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}
