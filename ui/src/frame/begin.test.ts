import { expect, test } from "vitest";

import { fakeHost } from "../host/fake";
import { start } from "../test/render";
import { begin } from "./begin";

const everyday = { app_start: () => start, window_locale: () => ({ locale: "sv-SE" }), export_list: () => [] };

test("what changes before anything is shown is heard, and asked for again", async () => {
  const host = fakeHost(everyday);
  const { ground, reading } = begin(host);
  await reading;
  const list = () => ground.cache.getQueryState(["export_list", {}]);
  expect(list()).toMatchObject({ data: [], isInvalidated: false });
  host.emit({ event: "changed", data: { what: ["exports"] } });
  expect(list()).toMatchObject({ isInvalidated: true });
});

test("the words are those of the settings, written as the system does, and English where neither can be read", async () => {
  const swedish = { ...start, settings: { ...start.settings, language: "sv" as const } };
  const { text, locale } = await begin(fakeHost({ ...everyday, app_start: () => swedish })).reading;
  expect([locale, text.language]).toEqual([{ language: "sv", tag: "sv-SE" }, "sv"]);
  const none = begin(fakeHost({}));
  expect(none.spoken).toBeNull();
  expect((await none.reading).locale).toEqual({ language: "en", tag: "en" });
  expect(none.spoken?.locale).toEqual({ language: "en", tag: "en" });
});
