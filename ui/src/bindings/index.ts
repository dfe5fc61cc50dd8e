// Made by `npm run bindings` from commands.schema.json; never edited by hand.

/**
 * The type of a field of the account (destination-api.md 2.2, 3.2).
 */
export type FieldType =
  | "text"
  | "integer"
  | "float"
  | "boolean"
  | "date"
  | "long_text"
  | "decimal"
  | "time"
  | "phone"
  | "place"
  | "choice"
  | "choices";
/**
 * A kind of key store.
 */
export type KeyStoreKind = "system" | "file" | "missing";
/**
 * What closing the window does while a run is under way.
 */
export type Close = "ask" | "tray" | "quit";
/**
 * A language of the window.
 */
export type Language = "en" | "sv";
/**
 * How the window looks.
 */
export type Theme = "system" | "light" | "dark" | "high_contrast";
/**
 * The type of a column: a number only if every value parses, none has a leading zero and integers
 * stay under 2^53; a date only if every value does; else text (cli.md, *Files*).
 */
export type ColumnType = "text" | "integer" | "float" | "boolean" | "date" | "timestamp";
/**
 * Where an audience's data is.
 */
export type AudienceKind = {
  /**
   * The delimiter, if the user named it.
   */
  delimiter: string | null;
  /**
   * The encoding's label, if the user named it.
   */
  encoding: string | null;
  /**
   * The key column, fixed when the audience is added: `Some` a column of the survey, `None` the
   * row's place in the file.
   */
  key: string | null;
  kind: "files";
  /**
   * Absolute path of the file that says which segments each profile is in (`--memberships`).
   */
  memberships: string | null;
  /**
   * Whether the first record is data, not names (`--no-header`).
   */
  no_header: boolean;
  /**
   * Absolute paths of files, or of folders for all the files in them, in the order given.
   */
  paths: string[];
};
/**
 * What speaks for a column.
 */
export type Reason = "name" | "contents";
/**
 * A key as it was typed or pasted. It is never printed.
 */
export type Key = string;
/**
 * Which product a connection speaks to.
 */
export type Product = "autopilot" | "ortto";
/**
 * A connection.
 */
export type ConnectionId = string;
/**
 * How people are put on lists of a classic account.
 */
export type Membership = "unknown" | "bulk" | "per_member";
/**
 * What is known of a key.
 */
export type KeyState = "accepted" | "refused" | "missing";
/**
 * What happens to people who leave the chosen segments.
 */
export type LeaverPolicy = "remove" | "keep";
/**
 * What a blank cell does (product.md page 3).
 */
export type Blank = "skip" | "clear";
/**
 * A field of the account by name, as `--match` writes it: `FirstName`, or `custom:NAME`.
 */
export type Target = string;
/**
 * What a value that does not fit its field does.
 */
export type Unfit = "invalid" | "leave_out";
/**
 * An export.
 */
export type ExportId = string;
/**
 * A run.
 */
export type RunId = string;
/**
 * Where a run is.
 */
export type Stage = "read" | "match" | "compare" | "deliver" | "leavers" | "verify" | "done";
/**
 * The status of a run (product.md rule 11).
 */
export type Status =
  "queued" | "processing" | "successful" | "completed_with_errors" | "skipped" | "failed" | "canceled" | "not_started";
/**
 * What began a run.
 */
export type Trigger = "manual" | "command_line" | "schedule" | "system_refresh";
/**
 * With what an export runs by itself.
 */
export type ScheduleMode = "off" | "system" | "own";
/**
 * A time of day to the minute, written `08:30`.
 */
export type TimeOfDay = string;
/**
 * How often something recurs.
 */
export type Every = "day" | "week";
/**
 * A day of the week.
 */
export type Day = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
/**
 * A kind of object.
 */
export type HitKind = "export" | "segment" | "audience" | "connection" | "run";
/**
 * A kind of waiting.
 */
export type WaitingKind = "held" | "key_refused" | "resumable" | "failed";
/**
 * A language of webhooks and mail.
 */
export type NoticeLanguage = "en" | "sv";
/**
 * How a connection to a mail server is made safe.
 */
export type MailSecurity = "tls" | "start_tls" | "none";
/**
 * A way to tell somebody.
 */
export type NoticeWay = "webhook" | "mail";
/**
 * The fate of a person in a run.
 */
export type Outcome =
  | "created"
  | "updated"
  | "unchanged"
  | "invalid"
  | "duplicate"
  | "excluded"
  | "rejected"
  | "not_attempted"
  | "leaver_removed"
  | "leaver_kept"
  | "leaver_held"
  | "leaver_failed";
/**
 * A group of people of a preview.
 */
export type PreviewGroup =
  "source" | "invalid" | "duplicate" | "excluded" | "new" | "changed" | "unchanged" | "retry" | "leaving" | "held";
/**
 * Who is in a segment, as it was written and as it is stored.
 */
export type SegmentRule =
  | {
      kind: "where";
      /**
       * One boolean expression over the columns of `customer`.
       */
      predicate: string;
    }
  | {
      kind: "rule";
      /**
       * The JSON as text: it may be nested deeper than a parsed value could be read again.
       */
      rule: string;
    }
  | {
      /**
       * The column with the ids; `None`: `CustomerId` or the key of the audience.
       */
      key: string | null;
      kind: "members";
      /**
       * Absolute path.
       */
      path: string;
    }
  | {
      kind: "membership";
      /**
       * The name as it stands in the file; that of the segment itself may be another.
       */
      name: string;
    };
/**
 * What a request is for.
 */
export type RequestKind = "upsert" | "join" | "leave";
/**
 * How far a task of a refresh is.
 */
export type RefreshState =
  "queued" | "reading" | "counting" | "successful" | "completed_with_errors" | "failed" | "canceled";
/**
 * How a segment says who is in it.
 */
export type SegmentKind = "where" | "rule" | "members" | "membership";
/**
 * By what segments are sorted.
 */
export type SegmentSort = "name" | "members" | "counted_at" | "created_at";
/**
 * A process of Segue's own.
 */
export type ProcessKind = "refresh" | "webhook" | "mail";
/**
 * A kind of object, for pages that show it.
 */
export type Noun =
  "audiences" | "audit" | "connections" | "exports" | "notices" | "runs" | "schedules" | "segments" | "settings";
/**
 * Something happened. Events may be lost or late: pages read again what they show, and count nothing.
 */
export type Event =
  | {
      data: Progress;
      event: "run_progress";
    }
  | {
      data: Run;
      event: "run_ended";
    }
  | {
      data: Refresh;
      event: "refresh";
    }
  | {
      data: Notice;
      event: "notice";
    }
  | {
      data: Changed;
      event: "changed";
    };
/**
 * A change of state that is worth a word; one for a run at most, the first that is true.
 */
export type NoticeKind = "failed" | "skipped" | "waiting" | "errors" | "people_changed" | "recovered";

/**
 * Every command of the engine, with what it is asked and what it answers.
 */
