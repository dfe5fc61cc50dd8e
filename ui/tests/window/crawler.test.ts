// Nothing on a page does nothing: every enabled control of every page is pressed once, and afterwards the page,
// a dialog, a request or a file is another.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { WebElement } from "selenium-webdriver";
import { expect, test } from "vitest";
import { places } from "./places";
import { play } from "./play";
import type { Home, Stage } from "./stage";

/** What can be pressed. Fields for text are written into elsewhere. */
const PRESSED = "button, a[href], [role=tab], input[type=checkbox], input[type=radio], [role=switch], [role=combobox], summary";

/** Finds them, in the uppermost layer: what is dimmed cannot be pressed. Each has a name to find it again by. */
const FIND = `(frame) => {
  const layer = [...document.querySelectorAll("[role=dialog]")].at(-1) ?? document.body;
  const all = [...layer.querySelectorAll(arguments[0])].filter((one) =>
    !one.disabled && one.getAttribute("aria-disabled") !== "true" && one.closest("[data-tabster-dummy], [inert]") === null
    && one.checkVisibility({ visibilityProperty: true })
    // Pressing what is chosen already is meant to change nothing.
    && !(one.type === "radio" && one.checked) && one.getAttribute("aria-selected") !== "true"
    && one.getAttribute("aria-current") !== "page" && one.getAttribute("aria-pressed") !== "true"
    // The header and the navigation are the same on every page.
    && (frame || layer !== document.body || one.closest("main") !== null));
  const seen = new Map();
  return all.map((element) => {
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    const name = element.tagName + " " + (element.getAttribute("role") ?? element.type ?? "") + " " + label.trim().slice(0, 60);
    const place = seen.get(name) ?? 0;
    seen.set(name, place + 1);
    return { element, name, place };
  // Rows of a table have the same controls; two of them stand for all.
  }).filter(({ place }) => place < 2);
}`;

/** Where the focus is, and how much the page has asked for: the skip link moves the one, *Find* adds to the other. */
const FOCUSED = "return [...document.querySelectorAll('*')].indexOf(document.activeElement) + '|' + window.segueAsked";

/** What native dialogs and programs were asked for: the test has no others. */
async function asked(home: Home): Promise<string> {
  return readFile(join(home.folder, "files.asked"), "utf8").catch(() => "");
}

function controls(stage: Stage, frame: boolean): Promise<{ name: string; place: number }[]> {
  return stage.run(
    `const find = ${FIND}; return find(arguments[1]).map(({ name, place }) => ({ name, place }));`,
    PRESSED,
    frame,
  );
}

test("every control of every page does something", () =>
  play({ language: "en", before: "work" }, async ({ stage, home, names }) => {
    const idle: string[] = [];
    let pressed = 0;
    const shows = async (): Promise<string> =>
      [await stage.looks(), await stage.run(FOCUSED), await asked(home)].join("|");
    for (const [index, place] of places(names).entries()) {
      const open = async (): Promise<void> => {
        await stage.reload();
        await place.open(stage);
      };
      await open();
      const all = await controls(stage, index === 0);
      expect(all.length, `${place.name} has something to press`).toBeGreaterThan(0);
      for (const { name, place: nth } of all) {
        await open();
        const element = await stage.run<WebElement | null>(
          `const find = ${FIND};
           const found = find(arguments[1]).find(({ name, place }) => name === arguments[2] && place === arguments[3]);
           found?.element.scrollIntoView({ block: "nearest" });
           found?.element.focus();
           return found?.element ?? null;`,
          PRESSED,
          index === 0,
          name,
          nth,
        );
        // It has gone with what an earlier press did, such as a question that was answered.
        if (element === null) continue;
        const before = await shows();
        // As a person does it; what lies under its own label is pressed by the page. What has gone by then has
        // done something.
        await element
          .click()
          .catch(() => stage.run("arguments[0].click()", element))
          .catch(() => undefined);
        pressed += 1;
        await stage.until("something is another", async () => (await shows()) !== before, 3_000).catch(() => idle.push(`${place.name}: ${name}`));
      }
    }
    expect(pressed, "controls that were pressed").toBeGreaterThan(150);
    expect(idle, "controls that did nothing").toEqual([]);
  }), 1_200_000);
