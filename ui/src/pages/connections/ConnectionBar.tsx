// The command bar of the page, the same commands in the palette, and the line that tests from a shell.
import {
  AddRegular,
  DeleteRegular,
  KeyRegular,
  PlugConnectedRegular,
  RenameRegular,
  TopSpeedRegular,
} from "@fluentui/react-icons";
import { type ReactElement, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ConnectionRow } from "../../api";
import { CommandBar, type PageCommand, useCommands, useCopyCommand } from "../../parts";
import type { Command, CommandOf } from "./commands";

const ICONS: Record<Command, ReactElement> = {
  add: <AddRegular />,
  test: <PlugConnectedRegular />,
  rename: <RenameRegular />,
  key: <KeyRegular />,
  limits: <TopSpeedRegular />,
  remove: <DeleteRegular />,
};

/** What the bar needs. */
export interface ConnectionBarProps {
  commands: readonly CommandOf[];
  selected: ConnectionRow | undefined;
}

/** The bar. */
export function ConnectionBar({ commands, selected }: ConnectionBarProps) {
  const { t } = useTranslation("admin");
  const name = selected?.connection.name;
  const bar = useMemo(
    () =>
      commands.map(
        ({ command, label, why, act }): PageCommand => ({
          id: command,
          text: label,
          icon: ICONS[command],
          why,
          apart: command === "test",
          run: act,
        }),
      ),
    [commands],
  );
  const offered = useMemo(
    () =>
      bar
        .filter(({ why }) => why === "")
        .map(({ id, text, icon, run }) => ({
          id: `connection-${id}`,
          text: id === "add" || name === undefined ? text : t("connections.commandOf", { command: text, name }),
          icon,
          run,
        })),
    [bar, name, t],
  );
  useCommands(offered);
  const copy = useCopyCommand();
  // Nothing is copied before something is selected, as nothing is tested.
  const why = name === undefined ? bar.find(({ id }) => id === "test")?.why : undefined;
  return <CommandBar commands={[...bar, { ...copy(["connection", "test", name ?? ""]), why }]} />;
}
