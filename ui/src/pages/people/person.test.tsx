import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { PersonRecord } from "../../api";
import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";

const record: PersonRecord = {
  email: "ebba.lindqvist@post.example",
  forgotten: false,
  receipts: [
    {
      export: "Club newsletter",
      customer_id: "0417",
      email: "Ebba.Lindqvist@post.example",
      vendor_id: "person_9",
      lists: ["Club members", "Readers"],
      fields: { FirstName: "Ebba", "custom:Points": 41_280, "custom:City": { fp: "x" } },
      accepted_at: "2026-11-24T09:42:00Z",
      run: "run-1",
    },
  ],
  runs: [
    {
      run: "run-2",
      export: "Winter sale",
      started_at: "2026-11-20T09:42:00Z",
      customer_id: "0417",
      outcome: "rejected",
      reason: "refused",
      answer: "400 · status: invalid",
    },
  ],
};

describe("find a person", () => {
  test("shows what was sent, when, the lists, and what accounts answered", async () => {
    const { user, host, router } = await renderPage("/people", { person_find: () => record });
    expect(host.asked("person_find")).toEqual([]);
    await user.type(screen.getByRole("textbox", { name: /E-mail address/u }), " ebba.lindqvist@post.example {Enter}");
    const receipts = await screen.findByRole("region", { name: "What accounts accepted last" });
    expect(within(receipts).getByText("Club newsletter")).toBeVisible();
    expect(within(receipts).getByText("Club members and Readers")).toBeVisible();
    expect(within(receipts).getByText("Ebba")).toBeVisible();
    expect(within(receipts).getByText("Points")).toBeVisible();
    expect(within(receipts).getByText("no longer kept")).toBeVisible();
    const lines = screen.getByRole("region", { name: "Lines in runs" });
    expect(within(lines).getByText("Rejected")).toBeVisible();
    expect(within(lines).getByText("The account did not accept this person.")).toBeVisible();
    expect(within(lines).getByText("400 · status: invalid")).toBeVisible();
    expect(host.asked("person_find")).toEqual([{ email: "ebba.lindqvist@post.example" }]);
    expect(router.state.location.search).toEqual({ email: "ebba.lindqvist@post.example" });
    await expectAccessible();
  });

  test("asks for an address first, beside the field", async () => {
    const { user, host } = await renderPage("/people");
    await user.click(screen.getByRole("button", { name: "Find" }));
    expect(await screen.findByText("Enter an address.")).toBeVisible();
    expect(screen.getByRole("textbox", { name: /E-mail address/u })).toHaveFocus();
    expect(host.asked("person_find")).toEqual([]);
  });

  test("says beside the field that it is no address", async () => {
    await renderPage("/people?email=nobody", {
      person_find: () => {
        throw failure("usage");
      },
    });
    expect(await screen.findByText("This is not an e-mail address.")).toBeVisible();
    expect(screen.getByRole("textbox", { name: /E-mail address/u })).toHaveValue("nobody");
  });

  test.each([
    [{ ...record, receipts: [], runs: [] }, "Segue knows nothing of this address"],
    [{ ...record, receipts: [], runs: [], forgotten: true }, "This person was forgotten"],
  ])("says what is not known", async (known, title) => {
    await renderPage("/people?email=ebba.lindqvist@post.example", { person_find: () => known });
    expect(await screen.findByText(title)).toBeVisible();
    await expectAccessible();
  });

  test("is an error in words where the engine has no answer, and keeps the address", async () => {
    await renderPage("/people?email=ebba.lindqvist@post.example", {
      person_find: () => {
        throw failure("database");
      },
    });
    expect(await screen.findByText("The database cannot be used")).toBeVisible();
    await waitFor(() => {
      expect(screen.getByRole("textbox", { name: /E-mail address/u })).toHaveValue("ebba.lindqvist@post.example");
    });
  });

  test.each([
    ["en", "dark"],
    ["sv", "light"],
    ["sv", "dark"],
  ] as const)("has no violation, %s %s", async (language, theme) => {
    await renderPage("/people?email=ebba.lindqvist@post.example", { person_find: () => record }, { language, theme });
    await screen.findByText("Club newsletter");
    await expectAccessible();
  });
});
