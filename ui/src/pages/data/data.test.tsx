// The page of data sources: adding by drop and by browsing, what was detected and how to change it, fields.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { AudienceDetail, AudienceRow, Column, FileFound } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";

const column = (name: string, type: Column["type"], filled: number, samples: string[]): Column => ({ name, type, filled, samples });

const file: FileFound = {
  path: "/data/customers.csv",
  bytes: 18_400_000,
  rows: 128_604,
  modified_at: "2026-02-03T06:00:00Z",
  format: "csv",
  compression: "gzip",
  encoding: "utf-8",
  delimiter: ";",
  header: true,
  quoted_breaks: false,
};

const row: AudienceRow = {
  id: "aud-1",
  name: "Ljungvidde customers",
  source: { kind: "files", paths: ["/data/customers.csv"], key: "CustomerId", no_header: false, delimiter: null, encoding: null, memberships: null },
  profiles: 1000,
  columns: 4,
  segments: 7,
  sample: false,
  used_by: [],
  created_at: "2026-01-05T08:00:00Z",
  refreshed_at: "2026-02-03T06:31:00Z",
};

const detail: AudienceDetail = {
  row,
  fields: [
    column("CustomerId", "text", 1000, ["8f21c07a", "03be9144"]),
    column("EMail", "text", 991, ["ebba.lindqvist@post.example"]),
    column("LastPurchaseOn", "date", 885, ["2026-11-12", "2025-05-03"]),
    column("Email Subscriber", "boolean", 973, ["true", "false"]),
  ],
  key: "CustomerId",
  files: [file],
  suggestions: {
    fields: [{ target: "Email", column: "EMail", reason: "name" }],
    only_if: [{ column: "Email Subscriber", value: "true" }],
  },
};

const outlet: AudienceRow = { ...row, id: "aud-2", name: "Ljungvidde outlet", profiles: 14_920, segments: 2, sample: true };

function dataEngine(rows: AudienceRow[] = [row, outlet]): Handlers {
  const all = [...rows];
  return {
    audience_list: () => [...all],
    audience_get: ({ id }) => ({ ...detail, row: all.find((one) => one.id === id) ?? row }),
    audience_save: ({ id, name }) => {
      const saved = { ...row, id: id ?? "aud-new", name, profiles: 12 };
      if (id === null) all.push(saved);
      return { ...detail, row: saved };
    },
    audience_rename: ({ name }) => ({ ...detail, row: { ...row, name } }),
    audience_refresh: () => detail,
    audience_remove: () => ({}),
    segment_list: () => ({ rows: [], total: 0 }),
  };
}

describe("the page", () => {
  test("shows sources, and the fields of the one that is selected", async () => {
    const { user, router } = await renderPage("/data", dataEngine());
    const sources = await screen.findByRole("grid", { name: "Data sources" });
    expect(await within(sources).findByRole("row", { name: /Ljungvidde customers/ })).toHaveTextContent(/7 segments.*Files.*1,000/);
    expect(within(sources).getByRole("row", { name: /Ljungvidde outlet/ })).toHaveTextContent("2 segments · Sample");

    const fields = await screen.findByRole("grid", { name: "Fields of Ljungvidde customers" });
    expect(within(fields).getByRole("row", { name: /^CustomerId/ })).toHaveTextContent(/Text.*Key.*100%.*8f21c07a · 03be9144/);
    expect(within(fields).getByRole("row", { name: /^EMail/ })).toHaveTextContent(/E-mail address.*99.1%/);
    expect(within(fields).getByRole("row", { name: /^LastPurchaseOn/ })).toHaveTextContent(/Date.*–.*88.5%/);
    expect(within(fields).getByRole("row", { name: /^Email Subscriber/ })).toHaveTextContent(/Yes or no.*Consent/);
    expect(
      screen.getByText(/4 fields · customers.csv · CSV · packed with gzip · semicolon · UTF-8 · with header · key CustomerId/),
    ).toBeVisible();

    await user.type(screen.getByRole("searchbox", { name: "Search fields" }), "mail");
    await waitFor(() => {
      expect(within(screen.getByRole("grid", { name: /Fields of/ })).queryByRole("row", { name: /LastPurchaseOn/ })).toBeNull();
    });
    await user.type(screen.getByRole("searchbox", { name: "Search fields" }), "xyz");
    expect(await screen.findByText("No field is called “mailxyz”.")).toBeVisible();

    await user.click(within(sources).getByRole("row", { name: /outlet/ }));
    expect(await screen.findByRole("heading", { name: "Fields of Ljungvidde outlet" })).toBeVisible();
    expect(router.state.location.search).toMatchObject({ audience: "aud-2" });
  });

  test("says so where there is nothing yet", async () => {
    const { user, host } = await renderPage("/data", {
      ...dataEngine([]),
      window_open_files: ({ kind }) => ({ paths: kind === "folder" ? ["/export/Ljungvidde"] : [] }),
    });
    expect(await screen.findByRole("heading", { name: "Start with your customers" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Refresh" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Browse" }));
    await user.click(await screen.findByRole("menuitem", { name: "Folder" }));
    const pane = await screen.findByRole("dialog", { name: /Add data source/ });
    expect(within(pane).getByRole("textbox", { name: /Display name/ })).toHaveValue("Ljungvidde");
    expect(host.asked("window_open_files")).toEqual([{ kind: "folder" }]);
  });

  test("an error of the engine can be tried again", async () => {
    const { user, host } = await renderPage("/data", {
      ...dataEngine(),
      audience_list: () => {
        throw failure("database");
      },
    });
    expect(await screen.findByRole("alert")).toBeVisible();
    host.handle(dataEngine());
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("grid", { name: "Data sources" })).toBeVisible();
  });

  test("reads a source again, once, and says what is known meanwhile", async () => {
    const { user, host } = await renderPage("/data", dataEngine());
    let answer: (done: AudienceDetail) => void = () => undefined;
    host.handle({ audience_refresh: () => new Promise((resolve) => (answer = resolve)) });
    await screen.findByRole("grid", { name: /Fields of/ });
    await user.dblClick(screen.getByRole("button", { name: "Refresh" }));
    expect(await screen.findByRole("progressbar", { name: "Reading Ljungvidde customers …" })).toBeVisible();
    expect(screen.getByText(/1,000 profiles and 18.4 MB last time/)).toBeVisible();
    act(() => {
      answer(detail);
    });
    await waitFor(() => {
      expect(screen.queryByRole("progressbar")).toBeNull();
    });
    expect(host.asked("audience_refresh")).toEqual([{ id: "aud-1" }]);
  });

  test("has no violation, in both languages and themes", async () => {
    for (const language of ["en", "sv"] as const) {
      for (const theme of ["light", "dark"] as const) {
        const { unmount } = await renderPage("/data", dataEngine(), { language, theme });
        await screen.findByRole("grid", { name: language === "en" ? /Fields of/ : /Fält i/ });
        await expectAccessible();
        unmount();
      }
    }
  });
});

