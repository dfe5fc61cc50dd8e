// Light, dark or high contrast: as the operating system has it, unless the user chose.
import { createContext, use, useSyncExternalStore } from "react";

import type { Theme as Choice } from "../api";
import type { Look } from "./brand";

/** The look that is shown. */
export const LookContext = createContext<Look>("light");

/** The look that is shown. */
export function useLook(): Look {
  return use(LookContext);
}

const QUERIES = {
  dark: "(prefers-color-scheme: dark)",
  contrast: "(prefers-contrast: more)",
  forced: "(forced-colors: active)",
};

function subscribe(changed: () => void): () => void {
  const lists = Object.values(QUERIES).map((query) => window.matchMedia(query));
  for (const list of lists) list.addEventListener("change", changed);
  return () => {
    for (const list of lists) list.removeEventListener("change", changed);
  };
}

function ofSystem(): Look {
  const holds = (query: string) => window.matchMedia(query).matches;
  if (holds(QUERIES.contrast) || holds(QUERIES.forced)) return "high_contrast";
  return holds(QUERIES.dark) ? "dark" : "light";
}

/** The look for a choice; that of the system is followed as it changes. */
export function useLookOf(choice: Choice): Look {
  const system = useSyncExternalStore(subscribe, ofSystem);
  return choice === "system" ? system : choice;
}
