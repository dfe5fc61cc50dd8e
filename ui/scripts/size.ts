// Measures what is read before the first page, compressed, and fails above the budget.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 320 * 1024;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8")) as Record<string, Chunk>;

const gzip = (file: string) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

/** A chunk with everything that it imports at once. */
function whole(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`There is no ${name} in the manifest.`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const other of chunk.imports ?? []) whole(other, found);
  return found;
}

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true);
if (entry === undefined) throw new Error("The manifest has no entry.");
// The list of exports is what a person sees first, or Home; in one of the two languages.
const first = whole(entry);
whole("src/pages/home/HomePage.tsx", first);
const words = Object.keys(manifest).find((name) => name.startsWith("_words-sv-"));
if (words === undefined) throw new Error("The manifest has no Swedish words of the first page.");
whole(words, first);

const sizes = Object.values(manifest)
  .filter(({ file }) => file.endsWith(".js"))
  .map(({ file }) => ({ file, bytes: gzip(file) }))
  .toSorted((a, b) => b.bytes - a.bytes);
const before = sizes.filter(({ file }) => first.has(file)).reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes) {
  process.stdout.write(`${first.has(file) ? "first" : "later"}  ${kilobytes(bytes).padStart(9)}  ${file}\n`);
}
for (const file of readdirSync(new URL("assets/", dist)).filter((name) => name.endsWith(".woff2"))) {
  process.stdout.write(`font   ${kilobytes(readFileSync(new URL(`assets/${file}`, dist)).length).padStart(9)}  ${file}\n`);
}
process.stdout.write(`before the first page: ${kilobytes(before)} of ${kilobytes(BUDGET)}\n`);
// Only this script reads it; the program does not carry it.
rmSync(new URL("manifest.json", dist));
if (before > BUDGET) process.exitCode = 1;
