// A panel with a tray: what stands in the menu of Segue's icon, and choosing in it, over the bus as any panel does.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { end, type Program, turn } from "./programs";

const execute = promisify(execFile);

/** A line of a menu. */
interface Line {
  id: string;
  text: string;
}

/** The panel under way. */
export class Panel implements Program {
  /** Where icons are: the name on the bus and the path; the last is the one that is there. */
  private readonly icons: { name: string; path: string }[] = [];

  /** The titles of the notices that were shown. */
  readonly notices: string[] = [];

  private constructor(
    readonly child: ChildProcess,
    readonly place: string,
  ) {}

  /** Begins on this bus, before the window: it looks for one when it is hidden. */
  static async start(bus: string): Promise<Panel> {
    const env = { PATH: process.env["PATH"], DBUS_SESSION_BUS_ADDRESS: bus };
    const child = spawn("python3", [join(import.meta.dirname, "panel.py")], { env, stdio: ["ignore", "pipe", "inherit"] });
    const panel = new Panel(child, bus);
    const lines = createInterface({ input: child.stdout });
    const [ready] = (await once(lines, "line")) as [string];
    if (ready !== "ready") throw new Error(`The panel says: ${ready}`);
    lines.on("line", (line) => {
      const [what, ...words] = line.split(" ");
      const [name, path] = words;
      if (what === "notice") panel.notices.push(words.join(" "));
      else if (name !== undefined && path !== undefined) panel.icons.push({ name, path });
    });
    return panel;
  }

  /** What the menu of the icon says, from above; nothing where there is no icon. */
  async menu(): Promise<string[]> {
    return (await this.lines()).map(({ text }) => text);
  }

  /** Waits until the menu has a line like this. */
  async says(line: string | RegExp): Promise<void> {
    let menu: string[] = [];
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      menu = await this.menu();
      if (menu.some((text) => (typeof line === "string" ? text === line : line.test(text)))) return;
      await turn();
    }
    throw new Error(`The tray does not say “${String(line)}”, but: ${menu.join(" | ")}`);
  }

  /** Chooses a line of it. */
  async choose(text: string): Promise<void> {
    await this.says(text);
    const id = (await this.lines()).find((line) => line.text === text)?.id ?? "";
    await this.ask("Event", `int32:${id}`, "string:clicked", "variant:string:", "uint32:0");
  }

  end(): void {
    end(this.child);
  }

  private async lines(): Promise<Line[]> {
    const said = await this.ask("GetLayout", "int32:0", "int32:-1", "array:string:label").catch(() => "");
    const line = /int32 (\d+)(?:(?!int32)[\s\S])*?string "label"\s+variant\s+string "(.*)"/gu;
    return [...said.matchAll(line)].map(([, id = "", text = ""]) => ({ id, text }));
  }

  private async ask(member: string, ...words: string[]): Promise<string> {
    const icon = this.icons.at(-1);
    if (icon === undefined) throw new Error("There is no icon.");
    const to = [`--bus=${this.place}`, "--print-reply", `--dest=${icon.name}`, `${icon.path}/Menu`];
    return (await execute("dbus-send", [...to, `com.canonical.dbusmenu.${member}`, ...words])).stdout;
  }
}