export interface Commands {
  account_shape: {
    request: One;
    answer: AccountShape;
  };
  app_start: {
    request: Nothing;
    answer: Start;
  };
  audience_get: {
    request: One;
    answer: AudienceDetail;
  };
  audience_list: {
    request: Nothing;
    answer: AudienceRow[];
  };
  audience_refresh: {
    request: One;
    answer: AudienceDetail;
  };
  audience_remove: {
    request: One;
    answer: Done;
  };
  audience_rename: {
    request: Rename;
    answer: AudienceDetail;
  };
  audience_save: {
    request: AudienceDraft;
    answer: AudienceDetail;
  };
  audience_values: {
    request: ValuesRequest;
    answer: Values;
  };
  audit_list: {
    request: AuditRequest;
    answer: PageOfEntry;
  };
  config_export: {
    request: FileRequest;
    answer: FileWritten;
  };
  config_import: {
    request: FileRequest;
    answer: Imported;
  };
  connection_add: {
    request: ConnectionDraft;
    answer: ConnectionRow;
  };
  connection_connect: {
    request: ConnectRequest;
    answer: AccountFound;
  };
  connection_list: {
    request: Nothing;
    answer: ConnectionRow[];
  };
  connection_remove: {
    request: One;
    answer: Done;
  };
  connection_rename: {
    request: Rename;
    answer: ConnectionRow;
  };
  connection_set: {
    request: ConnectionSetRequest;
    answer: ConnectionRow;
  };
  connection_set_key: {
    request: SetKeyRequest;
    answer: ConnectionRow;
  };
  connection_test: {
    request: One;
    answer: AccountFound;
  };
  connection_withdraw: {
    request: One;
    answer: ConnectionRow;
  };
  diagnostics: {
    request: FileRequest;
    answer: Diagnostics;
  };
  export_attach: {
    request: AttachRequest;
    answer: ExportDetail;
  };
  export_detach: {
    request: One;
    answer: ExportDetail;
  };
  export_duplicate: {
    request: Rename;
    answer: ExportDetail;
  };
  export_forecast: {
    request: One;
    answer: Forecast;
  };
  export_get: {
    request: One;
    answer: ExportDetail;
  };
  export_keep_held: {
    request: One;
    answer: Done;
  };
  export_list: {
    request: Nothing;
    answer: ExportRow[];
  };
  export_remove: {
    request: ExportRemoveRequest;
    answer: Done;
  };
  export_rename: {
    request: Rename;
    answer: ExportDetail;
  };
  export_run: {
    request: RunRequest;
    answer: RunsStarted;
  };
  export_save: {
    request: ExportDraft;
    answer: ExportDetail;
  };
  export_schedule: {
    request: ExportScheduleRequest;
    answer: Done;
  };
  export_total: {
    request: TotalQuery;
    answer: Total;
  };
  find: {
    request: FindRequest;
    answer: Hit[];
  };
  home: {
    request: Nothing;
    answer: Home;
  };
  notices_get: {
    request: Nothing;
    answer: NoticesView;
  };
  notices_set: {
    request: NoticesDraft;
    answer: NoticesView;
  };
  notices_test: {
    request: NoticesTestRequest;
    answer: Done;
  };
  person_find: {
    request: PersonRequest;
    answer: PersonRecord;
  };
  person_forget: {
    request: ForgetRequest;
    answer: Forgotten;
  };
  preview_download: {
    request: PreviewDownloadRequest;
    answer: FileWritten;
  };
  preview_make: {
    request: One;
    answer: PreviewView;
  };
  preview_people: {
    request: PreviewPeopleRequest;
    answer: PageOfPreviewedPerson;
  };
  preview_run: {
    request: PreviewRunRequest;
    answer: RunStarted;
  };
  refresh_cancel: {
    request: Nothing;
    answer: Done;
  };
  refresh_now: {
    request: Nothing;
    answer: Done;
  };
  retention_get: {
    request: Nothing;
    answer: RetentionView;
  };
  retention_set: {
    request: RetentionRequest;
    answer: RetentionView;
  };
  rule_count: {
    request: RuleRequest;
    answer: RuleCount;
  };
  rule_members: {
    request: RuleRequest;
    answer: Members;
  };
  run_cancel: {
    request: One;
    answer: Done;
  };
  run_days: {
    request: RunDaysRequest;
    answer: RunDay[];
  };
  run_download: {
    request: RunDownloadRequest;
    answer: FileWritten;
  };
  run_get: {
    request: One;
    answer: RunDetail;
  };
  run_list: {
    request: RunListRequest;
    answer: PageOfRun;
  };
  run_people: {
    request: RunPeopleRequest;
    answer: PageOfRunPerson;
  };
  run_reasons: {
    request: One;
    answer: RunReason[];
  };
  run_requests: {
    request: RunRequestsRequest;
    answer: SentRequest[];
  };
  run_resume: {
    request: One;
    answer: RunStarted;
  };
  sample_add: {
    request: Nothing;
    answer: Sample;
  };
  sample_remove: {
    request: Nothing;
    answer: Done;
  };
  schedule_get: {
    request: Nothing;
    answer: ScheduleView;
  };
  schedule_pause: {
    request: PauseRequest;
    answer: ScheduleView;
  };
  schedule_set: {
    request: SystemSchedule;
    answer: ScheduleView;
  };
  segment_download: {
    request: SegmentDownloadRequest;
    answer: FileWritten;
  };
  segment_get: {
    request: One;
    answer: SegmentDetail;
  };
  segment_list: {
    request: SegmentListRequest;
    answer: PageOfSegmentRow;
  };
  segment_refresh: {
    request: SegmentRefreshRequest;
    answer: Done;
  };
  segment_remove: {
    request: One;
    answer: Done;
  };
  segment_rename: {
    request: Rename;
    answer: SegmentDetail;
  };
  segment_save: {
    request: SegmentDraft;
    answer: SegmentDetail;
  };
  segment_sizes: {
    request: One;
    answer: SegmentSize[];
  };
  settings_set: {
    request: Settings;
    answer: Settings;
  };
  system_status: {
    request: Nothing;
    answer: SystemStatus;
  };
  zone_list: {
    request: Nothing;
    answer: Zone[];
  };
}
/**
 * One object, by its id or name.
 */
export interface One {
  /**
   * Its id, or its name.
   */
  id: string;
}
/**
 * The fields and lists of an account, as they are now.
 */
export interface AccountShape {
  /**
   * Fields that can be matched, `Email` first, standard before custom.
   */
  fields: AccountFieldRow[];
  /**
   * Lists by title.
   */
  lists: AccountList[];
}
/**
 * A field that can be matched.
 */
export interface AccountFieldRow {
  /**
   * Whether the account's users made it.
   */
  custom: boolean;
  /**
   * Its type.
   */
  kind: FieldType;
  /**
   * The name that people see.
   */
  name: string;
  /**
   * How a match names it, for example `FirstName` or `custom:Club level`.
   */
  target: string;
}
/**
 * A list of an account.
 */
export interface AccountList {
  /**
   * The segment that it belongs to, if Segue fills it.
   */
  segment: Named | null;
  /**
   * Its title.
   */
  title: string;
}
/**
 * An object by id and name.
 */
export interface Named {
  /**
   * Its id.
   */
  id: string;
  /**
   * Its display name.
   */
  name: string;
}
/**
 * A request without anything to say.
 */
export interface Nothing {}
/**
 * What a page needs to know before it shows anything.
 */
export interface Start {
  /**
   * The data folder.
   */
  data_dir: string;
  /**
   * Whether there is no audience, connection or export yet.
   */
  empty: boolean;
  /**
   * Where keys are kept.
   */
  key_store: KeyStore;
  /**
   * The sample, if it is there.
   */
  sample: Sample | null;
  /**
   * Settings of the window.
   */
  settings: Settings;
  /**
   * The account of the operating system that runs act under, for example `anna on LAPTOP-7`.
   */
  user: string;
  /**
   * Segue's version.
   */
  version: string;
}
/**
 * Where keys are kept, and whether that works.
 */
export interface KeyStore {
  /**
   * Which kind.
   */
  kind: KeyStoreKind;
  /**
   * Why no key can be kept, as a sentence; empty where it works.
   */
  trouble: string;
}
/**
 * The sample: made-up customers and a practice account in Segue.
 */
export interface Sample {
  /**
   * Its audience.
   */
  audience: Named;
  /**
   * Its connection, to the practice account.
   */
  connection: Named;
  /**
   * Its export; `None` where it was removed.
   */
  export: Named | null;
}
/**
 * Settings of the window.
 */
export interface Settings {
  /**
   * What closing the window does while a run is under way.
   */
  close: Close & string;
  /**
   * The language; `None`: that of the operating system.
   */
  language: Language | null;
  /**
   * Whether the navigation is folded to icons.
   */
  narrow_navigation: boolean;
  /**
   * Light, dark or high contrast.
   */
  theme: Theme & string;
  /**
   * Whether Segue stays in the tray when the window is closed, so that schedules are kept.
   */
  tray: boolean;
}
/**
 * An audience, whole.
 */
export interface AudienceDetail {
  /**
   * Columns in the order of the file, with type, fill and samples.
   */
  fields: Column[];
  /**
   * The files, and how each was read.
   */
  files: FileFound[];
  /**
   * The key column; `None`: the row's place in the file.
   */
  key: string | null;
  /**
   * The row of the table.
   */
  row: AudienceRow;
  /**
   * What the columns may be, for a person to decide.
   */
  suggestions: Suggestions;
}
/**
 * A column of `customer`.
 */
