// Step 1 as a form: the name, and the account that people are sent to.
import * as v from "valibot";

import type { ConnectionRow, ExportDetail, Product } from "../../api";
import { PRODUCTS, type Region, REGIONS } from "../../parts";

/** What is entered in step 1. */
export interface AccountForm {
  /** What the account is an account of. */
  product: Product;
  /** Whether the account is a new one. */
  mode: "new" | "existing";
  /** Display name of the export, and of a new connection. */
  name: string;
  /** The key of a new connection; gone from the page as soon as it is stored. */
  key: string;
  /** Where the account is; only Ortto asks. */
  region: Region;
  /** An address in place of the vendor's; empty for that. */
  server: string;
  /** Whether the privacy statements are agreed to. */
  agree: boolean;
  /** Whether the person in front of the computer is the export user. */
  user: boolean;
  /** The id of the existing connection. */
  connection: string;
}

/** The shape of what is entered; the words are keys of `setup`. */
export const accountShape = v.object({
  product: v.picklist(PRODUCTS),
  mode: v.picklist(["new", "existing"]),
  name: v.pipe(
    v.string(),
    v.check((name) => name.trim() !== "", "name.missing"),
    v.check((name) => Array.from(name.trim()).length <= 200, "name.long"),
  ),
  key: v.string(),
  region: v.picklist(REGIONS),
  server: v.string(),
  agree: v.boolean(),
  user: v.boolean(),
  connection: v.string(),
});

/** The connections of a product. */
export function offeredOf(connections: readonly ConnectionRow[], product: Product): ConnectionRow[] {
  return connections.filter(({ connection }) => connection.type === product);
}

/** The id of the only connection there is to choose; empty where there is a choice, or none. */
export function onlyOne(offered: readonly ConnectionRow[]): string {
  return offered.length === 1 ? (offered[0]?.connection.id ?? "") : "";
}

/** Step 1 of a new export, of the product that was chosen for it, or of one that is edited. */
export function accountForm(
  detail: ExportDetail | null,
  connections: readonly ConnectionRow[],
  chosen: Product | undefined,
): AccountForm {
  // Where nobody said it: what there is an account of, and not only to practise; else what new accounts are of.
  const known = PRODUCTS.find((one) => offeredOf(connections, one).some(({ practice }) => !practice));
  const first = chosen ?? detail?.product ?? known ?? "ortto";
  const offered = offeredOf(connections, first);
  return {
    product: first,
    mode: detail === null ? "new" : "existing",
    name: detail?.name ?? "",
    key: "",
    region: "global",
    server: "",
    agree: false,
    user: false,
    connection: detail === null ? onlyOne(offered) : (detail.connection?.id ?? ""),
  };
}

/** What can be wrong with a name, as keys of `setup`. */
export type NameTrouble = "name.missing" | "name.long" | "name.taken" | "name.connectionTaken";

/** Whether a name is taken: by another export, or for a new connection by another one. */
export function nameTrouble(
  name: string,
  mode: AccountForm["mode"],
  taken: ReadonlySet<string>,
  connections: readonly ConnectionRow[],
): NameTrouble | null {
  if (taken.has(name)) return "name.taken";
  const fresh = mode === "new" && connections.some((row) => row.connection.name === name);
  return fresh ? "name.connectionTaken" : null;
}

/** Why a button waits: the key of one sentence in `setup`. */
export interface Waits {
  /** Why *Connect* waits. */
  connect: "why.key" | "why.agree" | null;
  /** Why *Next* waits. */
  next:
    | "why.name"
    | "why.agree"
    | "why.connect"
    | "why.user"
    | "why.choose"
    | "why.connection"
    | "why.useOther"
    | "why.connecting"
    | null;
}

/** What is known of the account beside what is entered. */
export interface AccountState {
  /** Whether the key that stands there was accepted. */
  found: boolean;
  /** Whether another connection has that key. */
  same: boolean;
  /** Whether the account is being asked. */
  busy: boolean;
  /** The existing connection that is chosen. */
  chosen: ConnectionRow | undefined;
}

/** One reason for each button, the first that holds in the order of the pane. */
export function waits(form: Pick<AccountForm, "mode" | "name" | "agree" | "user"> & { hasKey: boolean }, state: AccountState): Waits {
  const named = form.name.trim() !== "";
  if (form.mode === "existing") {
    if (!named) return { connect: null, next: "why.name" };
    if (state.chosen === undefined) return { connect: null, next: "why.choose" };
    return { connect: null, next: usable(state.chosen) ? null : "why.connection" };
  }
  const connect = form.hasKey ? (form.agree ? null : "why.agree") : "why.key";
  if (state.busy) return { connect: null, next: "why.connecting" };
  if (!named) return { connect, next: "why.name" };
  if (state.same) return { connect, next: "why.useOther" };
  if (!state.found) return { connect, next: "why.connect" };
  // Whoever takes it back after the test has not agreed.
  if (!form.agree) return { connect, next: "why.agree" };
  if (!form.user) return { connect, next: "why.user" };
  return { connect, next: null };
}

/** Whether people may be sent through a connection as it is. */
export function usable(row: ConnectionRow): boolean {
  return row.connection.consent !== null && row.key === "accepted";
}
