// Nothing on a page does nothing: every enabled control of every page is pressed once, and afterwards the
// page, a dialog, a request or a file is another.
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Home, Stage } from "./stage";

/** What can be pressed. Text fields are typed into elsewhere. */
const ROLES = ["button", "link", "tab", "checkbox", "radio", "switch", "combobox", "menuitem", "row"];

/** The addresses of pages that need nothing chosen first. */
const PAGES = [
  "/home",
  "/exports",
  "/exports?tab=discover",
  "/runs",
  "/people",
  "/segments",
  "/data",
  "/admin/connections",
  "/admin/system",
  "/admin/system?tab=about",
  "/admin/security",
];

interface Control {
  role: string;
  name: string;
  /** Which of several of one name. */
  place: number;
}

let home: Home;
let stage: Stage;

beforeAll(async () => {
  home = await Home.make();
  await mkdir(join(home.folder, "files"));
  await home.chooses([join(home.folder, "files", "chosen.csv")]);
  stage = await Stage.open(home, { language: "en" });
  await stage.ask("sample_add");
});
afterAll(async () => {
  await stage.close();
  await home.remove();
});

/** Opens a page anew, so that nothing of the press before is left. */
async function open(page: string): Promise<void> {
  await stage.run("location.hash = arguments[0]; location.reload()", `#${page}`);
  await stage.until(`the page ${page}`, async () => (await stage.count("heading", /./u)) > 0);
  await settled();
}

/** Waits until the page stays as it is for a moment: its questions are answered. */
async function settled(): Promise<string> {
  let last = "";
  await stage.until("the page has come to rest", async () => {
    const now = await looks();
    const same = now === last;
    last = now;
    return same;
  });
  return last;
}

/** The page as a text: what it shows and in which state, and what it asked for. */
function looks(): Promise<string> {
  return stage.run<string>(`
    const copy = document.body.cloneNode(true);
    for (const dummy of copy.querySelectorAll("[data-tabster-dummy]")) dummy.remove();
    const fields = [...document.querySelectorAll("input, textarea, select")].map((one) => one.value + one.checked);
    return location.hash + copy.innerHTML.replaceAll(/ data-tabster="[^"]*"| style="[^"]*"/g, "") + fields.join("|");`);
}

async function controls(): Promise<Control[]> {
  await stage.count("heading", /./u);
  return stage.run<Control[]>(
    `const found = [];
     const times = new Map();
     for (const role of arguments[0])
       for (const element of window.TestingLibraryDom.queryAllByRole(document.body, role)) {
         if (element.disabled || element.getAttribute("aria-disabled") === "true") continue;
         if (element.getClientRects().length === 0) continue;
         if (role === "row" && element.getAttribute("aria-selected") === null) continue;
         const name = window.TestingLibraryDom.prettyDOM ? nameOf(element) : "";
         const key = role + name;
         const place = times.get(key) ?? 0;
         times.set(key, place + 1);
         if (place < 2) found.push({ role, name, place });
       }
     return found;
     function nameOf(element) {
       return window.TestingLibraryDom.computeAccessibleName?.(element)
         ?? element.getAttribute("aria-label") ?? element.textContent ?? "";
     }`,
    ROLES,
  );
}

/** Native things that the window was asked for: files and folders that it would have opened. */
async function files(): Promise<string> {
  return (await readdir(home.folder, { recursive: true })).filter((name) => !name.startsWith("data")).join("\n");
}

test.each(PAGES)("every control of %s does something", async (page) => {
  await open(page);
  const all = await controls();
  expect(all.length, "a page has something to press").toBeGreaterThan(5);
  const idle: string[] = [];
  for (const control of all) {
    await open(page);
    const [before, filesBefore] = [await looks(), await files()];
    const pressed = await stage.run<boolean>(
      `const [role, name, place] = arguments;
       const same = window.TestingLibraryDom.queryAllByRole(document.body, role)
         .filter((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "") === name);
       const element = same[place];
       if (!element) return false;
       element.scrollIntoView({ block: "nearest" });
       element.focus();
       element.click();
       return true;`,
      control.role,
      control.name,
      control.place,
    );
    if (!pressed) continue;
    const changed = async (): Promise<boolean> => (await looks()) !== before || (await files()) !== filesBefore;
    await stage.until("something is another", changed, 3_000).catch(() => {
      idle.push(`${control.role} “${control.name}”`);
    });
  }
  expect(idle, "controls that did nothing").toEqual([]);
});