export interface Column {
  /**
   * Cells that are not blank.
   */
  filled: number;
  /**
   * Its name as the header has it.
   */
  name: string;
  /**
   * Up to three different values, as they stand in the file.
   */
  samples: string[];
  /**
   * Its type by the rule of cli.md (*Files*).
   */
  type: ColumnType;
}
/**
 * A file and how it was read.
 */
export interface FileFound {
  /**
   * Bytes.
   */
  bytes: number;
  /**
   * What the whole file is packed with, `gzip` or `zstd`; `None`: it is not.
   */
  compression: string | null;
  /**
   * Delimiter; `None` where the format has none.
   */
  delimiter: string | null;
  /**
   * Encoding label, for example `utf-8`, `utf-16le`, `windows-1252`.
   */
  encoding: string;
  /**
   * `csv`, `cdm` (CSV as a `model.json` describes it), `ndjson` or `parquet`.
   */
  format: string;
  /**
   * Whether the first record names the columns.
   */
  header: boolean;
  /**
   * When it was last changed.
   */
  modified_at: string;
  /**
   * Absolute path.
   */
  path: string;
  /**
   * Whether a quoted cell holds a line break.
   */
  quoted_breaks: boolean;
  /**
   * Records, header not counted.
   */
  rows: number;
}
/**
 * An audience in the table.
 */
export interface AudienceRow {
  /**
   * Columns.
   */
  columns: number;
  /**
   * When it was added.
   */
  created_at: string;
  /**
   * Its id.
   */
  id: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * Profiles.
   */
  profiles: number;
  /**
   * When its data was last read in full.
   */
  refreshed_at: string;
  /**
   * Whether it is the sample.
   */
  sample: boolean;
  /**
   * Segments.
   */
  segments: number;
  /**
   * Where its data is, and how it is read.
   */
  source: AudienceKind;
  /**
   * Exports that use it.
   */
  used_by: Named[];
}
/**
 * What may be matched, for a person to decide. No column stands in it twice.
 */
export interface Suggestions {
  /**
   * At most one column for a field, in the order of the account's fields.
   */
  fields: SuggestedField[];
  /**
   * Conditions for `--only-if`, in the order of the columns.
   */
  only_if: SuggestedConsent[];
}
/**
 * A column for a field of the account.
 */
export interface SuggestedField {
  /**
   * The column, as the header has it.
   */
  column: string;
  /**
   * What speaks for it.
   */
  reason: Reason;
  /**
   * The field, as `--match` writes it.
   */
  target: string;
}
/**
 * A column that says who may be written to.
 */
export interface SuggestedConsent {
  /**
   * The column, as the header has it.
   */
  column: string;
  /**
   * The value of those who may.
   */
  value: string;
}
/**
 * Something was done, and there is nothing to say about it.
 */
export interface Done {}
/**
 * An object is given another name.
 */
export interface Rename {
  /**
   * Its id.
   */
  id: string;
  /**
   * The new name.
   */
  name: string;
}
/**
 * An audience from files: new without `id`, else read in another way.
 */
export interface AudienceDraft {
  /**
   * The delimiter; `None`: found by itself.
   */
  delimiter?: string | null;
  /**
   * The encoding's label; `None`: found by itself.
   */
  encoding?: string | null;
  /**
   * The audience that is changed; `None`: a new one.
   */
  id?: string | null;
  /**
   * The key column; `None`: found by itself.
   */
  key?: string | null;
  /**
   * Absolute path of the file that says which segments each profile is in.
   */
  memberships?: string | null;
  /**
   * Its name.
   */
  name: string;
  /**
   * Whether the first record is data, not names.
   */
  no_header?: boolean;
  /**
   * Absolute paths of files and folders.
   */
  paths: string[];
}
/**
 * Asks for the values of a column.
 */
export interface ValuesRequest {
  /**
   * The audience's id.
   */
  audience: string;
  /**
   * The column's exact name.
   */
  column: string;
  /**
   * A piece of the value.
   */
  search?: string;
}
/**
 * The values of a column, found in the first 10,000 profiles (customer-insights.md 3.5).
 */
export interface Values {
  /**
   * Whether there are more than 200.
   */
  more: boolean;
  /**
   * Different values, the most frequent first, at most 200.
   */
  values: string[];
}
/**
 * Asks for the audit log, newest first.
 */
export interface AuditRequest {
  /**
   * Which part.
   */
  part: Part;
  /**
   * A piece of who, what or which.
   */
  search?: string;
}
/**
 * Which part of a long list.
 */
export interface Part {
  /**
   * How many rows, at most 500.
   */
  limit: number;
  /**
   * The first row, from 0.
   */
  offset: number;
}
/**
 * Part of a long list.
 */
export interface PageOfEntry {
  /**
   * The rows that were asked for, in order.
   */
  rows: Entry[];
  /**
   * Rows in all that fit.
   */
  total: number;
}
/**
 * One entry. No key and no address of a person is ever in it.
 */
export interface Entry {
  /**
   * What was done, for example `export added`.
   */
  action: string;
  /**
   * The account of the operating system that did it.
   */
  actor: string;
  /**
   * When.
   */
  at: string;
  /**
   * More, in words; may be empty.
   */
  detail: string;
  /**
   * The name of what it was done to.
   */
  subject: string;
}
/**
 * A file that the user chose.
 */
export interface FileRequest {
  /**
   * Its absolute path.
   */
  path: string;
}
/**
 * A file was written.
 */
export interface FileWritten {
  /**
   * Its absolute path.
   */
  path: string;
  /**
   * Rows, or parts, that are in it.
   */
  rows: number;
}
/**
 * What an import did.
 */
export interface Imported {
  /**
   * Objects that were added.
   */
  added: Objects;
  /**
   * Connections that wait for their key and consent.
   */
  needs_key: string[];
  /**
   * Objects that were here already, just so.
   */
  unchanged: number;
}
/**
 * Objects of a configuration by kind.
 */
export interface Objects {
  /**
   * Audiences.
   */
  audiences: number;
  /**
   * Connections.
   */
  connections: number;
  /**
   * Exports.
   */
  exports: number;
  /**
   * Segments.
   */
  segments: number;
}
/**
 * Adds a connection.
 */
export interface ConnectionDraft {
  /**
   * Whether the user agreed to the data privacy statements.
   */
  agree: boolean;
  /**
   * An origin in place of the vendor's.
   */
  base_url?: string | null;
  /**
   * Contacts that the contract allows.
   */
  contract_size?: number | null;
  /**
   * The key; it is tested again.
   */
  key: Key;
  /**
   * Display name.
   */
  name: string;
  /**
   * The product.
   */
  product: Product;
  /**
   * Requests a second; `None`: the product's own.
   */
  rate?: number | null;
  /**
   * The region of the account, as when it was tested.
   */
  region?: string | null;
}
/**
 * A connection in the table.
 */
export interface ConnectionRow {
  /**
   * The connection; its key is not in it.
   */
  connection: Connection;
  /**
   * Whether a key was ever stored; one that was imported waits for its key.
   */
  has_key: boolean;
  /**
   * Whether the account took its key, when it was last asked.
   */
  key: KeyState;
  /**
   * Whether it is the practice account of the sample.
   */
  practice: boolean;
  /**
   * When that was; `None`: the account was not asked yet.
   */
  tested_at: string | null;
  /**
   * Exports that use it.
   */
  used_by: Named[];
}
/**
 * A connection as it is stored. The key is in the keychain under the id, never here.
 */
export interface Connection {
  /**
   * Who agreed to what and when.
   */
  consent: Consent | null;
  /**
   * The contacts that the contract allows, if the user entered it.
   */
  contract_size: number | null;
  /**
   * When it was added.
   */
  created_at: string;
  /**
   * The identity that runs act under: the account of the operating system.
   */
  export_user: string;
  /**
   * Identity.
   */
  id: ConnectionId;
  /**
   * Whether `_autopilot_list` in a bulk call puts people on the list, asked once (issue of
   * destination-api.md 5.1).
   */
  membership: Membership;
  /**
   * Display name, unique among connections.
   */
  name: string;
  /**
   * Origin that requests go to: scheme, host, port; no path.
   */
  origin: string;
  /**
   * Requests a second; 0 for no limit of ours (loopback only).
   */
  rate: number;
  /**
   * The product.
   */
  type: Product;
}
/**
 * Consent to send personal data to a connection's origin (product.md page 2).
 */
