// Previews for tests.
import type { PreviewRow, PreviewView } from "../../api";

/** The preview of mockup 06. */
export const view: PreviewView = {
  token: "pre-1",
  export: { id: "exp-1", name: "Club newsletter" },
  connection: { id: "con-1", name: "Ljungvidde" },
  compared_at: "2026-11-24T09:38:00Z",
  rate: 4,
  first_run: false,
  over_limit: null,
  fields: ["FirstName", "custom:City"],
  preview: {
    source: 70_106,
    invalid: 412,
    duplicate: 1_282,
    excluded: 214,
    new: 1_946,
    changed: 3_218,
    unchanged: 62_995,
    retry: 39,
    leaving: 587,
    held: 0,
    requests: 640,
    seconds: 160,
    lists: [{ title: "Club members", exists: true, members: 61_000, joining: 1_946, leaving: 587 }],
    notes: [],
  },
};

/** A person whose city changes. */
export const row: PreviewRow = {
  group: "changed",
  email: "ebba.lindqvist@post.example",
  name: "Ebba Lindqvist",
  customer_id: "0417",
  reason: "",
  changes: [
    { field: "custom:City", old: "Umeå", new: "Luleå" },
    { field: "custom:Level", old: "", new: "Gold" },
  ],
  joins: ["Club members"],
  leaves: ["Readers"],
};
