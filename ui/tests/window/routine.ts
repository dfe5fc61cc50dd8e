// Somebody whose export goes with the system refresh, as a new one does.
import { type Account, data, segue } from "./account";
import type { Home } from "./stage";

/** What the export is called. */
export const EXPORT = "Club newsletter";

/** Sets it up; nothing has run yet. */
export async function routine(home: Home, account: Account): Promise<void> {
  await data(home);
  const to = ["--agree", "--base-url", account.origin, "--rate", "0"];
  await segue(home, "connection", "add", "autopilot", "Ljungvidde", ...to, { SEGUE_API_KEY: account.key });
  const from = ["--connection", "Ljungvidde", "--audience", "Ljungvidde customers", "--match", "Email=EMail"];
  await segue(home, "export", "add", EXPORT, ...from, "--segment", "Gold");
}

/** A run, as far as these tests look at it. */
export interface Run {
  trigger: string;
  status: string;
  late: boolean;
}