export interface Consent {
  /**
   * When it was given.
   */
  given_at: string;
  /**
   * The account of the operating system that gave it.
   */
  given_by: string;
  /**
   * The origin it holds for.
   */
  origin: string;
  /**
   * Version of the statements that were shown.
   */
  statements: string;
}
/**
 * Tests a key that may not be stored yet: *Connect*.
 */
export interface ConnectRequest {
  /**
   * Whether the user agreed; without it nothing is asked of anybody.
   */
  agree: boolean;
  /**
   * An origin in place of the vendor's.
   */
  base_url?: string | null;
  /**
   * The key.
   */
  key: Key;
  /**
   * The product.
   */
  product: Product;
  /**
   * The region of the account: `global`, `au` or `eu` for Ortto.
   */
  region?: string | null;
}
/**
 * What was found in an account.
 */
export interface AccountFound {
  /**
   * Fields that the account's users made.
   */
  custom_fields: number;
  /**
   * Lists.
   */
  lists: number;
  /**
   * The connection that holds the same key already.
   */
  same_as: Named | null;
}
/**
 * Changes settings of a connection; what is left out stays.
 */
export interface ConnectionSetRequest {
  /**
   * Contacts that the contract allows.
   */
  contract_size?: number | null;
  /**
   * Its id.
   */
  id: string;
  /**
   * Requests a second.
   */
  rate?: number | null;
}
/**
 * Replaces the key of a connection.
 */
export interface SetKeyRequest {
  /**
   * Whether the user agrees anew, which another account needs.
   */
  agree: boolean;
  /**
   * The connection's id.
   */
  id: string;
  /**
   * The new key; it is tested first.
   */
  key: Key;
}
/**
 * The file that was written.
 */
export interface Diagnostics {
  /**
   * Its size.
   */
  bytes: number;
  /**
   * What is in it.
   */
  entries: string[];
  /**
   * Where it is.
   */
  file: string;
}
/**
 * An export is given another connection.
 */
export interface AttachRequest {
  /**
   * The connection's id.
   */
  connection: string;
  /**
   * The export's id.
   */
  id: string;
}
/**
 * An export, whole.
 */
export interface ExportDetail {
  /**
   * The audience.
   */
  audience: Named;
  /**
   * The connection; `None` while detached.
   */
  connection: Named | null;
  /**
   * When it was added.
   */
  created_at: string;
  /**
   * Its id.
   */
  id: string;
  /**
   * What happens to people who leave.
   */
  leavers: LeaverPolicy;
  /**
   * The most distinct valid addresses.
   */
  limit: number;
  /**
   * Data matching, `Email` first.
   */
  matching: Match[];
  /**
   * The guard's percentage.
   */
  max_loss: number;
  /**
   * Its display name.
   */
  name: string;
  /**
   * Only people who said yes.
   */
  only_if: OnlyIf | null;
  /**
   * The product; `None` while detached.
   */
  product: Product | null;
  /**
   * The chosen segments, each with the title of its list.
   */
  segments: ChosenSegment[];
  /**
   * Changes whenever the export does; given back when it is saved, so that nobody's change is
   * overwritten unseen (U02).
   */
  version: string;
}
/**
 * One line of data matching: a column goes to a field.
 */
export interface Match {
  /**
   * What a blank cell does.
   */
  blank: Blank & string;
  /**
   * The column of `customer`, as the survey names it.
   */
  column: string;
  /**
   * The field of the account.
   */
  target: Target;
  /**
   * What a value that does not fit does.
   */
  unfit: Unfit & string;
}
/**
 * Only profiles whose column holds this value are sent; the others are excluded (`no_consent`).
 */
export interface OnlyIf {
  /**
   * The column.
   */
  column: string;
  /**
   * The value, compared trimmed and without case.
   */
  value: string;
}
/**
 * A chosen segment.
 */
export interface ChosenSegment {
  /**
   * Its id.
   */
  id: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * The title of its list where the user gave one.
   */
  title: string | null;
}
/**
 * What a run would do now.
 */
export interface Forecast {
  /**
   * When it was reckoned.
   */
  at: string;
  /**
   * People who differ from what was last accepted, and those refused before who are tried again.
   */
  changed: number;
  /**
   * Profiles that cannot be sent.
   */
  invalid: number;
  /**
   * People who leave.
   */
  leaving: number;
  /**
   * People who are new.
   */
  new: number;
  /**
   * Whether data, settings or receipts are others by now.
   */
  outdated: boolean;
}
/**
 * A row of *My export destinations*.
 */
export interface ExportRow {
  /**
   * The audience.
   */
  audience: Named;
  /**
   * The connection; `None` while detached.
   */
  connection: Named | null;
  /**
   * When it was added.
   */
  created_at: string;
  /**
   * *If you ran it now*, as it was last reckoned.
   */
  forecast: Forecast | null;
  /**
   * Lists whose leavers the guard held in the last run, until somebody decides.
   */
  held: HeldList[];
  /**
   * Its id.
   */
  id: string;
  /**
   * Its last run; `None`: it never ran.
   */
  last_run: Run | null;
  /**
   * Its display name.
   */
  name: string;
  /**
   * The next time that it runs by itself; `None`: it does not, or schedules are paused.
   */
  next_run: string | null;
  /**
   * Whether its schedule came due while it runs, so that it runs once more afterwards.
   */
  pending: boolean;
  /**
   * Whether it sends to the practice account of the sample.
   */
  practice: boolean;
  /**
   * The product that it sends to; `None` while detached.
   */
  product: Product | null;
  /**
   * Its run under way, whoever executes it, as it was last seen.
   */
  progress: Progress | null;
  /**
   * When it runs by itself.
   */
  schedule: Schedule;
  /**
   * The chosen segments.
   */
  segments: Named[];
}
/**
 * A list that would have lost too many.
 */
export interface HeldList {
  /**
   * People who would be taken off it.
   */
  leaving: number;
  /**
   * People whom our receipts hold on it.
   */
  members: number;
  /**
   * Its title.
   */
  title: string;
}
/**
 * A run as `run show` prints it (cli.md, *A run*).
 */
export interface Run {
  /**
   * The numbers.
   */
  counts: Counts;
  /**
   * The export's name when the run began.
   */
  export: string;
  /**
   * The export's id.
   */
  export_id: ExportId;
  /**
   * When it ended.
   */
  finished_at: string | null;
  /**
   * Whether all were sent, changed or not.
   */
  full: boolean;
  /**
   * Identity.
   */
  id: RunId;
  /**
   * Whether it began after its due time.
   */
  late: boolean;
  /**
   * The status in words.
   */
  reason: string;
  /**
   * Requests sent so far.
   */
  requests: number;
  /**
   * Whether `run resume` can go on with it.
   */
  resumable: boolean;
  /**
   * Of those, repeats.
   */
  retries: number;
  /**
   * Where it is.
   */
  stage: Stage;
  /**
   * When it began.
   */
  started_at: string;
  /**
   * Status.
   */
  status: Status;
  /**
   * What began it.
   */
  trigger: Trigger;
  /**
   * Whether list sizes agree: true, false, or not asked.
   */
  verified: boolean | null;
}
/**
 * Every profile of the chosen segments in exactly one class, and leavers by person beside them.
 */
export interface Counts {
  /**
   * Accepted; this export had no receipt for them.
   */
  created: number;
  /**
   * Another profile with the same address goes.
   */
  duplicate: number;
  /**
   * Left out on purpose.
   */
  excluded: number;
  /**
   * Cannot be sent.
   */
  invalid: number;
  /**
   * Still on a list because a removal failed.
   */
  leavers_failed: number;
  /**
   * Held by the guard.
   */
  leavers_held: number;
  /**
   * Kept, by the export's policy.
   */
  leavers_kept: number;
  /**
   * Taken off every list that Segue put them on.
   */
  leavers_removed: number;
  /**
   * Not sent, or sent without a known outcome.
   */
  not_attempted: number;
  /**
   * Refused by the API.
   */
  rejected: number;
  /**
   * Profiles in the chosen segments, by a query of its own.
   */
  source: number;
  /**
   * As last accepted: nothing to send.
   */
  unchanged: number;
  /**
   * Accepted; this export had one.
   */
  updated: number;
}
/**
 * A snapshot of a run under way, at most ten a second.
 */
