// @vitest-environment node
// Which part of the page may know which. One file that reaches further makes the next one do so too.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..");

/** What each layer may import of the others. */
const MAY: Record<string, readonly string[]> = {
  host: ["bindings"],
  bindings: [],
  api: ["host", "bindings"],
  text: [],
  parts: ["api", "text"],
  pages: ["api", "parts", "text"],
  frame: ["api", "host", "pages", "parts", "text"],
};

/** Pages that are a pane of another one. */
const PANES: Record<string, string> = { setup: "exports" };

/** Packages that only one layer or file may know. */
const ONLY: readonly [RegExp, (file: string) => boolean][] = [
  [/^@tauri-apps\//u, (file) => file === "host/tauri.ts"],
  [/^@tanstack\/react-query$/u, (file) => file.startsWith("api/")],
  [/^i18next$/u, (file) => file === "text/index.ts"],
];

interface Import {
  file: string;
  from: string;
  onlyType: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file) && !file.startsWith("test/"),
);

const imports: Import[] = files.flatMap((file) => {
  const source = readFileSync(join(SRC, file), "utf8");
  const found = [...source.matchAll(/(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)/gu)];
  return found.map(([, type, from, later]) => ({ file, from: from ?? later ?? "", onlyType: type !== undefined }));
});

const layerOf = (file: string) => file.split("/", 1)[0] ?? "";

/** A relative import as a path under src; `null`: a package. */
const inSrc = ({ file, from }: Import) => (from.startsWith(".") ? normalize(join(dirname(file), from)) : null);

describe("layers", () => {
  test("the imports are found", () => {
    expect(imports.some(({ file, from }) => file === "host/tauri.ts" && from === "@tauri-apps/api/core")).toBe(true);
    expect(imports.some(({ file, from }) => file === "frame/routes.tsx" && from === "../pages/home/HomePage")).toBe(true);
  });

  test("each layer knows only those below it", () => {
    const wrong = imports.filter((one) => {
      const target = inSrc(one);
      const [from, to] = [layerOf(one.file), target === null ? null : layerOf(target)];
      return to !== null && from in MAY && to !== from && MAY[from]?.includes(to) !== true;
    });
    expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
  });

  test("a page knows no other page", () => {
    const pageOf = (file: string) => file.split("/", 2)[1];
    const wrong = imports.filter((one) => {
      const target = inSrc(one);
      if (layerOf(one.file) !== "pages" || target === null || layerOf(target) !== "pages") return false;
      const [from, to] = [pageOf(one.file), pageOf(target)];
      return from !== to && (to === undefined || PANES[to] !== from);
    });
    expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
  });

  test("packages that have one place are in no other", () => {
    const wrong = imports.filter(({ file, from, onlyType }) =>
      ONLY.some(([name, may]) => name.test(from) && !may(file) && !onlyType),
    );
    expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
  });
});
