// The real program around the page. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Host, HostEvent } from "./index";

/** The host of the window as it is shipped. */
export const tauriHost: Host = {
  ask: (command, request) => invoke(command, { request }),
  listen(handler) {
    // Tauri answers with a promise; a page that left before it came must still be able to stop.
    const unlisten = listen<HostEvent>("engine", ({ payload }) => {
      handler(payload);
    });
    return () => {
      void unlisten.then((stop) => {
        stop();
      });
    };
  },
};
