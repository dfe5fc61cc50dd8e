// Nothing on a page does nothing: every enabled control of every page is pressed once, and afterwards the page,
// a dialog or a file is another.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
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
    && one.getAttribute("aria-current") !== "page"
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
    for (const [index, place] of places(names).entries()) {
      const open = async (): Promise<void> => {
        await stage.run("location.hash = '#/'; location.reload()");
        await stage.until("the page is there", async () => (await stage.count("heading", /./u)) > 0);
        await place.open(stage);
      };
      await open();
      const all = await controls(stage, index === 0);
      expect(all.length, `${place.name} has something to press`).toBeGreaterThan(0);
      for (const { name, place: nth } of all) {
        await open();
        const [before, files] = [await stage.looks(), await asked(home)];
        const there = await stage.run<boolean>(
          `const find = ${FIND};
           const found = find(arguments[1]).find(({ name, place }) => name === arguments[2] && place === arguments[3]);
           if (found === undefined) return false;
           found.element.scrollIntoView({ block: "nearest" });
           found.element.focus();
           found.element.click();
           return true;`,
          PRESSED,
          index === 0,
          name,
          nth,
        );
        // It has gone with what an earlier press did, such as a question that was answered.
        if (!there) continue;
        pressed += 1;
        const changed = async (): Promise<boolean> =>
          (await stage.looks()) !== before || (await asked(home)) !== files;
        await stage.until("something is another", changed, 3_000).catch(() => idle.push(`${place.name}: ${name}`));
      }
    }
    expect(pressed, "controls that were pressed").toBeGreaterThan(150);
    expect(idle, "controls that did nothing").toEqual([]);
  }), 1_200_000);