describe("adding", () => {
  test("begins with files that are dropped anywhere, and adds them once", async () => {
    const { user, host, router } = await renderPage("/segments", dataEngine());
    act(() => {
      host.emit({ event: "files_over", data: {} });
    });
    expect(await screen.findByText("Drop to add a data source")).toBeVisible();
    act(() => {
      host.emit({ event: "files_left", data: {} });
    });
    expect(screen.queryByText("Drop to add a data source")).toBeNull();
    act(() => {
      host.emit({ event: "files_dropped", data: { paths: ["/data/outlet_2026.csv"] } });
    });
    const pane = await screen.findByRole("dialog", { name: /Add data source/ });
    const name = within(pane).getByRole("textbox", { name: /Display name/ });
    expect(name).toHaveValue("Outlet 2026");
    await expectAccessible();
    // More files that are dropped meanwhile join the first.
    act(() => {
      host.emit({ event: "files_dropped", data: { paths: ["/data/more.csv"] } });
    });
    expect(await within(pane).findByText("/data/more.csv")).toBeVisible();
    expect(within(pane).getByText("/data/outlet_2026.csv")).toBeVisible();
    await user.click(within(pane).getByRole("button", { name: "Take out /data/more.csv" }));
    await user.clear(name);
    await user.type(name, "Outlet{Enter}");
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect(host.asked("audience_save")).toEqual([
      {
        id: null,
        name: "Outlet",
        paths: ["/data/outlet_2026.csv"],
        delimiter: null,
        encoding: null,
        no_header: false,
        key: null,
        memberships: null,
      },
    ]);
    expect(router.state.location.search).toEqual({ audience: "aud-new" });
    expect(await screen.findByRole("heading", { name: "Fields of Outlet" })).toBeVisible();
  });

  test("says where a file is wrong and what was expected there, and loses nothing", async () => {
    const { user, host } = await renderPage("/data?add=true", {
      ...dataEngine(),
      window_open_files: ({ kind }) => ({ paths: kind === "memberships" ? ["/data/members.csv"] : ["/data/new.csv"] }),
      audience_save: () => {
        throw failure("bad_file", "“/data/new.csv” has 3 cells in line 12 where 4 are expected.");
      },
    });
    const pane = await screen.findByRole("dialog", { name: /Add data source/ });
    await user.click(within(pane).getByRole("button", { name: "Add" }));
    expect(await within(pane).findByText("Give the data source a name.")).toBeVisible();
    expect(within(pane).getByText("Choose at least one file or a folder.")).toBeVisible();
    expect(within(pane).getByRole("textbox", { name: /Display name/ })).toHaveFocus();
    await user.click(within(pane).getByRole("button", { name: "Add files" }));
    expect(await within(pane).findByText("/data/new.csv")).toBeVisible();
    await user.click(within(pane).getByRole("button", { name: "Choose file" }));
    await user.click(within(pane).getByRole("combobox", { name: "Delimiter" }));
    await user.click(await screen.findByRole("option", { name: "Semicolon ;" }));
    await user.click(within(pane).getByRole("radio", { name: "Is data already" }));
    await user.type(within(pane).getByRole("textbox", { name: /Key column/ }), "Id");
    await user.click(within(pane).getByRole("button", { name: "Add" }));
    expect(await within(pane).findByText("Line 12 of new.csv has 3 cells where 4 are expected.")).toBeVisible();
    expect(within(pane).getByText("Nothing was changed.")).toBeVisible();
    await expectAccessible();
    expect(host.asked("audience_save")).toEqual([
      {
        id: null,
        name: "New",
        paths: ["/data/new.csv"],
        delimiter: ";",
        encoding: null,
        no_header: true,
        key: "Id",
        memberships: "/data/members.csv",
      },
    ]);
    expect(within(pane).getByRole("combobox", { name: "Delimiter" })).toHaveTextContent("Semicolon ;");
    host.handle({
      audience_save: () => {
        throw failure("name_taken");
      },
    });
    await user.click(within(pane).getByRole("button", { name: "Add" }));
    expect(await within(pane).findByText("There is already a data source called that.")).toBeVisible();
  });

  test("asks before what was dropped is lost", async () => {
    const { user } = await renderPage("/data?add=true&files=%5B%22%2Fdata%2Fa.csv%22%5D", dataEngine());
    const pane = await screen.findByRole("dialog", { name: /Add data source/ });
    await user.click(within(pane).getByRole("button", { name: "Cancel" }));
    await user.click(await screen.findByRole("button", { name: "Leave" }));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  });
});

