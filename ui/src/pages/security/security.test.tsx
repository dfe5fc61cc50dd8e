// Security: consent, the log, forgetting, retention, and the configuration as a file.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { ConnectionRow, Entry, PersonRecord } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";

const connection = (name: string, consent: ConnectionRow["connection"]["consent"]): ConnectionRow => ({
  connection: {
    id: name.toLowerCase(),
    name,
    type: "autopilot",
    origin: "https://api2.autopilothq.com",
    rate: 4,
    contract_size: null,
    consent,
    export_user: "maja on LAPTOP-7",
    membership: "unknown",
    created_at: "2026-02-03T09:00:00Z",
  },
  practice: false,
  has_key: true,
  used_by: [],
  key: "accepted",
  tested_at: null,
});

const agreed = connection("Ljungvidde", {
  given_at: "2026-02-03T09:00:00Z",
  given_by: "maja on LAPTOP-7",
  statements: "1",
  origin: "https://api2.autopilothq.com",
});

const entry = (no: number, action: string, subject: string): Entry => ({
  at: new Date(Date.UTC(2026, 10, 24) - no * 60_000).toISOString(),
  actor: "maja on LAPTOP-7",
  action,
  subject,
  detail: "",
});

const kept: PersonRecord = {
  email: "o.hedlund@brev.example",
  forgotten: false,
  receipts: [
    {
      export: "Club newsletter",
      customer_id: "C1",
      email: "o.hedlund@brev.example",
      vendor_id: "",
      lists: ["Club members"],
      fields: {},
      accepted_at: "2026-11-24T09:00:00Z",
      run: "r1",
    },
  ],
  runs: [],
};

const unknown: PersonRecord = { ...kept, receipts: [], runs: [] };

function open(handlers: Handlers = {}, options: Parameters<typeof renderPage>[2] = {}) {
  const everyday: Handlers = {
    connection_list: () => [agreed, connection("Spare", null)],
    audit_list: () => ({ rows: [entry(1, "export run", "Club newsletter"), entry(2, "person forgotten", "")], total: 2 }),
    retention_get: () => ({ days: 30, receipts: 1200, exports: 2, runs: 38, forgotten: 1 }),
    person_find: ({ email }) => ({ ...kept, email }),
  };
  return renderPage("/admin/security", { ...everyday, ...handlers }, options);
}

const card = (name: string) => within(screen.getByRole("region", { name }));

async function look(user: Awaited<ReturnType<typeof open>>["user"], email: string): Promise<void> {
  await user.type(card("Forget a person").getByLabelText(/^E-mail address/u), `${email}{Enter}`);
}

describe("consent", () => {
  test("is asked once before it is withdrawn", async () => {
    const { user, host } = await open({ connection_withdraw: () => connection("Ljungvidde", null) });
    await user.click(await screen.findByRole("button", { name: "Withdraw the consent for Ljungvidde" }));
    expect(host.asked("connection_withdraw")).toEqual([]);
    await expectAccessible();
    await user.dblClick(within(screen.getByRole("dialog")).getByRole("button", { name: "Withdraw" }));
    expect(host.asked("connection_withdraw")).toEqual([{ id: "ljungvidde" }]);
    expect(await screen.findByText(/Nothing more is sent there/u)).toBeInTheDocument();
  });

  test("shows who agreed to what, and only that", async () => {
    await open();
    const line = within(await screen.findByRole("row", { name: /Ljungvidde/u }));
    expect(line.getByText("maja on LAPTOP-7")).toBeVisible();
    expect(line.getByText("https://api2.autopilothq.com")).toBeVisible();
    expect(screen.queryByRole("row", { name: /Spare/u })).toBeNull();
  });

  test("says where nobody agreed", async () => {
    await open({ connection_list: () => [] });
    expect(await screen.findByText("Nobody has agreed to anything yet.")).toBeVisible();
  });
});