export interface Progress {
  /**
   * The numbers so far.
   */
  counts: Counts;
  /**
   * Steps done of this stage (people to send, or removals).
   */
  done: number;
  /**
   * The export's name.
   */
  export: string;
  /**
   * People a second, over the last seconds.
   */
  per_second: number;
  /**
   * Requests sent.
   */
  requests: number;
  /**
   * The run.
   */
  run: RunId;
  /**
   * Seconds left; `None` while not known.
   */
  seconds_left: number | null;
  /**
   * Where it is.
   */
  stage: Stage;
  /**
   * Steps in all; 0 while not known.
   */
  total: number;
  /**
   * What it waits for, in words; empty while it works.
   */
  waiting: string;
}
/**
 * When an export runs by itself.
 */
export interface Schedule {
  /**
   * With what it runs.
   */
  mode: ScheduleMode;
  /**
   * Its own recurrence. Kept while it is not in use, so that switching it on again asks nothing; needed for
   * `own`.
   */
  recurrence: Recurrence | null;
}
/**
 * When something recurs: on days, at times of the clock of a zone.
 */
export interface Recurrence {
  /**
   * The times of day, each once, earliest first: 1 to [`Recurrence::MOST_TIMES`].
   */
  at: TimeOfDay[];
  /**
   * Every day, or on some days of the week.
   */
  every: Every;
  /**
   * The days of the week, each once, Monday first; empty with [`Every::Day`].
   */
  on: Day[];
  /**
   * The IANA name of the zone whose clock it goes by, for example `Europe/Stockholm`.
   */
  zone: string;
}
/**
 * An export is removed.
 */
export interface ExportRemoveRequest {
  /**
   * Whether everybody whom Segue put on its lists is taken off first: that is a run.
   */
  empty_lists: boolean;
  /**
   * Its id.
   */
  id: string;
}
/**
 * Begins runs.
 */
export interface RunRequest {
  /**
   * Leavers go past the guard, this once.
   */
  allow_loss?: boolean;
  /**
   * People are made anew whom the account has no more.
   */
  create_gone?: boolean;
  /**
   * The exports' ids.
   */
  exports: string[];
  /**
   * Only the first so many.
   */
  first?: number | null;
  /**
   * All are sent, changed or not.
   */
  full?: boolean;
  /**
   * Lists that are gone from the account are made anew.
   */
  new_lists?: boolean;
  /**
   * Only this address: *Try with one person*.
   */
  only?: string | null;
  /**
   * Those are sent again who were refused for good.
   */
  retry_failed?: boolean;
}
/**
 * How each run began, in the order asked. An export that was refused has `error`, the others `run`.
 */
export interface RunsStarted {
  /**
   * One for each export.
   */
  runs: RunStarted[];
}
/**
 * A run began, or was refused before anything was sent.
 */
export interface RunStarted {
  /**
   * Why there is none.
   */
  error: Failure | null;
  /**
   * The export.
   */
  export: Named;
  /**
   * The run's id.
   */
  run: string | null;
}
/**
 * An error: a stable code that pages choose words by, and the engine's own sentence for support. Never
 * with a key or an address in it.
 */
export interface Failure {
  /**
   * The code, in snake case: those of the engine, and `engine_gone` and `busy` of the shell.
   */
  code: string;
  /**
   * What to do about it, in English; may be empty.
   */
  help: string;
  /**
   * What happened, what was sent and what was not, in English.
   */
  message: string;
  /**
   * Whether the same call may succeed later without a change.
   */
  retryable: boolean;
}
/**
 * An export as it is saved: new without `id`.
 */
export interface ExportDraft {
  /**
   * The audience's id.
   */
  audience: string;
  /**
   * The connection's id.
   */
  connection: string;
  /**
   * Segments that are no longer chosen and whose lists are emptied of everybody Segue put there: the
   * next run of the export does it.
   */
  empty?: string[];
  /**
   * The export that is edited; `None`: a new one.
   */
  id?: string | null;
  /**
   * What happens to people who leave.
   */
  leavers: LeaverPolicy;
  /**
   * The most distinct valid addresses.
   */
  limit: number;
  /**
   * Data matching.
   */
  matching: Match[];
  /**
   * The guard's percentage.
   */
  max_loss: number;
  /**
   * Display name.
   */
  name: string;
  /**
   * Only people who said yes.
   */
  only_if?: OnlyIf | null;
  /**
   * The segments.
   */
  segments: DraftSegment[];
  /**
   * The version that the user saw; needed with `id`.
   */
  version?: string | null;
}
/**
 * A segment in a draft.
 */
export interface DraftSegment {
  /**
   * Its id.
   */
  id: string;
  /**
   * The title of its list; `None`: the segment's name.
   */
  title?: string | null;
}
/**
 * Gives exports a schedule.
 */
export interface ExportScheduleRequest {
  /**
   * The exports' ids: at least one.
   */
  exports: string[];
  /**
   * Whether they run by themselves. Off keeps their recurrences.
   */
  run: boolean;
  /**
   * The schedule that all get; `None` with `run`: each keeps its own, and those that are off are switched on
   * by their recurrence, or with the system refresh where they have none.
   */
  schedule?: Schedule | null;
}
/**
 * Which segments of an audience are counted together.
 */
export interface TotalQuery {
  /**
   * The audience, by name or id.
   */
  audience: string;
  /**
   * The column with the address; `None`: addresses are not counted.
   */
  email?: string | null;
  /**
   * Only people who said yes.
   */
  only_if?: OnlyIf | null;
  /**
   * The segments, by name or id.
   */
  segments: string[];
}
/**
 * Whom a selection of segments holds.
 */
export interface Total {
  /**
   * Distinct valid addresses: what the limit is compared with.
   */
  addresses: number;
  /**
   * Each segment, in the order asked.
   */
  each: TotalSegment[];
  /**
   * Memberships: each profile as often as segments hold it.
   */
  memberships: number;
  /**
   * Profiles in at least one segment.
   */
  profiles: number;
}
/**
 * What a segment adds to a selection.
 */
export interface TotalSegment {
  /**
   * The segment's id.
   */
  id: string;
  /**
   * Its profiles.
   */
  members: number;
  /**
   * Distinct valid addresses that no other chosen segment holds.
   */
  only_here: number;
  /**
   * Distinct valid addresses of the others.
   */
  without: number;
}
/**
 * Looks for anything by its name.
 */
export interface FindRequest {
  /**
   * A piece of the name.
   */
  search: string;
}
/**
 * Something that was found by its name.
 */
export interface Hit {
  /**
   * For a run, when it began.
   */
  at: string | null;
  /**
   * What it is.
   */
  kind: HitKind;
  /**
   * Which; a run goes by the name of its export.
   */
  object: Named;
}
/**
 * The four cards of Home.
 */
export interface Home {
  /**
   * What runs next, soonest first: at most five.
   */
  next: Upcoming[];
  /**
   * Whether all schedules are paused.
   */
  paused: boolean;
  /**
   * The last five runs.
   */
  runs: Run[];
  /**
   * Segments, those used by exports first, at most five.
   */
  segments: HomeSegment[];
  /**
   * Exports, audiences and connections in all.
   */
  totals: Totals;
  /**
   * What waits for a decision, newest first.
   */
  waiting: Waiting[];
}
/**
 * What runs next.
 */
export interface Upcoming {
  /**
   * When.
   */
  at: string;
  /**
   * The export; `None`: the system refresh.
   */
  export: Named | null;
}
/**
 * A segment on Home.
 */
export interface HomeSegment {
  /**
   * How many more or fewer than seven days ago; `None`: not known. May be negative.
   */
  change: number | null;
  /**
   * Members; `None`: not counted yet.
   */
  members: number | null;
  /**
   * The segment.
   */
  segment: Named;
}
/**
 * How many objects there are.
 */
export interface Totals {
  /**
   * Audiences.
   */
  audiences: number;
  /**
   * Connections.
   */
  connections: number;
  /**
   * Exports.
   */
  exports: number;
  /**
   * Runs.
   */
  runs: number;
  /**
   * Segments.
   */
  segments: number;
}
/**
 * Something that waits for a decision of the user.
 */
