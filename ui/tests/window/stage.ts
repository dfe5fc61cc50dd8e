// A real window on a display of its own, over a data folder of its own, driven as a person would: by what
// things are called.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { WebDriver, WebElement } from "selenium-webdriver";
import { Panel } from "./panel";
import { type Program, bus, display, end, opened, turn, webDriver } from "./programs";

const require = createRequire(import.meta.url);
const execute = promisify(execFile);

/** What a window is opened with. */
export interface Options {
  /** The language of the window. */
  language?: "en" | "sv";
  /** How it looks. */
  theme?: "light" | "dark" | "high_contrast";
  /** Pixels of the display. */
  width?: number;
  height?: number;
  /** Whether the desktop has a panel that shows a tray. */
  panel?: boolean;
  /** More of the environment. */
  env?: Record<string, string>;
}

/** How long a thing may take to appear, on a machine that is busy. */
const PATIENCE = 30_000;

/** Where the page itself comes from, and where its commands go; a custom scheme has no origin of its own. */
const OWN = new Set(["tauri://localhost", "ipc://localhost", "http://ipc.localhost", "null"]);

/** A folder of a person: home, data, and what the window is told in place of a file dialog. */
export class Home {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Home> {
    const folder = await mkdtemp(join(tmpdir(), "segue-window-"));
    await Promise.all(["home", "run"].map((name) => mkdir(join(folder, name), { mode: 0o700 })));
    return new Home(folder);
  }

  get data(): string {
    return join(this.folder, "data");
  }

  /** What file dialogs answer from now on. */
  async chooses(paths: string[]): Promise<void> {
    await writeFile(join(this.folder, "files.json"), JSON.stringify({ paths, path: paths[0] ?? null }));
  }

  env(): Record<string, string> {
    const home = join(this.folder, "home");
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      XDG_RUNTIME_DIR: join(this.folder, "run"),
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_CACHE_HOME: join(home, ".cache"),
      XDG_DATA_HOME: join(home, ".local/share"),
      LANG: "C.UTF-8",
      USER: "maja.strom",
      SEGUE_DATA_DIR: this.data,
      SEGUE_KEYCHAIN: "file",
      SEGUE_PASSPHRASE: "a passphrase of tests",
      SEGUE_TEST_FILES: join(this.folder, "files.json"),
      TAURI_WEBVIEW_AUTOMATION: "true",
      NO_AT_BRIDGE: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
    };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A window under way. */
export class Stage {
  private constructor(
    readonly driver: WebDriver,
    readonly home: Home,
    private readonly env: Record<string, string>,
    private readonly programs: Program[],
  ) {}

  /** Opens the window and waits until its page is there. */
  static async open(home: Home, options: Options = {}): Promise<Stage> {
    const screen = await display(options.width ?? 1280, options.height ?? 800);
    const env: Record<string, string> = { ...home.env(), DISPLAY: screen.place, ...options.env };
    const messages = await bus(env);
    env["DBUS_SESSION_BUS_ADDRESS"] = messages.place;
    const panel = options.panel === true ? [await Panel.start(messages.place)] : [];
    const web = await webDriver(env);
    const driver = await opened(web, program("segue-desktop"));
    const stage = new Stage(driver, home, env, [screen, messages, ...panel, web]);
    const { width, height } = options;
    if (width !== undefined && height !== undefined) await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    await stage.until("the page is there", async () => (await stage.count("heading", /./u)) > 0);
    if (options.language !== undefined || options.theme !== undefined) await stage.settings(options);
    return stage;
  }

  /** The panel that it was opened with. */
  get panel(): Panel {
    const panel = this.programs.find((one) => one instanceof Panel);
    if (panel === undefined) throw new Error("This desktop has no panel.");
    return panel;
  }

  /** Starts the program once more, as anybody may: the one under way hears the words, and the second ends. */
  async again(...words: string[]): Promise<void> {
    await execute(program("segue-desktop"), words, { env: this.env });
  }

  /** Sets language and theme as the settings do. */
  private async settings({ language, theme }: Options): Promise<void> {
    const settings = { language: language ?? null, theme: theme ?? "light", close: "quit", narrow_navigation: false };
    await this.ask("settings_set", settings);
    const wanted = language ?? "en";
    await this.until(`the language is ${wanted}`, () =>
      this.run<boolean>("return document.documentElement.lang === arguments[0]", wanted),
    );
  }

