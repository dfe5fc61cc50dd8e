// Step 2: matching and segments; saving sends nothing and loses nothing.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { button, connected, isOff, open, segment } from "../../test/pane";
import { SHAPE, STORED, totalOf } from "./fixture";

test("suggestions are marked, confirmed or counted by Save, which sends nothing", async () => {
  const { user, host, router } = await open();
  await connected(user);
  await user.click(await button("Next"));
  const save = await button("Save");
  expect(isOff(save), "no segment yet").toBe(true);
  const city = await screen.findByRole("group", { name: "City" });
  expect(within(city).getByText("Umeå · Göteborg")).toBeVisible();
  expect(within(city).getByText("91.2% filled")).toBeVisible();
  expect(within(city).getByRole("button", { name: "Suggested: similar values" })).toBeVisible();
  const email = screen.getByRole("group", { name: "Email" });
  await user.click(within(email).getByRole("button", { name: "Suggested: same name" }));
  await user.click(await screen.findByRole("menuitem", { name: "Confirm" }));
  expect(within(email).queryByRole("button", { name: /^Suggested/u })).toBeNull();
  await user.click(await segment("Club members"));
  await user.click(await segment("Newsletter readers"));
  expect(screen.getByText("new list")).toBeVisible();
  expect(screen.getByText("existing list")).toBeVisible();
  expect(await screen.findByText("68,412")).toBeVisible();
  expect(screen.getByText("68,512 memberships, 68,422 people")).toBeVisible();
  expect(host.asked("export_total").at(-1)).toEqual({
    audience: "a1",
    email: "EMail",
    segments: ["s1", "s2"],
    only_if: null,
  });
  await expectAccessible();
  await user.dblClick(save);
  expect(await screen.findByText("“Club newsletter” was saved with 2 suggested attributes. Nothing was sent.")).toBeVisible();
  expect(host.asked("export_save")).toEqual([
    {
      id: null,
      version: null,
      name: "Club newsletter",
      connection: "c2",
      audience: "a1",
      matching: [
        { target: "Email", column: "EMail", blank: "skip", unfit: "invalid" },
        { target: "FirstName", column: "FirstName", blank: "skip", unfit: "invalid" },
        { target: "MailingCity", column: "Town", blank: "skip", unfit: "invalid" },
      ],
      segments: [
        { id: "s1", title: null },
        { id: "s2", title: null },
      ],
      only_if: null,
      leavers: "remove",
      limit: 100_000,
      max_loss: 50,
      empty: [],
    },
  ]);
  expect(host.asked("export_run"), "saving runs nothing").toEqual([]);
  await waitFor(() => {
    expect(router.state.location.search).not.toHaveProperty("setUp");
  });
  expect(screen.queryByText("Leave without saving?")).toBeNull();
});

test("cancel keeps the connection and says so", async () => {
  const { user } = await open();
  await connected(user);
  await user.click(await button("Next"));
  await screen.findByText("Data matching");
  await user.click(await button("Cancel"));
  await user.click(await button("Leave"));
  expect(await screen.findByText(/^The connection “Club newsletter” is stored/u)).toBeVisible();
});

test("an export that is edited opens here, with everything as it was stored", async () => {
  const { user, host } = await open({}, {}, "e1");
  expect(await screen.findByRole("heading", { name: "Set up Club newsletter" })).toBeVisible();
  expect(screen.getByText(/Step 2 of 2: data and segments · Connection: Ljungvidde/u)).toBeVisible();
  expect(await segment("Club members")).toBeChecked();
  expect(screen.getByText("Readers")).toBeVisible();
  expect(screen.getByRole("radio", { name: "Keep them on the list" })).toBeChecked();
  expect(screen.getByRole("button", { name: /First name: Clear when blank, leaves out misfits/u })).toBeVisible();
  await user.click(await button("More settings"));
  expect(screen.getByRole("textbox", { name: /^Limit/u })).toHaveValue("500");
  await user.click(await button("Save"));
  await waitFor(() => {
    expect(host.asked("export_save")).toHaveLength(1);
  });
  const { id, version, matching, segments, leavers, limit, max_loss } = host.asked("export_save")[0] ?? {};
  expect({ id, version, matching, segments, leavers, limit, max_loss }).toEqual({
    id: "e1",
    version: "v1",
    matching: STORED.matching,
    segments: [
      { id: "s1", title: null },
      { id: "s2", title: "Readers" },
    ],
    leavers: "keep",
    limit: 500,
    max_loss: 30,
  });
});