export interface Waiting {
  /**
   * The export.
   */
  export: Named;
  /**
   * What.
   */
  kind: WaitingKind;
  /**
   * People whom it is about: held leavers, or people not sent.
   */
  people: number;
  /**
   * Its run.
   */
  run: string;
  /**
   * Since when.
   */
  since: string;
}
/**
 * Who is told, and how the last tries went.
 */
export interface NoticesView {
  /**
   * Whether the operating system shows notices.
   */
  desktop: boolean;
  /**
   * The language of webhooks and mail.
   */
  language: NoticeLanguage;
  /**
   * The mail server and who writes to whom; `None`: no mail.
   */
  mail: MailSettings | null;
  /**
   * Whether a password of the mail server is stored.
   */
  mail_password: boolean;
  /**
   * How the last tries went.
   */
  tries: NoticeTries;
  /**
   * The host that the webhook goes to; `None`: none.
   */
  webhook_host: string | null;
}
/**
 * A mail server and who writes to whom.
 */
export interface MailSettings {
  /**
   * The sender's address.
   */
  from: string;
  /**
   * Its port.
   */
  port: number;
  /**
   * How the connection is made safe.
   */
  security: MailSecurity;
  /**
   * The server's name.
   */
  server: string;
  /**
   * The receivers' addresses: 1 to 10.
   */
  to: string[];
  /**
   * The user name; empty: the server asks for none.
   */
  user: string;
}
/**
 * How the last notices went, for whoever set them up.
 */
export interface NoticeTries {
  /**
   * The mail's last try.
   */
  mail: NoticeTry | null;
  /**
   * The webhook's last try.
   */
  webhook: NoticeTry | null;
}
/**
 * A try to tell somebody.
 */
export interface NoticeTry {
  /**
   * When.
   */
  at: string;
  /**
   * Why it did not go, as a sentence; empty where it went.
   */
  trouble: string;
}
/**
 * Who is to be told.
 */
export interface NoticesDraft {
  /**
   * Whether the operating system shows notices.
   */
  desktop: boolean;
  /**
   * The language of webhooks and mail.
   */
  language: NoticeLanguage;
  /**
   * The mail server and who writes to whom; `None`: no mail.
   */
  mail?: MailSettings | null;
  /**
   * The password of the mail server; `None`: the one that is stored.
   */
  mail_password?: Key | null;
  /**
   * Whether a webhook goes out.
   */
  webhook: boolean;
  /**
   * The webhook's address; `None`: the one that is stored.
   */
  webhook_url?: Key | null;
}
/**
 * Sends a notice that says that it is a trial, by what is stored.
 */
export interface NoticesTestRequest {
  /**
   * By which way.
   */
  way: NoticeWay;
}
/**
 * Looks for a person over all exports and runs.
 */
export interface PersonRequest {
  /**
   * The address.
   */
  email: string;
}
/**
 * What Segue knows of a person.
 */
export interface PersonRecord {
  /**
   * The address as it was asked for.
   */
  email: string;
  /**
   * Whether the person asked to be forgotten, so that there is nothing else.
   */
  forgotten: boolean;
  /**
   * What accounts accepted last, an export each.
   */
  receipts: PersonReceipt[];
  /**
   * Their lines in runs, newest first; runs that changed nothing have none.
   */
  runs: PersonRun[];
}
/**
 * What the account of an export accepted last of a person.
 */
export interface PersonReceipt {
  /**
   * When.
   */
  accepted_at: string;
  /**
   * The profile.
   */
  customer_id: string;
  /**
   * The address as it was sent.
   */
  email: string;
  /**
   * The export; `None` where it was removed.
   */
  export: string | null;
  /**
   * The values, by target.
   */
  fields: {
    [k: string]: unknown | undefined;
  };
  /**
   * Titles of the lists that the export put them on.
   */
  lists: string[];
  /**
   * The run that changed it last.
   */
  run: string;
  /**
   * The account's own id of them; may be empty.
   */
  vendor_id: string;
}
/**
 * A line of a run.
 */
export interface PersonRun {
  /**
   * What the account said.
   */
  answer: string;
  /**
   * The profile.
   */
  customer_id: string;
  /**
   * Its export.
   */
  export: string;
  /**
   * The class.
   */
  outcome: Outcome;
  /**
   * Why, as a code.
   */
  reason: string;
  /**
   * The run.
   */
  run: string;
  /**
   * When it began.
   */
  started_at: string;
}
/**
 * Forgets a person.
 */
export interface ForgetRequest {
  /**
   * The address.
   */
  email: string;
  /**
   * Whether they stay on the lists that Segue put them on.
   */
  keep_lists: boolean;
}
/**
 * What forgetting did.
 */
export interface Forgotten {
  /**
   * Connections whose account may still hold the contact.
   */
  accounts: string[];
  /**
   * Lines in runs that were erased.
   */
  lines: number;
  /**
   * Lists that the person was taken off.
   */
  lists_left: number;
  /**
   * Receipts that were erased.
   */
  receipts: number;
}
/**
 * Writes a group of a preview to a CSV file.
 */
export interface PreviewDownloadRequest {
  /**
   * The group.
   */
  group: PreviewGroup;
  /**
   * The file's absolute path.
   */
  path: string;
  /**
   * The preview.
   */
  token: string;
}
/**
 * A preview. It is kept until two others were made, or Segue ends.
 */
export interface PreviewView {
  /**
   * When it was compared.
   */
  compared_at: string;
  /**
   * The connection.
   */
  connection: Named;
  /**
   * The export.
   */
  export: Named;
  /**
   * Fields that are sent, as the account names them.
   */
  fields: string[];
  /**
   * Whether this would be the export's first run.
   */
  first_run: boolean;
  /**
   * The limit of the export, where its people are more than that.
   */
  over_limit: number | null;
  /**
   * The numbers and the lists.
   */
  preview: Preview;
  /**
   * Requests a second that are allowed; 0: no limit of ours.
   */
  rate: number;
  /**
   * Names it in the requests below.
   */
  token: string;
}
/**
 * A preview, as `export preview` prints it.
 */
export interface Preview {
  /**
   * Differ from what was last accepted.
   */
  changed: number;
  /**
   * Another profile of the same address goes.
   */
  duplicate: number;
  /**
   * Left out on purpose.
   */
  excluded: number;
  /**
   * Leave, but are held by the guard.
   */
  held: number;
  /**
   * Cannot be sent.
   */
  invalid: number;
  /**
   * Leave.
   */
  leaving: number;
  /**
   * The lists.
   */
  lists: PreviewList[];
  /**
   * No receipt yet.
   */
  new: number;
  /**
   * What else to know, in words.
   */
  notes: string[];
  /**
   * The people of the group asked for.
   */
  people?: PreviewPerson[] | null;
  /**
   * Requests that the run takes.
   */
  requests: number;
  /**
   * Refused before.
   */
  retry: number;
  /**
   * Seconds that they take at the allowed rate.
   */
  seconds: number;
  /**
   * Profiles in the chosen segments.
   */
  source: number;
  /**
   * As last accepted.
   */
  unchanged: number;
}
/**
 * A list in a preview.
 */
export interface PreviewList {
  /**
   * Whether the account has it.
   */
  exists: boolean;
  /**
   * People to be put on it.
   */
  joining: number;
  /**
   * People to be taken off it.
   */
  leaving: number;
  /**
   * People on it now.
   */
  members: number;
  /**
   * Title.
   */
  title: string;
}
/**
 * A person in a preview.
 */
export interface PreviewPerson {
  /**
   * Fields that change.
   */
  changes: Change[];
  /**
   * The profile.
   */
  customer_id: string;
  /**
   * The address.
   */
  email: string;
  /**
   * The group.
   */
  group: string;
  /**
   * Why, as a reason code.
   */
  reason: string;
}
/**
 * A field that changes.
 */
export interface Change {
  /**
   * The field.
   */
  field: string;
  /**
   * The value that would be sent.
   */
  new: string | null;
  /**
   * The value last accepted.
   */
  old: string | null;
}
/**
 * Asks for people of a preview.
 */
