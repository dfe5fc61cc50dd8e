// What can be done with exports, from the bar, from a row's menu, by keys and from the palette; and why
// something cannot be done now.
import type { TFunction } from "i18next";

import type { ExportRow } from "../../api";
import { isRunning, whyNotRun } from "./rows";

/** Something that can be done with exports. */
export type RowAction = "edit" | "run" | "preview" | "duplicate" | "schedule" | "detach" | "attach" | "remove";

/** The actions on these exports, in the order of the bar. */
export function actionsOn(rows: readonly ExportRow[]): RowAction[] {
  const detached = rows.length > 0 && rows.every((row) => row.connection === null);
  return ["edit", "run", "preview", "duplicate", "schedule", detached ? "attach" : "detach", "remove"];
}

/** Why an action cannot be done with these exports; `undefined`: it can. */
export function whyNot(t: TFunction<"exports">, action: RowAction, rows: readonly ExportRow[]): string | undefined {
  const [first] = rows;
  if (first === undefined) return t("why.none");
  const alone = action !== "run" && action !== "schedule" && action !== "remove";
  if (alone && rows.length > 1) return t("why.one");
  switch (action) {
    case "run": {
      // Those that can, run; it waits only where none can.
      const whys = rows.map((row) => [row, whyNotRun(row)] as const);
      const [stuck, why] = whys[0] ?? [first, null];
      return why !== null && whys.every(([, one]) => one !== null) ? t(why, { name: stuck.name }) : undefined;
    }
    case "preview":
      return first.connection === null ? t("why.detached", { name: first.name }) : undefined;
    case "detach":
    case "attach":
    case "remove": {
      const running = rows.find(isRunning);
      return running === undefined ? undefined : t("why.running", { name: running.name });
    }
    default:
      return undefined;
  }
}
