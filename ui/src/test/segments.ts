// Answers about segments and one audience, for tests: what is saved is there afterwards.
import type { AudienceDetail, AudienceRow, Column, ColumnType, SegmentDetail, SegmentRow, SegmentRule } from "../api";
import { failure, type Handlers } from "../host/fake";

const column = (name: string, type: ColumnType, filled: number, samples: string[]): Column => ({ name, type, filled, samples });

/** The audience of the tests. */
export const audience: AudienceRow = {
  id: "aud-1",
  name: "Ljungvidde customers",
  source: { kind: "files", paths: ["/data/customers.csv"], key: "CustomerId", no_header: false, delimiter: null, encoding: null, memberships: null },
  profiles: 128_604,
  columns: 7,
  segments: 4,
  sample: false,
  used_by: [],
  created_at: "2026-01-05T08:00:00Z",
  refreshed_at: "2026-02-03T06:31:00Z",
};

/** The audience, whole. */
export const audienceDetail: AudienceDetail = {
  row: audience,
  fields: [
    column("CustomerId", "text", 128_604, ["8f21c07a"]),
    column("EMail", "text", 127_446, ["ebba.lindqvist@post.example"]),
    column("City", "text", 117_286, ["Umeå", "Göteborg"]),
    column("OrdersTotal", "integer", 128_604, ["1", "2"]),
    column("Email Subscriber", "boolean", 125_000, ["true", "false"]),
    column("LastPurchaseOn", "date", 113_814, ["2026-11-12"]),
    column("SeenAt", "timestamp", 90_000, ["2026-01-31T14:00Z"]),
  ],
  key: "CustomerId",
  files: [],
  suggestions: { fields: [{ target: "Email", column: "EMail", reason: "name" }], only_if: [] },
};

function row(id: string, name: string, kind: SegmentRow["kind"], more: Partial<SegmentRow> = {}): SegmentRow {
  return {
    id,
    name,
    audience: { id: audience.id, name: audience.name },
    kind,
    members: 8462,
    not_in_audience: null,
    counted_at: "2026-02-03T06:31:00Z",
    outdated: false,
    used_by: [],
    created_at: "2026-01-05T08:00:00Z",
    ...more,
  };
}

/** The rule of *Trail runners*. */
export const trailRule = JSON.stringify({
  rowsets: [
    {
      rowsetOperation: "none",
      criteria: {
        logicalOperator: "and",
        childCriterias: [
          { attribute: "City", comparisonOperator: "isIn", listOfValues: ["Umeå", "Göteborg"] },
          {
            logicalOperator: "or",
            childCriterias: [{ attribute: "OrdersTotal", comparisonOperator: "greaterThanOrEqualTo", value: 2 }],
          },
        ],
      },
    },
    {
      rowsetOperation: "except",
      criteria: { attribute: "Email Subscriber", comparisonOperator: "equals", value: false },
    },
  ],
});

const deep = JSON.stringify({
  rowsets: [
    {
      criteria: {
        childCriterias: [{ childCriterias: [{ childCriterias: [{ attribute: "City", comparisonOperator: "isNull" }] }] }],
      },
    },
  ],
});

/** A segment of each kind, and one rule that the builder cannot show. */
export const stored: [SegmentRow, SegmentRule][] = [
  [row("seg-trail", "Trail runners", "rule", { used_by: [{ id: "exp-1", name: "Newsletter" }] }), { kind: "rule", rule: trailRule }],
  [row("seg-norway", "Norway", "where"), { kind: "where", predicate: "\"Country\" = 'NO'" }],
  [row("seg-deep", "Deep one", "rule", { members: null, counted_at: null }), { kind: "rule", rule: deep }],
  [row("seg-file", "Gift card owners", "members", { not_in_audience: 3 }), { kind: "members", path: "/data/gift.csv", key: null }],
  [row("seg-given", "Newsletter readers", "membership", { outdated: true }), { kind: "membership", name: "News" }],
];

/** Handlers for these segments. */
export function segmentEngine(of = stored, audiences: AudienceRow[] = [audience]): Handlers {
  const all = new Map(of.map(([one, rule]): [string, SegmentDetail] => [one.id, { row: one, rule, version: "v1" }]));
  const find = (id: string): SegmentDetail => {
    const found = all.get(id);
    if (found === undefined) throw failure("not_found", "There is no segment.");
    return found;
  };
  return {
    audience_list: () => audiences,
    audience_get: () => audienceDetail,
    audience_values: () => ({ values: ["Umeå", "Göteborg", "Tromsø"], more: false }),
    segment_list: ({ search = "", sort = "name", descending = false, part }) => {
      const key = (one: SegmentRow) => (sort === "members" ? String(one.members ?? 0).padStart(12, "0") : one.name);
      const found = [...all.values()]
        .map((one) => one.row)
        .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
        .toSorted((a, b) => key(a).localeCompare(key(b)) * (descending ? -1 : 1));
      return { rows: found.slice(part.offset, part.offset + part.limit), total: found.length };
    },
    segment_get: ({ id }) => find(id),
    segment_save: ({ id, name, rule }) => {
      const kind = rule.kind;
      const detail = { row: row(id ?? "seg-new", name, kind), rule, version: "v2" };
      all.set(detail.row.id, detail);
      return detail;
    },
    segment_rename: ({ id, name }) => {
      const detail = find(id);
      all.set(id, { ...detail, row: { ...detail.row, name } });
      return find(id);
    },
    segment_remove: ({ id }) => {
      all.delete(id);
      return {};
    },
    segment_refresh: () => ({}),
    segment_sizes: () => [
      { at: new Date(Date.now() - 86_400_000).toISOString(), members: 8400 },
      { at: new Date().toISOString(), members: 8462 },
    ],
    segment_download: ({ path }) => ({ path, rows: 8462 }),
    rule_count: ({ email }) => ({ members: 8462, of: 128_604, with_email: email === null ? null : 8301, not_in_audience: null }),
    rule_members: () => ({ columns: ["CustomerId", "EMail"], rows: [["8f21c07a", "ebba.lindqvist@post.example"], ["03be9144", null]], total: 8462 }),
  };
}