export interface PreviewPeopleRequest {
  /**
   * Only people for whom this field changes.
   */
  field?: string | null;
  /**
   * The group.
   */
  group: PreviewGroup;
  /**
   * Which part.
   */
  part: Part;
  /**
   * A piece of the address, the CustomerId or a value.
   */
  search?: string;
  /**
   * The preview.
   */
  token: string;
}
/**
 * Part of a long list.
 */
export interface PageOfPreviewedPerson {
  /**
   * The rows that were asked for, in order.
   */
  rows: PreviewedPerson[];
  /**
   * Rows in all that fit.
   */
  total: number;
}
/**
 * A person of a preview, whole.
 */
export interface PreviewedPerson {
  /**
   * Fields that change; of somebody who is new, those that are sent.
   */
  changes: Change[];
  /**
   * The profile.
   */
  customer_id: string;
  /**
   * The address.
   */
  email: string;
  /**
   * The group.
   */
  group: PreviewGroup;
  /**
   * Titles of lists that they would be put on.
   */
  joins: string[];
  /**
   * Titles of lists that they would be taken off.
   */
  leaves: string[];
  /**
   * First and last name as they would be sent; empty where they are not.
   */
  name: string;
  /**
   * Why, as a reason code.
   */
  reason: string;
}
/**
 * Runs exactly the plan of a preview, or refuses with `plan_changed`.
 */
export interface PreviewRunRequest {
  /**
   * Leavers go past the guard, this once.
   */
  allow_loss?: boolean;
  /**
   * The preview.
   */
  token: string;
}
/**
 * How long values and details of people are kept.
 */
export interface RetentionView {
  /**
   * Days.
   */
  days: number;
  /**
   * Exports that these belong to.
   */
  exports: number;
  /**
   * People who were forgotten.
   */
  forgotten: number;
  /**
   * Receipts that hold values still.
   */
  receipts: number;
  /**
   * Runs whose people and requests are kept still.
   */
  runs: number;
}
/**
 * Sets how long they are kept; what is older goes at once.
 */
export interface RetentionRequest {
  /**
   * Days, 1 to 3,650.
   */
  days: number;
}
/**
 * Looks at a rule that may not be saved yet.
 */
export interface RuleRequest {
  /**
   * The audience's id.
   */
  audience: string;
  /**
   * The column with addresses, to count those that are valid.
   */
  email?: string | null;
  /**
   * The rule.
   */
  rule: SegmentRule;
}
/**
 * Whom a rule holds.
 */
export interface RuleCount {
  /**
   * Members.
   */
  members: number;
  /**
   * Ids that its file names and no profile has; `None` where it names no ids.
   */
  not_in_audience: number | null;
  /**
   * Profiles in the audience.
   */
  of: number;
  /**
   * Members with a valid address; `None` where no column was named.
   */
  with_email: number | null;
}
/**
 * The first members of a rule.
 */
export interface Members {
  /**
   * Names of the columns; the key first.
   */
  columns: string[];
  /**
   * Rows of cells; `None` is blank.
   */
  rows: (string | null)[][];
  /**
   * Members in all.
   */
  total: number;
}
/**
 * Sends people of a run again who were refused.
 */
export interface RunDaysRequest {
  /**
   * Only of this export.
   */
  export?: string | null;
  /**
   * The first day, for example `2026-11-12`.
   */
  from: string;
  /**
   * The last day.
   */
  to: string;
  /**
   * The time zone whose days they are, for example `Europe/Stockholm`.
   */
  zone: string;
}
/**
 * The finished runs of a day.
 */
export interface RunDay {
  /**
   * People created.
   */
  created: number;
  /**
   * The day, in the zone asked for.
   */
  day: string;
  /**
   * People rejected, or not attempted.
   */
  failed: number;
  /**
   * Leavers taken off.
   */
  removed: number;
  /**
   * Runs.
   */
  runs: number;
  /**
   * People updated.
   */
  updated: number;
}
/**
 * Writes the people of a run to a CSV file: the fix list.
 */
export interface RunDownloadRequest {
  /**
   * Only of this class.
   */
  outcome?: Outcome | null;
  /**
   * The file's absolute path.
   */
  path: string;
  /**
   * The run's id.
   */
  run: string;
}
/**
 * A run, whole.
 */
export interface RunDetail {
  /**
   * The connection's name; empty where it is gone.
   */
  connection: string;
  /**
   * When its people and requests were dropped, because they were older than the retention time.
   */
  details_dropped_at: string | null;
  /**
   * Whether it took people off lists in place of sending any.
   */
  emptying: boolean;
  /**
   * Whether its export is there still.
   */
  export_exists: boolean;
  /**
   * Fields that it sent, as the account names them.
   */
  fields: string[];
  /**
   * Lists that the guard held.
   */
  held: HeldList[];
  /**
   * Lists that it touched.
   */
  lists: RunList[];
  /**
   * Distinct valid addresses over the limit, where that refused the run.
   */
  over_limit: OverLimit | null;
  /**
   * When the plan was committed: nothing was sent before.
   */
  planned_at: string | null;
  /**
   * Whether it was on the practice account of the sample.
   */
  practice: boolean;
  /**
   * How it goes, while it is under way.
   */
  progress: Progress | null;
  /**
   * The run as it stands in the store.
   */
  run: Run;
  /**
   * The account of the operating system that began it; empty where it is not known.
   */
  started_by: string;
}
/**
 * A list that a run touched.
 */
export interface RunList {
  /**
   * People on it after.
   */
  after: number | null;
  /**
   * People on it before; `None`: not asked.
   */
  before: number | null;
  /**
   * People put on it.
   */
  joined: number;
  /**
   * People taken off it.
   */
  left: number;
  /**
   * Its title.
   */
  title: string;
}
/**
 * Why the limit refused a run.
 */
export interface OverLimit {
  /**
   * Distinct valid addresses.
   */
  addresses: number;
  /**
   * What the export allows.
   */
  limit: number;
}
/**
 * Asks for runs, newest first.
 */
export interface RunListRequest {
  /**
   * Only of this export.
   */
  export?: string | null;
  /**
   * Which part.
   */
  part: Part;
  /**
   * A piece of the export's name.
   */
  search?: string;
  /**
   * Only begun at or after this.
   */
  since?: string | null;
  /**
   * Only with one of these statuses; empty: all.
   */
  statuses?: Status[];
}
/**
 * Part of a long list.
 */
export interface PageOfRun {
  /**
   * The rows that were asked for, in order.
   */
  rows: Run[];
  /**
   * Rows in all that fit.
   */
  total: number;
}
/**
 * Asks for people of a run.
 */
export interface RunPeopleRequest {
  /**
   * Only of this class.
   */
  outcome?: Outcome | null;
  /**
   * Which part.
   */
  part: Part;
  /**
   * Only with this reason code.
   */
  reason?: string | null;
  /**
   * The run's id.
   */
  run: string;
  /**
   * A piece of the address or of the CustomerId.
   */
  search?: string;
}
/**
 * Part of a long list.
 */
export interface PageOfRunPerson {
  /**
   * The rows that were asked for, in order.
   */
  rows: RunPerson[];
  /**
   * Rows in all that fit.
   */
  total: number;
}
/**
 * A person of a run.
 */
export interface RunPerson {
  /**
   * What the account said.
   */
  answer: string;
  /**
   * The CustomerId.
   */
  customer_id: string;
  /**
   * The address as sent or as the source has it.
   */
  email: string;
  /**
   * The class.
   */
  outcome: Outcome;
  /**
   * Why: a code, and words.
   */
  reason: string;
  /**
   * What the address may have been meant to be; `None`: no guess.
   */
  suggestion: string | null;
}
/**
 * People of a run of one class and reason.
 */
export interface RunReason {
  /**
   * The class.
   */
  outcome: Outcome;
  /**
   * People.
   */
  people: number;
  /**
   * The reason; empty where there is none.
   */
  reason: string;
}
/**
 * Asks for the last requests of a run.
 */
export interface RunRequestsRequest {
  /**
   * Whether addresses are shown; keys never are.
   */
  reveal?: boolean;
  /**
   * The run's id.
   */
  run: string;
}
/**
 * A request of a run, as the ledger has it.
 */
