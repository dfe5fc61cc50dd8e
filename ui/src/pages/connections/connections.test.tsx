// Connections: what is shown of them, and what can be done, with a key that works and with one that does not.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { ConnectionRow } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";

const row = (name: string, change: Partial<ConnectionRow> = {}): ConnectionRow => ({
  connection: {
    id: name.toLowerCase(),
    name,
    type: "autopilot",
    origin: "https://api2.autopilothq.com",
    rate: 4,
    contract_size: null,
    consent: {
      given_at: "2026-02-03T09:00:00Z",
      given_by: "maja on LAPTOP-7",
      statements: "1",
      origin: "https://api2.autopilothq.com",
    },
    export_user: "maja on LAPTOP-7",
    membership: "unknown",
    created_at: "2026-02-03T09:00:00Z",
  },
  practice: false,
  has_key: true,
  used_by: [],
  key: "accepted",
  tested_at: "2026-02-03T09:00:00Z",
  ...change,
});

const used = row("Ljungvidde", { used_by: [{ id: "e1", name: "Club newsletter" }, { id: "e2", name: "Spring" }] });
const free = row("Spare", { key: "missing", has_key: false, tested_at: null });
const practice = row("Practice account", { practice: true });

function open(handlers: Handlers = {}, options: Parameters<typeof renderPage>[2] = {}) {
  return renderPage("/admin/connections", { connection_list: () => [used, free, practice], ...handlers }, options);
}

async function choose(user: Awaited<ReturnType<typeof open>>["user"], name: string): Promise<void> {
  await user.click(await screen.findByRole("radio", { name: `Select ${name}` }));
}

const button = (name: string) => within(screen.getByRole("toolbar")).getByRole("button", { name });
const isOff = (name: string) => button(name).getAttribute("aria-disabled") === "true";

