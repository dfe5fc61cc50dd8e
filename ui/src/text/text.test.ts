// @vitest-environment node
// English and Swedish say the same things, and say nothing that nobody reads.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const HERE = import.meta.dirname;
const SRC = join(HERE, "..");

const read = (language: string, file: string) =>
  JSON.parse(readFileSync(join(HERE, language, file), "utf8")) as Record<string, string>;

const namespaces = readdirSync(join(HERE, "en")).filter((file) => file.endsWith(".json"));

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}|\{(\w+)\}/gu)].map(([, a, b]) => a ?? b ?? "").toSorted();

/** A key without the ending of its plural form. */
const base = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/u, "");

/** A key without what makes it that of one product: code asks for the plain one, and names the product beside it. */
const plain = (key: string) => base(key).replace(/_ortto$/u, "");

/** The source of all files that show words; tests do not count. */
const source = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/u.test(file) && !file.includes(".test.") && !file.startsWith("test/"))
  .map((file) => readFileSync(join(SRC, file), "utf8"))
  .join("\n");

/** Every string in the source, whole, and the constant beginnings and ends of those that are put together. */
const whole = new Set([...source.matchAll(/"((?:[\w-]+:)?[\w.-]+)"/gu)].map(([, key]) => key ?? ""));
const pieces = [...source.matchAll(/`((?:[\w-]+:)?[\w.-]*)\$\{[^`]*?\}([\w.-]*)`/gu)].map(([, start = "", end = ""]) => ({
  start,
  end,
}));

function isUsed(namespace: string, key: string): boolean {
  const [own, named] = [plain(key), `${namespace}:${plain(key)}`];
  if (whole.has(own) || whole.has(named) || whole.has(key)) return true;
  return pieces.some(({ start, end }) => {
    if (start === "" && end === "") return false;
    return [own, named].some((one) => one.startsWith(start) && one.endsWith(end) && one.length > start.length + end.length);
  });
}

describe.each(namespaces)("%s", (file) => {
  const [en, sv] = [read("en", file), read("sv", file)];

  test("has the same keys in both languages", () => {
    expect(Object.keys(sv).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  test("has the same placeholders in both languages", () => {
    for (const [key, text] of Object.entries(en)) {
      // "The last day" says the one without a number, in either language.
      const said = (words: string) => placeholders(words).filter((name) => !(key.endsWith("_one") && name === "count"));
      expect(said(sv[key] ?? ""), key).toEqual(said(text));
    }
  });

  test("has every plural in both forms", () => {
    const keys = new Set(Object.keys(en));
    const alone = [...keys].filter((key) => /_(?:one|other)$/u.test(key) && !(keys.has(`${base(key)}_one`) && keys.has(`${base(key)}_other`)));
    expect(alone).toEqual([]);
  });

  test("says in words of its own what is said of one product only", () => {
    const keys = new Set(Object.keys(en).map(base));
    const alone = [...keys].filter((key) => key.endsWith("_ortto") && !keys.has(plain(key)));
    expect(alone, "without the words for the others").toEqual([]);
  });

  test("has no blank text, no straight quotes and no three dots", () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(sv)]) {
      expect(text.trim(), key).not.toBe("");
      expect(text, key).not.toMatch(/"|\.\.\./u);
      expect(text, key).toBe(text.trim());
    }
  });

  // Rust reads the words of the shell, and the engine names the codes of errors and reasons.
  test.skipIf(["shell.json", "errors.json", "reasons.json"].includes(file))("has no key that nobody reads", () => {
    const namespace = file.replace(".json", "");
    expect(Object.keys(en).filter((key) => !isUsed(namespace, key))).toEqual([]);
  });
});
