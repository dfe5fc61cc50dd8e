// The commands of the page: the same list is the bar, the palette and the shortcuts.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ExportRow } from "../../api";
import type { PageCommand } from "../../parts";
import { actionsOn, type RowAction, whyNot } from "./actions";
import { ICONS } from "./icons";
import { isScheduled, whyNotRun } from "./rows";

/** What the commands do. */
export interface BarActs {
  add: () => void;
  act: (action: RowAction, rows: readonly ExportRow[]) => void;
  runAll: () => void;
}

/** *Detach connection* goes first where there is no room, then *Create duplicate*, *Remove* and *Schedule*. */
const PRIORITY: Record<RowAction | "add" | "runAll", number> = {
  add: 9,
  edit: 8,
  run: 7,
  preview: 6,
  runAll: 5,
  schedule: 4,
  remove: 3,
  duplicate: 2,
  detach: 1,
  attach: 1,
};

/** The commands for the selected exports; on *Discover* only the one that adds. */
export function usePageCommands(
  mine: boolean,
  chosen: readonly ExportRow[],
  all: readonly ExportRow[],
  { add, act, runAll }: BarActs,
): PageCommand[] {
  const { t } = useTranslation("exports");
  return useMemo(() => {
    const icon = (id: keyof typeof ICONS) => {
      const Icon = ICONS[id];
      return <Icon />;
    };
    const first: PageCommand = {
      id: "add",
      text: t("command.add"),
      icon: icon("add"),
      shortcut: "new",
      priority: PRIORITY.add,
      run: add,
    };
    if (!mine) return [first];
    const scheduled = all.filter(isScheduled);
    const ready = scheduled.some((row) => whyNotRun(row) === null);
    const none = all.length > 0 && scheduled.length === 0 ? t("why.noneScheduled") : t("why.empty");
    return [
      first,
      ...actionsOn(chosen).map((action): PageCommand => ({
        // One place on the bar, whichever of the two it is.
        id: action === "attach" ? "detach" : action,
        text: t(`command.${action}`),
        icon: icon(action),
        why: whyNot(t, action, chosen),
        shortcut: action === "run" || action === "preview" ? action : undefined,
        apart: action === "edit",
        priority: PRIORITY[action],
        run: () => {
          act(action, chosen);
        },
      })),
      {
        id: "runAll",
        text: t("command.runAll"),
        icon: icon("runAll"),
        why: ready ? undefined : none,
        apart: true,
        priority: PRIORITY.runAll,
        run: runAll,
      },
    ];
  }, [t, mine, chosen, all, add, act, runAll]);
}
