// The programs that a window test stands on: a display, a message bus, a WebDriver. Each test has its own,
// on numbers that the system chooses, and ends them.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Builder, Capabilities, type WebDriver } from "selenium-webdriver";

/** A program under way. */
export interface Program {
  child: ChildProcess;
  /** What it said about where it can be reached. */
  place: string;
}

/** Starts a program that writes its place to the file descriptor 3. */
async function placed(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Program> {
  const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const failed = once(child, "error").then(([error]) => {
    throw new Error(`${command} cannot be started: ${String(error)}. dev/setup installs it.`);
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${command} ended with ${String(code)} before it said where it is.`);
  });
  const said = once(createInterface({ input: child.stdio[3] as Readable }), "line");
  const [line] = (await Promise.race([said, failed, ended])) as [string];
  failed.catch(() => undefined);
  ended.catch(() => undefined);
  return { child, place: line.trim() };
}

/** A display of this size in pixels; its place is `:N`. */
export async function display(width: number, height: number): Promise<Program> {
  const size = `${width}x${height}x24`;
  const started = await placed("Xvfb", ["-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp"], process.env);
  return { ...started, place: `:${started.place}` };
}

/** A message bus; its place is its address. */
export function bus(env: NodeJS.ProcessEnv): Promise<Program> {
  return placed("dbus-daemon", ["--session", "--nofork", "--nosyslog", "--print-address=3"], env);
}

/** A WebDriver for WebKit; its place is its origin. */
export async function webDriver(env: NodeJS.ProcessEnv): Promise<Program> {
  // It takes no port 0. Another program may take the free port first; then it is tried again.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort();
    const child = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" });
    const place = `http://127.0.0.1:${port}`;
    if (await answers(child, place)) return { child, place };
    end(child);
  }
  throw new Error("WebKitWebDriver cannot be started; dev/setup installs it (webkit2gtk-driver).");
}

/** Opens a program of Tauri by its WebDriver, on connections that are kept. */
export function opened(web: Program, binary: string): Promise<WebDriver> {
  return new Builder()
    .usingServer(web.place)
    .usingHttpAgent(new Agent({ keepAlive: true }))
    .withCapabilities(new Capabilities({ browserName: "wry", "webkitgtk:browserOptions": { binary, args: [] } }))
    .build();
}

/** Ends a program; one that is gone is no fault. */
export function end(child: ChildProcess): void {
  child.kill("SIGKILL");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

async function answers(child: ChildProcess, place: string): Promise<boolean> {
  const deadline = Date.now() + 20_000;
  let gone = false;
  child.once("error", () => (gone = true));
  child.once("exit", () => (gone = true));
  while (!gone && Date.now() < deadline) {
    const ready = await fetch(`${place}/status`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (ready) return true;
    await turn();
  }
  return false;
}

/** Lets other work go on before something is looked at again. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 25);
  });
}