test("a segment that is taken out: its list is emptied only where that is asked", async () => {
  const { user, host } = await open({}, {}, "e1");
  await user.click(await segment("Newsletter readers"));
  await user.click(await button("Save"));
  const dialog = await screen.findByRole("dialog", { name: /^What about the list/u });
  expect(host.asked("export_save")).toEqual([]);
  await expectAccessible();
  await user.click(within(dialog).getByRole("checkbox", { name: "Take everybody off “Readers”" }));
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(host.asked("export_save")[0]?.empty).toEqual(["s2"]);
  });
  expect(host.asked("export_save")[0]?.segments).toEqual([{ id: "s1", title: null }]);
});

test("a change made elsewhere is never overwritten unseen", async () => {
  let stored = STORED;
  const { user, host } = await open(
    {
      export_get: () => stored,
      export_save: (draft) => {
        if (draft.version !== stored.version) throw failure("changed_elsewhere");
        return stored;
      },
    },
    {},
    "e1",
  );
  await user.click(await segment("Norway"));
  stored = { ...STORED, version: "v2", leavers: "remove" };
  await user.click(await button("Save"));
  expect(await screen.findByText("Somebody changed this export meanwhile")).toBeVisible();
  expect(await segment("Norway"), "nothing is lost").toBeChecked();
  await user.click(await button("Save mine over it"));
  await waitFor(() => {
    expect(host.asked("export_save").map(({ version }) => version)).toEqual(["v1", "v2"]);
  });
});

test("or the other change is shown", async () => {
  let stored = STORED;
  const { user } = await open(
    {
      export_get: () => stored,
      export_save: () => {
        throw failure("changed_elsewhere");
      },
    },
    {},
    "e1",
  );
  await user.click(await segment("Norway"));
  stored = { ...STORED, version: "v2", leavers: "remove" };
  await user.click(await button("Save"));
  await user.click(await button("Show theirs"));
  await waitFor(() => {
    expect(screen.getByRole("radio", { name: /^Remove them/u })).toBeChecked();
  });
  expect(await segment("Norway")).not.toBeChecked();
});

test("near the limit it warns, above it says by how many and what each segment adds", async () => {
  let addresses = 460;
  const { user } = await open({ export_total: ({ segments }) => totalOf(segments, addresses) }, {}, "e1");
  expect(await screen.findByText("Near the limit: room for 40 more.")).toBeVisible();
  addresses = 512;
  await user.click(await segment("Norway"));
  expect(await screen.findByText(/^Over the limit by 12\./u)).toBeVisible();
  const table = screen.getByRole("table", { name: "What each segment adds" });
  expect(within(table).getByRole("row", { name: "Norway 50 462 (fits)" })).toBeVisible();
  expect(isOff(await button("Save")), "it may be saved all the same").toBe(false);
  await expectAccessible();
});

test("only people who said yes: the suggestion counts and is saved", async () => {
  const { user, host } = await open({}, {}, "e1");
  await user.click(await button("Suggested: Email Subscriber is Yes"));
  expect(screen.getByRole("checkbox", { name: "Only people who said yes" })).toBeChecked();
  await waitFor(() => {
    expect(host.asked("export_total").at(-1)?.only_if).toEqual({ column: "Email Subscriber", value: "Yes" });
  });
  await user.click(await button("Save"));
  await waitFor(() => {
    expect(host.asked("export_save")[0]?.only_if).toEqual({ column: "Email Subscriber", value: "Yes" });
  });
});

test("another title for a list; one that another segment fills is refused", async () => {
  const { user, host } = await open({}, {}, "e1");
  await user.click(await button("Change the list of Club members"));
  await user.click(await screen.findByRole("radio", { name: "Another list" }));
  const title = screen.getByRole("combobox", { name: /^Title of the list/u });
  await user.type(title, "Old list");
  expect(await screen.findByRole("alert")).toHaveTextContent("“Something else” already fills that list");
  expect(isOff(await button("Use"))).toBe(true);
  await user.clear(title);
  await user.type(title, "VIP");
  await user.keyboard("{Escape}");
  await user.click(await button("Use"));
  expect(await screen.findByText("VIP")).toBeVisible();
  await user.click(await button("Save"));
  await waitFor(() => {
    expect(host.asked("export_save")[0]?.segments[0]).toEqual({ id: "s1", title: "VIP" });
  });
});

