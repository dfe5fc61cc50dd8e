import { mockIPC } from "@tauri-apps/api/mocks";
import { emit } from "@tauri-apps/api/event";
import { expect, test } from "vitest";

import type { HostEvent } from "./index";
import { tauriHost } from "./tauri";

test("asks by one argument, and every listener hears the one event until it stops", async () => {
  const asked: unknown[] = [];
  mockIPC(
    (command, args) => {
      asked.push([command, args]);
      return "answer";
    },
    { shouldMockEvents: true },
  );
  expect(await tauriHost.ask("export_get", { id: "e" })).toBe("answer");
  expect(asked).toEqual([["export_get", { request: { id: "e" } }]]);

  const [first, second]: [HostEvent[], HostEvent[]] = [[], []];
  const stop = tauriHost.listen((event) => first.push(event));
  tauriHost.listen((event) => second.push(event));
  // The listening itself is told to the program by a call that is answered later.
  await Promise.resolve();
  const event = { event: "changed", data: { what: ["runs"] } };
  await emit("engine", event);
  stop();
  await emit("engine", event);
  expect(first).toEqual([event]);
  expect(second).toEqual([event, event]);
});
