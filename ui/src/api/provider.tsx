// Gives the pages what they ask and hear by.
import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, use } from "react";

import type { Ground } from "./ground";

const GroundContext = createContext<Ground | null>(null);

/** The host and what was heard from it. */
export function useGround(): Ground {
  const ground = use(GroundContext);
  if (ground === null) throw new Error("There is no host above this component.");
  return ground;
}

/** Everything below can ask the host, and finds in the cache what was answered already. */
export function ApiProvider({ ground, children }: { ground: Ground; children: ReactNode }) {
  return (
    <GroundContext value={ground}>
      <QueryClientProvider client={ground.cache}>{children}</QueryClientProvider>
    </GroundContext>
  );
}
