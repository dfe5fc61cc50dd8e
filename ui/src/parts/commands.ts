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

/** The commands that are offered now, those of the page before those of the frame. */
export class CommandList {
  readonly #bySource = new Map<string, readonly PaletteCommand[]>();

  set(source: string, commands: readonly PaletteCommand[]): void {
    this.#bySource.set(source, commands);
  }

  delete(source: string): void {
    this.#bySource.delete(source);
  }

  all(): PaletteCommand[] {
    return [...this.#bySource.values()].toReversed().flat().filter(({ why }) => why === undefined || why === "");
  }
}

/** The commands of the window. */
export const CommandListContext = createContext(new CommandList());

/** Offers commands in the palette while this component is shown. */
export function useCommands(commands: readonly PaletteCommand[]): void {
  const list = use(CommandListContext);
  const source = useId();
  useEffect(() => {
    list.set(source, commands);
  }, [list, source, commands]);
  useEffect(
    () => () => {
      list.delete(source);
    },
    [list, source],
  );
}
