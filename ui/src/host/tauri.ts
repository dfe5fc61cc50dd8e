// The real program around the page. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Host, HostEvent } from "./index";

const handlers = new Set<(event: HostEvent) => void>();
let hearing = false;

/** Hears the one event of the program, once for the page, however many parts of it listen. */
function hear(): void {
  if (hearing) return;
  hearing = true;
  void listen<HostEvent>("engine", ({ payload }) => {
    for (const handler of handlers) handler(payload);
  });
}

/** The host of the window as it is shipped. */
export const tauriHost: Host = {
  ask: (command, request) => invoke(command, { request }),
  listen(handler) {
    hear();
    handlers.add(handler);
    return () => {
      handlers.delete(handler);
    };
  },
};
