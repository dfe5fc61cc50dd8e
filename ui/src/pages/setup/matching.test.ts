// What is suggested for a new export, by the product that it goes to.
import { expect, test } from "vitest";

import { suggestedRows } from "./matching";

const SUGGESTED = {
  fields: [
    { target: "Email", column: "EMail", reason: "name" as const },
    { target: "MailingCity", column: "Town", reason: "contents" as const },
    { target: "Phone", column: "Tel", reason: "name" as const },
  ],
  only_if: [],
};

const matched = (product: "autopilot" | "ortto") =>
  suggestedRows(product, SUGGESTED)
    .filter((row) => row.column !== "")
    .map(({ target, column }) => [target, column]);

test("an attribute is suggested under the name that the account has for it", () => {
  expect(matched("autopilot")).toEqual([
    ["Email", "EMail"],
    ["MailingCity", "Town"],
    ["Phone", "Tel"],
  ]);
  // Ortto takes only telephone numbers with a country code, so that none is suggested.
  expect(matched("ortto")).toEqual([
    ["Email", "EMail"],
    ["geo::city", "Town"],
  ]);
});
