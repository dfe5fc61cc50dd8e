// Every page of the window and what opens on it, as a list: pictures are taken of each, and each is examined.
import type { Stage } from "./stage";
import type { Names } from "./world";

/** Something that can be looked at. */
export interface Place {
  /** What its picture is called. */
  name: string;
  open(stage: Stage): Promise<void>;
}

interface Named {
  id: string;
  name: string;
}

/** A row of a list: the thing itself, or what is told of it beside it. */
type Row = { name: string; id: string; connection?: unknown } | { connection: Named; name?: undefined };

async function idOf(stage: Stage, command: string, name: string): Promise<string> {
  const rows = await stage.ask<Row[] | { rows: Row[] }>(command, LISTED[command] ?? {});
  const all = (Array.isArray(rows) ? rows : rows.rows).map((row) => (row.name === undefined ? row.connection : row));
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${command} has no “${name}”.`);
  return found.id;
}

const part = { offset: 0, limit: 100 };
const LISTED: Record<string, object> = { segment_list: { part } };

/** The id of the last run of an export. */
export async function lastRun(stage: Stage, name: string): Promise<string> {
  const { rows } = await stage.ask<{ rows: { id: string; export: string }[] }>("run_list", { part });
  const found = rows.find((run) => run.export === name);
  if (found === undefined) throw new Error(`“${name}” has not run.`);
  return found.id;
}

/** The pages over a data folder with these names. */
export function places(n: Names): Place[] {
  const at = (name: string, address: string): Place => ({ name, open: (stage) => stage.go(address) });
  return [
    at("home", "/home"),
    at("exports", "/exports?tab=mine"),
    at("discover", "/exports?tab=discover"),
    at("setup-1", "/exports?tab=discover&setUp=new"),
    {
      name: "setup-2",
      open: async (stage) => stage.go(`/exports?tab=mine&setUp=${await idOf(stage, "export_list", n.newsletter)}`),
    },
    {
      name: "preview",
      async open(stage) {
        const id = await idOf(stage, "export_list", n.newsletter);
        await stage.go(`/exports/${id}/preview`);
        await stage.get("button", /^(Export now|Exportera nu)/u);
        await stage.settled();
      },
    },
    { name: "run", open: async (stage) => stage.go(`/runs/${await lastRun(stage, n.newsletter)}`) },
    { name: "run-held", open: async (stage) => stage.go(`/runs/${await lastRun(stage, n.winBack)}`) },
    at("runs", "/runs"),
    at("person", "/people?email=mail42%40ljungvidde.example"),
    at("segments", "/segments"),
    {
      name: "segment",
      open: async (stage) => stage.go(`/segments?view=${await idOf(stage, "segment_list", n.hikers)}`),
    },
    {
      name: "builder",
      open: async (stage) => stage.go(`/segments?edit=${await idOf(stage, "segment_list", n.hikers)}`),
    },
    at("data", "/data"),
    {
      name: "audience",
      open: async (stage) => stage.go(`/data?audience=${await idOf(stage, "audience_list", n.audience)}`),
    },
    at("data-add", "/data?add=true"),
    at("connections", "/admin/connections"),
    {
      name: "connection",
      open: async (stage) =>
        stage.go(`/admin/connections?connection=${await idOf(stage, "connection_list", n.connection)}`),
    },
    at("system", "/admin/system?tab=status"),
    at("schedule", "/admin/system?tab=schedule"),
    at("settings", "/admin/system?tab=settings"),
    at("about", "/admin/system?tab=about"),
    at("security", "/admin/security"),
  ];
}