export interface SentRequest {
  /**
   * Addresses of the first ten.
   */
  addresses: string[];
  /**
   * The account's words.
   */
  answer: string;
  /**
   * When it was committed, before it was sent.
   */
  begun_at: string;
  /**
   * When its outcome was committed.
   */
  ended_at: string | null;
  /**
   * What it is for.
   */
  kind: RequestKind;
  /**
   * The list's title, where it is about one.
   */
  list: string | null;
  /**
   * The word of the ledger.
   */
  outcome: string;
  /**
   * People whom it carries.
   */
  people: number;
  /**
   * Its place in the run, from 1.
   */
  place: number;
  /**
   * The status of HTTP; `None`: no answer came.
   */
  status: number | null;
}
/**
 * The system refresh, and whether anything runs by itself at all.
 */
export interface ScheduleView {
  /**
   * Exports that run with it.
   */
  exports: number;
  /**
   * How it went last, or goes.
   */
  last: Refresh | null;
  /**
   * The next time; `None`: it is off, or schedules are paused.
   */
  next: string | null;
  /**
   * Whether it runs by itself.
   */
  on: boolean;
  /**
   * Whether all schedules are paused, those of exports too.
   */
  paused: boolean;
  /**
   * When; `None`: nobody chose yet.
   */
  recurrence: Recurrence | null;
  /**
   * The zone of this computer, by its IANA name.
   */
  zone: string;
}
/**
 * A refresh of everything, as it goes or as it went last.
 */
export interface Refresh {
  /**
   * Its audiences, in the order in which they are read.
   */
  audiences: RefreshedAudience[];
  /**
   * Its due time; `None`: somebody asked for it.
   */
  due_at: string | null;
  /**
   * When it ended; `None`: it goes on, or its process died.
   */
  finished_at: string | null;
  /**
   * Whether it is late.
   */
  late: boolean;
  /**
   * When it began.
   */
  started_at: string;
}
/**
 * An audience in a refresh: read anew, then its segments counted anew.
 */
export interface RefreshedAudience {
  /**
   * Its id.
   */
  id: string;
  /**
   * How long it took, in milliseconds.
   */
  millis: number;
  /**
   * Its name.
   */
  name: string;
  /**
   * Profiles, once it was read.
   */
  profiles: number | null;
  /**
   * What keeps it from being read or counted, as a code and a sentence; empty where nothing does.
   */
  reason: string;
  /**
   * Segments that were counted.
   */
  segments: number;
  /**
   * How far it is.
   */
  state: RefreshState;
}
/**
 * Pauses all schedules, or goes on with them. Times that pass meanwhile are not made up for.
 */
export interface PauseRequest {
  /**
   * Whether they are paused from now on.
   */
  paused: boolean;
}
/**
 * The system refresh: every audience is read anew, segments are counted anew, and every export whose schedule
 * is [`ScheduleMode::System`] runs.
 */
export interface SystemSchedule {
  /**
   * Whether it runs by itself.
   */
  on: boolean;
  /**
   * When. Kept while it is off; needed while it is on.
   */
  recurrence?: Recurrence | null;
}
/**
 * Writes the members of a segment to a CSV file.
 */
export interface SegmentDownloadRequest {
  /**
   * The segment's id.
   */
  id: string;
  /**
   * The file's absolute path.
   */
  path: string;
}
/**
 * A segment, whole.
 */
export interface SegmentDetail {
  /**
   * The row of the table.
   */
  row: SegmentRow;
  /**
   * Who is in it. A rule in JSON is text in the form of docs/rules/segment-rule.schema.json.
   */
  rule: SegmentRule;
  /**
   * Changes whenever the segment does; given back when it is saved.
   */
  version: string;
}
/**
 * A segment in the table.
 */
export interface SegmentRow {
  /**
   * The audience.
   */
  audience: Named;
  /**
   * When it was counted.
   */
  counted_at: string | null;
  /**
   * When it was added.
   */
  created_at: string;
  /**
   * Its id.
   */
  id: string;
  /**
   * How it says who is in it: `where`, `rule`, `members` or `membership`.
   */
  kind: SegmentKind;
  /**
   * Members when it was last counted; `None`: not counted yet.
   */
  members: number | null;
  /**
   * Its name.
   */
  name: string;
  /**
   * Ids that its file names and no profile has.
   */
  not_in_audience: number | null;
  /**
   * Whether the count is of older data or an older rule.
   */
  outdated: boolean;
  /**
   * Exports that use it.
   */
  used_by: Named[];
}
/**
 * Asks for segments, by name.
 */
export interface SegmentListRequest {
  /**
   * Only of this audience.
   */
  audience?: string | null;
  /**
   * Whether the order is turned round.
   */
  descending?: boolean;
  /**
   * Which part.
   */
  part: Part;
  /**
   * A piece of the name.
   */
  search?: string;
  /**
   * By what they are sorted.
   */
  sort?: SegmentSort;
}
/**
 * Part of a long list.
 */
export interface PageOfSegmentRow {
  /**
   * The rows that were asked for, in order.
   */
  rows: SegmentRow[];
  /**
   * Rows in all that fit.
   */
  total: number;
}
/**
 * Counts segments anew.
 */
export interface SegmentRefreshRequest {
  /**
   * Their ids.
   */
  ids: string[];
}
/**
 * A segment as it is saved: new without `id`.
 */
export interface SegmentDraft {
  /**
   * The audience's id.
   */
  audience: string;
  /**
   * The segment that is edited; `None`: a new one.
   */
  id?: string | null;
  /**
   * Its name.
   */
  name: string;
  /**
   * Who is in it.
   */
  rule: SegmentRule;
  /**
   * The version that the user saw; needed with `id`.
   */
  version?: string | null;
}
/**
 * How large a segment was.
 */
export interface SegmentSize {
  /**
   * When it was counted.
   */
  at: string;
  /**
   * Members.
   */
  members: number;
}
/**
 * What ran last, of everything that runs.
 */
export interface SystemStatus {
  /**
   * Audiences: when each was read.
   */
  audiences: AudienceStatus[];
  /**
   * Exports: the last run of each; `None`: it never ran.
   */
  exports: ExportStatus[];
  /**
   * When it is refreshed next by itself.
   */
  next: string | null;
  /**
   * What Segue does for itself.
   */
  processes: ProcessStatus[];
  /**
   * The refresh of everything that goes on, or that was last.
   */
  refresh: Refresh | null;
}
/**
 * When an audience was read.
 */
export interface AudienceStatus {
  /**
   * The audience.
   */
  audience: Named;
  /**
   * Profiles that it had then.
   */
  profiles: number;
  /**
   * When.
   */
  refreshed_at: string;
  /**
   * Why it could not be read in the last refresh, as a sentence; empty where it could.
   */
  trouble: string;
}
/**
 * The last run of an export.
 */
export interface ExportStatus {
  /**
   * The export.
   */
  export: Named;
  /**
   * The next time that it runs by itself.
   */
  next: string | null;
  /**
   * Its last run.
   */
  run: Run | null;
}
/**
 * What Segue does for itself.
 */
export interface ProcessStatus {
  /**
   * When; `None`: never yet.
   */
  at: string | null;
  /**
   * Which.
   */
  kind: ProcessKind;
  /**
   * What was wrong, as a sentence; empty where nothing was.
   */
  reason: string;
  /**
   * How it went last, or goes.
   */
  status: Status;
}
/**
 * A time zone.
 */
export interface Zone {
  /**
   * Its IANA name.
   */
  name: string;
  /**
   * How far its clocks are ahead of UTC now, in minutes. May be negative.
   */
  offset: number;
}
/**
 * What was changed.
 */
export interface Changed {
  /**
   * Kinds of objects.
   */
  what: Noun[];
}
/**
 * What somebody is told.
 */
export interface Notice {
  /**
   * When it ended.
   */
  at: string;
  /**
   * People in the mean of the runs before, where that is what it is about; else 0.
   */
  before: number;
  /**
   * The export's name.
   */
  export: string;
  /**
   * The export's id.
   */
  export_id: ExportId;
  /**
   * What happened.
   */
  kind: NoticeKind;
  /**
   * People rejected, not attempted, held or not removed.
   */
  not_done: number;
  /**
   * Profiles in the chosen segments.
   */
  people: number;
  /**
   * The run.
   */
  run: RunId;
}