describe("the audit log", () => {
  test("is in words, and searched by the engine", async () => {
    const { user, host } = await open();
    expect(await screen.findByText("Ran “Club newsletter”")).toBeVisible();
    expect(screen.getByText("Forgot one person")).toBeVisible();
    host.handle({ audit_list: () => ({ rows: [], total: 0 }) });
    await user.type(card("Audit log").getByRole("searchbox"), "moon");
    expect(await screen.findByText("Nothing in the log has “moon” in it.")).toBeVisible();
    expect(host.asked("audit_list").at(-1)).toEqual({ search: "moon", part: { offset: 0, limit: 100 } });
  });

  test("that somebody changed is said", async () => {
    await open({
      audit_list: () => {
        throw failure("database", "The audit log was changed by somebody else.");
      },
    });
    expect(await card("Audit log").findByRole("alert")).toHaveTextContent("The database cannot be used");
  });
});

describe("forgetting", () => {
  test("shows what is kept, asks with the address, and says what is left to do", async () => {
    const { user, host } = await open({
      person_forget: () => ({ lists_left: 1, receipts: 2, lines: 38, accounts: ["Ljungvidde"] }),
    });
    expect(screen.queryByRole("button", { name: "Forget this person" })).toBeNull();
    await look(user, "  o.hedlund@brev.example ");
    expect(await card("Forget a person").findByText("1 export")).toBeVisible();
    expect(host.asked("person_find")).toEqual([{ email: "o.hedlund@brev.example" }]);
    await user.click(screen.getByRole("button", { name: "Forget this person" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Forget o.hedlund@brev.example?" }));
    await expectAccessible();
    await user.dblClick(dialog.getByRole("button", { name: "Forget this person" }));
    expect(host.asked("person_forget")).toEqual([{ email: "o.hedlund@brev.example", keep_lists: false }]);
    expect(await screen.findByText(/Now delete the contact itself in Ljungvidde\./u)).toBeVisible();
    expect(card("Forget a person").getByLabelText(/^E-mail address/u)).toHaveValue("");
  });

  test("leaves them on the lists where that is wanted", async () => {
    const { user, host } = await open({
      person_forget: () => ({ lists_left: 0, receipts: 1, lines: 0, accounts: [] }),
    });
    await look(user, "o.hedlund@brev.example");
    await user.click(await screen.findByRole("checkbox", { name: "First take them off Segue’s lists and tags" }));
    await user.click(screen.getByRole("button", { name: "Forget this person" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/stays on the lists and keeps the tags in the accounts/u)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Forget this person" }));
    expect(host.asked("person_forget")).toEqual([{ email: "o.hedlund@brev.example", keep_lists: true }]);
  });

  test("what went wrong stays in the question, and nothing is lost", async () => {
    const { user } = await open({
      person_forget: () => {
        throw failure("busy");
      },
    });
    await look(user, "o.hedlund@brev.example");
    await user.click(await screen.findByRole("button", { name: "Forget this person" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Forget this person" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("It is running already");
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(card("Forget a person").getByLabelText(/^E-mail address/u)).toHaveValue("o.hedlund@brev.example");
  });

  test("another address has to be looked for again", async () => {
    const { user } = await open();
    await look(user, "o.hedlund@brev.example");
    expect(await screen.findByRole("button", { name: "Forget this person" })).toBeVisible();
    await user.type(card("Forget a person").getByLabelText(/^E-mail address/u), "x");
    expect(screen.queryByRole("button", { name: "Forget this person" })).toBeNull();
  });

  test("an address that is none is said beside the field; an empty one is not asked", async () => {
    const { user, host } = await open({
      person_find: () => {
        throw failure("usage");
      },
    });
    await user.click(screen.getByRole("button", { name: "Find" }));
    expect(await screen.findByText("Enter the address.")).toBeVisible();
    expect(host.asked("person_find")).toEqual([]);
    await look(user, "nobody");
    expect(await screen.findByText("This is not an e-mail address.")).toBeVisible();
  });

  test("says where nothing is kept, and where they are forgotten already", async () => {
    const { user, host } = await open({ person_find: () => unknown });
    await look(user, "new@brev.example");
    expect(await screen.findByText(/Segue keeps nothing about this address/u)).toBeVisible();
    expect(screen.getByRole("button", { name: "Forget this person" })).toBeVisible();
    host.handle({ person_find: () => ({ ...unknown, forgotten: true }) });
    await look(user, "x");
    expect(await screen.findByText(/forgotten already/u)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Forget this person" })).toBeNull();
  });
});

describe("retention", () => {
  test("a longer time is set at once, a shorter one asks", async () => {
    let days = 30;
    const now = () => ({ days, receipts: 1200, exports: 2, runs: 38, forgotten: 1 });
    const { user, host } = await open({
      retention_get: now,
      retention_set: (request) => {
        ({ days } = request);
        return now();
      },
    });
    const retention = card("Keep personal data");
    const field = await retention.findByLabelText(/^Days/u);
    expect(retention.getByText(/values of 1,200 receipts, details of 38 runs, 1 forgotten person/u)).toBeVisible();
    await user.clear(field);
    await user.type(field, "60{Enter}");
    await waitFor(() => {
      expect(host.asked("retention_set")).toEqual([{ days: 60 }]);
    });
    await user.clear(field);
    await user.type(field, "7{Enter}");
    const dialog = within(await screen.findByRole("dialog", { name: "Keep personal data for only 7 days?" }));
    expect(host.asked("retention_set")).toHaveLength(1);
    await user.click(dialog.getByRole("button", { name: "Drop what is older" }));
    await waitFor(() => {
      expect(host.asked("retention_set").at(-1)).toEqual({ days: 7 });
    });
  });

  test.each(["0", "3651", "ten", ""])("“%s” days are refused beside the field", async (text) => {
    const { user, host } = await open();
    const field = await screen.findByLabelText(/^Days/u);
    await user.clear(field);
    await user.type(field, `${text}{Enter}`);
    expect(await screen.findByText("Enter a whole number from 1 to 3,650.")).toBeVisible();
    expect(host.asked("retention_set")).toEqual([]);
    expect(field).toHaveFocus();
  });
});

describe("the configuration", () => {
  test("goes out to a file that the user names", async () => {
    const { user, host } = await open({
      window_save_file: () => ({ path: "/home/anna/segue.json" }),
      window_reveal: () => null,
      config_export: ({ path }) => ({ path, rows: 12 }),
    });
    await user.click(screen.getByRole("button", { name: "Export" }));
    expect(await screen.findByText("12 objects were written to /home/anna/segue.json.")).toBeVisible();
    expect(host.asked("window_save_file")).toEqual([{ name: "segue-configuration.json", kind: "json" }]);
    await user.click(screen.getByRole("button", { name: "Show in folder" }));
    expect(host.asked("window_reveal")).toEqual([{ what: "file", path: "/home/anna/segue.json" }]);
  });

  test("comes in again, and says what was added and what waits", async () => {
    const { user, host } = await open({
      window_open_files: () => ({ paths: ["/home/anna/segue.json"] }),
      config_import: () => ({
        added: { audiences: 1, segments: 3, connections: 1, exports: 0 },
        unchanged: 2,
        needs_key: ["Ljungvidde"],
      }),
    });
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect(await screen.findByText(/Added: 1 data source, 3 segments and 1 connection\. 2 objects were here already\./u)).toBeVisible();
    expect(screen.getByText(/wait for their key and your consent: Ljungvidde/u)).toBeVisible();
    expect(host.asked("config_import")).toEqual([{ path: "/home/anna/segue.json" }]);
  });

  test("that differs changes nothing, and says so", async () => {
    const { user } = await open({
      window_open_files: () => ({ paths: ["/home/anna/segue.json"] }),
      config_import: () => {
        throw failure("name_taken", "These are here already and differ from the file: segment “Club”.");
      },
    });
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect(await card("Configuration").findByRole("alert")).toHaveTextContent("The name is taken");
  });

  test("nothing is asked where the dialog was canceled", async () => {
    const { user, host } = await open({ window_open_files: () => ({ paths: [] }) });
    await user.click(screen.getByRole("button", { name: "Import" }));
    await waitFor(() => {
      expect(host.asked("window_open_files")).toHaveLength(1);
    });
    expect(host.asked("config_import")).toEqual([]);
  });
});

test.each([
  ["en", "dark"],
  ["sv", "light"],
] as const)("the page is for everybody, in %s and %s", async (language, theme) => {
  await open({}, { language, theme });
  expect(await screen.findByText("Ljungvidde")).toBeVisible();
  await expectAccessible();
});