describe("the table", () => {
  test("says of each account whether its key works", async () => {
    await open();
    const line = within(await screen.findByRole("row", { name: /Ljungvidde/u }));
    expect(line.getByText("Connected")).toBeVisible();
    expect(line.getByText(/^Tested /u)).toBeVisible();
    expect(line.getByText("Club newsletter and Spring")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Spare/u })).getByText("No key yet")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Practice account/u })).getByText("Practice")).toBeVisible();
  });

  test.each(["light", "dark"] as const)("says of an account of Ortto where it is, accessible in %s", async (theme) => {
    const at = (name: string, origin: string) => {
      const one = row(name);
      return { ...one, connection: { ...one.connection, type: "ortto" as const, origin } };
    };
    await open(
      {
        connection_list: () => [
          used,
          at("World", "https://api.ap3api.com"),
          at("Union", "https://api.eu.ap3api.com"),
          at("Down under", "https://api.au.ap3api.com"),
          at("Sandbox", "http://127.0.0.1:8080"),
        ],
      },
      { theme },
    );
    expect(within(await screen.findByRole("row", { name: /World/u })).getByText("Ortto (Global region)")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Union/u })).getByText("Ortto (EU region)")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Down under/u })).getByText("Ortto (Australia region)")).toBeVisible();
    const sandbox = within(screen.getByRole("row", { name: /Sandbox/u }));
    expect(sandbox.getByText("Ortto")).toBeVisible();
    expect(sandbox.getByText("http://127.0.0.1:8080")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Ljungvidde/u })).getByText("Autopilot (classic)")).toBeVisible();
    await expectAccessible();
  });

  test("leads to the set up where there is none", async () => {
    const { user, router } = await open({ connection_list: () => [], export_list: () => [] });
    await screen.findByText("There is no connection yet");
    const [, add] = screen.getAllByRole("button", { name: "Add connection" });
    if (add !== undefined) await user.click(add);
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/exports");
    });
    expect(router.state.location.search).toMatchObject({ setUp: "new" });
  });

  test("says what cannot be read", async () => {
    await open({
      connection_list: () => {
        throw failure("database");
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("The database cannot be used");
  });

  test.each([
    ["en", "light"],
    ["sv", "dark"],
  ] as const)("is for everybody, in %s and %s", async (language, theme) => {
    await open({}, { language, theme });
    expect(await screen.findByText("Ljungvidde")).toBeVisible();
    await expectAccessible();
  });
});

describe("commands", () => {
  test("wait for a selection, and say so", async () => {
    await open();
    await screen.findByText("Ljungvidde");
    expect(["Test", "Rename", "Change key", "Limits", "Remove"].filter((name) => !isOff(name))).toEqual([]);
    expect(isOff("Add connection")).toBe(false);
  });

  test("a connection that is used is not removed", async () => {
    const { user, host } = await open();
    await choose(user, "Ljungvidde");
    expect(isOff("Remove")).toBe(true);
    await user.hover(button("Remove"));
    expect(await screen.findByText("“Ljungvidde” is used by Club newsletter and Spring. Remove or detach those first.")).toBeInTheDocument();
    await user.click(button("Remove"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(host.asked("connection_remove")).toEqual([]);
  });

  test("the practice account is not removed, and has no key to change", async () => {
    const { user } = await open();
    await choose(user, "Practice account");
    expect(isOff("Remove")).toBe(true);
    expect(isOff("Change key")).toBe(true);
    expect(isOff("Test")).toBe(false);
  });

  test("one without a key is not tested but removed", async () => {
    const { user, host } = await open({ connection_remove: () => ({}) });
    await choose(user, "Spare");
    expect(isOff("Test")).toBe(true);
    await user.click(button("Remove"));
    await expectAccessible();
    await user.dblClick(within(screen.getByRole("dialog")).getByRole("button", { name: "Remove" }));
    expect(host.asked("connection_remove")).toEqual([{ id: "spare" }]);
    expect(await screen.findByText("“Spare” and its key were removed.")).toBeInTheDocument();
  });

  test("a test says what was found", async () => {
    const { user, host } = await open({ connection_test: () => ({ lists: 3, custom_fields: 1, same_as: null }) });
    await choose(user, "Ljungvidde");
    await user.click(button("Test"));
    expect(await screen.findByText("“Ljungvidde” works: 3 lists, 1 custom field.")).toBeInTheDocument();
    expect(host.asked("connection_test")).toEqual([{ id: "ljungvidde" }]);
  });

  test("of Ortto it says how many tags were found, in Swedish", async () => {
    const { user } = await open(
      {
        connection_list: () => [{ ...used, connection: { ...used.connection, type: "ortto" } }],
        connection_test: () => ({ lists: 3, custom_fields: 1, same_as: null }),
      },
      { language: "sv" },
    );
    await user.click(await screen.findByRole("radio", { name: "Markera Ljungvidde" }));
    await user.click(button("Testa"));
    expect(await screen.findByText("”Ljungvidde” fungerar: 3 taggar, 1 eget fält.")).toBeInTheDocument();
  });

  test("a refused key is a page of the catalogue, and its cure is another key", async () => {
    const { user, host } = await open({
      connection_test: () => {
        throw failure("key_refused", "The account refused the key.");
      },
      connection_set_key: () => used,
    });
    await choose(user, "Ljungvidde");
    await user.click(button("Test"));
    const page = within(await screen.findByRole("dialog"));
    expect(page.getByText("The account refused the key")).toBeVisible();
    expect(page.getByText(/keep their place/u)).toBeVisible();
    await expectAccessible();
    await user.click(page.getByRole("button", { name: "Change key" }));
    const key = await screen.findByLabelText(/New API key/u);
    await user.type(key, "  secret  {Enter}");
    await waitFor(() => {
      expect(host.asked("connection_set_key")).toEqual([{ id: "ljungvidde", key: "secret", agree: false }]);
    });
  });

  test("a name that is taken is said beside the field, and nothing is lost", async () => {
    const { user } = await open({
      connection_rename: () => {
        throw failure("name_taken");
      },
    });
    await choose(user, "Ljungvidde");
    await user.click(button("Rename"));
    const field = screen.getByLabelText(/^Display name/u);
    await user.clear(field);
    await user.type(field, "Spare{Enter}");
    expect(await screen.findByText("There is already a connection of that name. Choose another one.")).toBeVisible();
    expect(field).toHaveValue("Spare");
    await expectAccessible();
  });

  test("an empty name is not sent", async () => {
    const { user, host } = await open({ connection_rename: () => used });
    await choose(user, "Ljungvidde");
    await user.click(button("Rename"));
    await user.clear(screen.getByLabelText(/^Display name/u));
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Enter a name.")).toBeVisible();
    expect(host.asked("connection_rename")).toEqual([]);
  });

  test("pace and contract are whole numbers", async () => {
    const { user, host } = await open({ connection_set: () => used });
    await choose(user, "Ljungvidde");
    await user.click(button("Limits"));
    const dialog = within(screen.getByRole("dialog"));
    const rate = dialog.getByLabelText(/^Requests a second/u);
    await user.clear(rate);
    await user.type(rate, "fast{Enter}");
    expect(await dialog.findByText("Enter a whole number from 1 to 1,000.")).toBeVisible();
    expect(host.asked("connection_set")).toEqual([]);
    await user.clear(rate);
    await user.type(rate, "8");
    await user.type(dialog.getByLabelText(/^Contacts that your contract allows/u), "25 000");
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(host.asked("connection_set")).toEqual([{ id: "ljungvidde", rate: 8, contract_size: 25_000 }]);
    });
  });

  test("all of it by keyboard", async () => {
    const { user, host } = await open({ connection_test: () => ({ lists: 0, custom_fields: 0, same_as: null }) });
    const line = await screen.findByRole("row", { name: /Ljungvidde/u });
    line.focus();
    await user.keyboard(" ");
    await waitFor(() => {
      expect(screen.getByRole("radio", { name: "Select Ljungvidde" })).toBeChecked();
    });
    button("Test").focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByText(/works: 0 lists/u)).toBeInTheDocument();
    expect(host.asked("connection_test")).toHaveLength(1);
  });
});
