// Settings of the window, as everything that looks at them sees the change at once.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import type { Settings, Start } from "../bindings";
import { useAsk, useTell } from "./hooks";

/** The settings once they are known, and how they are changed. */
export function useSettings(): [Settings | undefined, (change: Partial<Settings>) => void] {
  const { data: start } = useAsk("app_start", {});
  const cache = useQueryClient();
  const { mutate } = useTell("settings_set");
  const change = useCallback(
    (some: Partial<Settings>) => {
      const key = ["app_start", {}];
      const old = cache.getQueryData<Start>(key);
      if (old === undefined) return;
      const settings = { ...old.settings, ...some };
      // The page does not wait for the disk; a refusal is followed by the truth.
      cache.setQueryData<Start>(key, { ...old, settings });
      mutate(settings);
    },
    [cache, mutate],
  );
  return [start?.settings, change];
}
