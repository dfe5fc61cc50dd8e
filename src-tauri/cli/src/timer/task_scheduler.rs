//! A task of the user in the Task Scheduler of Windows.

use super::quote::xml;
use super::{Job, Plan, Step};

const TASK: &str = r"\Segue\tick";

/// The task. `conhost --headless` keeps a black window from showing every five minutes, which a program of
/// the command line has otherwise. The Task Scheduler reads UTF-16 and keeps its own copy.
pub(super) fn plan(job: &Job) -> Plan {
    let arguments = xml(&format!("--headless {}", job.command()));
    let task = format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Segue looks every five minutes for what is due.</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <Repetition>
        <Interval>PT5M</Interval>
      </Repetition>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>%SystemRoot%\System32\conhost.exe</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    );
    let wide = task.replace('\n', "\r\n");
    let bytes = [0xfeff].into_iter().chain(wide.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let file = job.folder.join("segue-tick.xml");
    let mut create = Step::must("schtasks", ["/Create", "/TN", TASK, "/F", "/XML"]);
    create.words.push(file.clone().into_os_string());
    Plan {
        files: vec![(file, bytes)],
        install: vec![create],
        there: Some(Step::may("schtasks", ["/Query", "/TN", TASK])),
        uninstall: vec![Step::may("schtasks", ["/Delete", "/TN", TASK, "/F"])],
        gone: Vec::new(),
        copied: true,
    }
}
