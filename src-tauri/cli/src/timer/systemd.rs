//! A timer of the user's systemd.

use super::quote::{systemd, systemd_program};
use super::{Job, Plan, Step};

const SERVICE: &str = "segue.service";
const TIMER: &str = "segue.timer";

/// The service and its timer. What a data folder with a file for keys needs comes from a file that only the
/// user can read, if it is there: `%E` is the folder of the user's settings.
pub(super) fn plan(job: &Job) -> Plan {
    let (program, data_dir) = (systemd_program(&job.program), systemd(&job.data_dir));
    let service = format!(
        "\
# Made by `segue schedule install --os`; `segue schedule uninstall --os` takes it away.
[Unit]
Description=Segue runs what is due

[Service]
Type=oneshot
ExecStart={program} --data-dir {data_dir} tick
EnvironmentFile=-%E/segue/timer.env
# Requests in flight are finished first.
TimeoutStopSec=90
"
    );
    let timer = "\
# Made by `segue schedule install --os`; `segue schedule uninstall --os` takes it away.
[Unit]
Description=Segue looks every five minutes for what is due

[Timer]
OnCalendar=*:0/5
Persistent=true

[Install]
WantedBy=timers.target
";
    Plan {
        files: vec![
            (job.folder.join(SERVICE), service.into_bytes()),
            (job.folder.join(TIMER), timer.as_bytes().to_vec()),
        ],
        install: vec![
            Step::must("systemctl", ["--user", "daemon-reload"]),
            Step::must("systemctl", ["--user", "enable", "--now", TIMER]),
        ],
        there: None,
        uninstall: vec![Step::may("systemctl", ["--user", "disable", "--now", TIMER])],
        gone: vec![Step::may("systemctl", ["--user", "daemon-reload"])],
        copied: false,
    }
}
