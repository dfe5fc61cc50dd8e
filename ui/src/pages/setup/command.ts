// The `segue …` lines that do what the pane does (cli.md).
import type { ExportDraft } from "../../api";
import { commandLine } from "../../parts";
import type { AccountForm } from "./account";
import { LIMIT, MAX_LOSS } from "./draft";

/** Names in place of ids, which a person can read. */
export interface Names {
  connection: string;
  audience: string;
  segments: { id: string; name: string }[];
}

/** The line that adds this connection, for somebody who agreed; the key is read from elsewhere, never from the line. */
export function connectionAddLine(name: string, { product, region, server }: Pick<AccountForm, "product" | "region" | "server">): string {
  const at = server.trim();
  const where = at !== "" ? ["--base-url", at] : product === "ortto" ? ["--region", region] : [];
  return commandLine(["connection", "add", product, name, "--agree", ...where]);
}

/** The line that makes an export of this draft. */
export function exportAddLine(draft: ExportDraft, names: Names): string {
  const flags: [string, string][] = [
    ["--connection", names.connection],
    ["--audience", names.audience],
    ...draft.matching.map((row): [string, string] => ["--match", `${row.target}=${row.column}`]),
    ...draft.segments.map(({ id, title }): [string, string] => {
      const name = names.segments.find((segment) => segment.id === id)?.name ?? id;
      return ["--segment", title === null || title === undefined ? name : `${name}=${title}`];
    }),
  ];
  if (draft.only_if) flags.push(["--only-if", `${draft.only_if.column}=${draft.only_if.value}`]);
  if (draft.leavers === "keep") flags.push(["--leavers", "keep"]);
  if (draft.limit !== LIMIT) flags.push(["--limit", String(draft.limit)]);
  if (draft.max_loss !== MAX_LOSS) flags.push(["--max-loss", String(draft.max_loss)]);
  for (const row of draft.matching) {
    if (row.blank === "clear") flags.push(["--clear-blank", row.target]);
    if (row.unfit === "leave_out") flags.push(["--leave-out-unfit", row.target]);
  }
  return commandLine(["export", "add", draft.name, ...flags.flat()]);
}
