// WCAG 2.2 AA in the real window, where there is a layout and there are colours: every page, and the menus and
// questions that open on them.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Key } from "selenium-webdriver";
import { describe, expect, test } from "vitest";
import { places, type Place } from "./places";
import { play } from "./play";
import type { Stage } from "./stage";
import type { Names } from "./world";

const require = createRequire(import.meta.url);

/** What opens over a page. */
function openings(n: Names): Place[] {
  const on = (name: string, address: string, ...names: RegExp[]): Place => ({
    name,
    async open(stage) {
      await stage.go(address);
      for (const one of names) await stage.press("button", one);
      await stage.settled();
    },
  });
  const ofRow = (name: string, command: RegExp): Place => ({
    name,
    async open(stage) {
      await stage.go("/exports?tab=mine");
      await stage.press("button", new RegExp(`^More actions.*${n.trips}`, "u"));
      await stage.press("menuitem", command);
      await stage.settled();
    },
  });
  const keyed = (name: string, ...keys: string[]): Place => ({
    name,
    async open(stage) {
      await stage.go("/runs");
      await stage.driver.actions().keyDown(Key.CONTROL).sendKeys(...keys).keyUp(Key.CONTROL).perform();
      await stage.settled();
    },
  });
  return [
    on("the menu of a row", "/exports?tab=mine", new RegExp(`^More actions.*${n.trips}`, "u")),
    on("the help menu", "/home", /^Help$/u),
    on("the account menu", "/home", /^Account/u),
    on("the question before all run", "/exports?tab=mine", /^Run all$/u),
    on("the decision", "/exports?tab=mine", /^Decide/u),
    ofRow("the question before a removal", /^Remove$/u),
    ofRow("the question before a detachment", /^Detach connection$/u),
    ofRow("the question for a duplicate", /^Create duplicate$/u),
    ofRow("the schedule of an export", /^Schedule$/u),
    keyed("the palette", "k"),
  ];
}

async function violations(stage: Stage): Promise<string[]> {
  const there = await stage.run<boolean>("return typeof window.axe === 'object'");
  if (!there) await stage.driver.executeScript(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  return stage.driver.executeAsyncScript<string[]>(`
    const done = arguments[0];
    // What fades in while it is looked at is looked at as it will be: a message may come at any time.
    for (const one of document.getAnimations()) {
      if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
    }
    window.axe
      .run({ exclude: [["[data-tabster-dummy]"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
      .then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 220) + " " + failureSummary.slice(0, 300)))),
        (error) => done([String(error)]),
      );`);
}

describe.each(["light", "dark", "high_contrast"] as const)("in %s", (theme) => {
  test("no page breaks a rule", () =>
    play({ theme, language: "en", before: "work" }, async ({ stage, names }) => {
      const broken: string[] = [];
      for (const place of [...places(names), ...openings(names)]) {
        await place.open(stage);
        broken.push(...(await violations(stage)).map((line) => `${place.name}: ${line}`));
        await stage.run("location.hash = '#/home'");
        await stage.driver.actions().sendKeys(Key.ESCAPE).perform();
      }
      expect(broken).toEqual([]);
    }));
});
