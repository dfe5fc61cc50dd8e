//! The list of commands: name, request and answer. Everything else is made from it - the dispatch, the
//! schema and with it the page's TypeScript.

/// Hands the list to another macro: `name(Request) -> Answer`, grouped by the file that answers.
macro_rules! commands {
    ($macro:ident) => {
        $macro! {
            start {
                app_start(Nothing) -> Start;
                settings_set(Settings) -> Settings;
                home(Nothing) -> Home;
                find(FindRequest) -> Vec<Hit>;
                sample_add(Nothing) -> Sample;
                sample_remove(Nothing) -> Done;
            }
            exports {
                export_list(Nothing) -> Vec<ExportRow>;
                export_get(One) -> ExportDetail;
                export_save(ExportDraft) -> ExportDetail;
                export_rename(Rename) -> ExportDetail;
                export_duplicate(Rename) -> ExportDetail;
                export_detach(One) -> ExportDetail;
                export_attach(AttachRequest) -> ExportDetail;
                export_remove(ExportRemoveRequest) -> Done;
                export_forecast(One) -> Forecast;
                export_total(TotalQuery) -> Total;
                export_run(RunRequest) -> RunsStarted;
                export_keep_held(One) -> Done;
            }
            preview {
                preview_make(One) -> PreviewView;
                preview_people(PreviewPeopleRequest) -> Page<PreviewedPerson>;
                preview_download(PreviewDownloadRequest) -> FileWritten;
                preview_run(PreviewRunRequest) -> RunStarted;
            }
            runs {
                run_list(RunListRequest) -> Page<Run>;
                run_get(One) -> RunDetail;
                run_people(RunPeopleRequest) -> Page<RunPerson>;
                run_reasons(One) -> Vec<RunReason>;
                run_days(RunDaysRequest) -> Vec<RunDay>;
                run_requests(RunRequestsRequest) -> Vec<SentRequest>;
                run_download(RunDownloadRequest) -> FileWritten;
                run_cancel(One) -> Done;
                run_resume(One) -> RunStarted;
            }
            people {
                person_find(PersonRequest) -> PersonRecord;
                person_forget(ForgetRequest) -> Forgotten;
            }
            segments {
                segment_list(SegmentListRequest) -> Page<SegmentRow>;
                segment_get(One) -> SegmentDetail;
                segment_save(SegmentDraft) -> SegmentDetail;
                segment_rename(Rename) -> SegmentDetail;
                segment_remove(One) -> Done;
                segment_refresh(SegmentRefreshRequest) -> Done;
                segment_sizes(One) -> Vec<SegmentSize>;
                segment_download(SegmentDownloadRequest) -> FileWritten;
                rule_count(RuleRequest) -> RuleCount;
                rule_members(RuleRequest) -> Members;
            }
            audiences {
                audience_list(Nothing) -> Vec<AudienceRow>;
                audience_get(One) -> AudienceDetail;
                audience_save(AudienceDraft) -> AudienceDetail;
                audience_rename(Rename) -> AudienceDetail;
                audience_refresh(One) -> AudienceDetail;
                audience_remove(One) -> Done;
                audience_values(ValuesRequest) -> Values;
            }
            connections {
                connection_list(Nothing) -> Vec<ConnectionRow>;
                connection_connect(ConnectRequest) -> AccountFound;
                connection_add(ConnectionDraft) -> ConnectionRow;
                connection_test(One) -> AccountFound;
                connection_rename(Rename) -> ConnectionRow;
                connection_set(ConnectionSetRequest) -> ConnectionRow;
                connection_set_key(SetKeyRequest) -> ConnectionRow;
                connection_withdraw(One) -> ConnectionRow;
                connection_remove(One) -> Done;
                account_shape(One) -> AccountShape;
            }
            schedules {
                schedule_get(Nothing) -> ScheduleView;
                schedule_set(SystemSchedule) -> ScheduleView;
                schedule_pause(PauseRequest) -> ScheduleView;
                zone_list(Nothing) -> Vec<Zone>;
                export_schedule(ExportScheduleRequest) -> Done;
                refresh_now(Nothing) -> Done;
                refresh_cancel(Nothing) -> Done;
            }
            notices {
                notices_get(Nothing) -> NoticesView;
                notices_set(NoticesDraft) -> NoticesView;
                notices_test(NoticesTestRequest) -> Done;
            }
            security {
                audit_list(AuditRequest) -> Page<Entry>;
                retention_get(Nothing) -> RetentionView;
                retention_set(RetentionRequest) -> RetentionView;
                config_export(FileRequest) -> FileWritten;
                config_import(FileRequest) -> Imported;
                diagnostics(FileRequest) -> Diagnostics;
                system_status(Nothing) -> SystemStatus;
            }
        }
    };
}
pub(crate) use commands;

macro_rules! names {
    ($($file:ident { $($name:ident($request:ty) -> $answer:ty;)* })*) => {
        /// The name of each command, in the order of the list.
        pub const NAMES: &[&str] = &[$($(stringify!($name)),*),*];
    };
}
commands!(names);
