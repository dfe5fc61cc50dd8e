// The keyboard shortcuts: one table, one listener. A page says what its shortcut does while it is shown.
import { createContext, use, useEffect, useEffectEvent } from "react";

/** What can be done by a shortcut, a menu of the system or the palette. */
export type ShortcutId = "palette" | "search" | "new" | "run" | "preview" | "help" | "shortcuts";

/** The keys of a shortcut. */
export interface Keys {
  /** The key as the browser names it, in lower case. */
  key: string;
  /** Ctrl, or the command key on macOS. */
  ctrl?: boolean;
  shift?: boolean;
}

/** All shortcuts, in the order in which they are listed. */
export const shortcuts: Record<ShortcutId, Keys> = {
  palette: { key: "k", ctrl: true },
  search: { key: "/" },
  new: { key: "n", ctrl: true },
  run: { key: "enter", ctrl: true },
  preview: { key: "p", ctrl: true, shift: true },
  help: { key: "f1" },
  shortcuts: { key: "?" },
};

/** Whether the command key takes the place of Ctrl. */
export const mac = navigator.userAgent.includes("Mac OS");

function isFor(event: KeyboardEvent, { key, ctrl = false, shift = false }: Keys): boolean {
  if (event.key.toLowerCase() !== key || event.altKey) return false;
  const held = mac ? event.metaKey : event.ctrlKey;
  // `?` needs Shift on most keyboards, and says so by being `?`.
  return held === ctrl && (!ctrl || event.shiftKey === shift);
}

/** Whether what is typed is text. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** What each shortcut does now: the last that was shown goes first. */
export class Shortcuts {
  readonly #handlers = new Map<ShortcutId, (() => void)[]>();

  /** Adds a handler; the answer takes it off again. */
  add(id: ShortcutId, handler: () => void): () => void {
    this.#handlers.set(id, [...(this.#handlers.get(id) ?? []), handler]);
    return () => {
      const rest = (this.#handlers.get(id) ?? []).filter((other) => other !== handler);
      this.#handlers.set(id, rest);
    };
  }

  /** Does what the shortcut says; `false` where nothing on this page does. */
  press(id: ShortcutId): boolean {
    const handler = this.#handlers.get(id)?.at(-1);
    handler?.();
    return handler !== undefined;
  }

  /** Hears a key. An open dialog has the keyboard for itself. */
  readonly hear = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || document.querySelector('[aria-modal="true"]') !== null) return;
    for (const [id, keys] of Object.entries(shortcuts) as [ShortcutId, Keys][]) {
      if (!isFor(event, keys) || (keys.ctrl !== true && keys.key.length === 1 && isTyping(event.target))) continue;
      if (this.press(id)) event.preventDefault();
      return;
    }
  };
}

/** The shortcuts of the window. */
export const ShortcutsContext = createContext(new Shortcuts());

/** Does something on a shortcut while this component is shown; nothing while it is not enabled. */
export function useShortcut(id: ShortcutId, handler: () => void, enabled = true): void {
  const all = use(ShortcutsContext);
  const pressed = useEffectEvent(handler);
  useEffect(() => {
    if (!enabled) return undefined;
    return all.add(id, () => {
      pressed();
    });
  }, [all, id, enabled]);
}
