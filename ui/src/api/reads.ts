// Which commands only read, and of what kinds of objects their answers are made: when one of those kinds
// changes, the answer is asked for again.
import type { Noun } from "../bindings";
import type { Command } from "./commands";

const all: Noun[] = ["audiences", "audit", "connections", "exports", "runs", "schedules", "segments", "settings"];

/** Commands that change nothing, with the kinds of objects in their answers. */
export const reads = {
  app_start: ["settings", "audiences", "connections", "exports"],
  home: all,
  find: ["exports", "segments", "audiences", "connections", "runs"],
  export_list: ["exports", "connections", "audiences", "segments", "runs", "schedules"],
  export_get: ["exports", "connections", "segments"],
  export_forecast: ["exports", "audiences", "segments", "runs"],
  export_total: ["audiences", "segments"],
  // A preview is a plan that was made at one moment; only *Compare again* makes another one.
  preview_make: [],
  preview_people: [],
  run_list: ["runs", "exports"],
  run_get: ["runs"],
  run_people: ["runs"],
  run_reasons: ["runs"],
  run_days: ["runs", "exports"],
  run_requests: ["runs"],
  person_find: ["runs", "exports"],
  segment_list: ["segments", "audiences", "exports"],
  segment_get: ["segments", "audiences", "exports"],
  segment_sizes: ["segments"],
  rule_count: ["audiences"],
  rule_members: ["audiences"],
  audience_list: ["audiences", "segments", "exports"],
  audience_get: ["audiences", "segments", "exports"],
  audience_values: ["audiences"],
  connection_list: ["connections", "exports"],
  account_shape: ["connections"],
  schedule_get: ["schedules", "exports"],
  zone_list: [],
  audit_list: ["audit"],
  retention_get: ["settings"],
  system_status: ["audiences", "exports", "notices", "runs", "schedules", "segments"],
  notices_get: ["notices"],
  window_locale: [],
  window_keep: [],
  window_sign_in: [],
} satisfies Partial<Record<Command, Noun[]>>;

/** A command that changes nothing. */
export type Read = keyof typeof reads;

/** The kinds of objects that a command changes, by the first word of its name. */
const writes: Record<string, Noun[]> = {
  settings: ["settings"],
  sample: all,
  export: ["exports", "runs"],
  preview: ["exports", "runs"],
  run: ["exports", "runs"],
  person: ["exports", "runs"],
  segment: ["segments"],
  audience: ["audiences", "segments"],
  connection: ["connections", "exports"],
  retention: ["settings"],
  schedule: ["schedules", "exports"],
  notices: ["notices"],
  refresh: ["audiences", "exports", "runs", "schedules", "segments"],
  config: all,
};

/** Whether the answer to a command shows something that changed. */
export function shows(command: string, changed: readonly Noun[]): boolean {
  const shown: readonly Noun[] = reads[command as Read] ?? [];
  return shown.some((noun) => changed.includes(noun));
}

/** What a command changes; every change is in the audit log. */
export function changes(command: Command): Noun[] {
  const [word = ""] = command.split("_", 1);
  const nouns = writes[word];
  return nouns === undefined ? [] : [...nouns, "audit"];
}
