// What the command palette offers: each page adds what it can do now.
import { createContext, type ReactElement, use, useEffect, useId } from "react";

import type { ShortcutId } from "./shortcuts";

/** Something that can be done by name. */
export interface PaletteCommand {
  /** Its key on the page. */
  id: string;
  /** Its name, for example `Run “Trail runners”`. */
  text: string;
  /** A few words beside it. */
  hint?: string;
  icon?: ReactElement;
  /** Why it cannot be done now; then it is not offered. */
  why?: string | undefined;
  /** The shortcut that does the same. */
  shortcut?: ShortcutId | undefined;
  /** Does it. */
  run: () => void;
}

/** Whose commands: those of the page come before those that are everywhere. */
type Owner = "page" | "frame";

/** The commands that are offered now. */
export class CommandList {
  readonly #bySource = new Map<string, { owner: Owner; commands: readonly PaletteCommand[] }>();

  set(source: string, owner: Owner, commands: readonly PaletteCommand[]): void {
    this.#bySource.set(source, { owner, commands });
  }

  delete(source: string): void {
    this.#bySource.delete(source);
  }

  all(): PaletteCommand[] {
    const sources = [...this.#bySource.values()];
    return (["page", "frame"] as const)
      .flatMap((owner) => sources.filter((source) => source.owner === owner).flatMap(({ commands }) => commands))
      .filter(({ why }) => why === undefined || why === "");
  }
}

/** The commands of the window. */
export const CommandListContext = createContext(new CommandList());

/** Offers commands in the palette while this component is shown. */
export function useCommands(commands: readonly PaletteCommand[], owner: Owner = "page"): void {
  const list = use(CommandListContext);
  const source = useId();
  useEffect(() => {
    list.set(source, owner, commands);
  }, [list, source, owner, commands]);
  useEffect(
    () => () => {
      list.delete(source);
    },
    [list, source],
  );
}
