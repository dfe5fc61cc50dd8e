//! The words of the product (product.md, *Words*). Plain data: no I/O, nothing of ours imported.

mod address;
mod audience;
mod configuration;
mod connection;
mod counts;
mod export;
mod field;
mod history;
mod ids;
mod inner;
mod lists;
mod notice;
mod overview;
mod rule;
mod run;
mod run_facts;
mod sample;
mod schedule;
mod segment;
mod total;
mod version;

pub use address::{Address, AddressProblem};
pub use audience::{Audience, AudienceKind, Column, ColumnType, FileFound, Files, Survey};
pub use configuration::{
    AudienceEntry, ChosenEntry, Configuration, ConnectionEntry, ExportEntry, SegmentEntry,
};
pub use connection::{Connection, Consent, Membership, Product};
pub use counts::{Counts, Leavers};
pub use export::{Export, ExportSegment, LeaverPolicy, OnlyIf};
pub use field::{AccountField, Blank, FieldType, Match, Target, Unfit};
pub use history::{PersonReceipt, PersonRecord, PersonRun};
pub use ids::{AudienceId, ConnectionId, ExportId, RunId, SegmentId};
pub use inner::is_inner;
pub use lists::{ListId, json_of, parse_lists};
pub use notice::{
    MailSecurity, MailSettings, Notice, NoticeKind, NoticeLanguage, NoticeSettings, NoticeTries, NoticeTry,
    WebhookSettings,
};
pub use overview::{
    AudienceUse, ConnectionUse, Hit, HitKind, KeyHeard, Named, Page, SegmentLine, SegmentOrder, SegmentQuery,
    SegmentSize, Totals,
};
pub use rule::SegmentRule;
pub use run::{Outcome, Person, Progress, Run, Stage, Status, Trigger};
pub use run_facts::{
    Forecast, HeldList, LatestRun, OverLimit, PeopleQuery, RequestKind, RunDay, RunDetails, RunFacts,
    RunList, RunQuery, RunReason, SentRequest,
};
pub use sample::Sample;
pub use schedule::{
    Day, Due, Every, NextTimes, Owner, Recurrence, Refresh, RefreshState, RefreshedAudience, Schedule,
    ScheduleMode, SystemSchedule, TimeOfDay,
};
pub use segment::{KnownCount, Segment, SegmentCount, SegmentSet};
pub use total::{Total, TotalQuery};