  /** Goes to an address of the window, and waits until it has come to rest. */
  async go(address: string): Promise<void> {
    await this.run("location.hash = arguments[0]", `#${address}`);
    await this.until(`the page ${address}`, async () => (await this.count("heading", /./u)) > 0);
    await this.settled();
  }

  /** Reads the page anew from its first address, so that nothing of what was done on it is left. */
  async reload(): Promise<void> {
    await this.run("window.segueOld = true; location.hash = '#/'; location.reload()");
    // The old page answers until it has gone.
    await this.until("another page is there", () => this.run<boolean>("return window.segueOld === undefined"));
    await this.until("the page is there", async () => (await this.count("heading", /./u)) > 0);
  }

  /** Waits until the page stays as it is: what it asked for is answered. */
  async settled(): Promise<void> {
    let last: string | undefined;
    let rest = 0;
    await this.until("the page comes to rest", async () => {
      const now = await this.looks();
      rest = now === last ? rest + 1 : 0;
      last = now;
      return rest >= 12 && !(await this.moves());
    });
  }

  /** Whether something still comes: an answer that is waited for, or something that slides into its place. */
  private moves(): Promise<boolean> {
    return this.run<boolean>(`
      const endless = (animation) => animation.effect?.getComputedTiming().endTime === Infinity;
      return document.querySelector("[aria-busy=true], .fui-Skeleton") !== null
        || document.getAnimations().some((one) => one.playState === "running" && !endless(one));`);
  }

  /** The page as a text: all that it shows, and in which state. */
  looks(): Promise<string> {
    return this.run<string>(`
      const copy = document.body.cloneNode(true);
      for (const dummy of copy.querySelectorAll("[data-tabster-dummy]")) dummy.remove();
      const fields = [...document.querySelectorAll("input, textarea, select")].map((one) => one.value + one.checked);
      const passing = / data-tabster="[^"]*"| data-fui-focus-visible="[^"]*"| data-keyborg[^ >]*/g;
      return [location.hash, copy.innerHTML.replaceAll(passing, ""), ...fields].join("|");`);
  }

  /** What the page said that it should never have to say: errors, and breaches of its policy; and whom it asked. */
  async seen(): Promise<string[]> {
    const said = await this.run<string[]>("return JSON.parse(sessionStorage.getItem('segue-seen') ?? '[]')");
    const asked = await this.run<string[]>(
      "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)",
    );
    const strangers = new Set(asked.filter((origin) => !OWN.has(origin)));
    return [...said, ...[...strangers].map((origin) => `asked ${origin}`)];
  }

  /** Asks the engine as the page does, past the page. */
  async ask<T>(command: string, request: object = {}): Promise<T> {
    const answer = await this.driver.executeAsyncScript<{ ok?: T; error?: unknown }>(
      `const [command, request, done] = arguments;
       window.__TAURI_INTERNALS__.invoke(command, { request }).then((ok) => done({ ok }), (error) => done({ error }));`,
      command,
      request,
    );
    if (answer.error !== undefined) throw new Error(`${command}: ${JSON.stringify(answer.error)}`);
    return answer.ok as T;
  }

  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.driver.executeScript<T>(script, ...args);
  }

  /** Waits until something is so; fails with these words. */
  async until(what: string, so: () => Promise<boolean>, patience = PATIENCE): Promise<void> {
    const deadline = Date.now() + patience;
    let trouble: unknown = "";
    while (Date.now() < deadline) {
      try {
        if (await so()) return;
        trouble = "";
      } catch (error) {
        trouble = error;
      }
      await turn();
    }
    const seen = process.env["SEGUE_PICTURES"];
    if (seen !== undefined) await writeFile(join(seen, "failed.png"), await this.picture());
    throw new Error(`Not within ${patience / 1000} s: ${what}. ${String(trouble)}\n${await this.said()}`);
  }

  /** The words of the page, for a message. */
  private async said(): Promise<string> {
    return this.run<string>("return location.hash + '\\n' + document.body.innerText.slice(0, 3000)").catch(String);
  }

  private async tools(): Promise<void> {
    const there = await this.run<boolean>("return typeof window.TestingLibraryDom === 'object'");
    if (there) return;
    const file = require.resolve("@testing-library/dom/dist/@testing-library/dom.umd.js");
    await this.driver.executeScript(await readFile(file, "utf8"));
  }

