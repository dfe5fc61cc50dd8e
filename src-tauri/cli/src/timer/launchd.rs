//! An agent of the user's launchd.

use super::quote::xml;
use super::{Job, Plan, Step};

const LABEL: &str = "app.segue.tick";

/// The agent. It starts at sign-in, and every five minutes; intervals that pass asleep are one start.
pub(super) fn plan(job: &Job) -> Plan {
    let (program, data_dir) = (xml(&job.program), xml(&job.data_dir));
    let agent = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>Label</key>
    <string>{LABEL}</string>
    <key>ProgramArguments</key>
    <array>
        <string>{program}</string>
        <string>--data-dir</string>
        <string>{data_dir}</string>
        <string>tick</string>
    </array>
    <key>StartInterval</key>
    <integer>300</integer>
    <key>RunAtLoad</key>
    <true/>
    <key>ProcessType</key>
    <string>Background</string>
    <key>ExitTimeOut</key>
    <integer>90</integer>
</dict>
</plist>
"#
    );
    let file = job.folder.join(format!("{LABEL}.plist"));
    let domain = format!("gui/{}", job.user);
    let service = format!("{domain}/{LABEL}");
    let bootout = || Step::may("launchctl", ["bootout", &service]);
    let mut bootstrap = Step::must("launchctl", ["bootstrap", &domain]);
    bootstrap.words.push(file.clone().into_os_string());
    Plan {
        files: vec![(file, agent.into_bytes())],
        // One that is there already would be refused.
        install: vec![bootout(), bootstrap],
        // Its file may be there when it has been stopped.
        there: Some(Step::may("launchctl", ["print", &service])),
        uninstall: vec![bootout()],
        gone: Vec::new(),
        copied: false,
    }
}
