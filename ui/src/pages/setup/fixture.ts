// An engine for tests of the pane: one audience, one account, what they hold.
import type { AccountShape, AudienceDetail, ConnectionRow, ExportDetail, SegmentRow, Total } from "../../api";

/** A connection that works. */
export function connectionOf(id: string, name: string, more: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    connection: {
      id,
      name,
      type: "autopilot",
      origin: "https://api2.autopilothq.com",
      rate: 4,
      contract_size: null,
      created_at: "2026-02-01T10:00:00Z",
      export_user: "anna on LAPTOP-7",
      membership: "unknown",
      consent: {
        given_at: "2026-02-01T10:00:00Z",
        given_by: "anna on LAPTOP-7",
        origin: "https://api2.autopilothq.com",
        statements: "1",
      },
    },
    practice: false,
    has_key: true,
    used_by: [],
    key: "accepted",
    tested_at: null,
    ...more,
  };
}

/** The audience. */
export const AUDIENCE: AudienceDetail = {
  row: {
    id: "a1",
    name: "Ljungvidde customers",
    source: {
      kind: "files",
      paths: ["/data/customers.csv"],
      key: "CustomerId",
      memberships: null,
      delimiter: null,
      encoding: null,
      no_header: false,
    },
    profiles: 1000,
    columns: 5,
    segments: 3,
    sample: false,
    used_by: [],
    created_at: "2026-01-01T10:00:00Z",
    refreshed_at: "2026-11-25T06:00:00Z",
  },
  key: "CustomerId",
  files: [],
  fields: [
    { name: "CustomerId", type: "text", filled: 1000, samples: ["0417"] },
    { name: "EMail", type: "text", filled: 991, samples: ["ebba.lindqvist@post.example", "o.hedlund@brev.example"] },
    { name: "FirstName", type: "text", filled: 987, samples: ["Ebba", "Oskar", "Saga"] },
    { name: "Town", type: "text", filled: 912, samples: ["Umeå", "Göteborg"] },
    { name: "Email Subscriber", type: "text", filled: 1000, samples: ["Yes", "No"] },
  ],
  suggestions: {
    fields: [
      { target: "Email", column: "EMail", reason: "name" },
      { target: "FirstName", column: "FirstName", reason: "name" },
      { target: "MailingCity", column: "Town", reason: "contents" },
    ],
    only_if: [{ column: "Email Subscriber", value: "Yes" }],
  },
};

/** The account. */
export const SHAPE: AccountShape = {
  fields: [
    { target: "Email", name: "Email", custom: false, kind: "text" },
    { target: "FirstName", name: "FirstName", custom: false, kind: "text" },
    { target: "LastName", name: "LastName", custom: false, kind: "text" },
    { target: "MailingCity", name: "MailingCity", custom: false, kind: "text" },
    { target: "Company", name: "Company", custom: false, kind: "text" },
    { target: "custom:Club level", name: "Club level", custom: true, kind: "text" },
  ],
  lists: [
    { title: "Newsletter readers", segment: null },
    { title: "Old list", segment: { id: "s9", name: "Something else" } },
  ],
};

function segmentOf(id: string, name: string, members: number): SegmentRow {
  return {
    id,
    name,
    members,
    kind: "where",
    audience: { id: "a1", name: "Ljungvidde customers" },
    counted_at: "2026-11-25T06:00:00Z",
    created_at: "2026-01-01T10:00:00Z",
    not_in_audience: null,
    outdated: false,
    used_by: [],
  };
}

/** The segments. */
export const SEGMENTS = [
  segmentOf("s1", "Club members", 523),
  segmentOf("s2", "Newsletter readers", 310),
  segmentOf("s3", "Norway", 94),
];

/** A total of these segments. */
export function totalOf(segments: readonly string[], addresses: number): Total {
  return {
    addresses,
    profiles: addresses + 10,
    memberships: addresses + 100,
    each: segments.map((id) => ({ id, members: 100, only_here: 50, without: addresses - 50 })),
  };
}

/** A stored export. */
export const STORED: ExportDetail = {
  id: "e1",
  name: "Club newsletter",
  product: "autopilot",
  connection: { id: "c1", name: "Ljungvidde" },
  audience: { id: "a1", name: "Ljungvidde customers" },
  matching: [
    { target: "Email", column: "EMail", blank: "skip", unfit: "invalid" },
    { target: "FirstName", column: "FirstName", blank: "clear", unfit: "leave_out" },
  ],
  segments: [
    { id: "s1", name: "Club members", title: null },
    { id: "s2", name: "Newsletter readers", title: "Readers" },
  ],
  only_if: null,
  leavers: "keep",
  limit: 500,
  max_loss: 30,
  created_at: "2026-02-03T10:00:00Z",
  version: "v1",
};
