// The form of a data source: its files, and how they are read where a person knows better.
import * as v from "valibot";

import type { AudienceDetail, AudienceDraft } from "../../api";
import { quoted } from "../../parts";
import { suggestName } from "./suggestName";

/** What the form holds; an empty text is *find out by yourself*. */
export const sourceShape = v.object({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty("pane.name.needed"), v.maxLength(200, "pane.name.long")),
  paths: v.pipe(v.array(v.string()), v.minLength(1, "pane.files.needed")),
  delimiter: v.string(),
  encoding: v.string(),
  noHeader: v.boolean(),
  key: v.pipe(v.string(), v.trim()),
  memberships: v.string(),
});

/** What the form holds. */
export type SourceForm = v.InferInput<typeof sourceShape>;

/** The keys of what can be wrong with a field. */
export const sourceFaults = ["pane.name.needed", "pane.name.long", "pane.name.taken", "pane.files.needed"] as const;

/** Encodings that are offered; the engine knows more by their labels. */
export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "iso-8859-2", "iso-8859-15"];

/** Delimiters that the engine takes. */
export const delimiters = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "pipe"],
] as const;

/** A form for new files. */
export function newSource(paths: string[]): SourceForm {
  return { name: suggestName(paths), paths, delimiter: "", encoding: "", noHeader: false, key: "", memberships: "" };
}

/** A stored data source as a form: what the user said when it was added, not what was found. */
export function sourceOf({ row, key }: AudienceDetail): SourceForm {
  const { source } = row;
  return {
    name: row.name,
    paths: source.paths,
    delimiter: source.delimiter ?? "",
    encoding: source.encoding ?? "",
    noHeader: source.no_header ?? false,
    key: key ?? "",
    memberships: source.memberships ?? "",
  };
}

/** What is saved. */
export function draftOf(form: SourceForm, id: string | null): AudienceDraft {
  const given = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    id,
    name: form.name.trim(),
    paths: form.paths,
    // A tab is no blank here.
    delimiter: form.delimiter === "" ? null : form.delimiter,
    encoding: given(form.encoding),
    no_header: form.noHeader,
    key: given(form.key),
    memberships: form.memberships === "" ? null : form.memberships,
  };
}

/** The files of a form after others were chosen; the name follows as long as nobody wrote another. */
export function withPaths(form: SourceForm, paths: readonly string[]): SourceForm {
  const all = [...new Set([...form.paths, ...paths])];
  const suggested = form.name.trim() === "" || form.name === suggestName(form.paths);
  return { ...form, paths: all, name: suggested ? suggestName(all) : form.name };
}

/** The line that adds the same on the command line. */
export function addCommand(form: SourceForm): string {
  const { name, paths, memberships, key, noHeader, delimiter, encoding } = draftWords(form);
  return ["segue audience add files", name, ...paths, memberships, key, noHeader, delimiter, encoding]
    .filter((part) => part !== "")
    .join(" ");
}

function draftWords(form: SourceForm) {
  const flag = (name: string, value: string) => (value === "" ? "" : `--${name} ${quoted(value)}`);
  return {
    name: quoted(form.name.trim()),
    paths: form.paths.map(quoted),
    memberships: flag("memberships", form.memberships),
    key: flag("key", form.key.trim()),
    noHeader: form.noHeader ? "--no-header" : "",
    delimiter: form.delimiter === "\t" ? "--delimiter $'\\t'" : flag("delimiter", form.delimiter),
    encoding: flag("encoding", form.encoding),
  };
}