test("more than the usual limit needs a yes", async () => {
  const { user, host } = await open({}, {}, "e1");
  await user.click(await button("More settings"));
  const limit = screen.getByRole("textbox", { name: /^Limit/u });
  await user.clear(limit);
  await user.type(limit, "250 000");
  await user.click(await button("Save"));
  expect(await screen.findByText(/^Tick that your contract allows more/u)).toBeVisible();
  expect(host.asked("export_save")).toEqual([]);
  await user.click(screen.getByRole("checkbox", { name: /needs your yes/u }));
  await user.click(await button("Save"));
  await waitFor(() => {
    expect(host.asked("export_save")[0]?.limit).toBe(250_000);
  });
});

test("a field is added, and what blanks do is chosen", async () => {
  const { user, host } = await open({}, {}, "e1");
  await user.click(await button("Add attribute"));
  const fields = await screen.findByRole("combobox", { name: "Add attribute" });
  await user.type(fields, "club");
  await user.click(await screen.findByRole("option", { name: "Club level" }));
  const row = await screen.findByRole("group", { name: "Club level" });
  expect(within(row).getByText("custom, text")).toBeVisible();
  await user.click(within(row).getByRole("combobox", { name: "Attribute for Club level" }));
  await user.click(await screen.findByRole("option", { name: "Town" }));
  await user.click(within(row).getByRole("button", { name: /^Blanks and misfits/u }));
  await user.click(await screen.findByRole("menuitemradio", { name: "Clear when blank" }));
  await user.click(await button("Save"));
  await waitFor(() => {
    expect(host.asked("export_save")[0]?.matching.at(-1)).toEqual({
      target: "custom:Club level",
      column: "Town",
      blank: "clear",
      unfit: "invalid",
    });
  });
});

test("select all takes what the search found, and nothing else", async () => {
  const { user } = await open({}, {}, "e1");
  await segment("Norway");
  await user.type(screen.getByRole("searchbox", { name: "Search segments" }), "nor");
  await waitFor(() => {
    expect(screen.queryByRole("checkbox", { name: "Select Club members" })).toBeNull();
  });
  const pane = screen.getByRole("dialog");
  await user.click(within(pane).getByRole("checkbox", { name: "Select all" }));
  await user.clear(screen.getByRole("searchbox", { name: "Search segments" }));
  expect(await segment("Norway")).toBeChecked();
  expect(await segment("Club members"), "those that were chosen stay").toBeChecked();
});

test("fields that cannot be read say so and can be read again; a save that fails keeps the form", async () => {
  let broken = true;
  const { user } = await open(
    {
      account_shape: () => {
        if (broken) throw failure("unreachable");
        return SHAPE;
      },
      export_save: () => {
        throw failure("bad_matching", "The column “Town” is gone.");
      },
    },
    {},
    "e1",
  );
  expect(await screen.findByText("The fields of the account could not be read.")).toBeVisible();
  broken = false;
  await user.click(await button("Retry"));
  expect(await button("Add attribute")).toBeVisible();
  await user.click(await segment("Norway"));
  await user.click(await button("Save"));
  expect(await screen.findByText("The data matching does not fit")).toBeVisible();
  expect(await segment("Norway")).toBeChecked();
});

test("no data and no segments lead to where they are made", async () => {
  const { user, router } = await open({ audience_list: () => [] });
  await connected(user);
  await user.click(await button("Next"));
  expect(await screen.findByText("There is no data yet.", { exact: false })).toBeVisible();
  await user.click(await button("Add data"));
  await user.click(await button("Leave"));
  await waitFor(() => {
    expect(router.state.location.pathname).toBe("/data");
  });
});

test.each(["light", "dark"] as const)("in Swedish, accessible in %s", async (theme) => {
  const { user } = await open({}, { language: "sv", theme }, "e1");
  expect(await screen.findByRole("heading", { name: "Datamatchning" })).toBeVisible();
  expect(screen.getByText("Inget skickas när du sparar.")).toBeVisible();
  expect(await screen.findByText(/^68\s412$/u)).toBeVisible();
  await user.click(await button("Tillbaka"));
  expect(await screen.findByRole("textbox", { name: /^Visningsnamn/u })).toHaveValue("Club newsletter");
  expect(screen.getByText("Körs som anna på LAPTOP-7")).toBeVisible();
  await expectAccessible();
});
