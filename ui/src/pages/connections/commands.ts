// What can be done with the selected connection, and why something cannot be done now.
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ConnectionRow } from "../../api";
import { useFormat } from "../../parts";

/** A command of the page. */
export type Command = "add" | "test" | "rename" | "key" | "limits" | "remove";

/** A command as the bar and the palette show it. */
export interface CommandOf {
  command: Command;
  label: string;
  /** Why it is disabled; empty where it is not. */
  why: string;
  act: () => void;
}

const COMMANDS: readonly Command[] = ["add", "test", "rename", "key", "limits", "remove"];

/** Why a command is disabled for this connection. */
export function whyNot(
  t: TFunction<"admin">,
  list: (names: readonly string[]) => string,
  command: Command,
  row: ConnectionRow | undefined,
  testing: string | undefined,
): string {
  if (command === "add") return "";
  if (row === undefined) return t("connections.why.none");
  const { name, id } = row.connection;
  switch (command) {
    case "test":
      if (!row.has_key) return t("connections.why.noKey", { name });
      return testing === id ? t("connections.why.busy", { name }) : "";
    case "key":
      return row.practice ? t("connections.why.practice") : "";
    case "remove":
      if (row.practice) return t("connections.why.practice");
      if (row.used_by.length === 0) return "";
      return t("connections.why.used", { name, exports: list(row.used_by.map((one) => one.name)) });
    default:
      return "";
  }
}

/** The commands of the page, for the selected connection. */
export function useConnectionCommands(
  row: ConnectionRow | undefined,
  testing: string | undefined,
  act: (command: Command) => void,
): CommandOf[] {
  const { t } = useTranslation("admin");
  const format = useFormat();
  return useMemo(
    () =>
      COMMANDS.map((command) => ({
        command,
        label: t(`connections.${command}`),
        why: whyNot(t, (names) => format.list(names), command, row, testing),
        act: () => {
          act(command);
        },
      })),
    [t, format, row, testing, act],
  );
}