describe("changing", () => {
  test("how the files are read, by Change beside what was detected", async () => {
    const { user, host } = await renderPage("/data", dataEngine(), { language: "sv", theme: "dark" });
    await user.click(await screen.findByRole("button", { name: "Ändra hur filerna läses" }));
    const pane = await screen.findByRole("dialog", { name: /Så läses filerna/ });
    await user.click(within(pane).getByRole("combobox", { name: "Teckenkodning" }));
    await user.click(await screen.findByRole("option", { name: "Windows-1252" }));
    await user.click(within(pane).getByRole("combobox", { name: /Nyckelkolumn/ }));
    await user.click(await screen.findByRole("option", { name: "EMail" }));
    await expectAccessible();
    await user.dblClick(within(pane).getByRole("button", { name: "Spara och läs om" }));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect(host.asked("audience_save")).toEqual([
      {
        id: "aud-1",
        name: "Ljungvidde customers",
        paths: ["/data/customers.csv"],
        delimiter: null,
        encoding: "windows-1252",
        no_header: false,
        key: "EMail",
        memberships: null,
      },
    ]);
  });

  test("the name, and by keyboard", async () => {
    const { user, host } = await renderPage("/data", dataEngine());
    await screen.findByRole("grid", { name: /Fields of/ });
    screen.getByRole("button", { name: "Rename" }).focus();
    await user.keyboard("{Enter}");
    const name = await screen.findByRole("textbox", { name: /Display name/ });
    await waitFor(() => {
      expect(name).toHaveFocus();
    });
    await user.clear(name);
    await user.keyboard("Kunder{Enter}");
    expect(await screen.findByText("The data source is called “Kunder” now.")).toBeVisible();
    expect(host.asked("audience_rename")).toEqual([{ id: "aud-1", name: "Kunder" }]);
  });

  test("removes what nothing uses, and names what uses it", async () => {
    const used = { ...row, used_by: [{ id: "exp-1", name: "Newsletter" }] };
    const { user, host } = await renderPage("/data", dataEngine([used, outlet]));
    await screen.findByRole("grid", { name: /Fields of/ });
    await user.click(screen.getByRole("button", { name: "Remove" }));
    let dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("link", { name: "Newsletter" })).toBeVisible();
    expect(within(dialog).getByRole("button", { name: "Remove" })).toHaveAttribute("aria-disabled", "true");
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));

    host.handle({
      audience_remove: () => {
        throw failure("in_use", "The audience “Ljungvidde outlet” is used by segment “VIP”; nothing was removed.");
      },
    });
    await user.click(await screen.findByRole("row", { name: /outlet/ }));
    await user.click(screen.getByRole("button", { name: "Remove" }));
    dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Remove" }));
    expect(await within(dialog).findByRole("link", { name: "2 segments" })).toHaveAttribute("href", expect.stringContaining("aud-2"));
    await expectAccessible();
    expect(host.asked("audience_remove")).toEqual([{ id: "aud-2" }]);
  });
});
