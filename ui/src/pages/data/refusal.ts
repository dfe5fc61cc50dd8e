// Why a file was refused, taken apart: the engine says it in one English sentence, and people read it in
// their own language with line, column and what was expected. A sentence that is not known here is shown as
// it is. A test holds these patterns to the engine's source.

/** Where in the file and what, as far as the sentence says it. */
export interface Refusal {
  /** The key of its words in text/data.json: `refused.` and `refused.….help`. */
  kind: RefusalKind;
  /** The values in it. */
  values: Record<string, string>;
}

const UNIT = String.raw`(?:line|row) (?<line>\d+)`;
const COLUMN = String.raw`column (?:“(?<column>.*)”|(?<number>\d+))`;
const FILE = String.raw`^“(?<file>.*?)” `;

const patterns = {
  openQuote: `${FILE}has a quote in ${UNIT} that is never closed`,
  afterQuote: `${FILE}has text after a closing quote in ${UNIT}, ${COLUMN}`,
  tooLong: `${FILE}has a record in ${UNIT} that is longer than 16 MB`,
  ragged: String.raw`${FILE}has (?<found>\d+) cells? in ${UNIT} where (?<expected>\d+) are expected`,
  nul: `${FILE}has a NUL character in ${UNIT}`,
  encodingAt: `${FILE}has bytes in ${UNIT} that are not valid in its encoding`,
  encoding: `${FILE}has bytes that are not valid in its encoding`,
  mixed: `${FILE}is UTF-8, but not in ${UNIT}`,
  noObject: `${FILE}has something else than one JSON object in ${UNIT}`,
  twiceInObject: `${FILE}has ${COLUMN} twice in the object in ${UNIT}`,
  outOfTime: `${FILE}has a time in ${UNIT}, ${COLUMN} that no calendar has`,
  misfit: `${FILE}has a value in ${UNIT}, ${COLUMN} that is not (?<type>.*), which model.json says it is`,
  blankKey: `${FILE}has no value in the key column in ${UNIT}`,
  damaged: `${FILE}is damaged: it cannot be read from ${UNIT} on`,
  cutOff: `${FILE}is cut off: it cannot be read from ${UNIT} on`,
  bomb: `${FILE}unpacks to more than 500 times its size`,
  twice: String.raw`^The same “(?<column>.*)” stands twice, in (?:line|row)s (?<line>\d+) and (?<other>\d+) of “(?<file>.*)”`,
  twiceApart: String.raw`^The same “(?<column>.*)” stands twice, in ${UNIT} of “(?<file>.*)” and (?:line|row) (?<other>\d+) of “(?<otherFile>.*)”`,
  twoColumns: String.raw`${FILE}names two columns “(?<column>.*)”(?: in line \d+)?: columns (?<line>\d+) and (?<other>\d+)`,
  noColumn: `${FILE}has no column “(?<column>.*)”, which “(?<otherFile>.*)” has`,
  extraColumn: `${FILE}has a column “(?<column>.*)”, which “(?<otherFile>.*)” has not`,
  empty: `${FILE}is empty`,
  workbook: `${FILE}is (?:a ZIP archive or an Excel workbook|an old Excel workbook), not text`,
  pdf: `${FILE}is a PDF document, not text`,
  noText: `${FILE}is not a text file: it holds control characters`,
  noFiles: `${FILE}is a folder without files`,
  namedTwice: `${FILE}is named twice`,
  notThere: `${FILE}is not there`,
  denied: `${FILE}cannot be opened: permission denied`,
  unreadable: `${FILE}cannot be read: `,
  noKey: `^There is no key column called “(?<column>.*)”`,
  noEncoding: `^There is no encoding called “(?<column>.*)”`,
} as const;

/** What can be wrong with a file, as far as there are words for it. */
export type RefusalKind = keyof typeof patterns;

/** All kinds, with the pattern of the engine's sentence. */
export const refusals = Object.entries(patterns) as [RefusalKind, string][];

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}

/** Takes the engine's sentence apart; null where it is not one of those above. */
export function refusalOf(message: string): Refusal | null {
  for (const [kind, pattern] of refusals) {
    const groups = new RegExp(pattern).exec(message)?.groups;
    if (groups === undefined) continue;
    const values: Record<string, string> = {};
    for (const [key, value] of Object.entries(groups)) if (value !== undefined) values[key] = value;
    // A column without a name goes by its number, and a file by its last part.
    values["column"] ??= values["number"] ?? "";
    for (const key of ["file", "otherFile"]) if (values[key] !== undefined) values[key] = fileName(values[key]);
    return { kind, values };
  }
  return null;
}