  /** All elements of this role and accessible name that a screen reader finds. */
  async all(role: string, name: string | RegExp): Promise<WebElement[]> {
    await this.tools();
    const [text, flags] = typeof name === "string" ? [name, null] : [name.source, name.flags];
    return this.run<WebElement[]>(
      `const [role, text, flags] = arguments;
       const name = flags === null ? text : new RegExp(text, flags);
       return window.TestingLibraryDom.queryAllByRole(document.body, role, { name });`,
      role,
      text,
      flags,
    );
  }

  async count(role: string, name: string | RegExp): Promise<number> {
    return (await this.all(role, name)).length;
  }

  /** The one element of this role and name, once it is there and can be used. */
  async get(role: string, name: string | RegExp): Promise<WebElement> {
    let found: WebElement | undefined;
    await this.until(`one ${role} “${String(name)}” that can be used`, async () => {
      const left = await this.allUsable(role, name);
      if (left.length > 1) throw new Error(`There are ${left.length}.`);
      [found] = left;
      return found !== undefined;
    });
    if (found === undefined) throw new Error("unreachable");
    return found;
  }

  private async allUsable(role: string, name: string | RegExp): Promise<WebElement[]> {
    const all = await this.all(role, name);
    const usable = await Promise.all(all.map((one) => this.usable(one)));
    return all.filter((_, at) => usable[at]);
  }

  private usable(element: WebElement): Promise<boolean> {
    return this.run<boolean>(
      `const element = arguments[0];
       return !element.disabled && element.getAttribute("aria-disabled") !== "true" && element.getClientRects().length > 0;`,
      element,
    );
  }

  /** Presses something by its name. */
  async press(role: string, name: string | RegExp): Promise<void> {
    await this.until(`${role} “${String(name)}” is pressed`, async () => {
      const element = await this.get(role, name);
      await this.run("arguments[0].scrollIntoView({ block: 'nearest' })", element);
      // It may lie under something that is just leaving, or have been drawn again: then it is looked for anew.
      return element.click().then(
        () => true,
        () => false,
      );
    });
  }

  /** Presses the first of several that are called the same, such as a command of the bar and the button beside it. */
  async pressFirst(role: string, name: string | RegExp): Promise<void> {
    await this.until(`the first ${role} “${String(name)}” is pressed`, async () => {
      const [element] = await this.allUsable(role, name);
      if (element === undefined) return false;
      await element.click();
      return true;
    });
  }

  /** Types into a field by its label, in place of what is in it. A field for secrets has no role. */
  async type(label: string | RegExp, text: string): Promise<void> {
    let field: WebElement | undefined;
    const [words, flags] = typeof label === "string" ? [label, null] : [label.source, label.flags];
    await this.until(`a field “${String(label)}”`, async () => {
      await this.tools();
      field = await this.run<WebElement>(
        `const [text, flags] = arguments;
         const label = flags === null ? text : new RegExp(text, flags);
         return window.TestingLibraryDom.queryAllByLabelText(document.body, label, { selector: "input, textarea" })[0];`,
        words,
        flags,
      );
      return field instanceof Object;
    });
    if (field === undefined) throw new Error("unreachable");
    await field.click();
    await field.clear();
    await field.sendKeys(text);
  }

  /** Waits for these words anywhere on the page. */
  async sees(text: string | RegExp): Promise<void> {
    await this.until(`the words “${String(text)}”`, async () => {
      const all = await this.run<string>("return document.body.innerText");
      const plain = all.replaceAll(/[\u00a0\u202f]/gu, " ").replaceAll("\u00ad", "");
      return typeof text === "string" ? plain.includes(text) : text.test(plain);
    });
  }

  /** A picture of the window. */
  async picture(): Promise<Buffer> {
    return Buffer.from(await this.driver.takeScreenshot(), "base64");
  }

  /** Ends the window and what it stands on. Fails if the page said anything that it should not have to. */
  async close(): Promise<void> {
    const seen = await this.seen().catch((error: unknown) => [`The page is gone: ${String(error)}`]);
    await this.end();
    if (seen.length > 0) throw new Error(`The page said: ${seen.join("\n")}`);
  }

  /** Ends it as a pulled plug would, with everything it started; once is enough. */
  async end(): Promise<void> {
    const programs = this.programs.splice(0);
    if (programs.length > 0) await this.driver.quit().catch(() => undefined);
    for (const { child } of programs.toReversed()) end(child);
  }
}

/** A program as it was built: beside what cargo built last, or where the test is told. */
export function program(name: string): string {
  const folder = process.env["SEGUE_BUILT"];
  if (folder === undefined) throw new Error("SEGUE_BUILT names the folder with segue and segue-desktop.");
  return join(folder, name);
}
