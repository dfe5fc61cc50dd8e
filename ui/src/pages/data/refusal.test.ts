// The sentences that are taken apart are those that the engine writes: a word that changes there fails here.
import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import en from "../../text/en/data.json";
import { addCommand, draftOf, newSource, withPaths } from "./form";
import { refusalOf, refusals } from "./refusal";
import { suggestName } from "./suggestName";

const AUDIENCE = "../src-tauri/audience/src";
const source = (readdirSync(AUDIENCE, { recursive: true }) as string[])
  .filter((path) => path.endsWith(".rs"))
  .map((path) => readFileSync(`${AUDIENCE}/${path}`, "utf8"))
  .join("\n");

/** A sentence with each kind of value, for the pattern of each kind. */
const sentences: Record<(typeof refusals)[number][0], string> = {
  openQuote: "“/d/a.csv” has a quote in line 3 that is never closed.",
  afterQuote: "“/d/a.csv” has text after a closing quote in line 12, column “City”.",
  tooLong: "“/d/a.csv” has a record in line 7 that is longer than 16 MB.",
  ragged: "“/d/a.csv” has 1 cell in line 5 where 4 are expected.",
  nul: "“/d/a.csv” has a NUL character in line 2.",
  encodingAt: "“/d/a.csv” has bytes in line 9 that are not valid in its encoding.",
  encoding: "“/d/a.csv” has bytes that are not valid in its encoding.",
  mixed: "“/d/a.csv” is UTF-8, but not in line 44.",
  noObject: "“/d/a.ndjson” has something else than one JSON object in line 2.",
  twiceInObject: "“/d/a.ndjson” has column “City” twice in the object in line 3.",
  outOfTime: "“/d/a.parquet” has a time in row 8, column 3 that no calendar has.",
  misfit: "“/d/a.csv” has a value in line 8, column “Age” that is not a whole number, which model.json says it is.",
  blankKey: "“/d/a.csv” has no value in the key column in line 6.",
  damaged: "“/d/a.csv.gz” is damaged: it cannot be read from line 88 on.",
  cutOff: "“/d/a.csv.gz” is cut off: it cannot be read from line 88 on.",
  bomb: "“/d/a.csv.gz” unpacks to more than 500 times its size.",
  twice: "The same “CustomerId” stands twice, in lines 12 and 9044 of “/d/a.csv”.",
  twiceApart: "The same “CustomerId” stands twice, in line 12 of “/d/a.csv” and line 3 of “/d/b.csv”.",
  twoColumns: "“/d/a.csv” names two columns “City” in line 1: columns 2 and 5.",
  noColumn: "“/d/b.csv” has no column “City”, which “/d/a.csv” has.",
  extraColumn: "“/d/b.csv” has a column “City”, which “/d/a.csv” has not.",
  empty: "“/d/a.csv” is empty.",
  workbook: "“/d/a.xlsx” is a ZIP archive or an Excel workbook, not text.",
  pdf: "“/d/a.pdf” is a PDF document, not text.",
  noText: "“/d/a.bin” is not a text file: it holds control characters.",
  noFiles: "“/d” is a folder without files.",
  namedTwice: "“/d/a.csv” is named twice.",
  notThere: "“/d/a.csv” is not there.",
  denied: "“/d/a.csv” cannot be opened: permission denied.",
  unreadable: "“/d/a.csv” cannot be read: interrupted.",
  noKey: "There is no key column called “Kund”.",
  noEncoding: "There is no encoding called “utf-9”.",
};

describe("a refused file", () => {
  test.each(refusals)("%s is known by its sentence, and by no other pattern before it", (kind) => {
    expect(refusalOf(sentences[kind])?.kind).toBe(kind);
  });

  test.each(refusals)("%s is a sentence of the engine", (_, pattern) => {
    // The words between what varies, as the source has them.
    const words = pattern
      .replaceAll(/\(\?:line\|row\)s? |\(\?:“[^)]*\)\|\(\?<number>[^)]*\)\)|\(\?(?:<\w+>|:)(?:[^()]|\([^)]*\))*\)\??/g, "\n")
      .replaceAll(/cells\?|[\\^“”?,]|\bis (?=an? )/g, "\n")
      .split("\n")
      .map((piece) => piece.trim())
      .filter((piece) => piece.length > 10);
    for (const piece of words) expect(source.replaceAll(/\s+/g, " ")).toContain(piece);
  });

  test("names line, column and what was expected", () => {
    expect(refusalOf(sentences.ragged)?.values).toMatchObject({ file: "a.csv", line: "5", found: "1", expected: "4" });
    expect(refusalOf(sentences.afterQuote)?.values).toMatchObject({ line: "12", column: "City" });
    expect(refusalOf(sentences.outOfTime)?.values).toMatchObject({ line: "8", column: "3" });
    expect(refusalOf(sentences.twice)?.values).toMatchObject({ line: "12", other: "9044", file: "a.csv" });
    expect(refusalOf("Something else.")).toBeNull();
  });

  test("has all the values that its words ask for", () => {
    for (const [kind] of refusals) {
      const values = refusalOf(sentences[kind])?.values ?? {};
      for (const [, asked] of en[`refused.${kind}`].matchAll(/\{\{(\w+)\}\}/g)) {
        expect(values[asked ?? ""], `${kind}: ${asked ?? ""}`).not.toBe("");
        expect(values).toHaveProperty(asked ?? "");
      }
    }
  });
});

describe("the form", () => {
  test.each([
    [["/data/customers_2026.csv.gz"], "Customers 2026"],
    [["C:\\Users\\Anna\\kunder.CSV", "C:\\Users\\Anna\\andra.csv"], "Kunder"],
    [["/export/Ljungvidde/model.json"], "Ljungvidde"],
    [["/export/Ljungvidde/"], "Ljungvidde"],
    [[], ""],
  ])("suggests a name for %j", (paths, name) => {
    expect(suggestName(paths)).toBe(name);
  });

  test("lets the name follow the files until somebody writes another", () => {
    const form = withPaths(newSource([]), ["/a/outlet.csv"]);
    expect(form.name).toBe("Outlet");
    expect(withPaths({ ...form, name: "Mine" }, ["/a/outlet.csv", "/b.csv"])).toMatchObject({
      name: "Mine",
      paths: ["/a/outlet.csv", "/b.csv"],
    });
  });

  test("saves only what was said, and keeps a tab", () => {
    expect(draftOf({ ...newSource(["/a.csv"]), delimiter: "\t", key: " Id " }, null)).toEqual({
      id: null,
      name: "A",
      paths: ["/a.csv"],
      delimiter: "\t",
      encoding: null,
      no_header: false,
      key: "Id",
      memberships: null,
    });
  });

  test("is a command as well, quoted for a shell", () => {
    expect(addCommand({ ...newSource(["/my data/a.csv"]), name: "Anna's", delimiter: ";", noHeader: true })).toBe(
      String.raw`segue audience add files 'Anna'\''s' '/my data/a.csv' --no-header --delimiter ';'`,
    );
  });
});
