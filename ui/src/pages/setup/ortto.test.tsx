// The pane for an account of Ortto: regions and the other product in step 1, tags in step 2.
import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { AccountShape, ConnectionRow } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { button, isOff, name, open, segment } from "../../test/pane";
import type { PageOptions, ShownPage } from "../../test/render";
import { connectionOf, SEGMENTS, STORED } from "./fixture";

const orttoOf = (id: string, called: string): ConnectionRow => {
  const row = connectionOf(id, called);
  return { ...row, connection: { ...row.connection, type: "ortto", origin: "https://api.ap3api.com" } };
};

const SHAPE: AccountShape = {
  fields: [
    { target: "Email", name: "Email", custom: false, kind: "text" },
    { target: "FirstName", name: "First name", custom: false, kind: "text" },
    { target: "phn::phone", name: "Phone number", custom: false, kind: "phone" },
    { target: "custom:Shoe size", name: "Shoe size", custom: true, kind: "decimal" },
  ],
  lists: [{ title: "newsletter READERS", segment: null }],
};

/** Opens the pane from the tile of Ortto, over an engine where only this region takes the key. */
const openOrtto = (region: string | null, more: Handlers = {}, options: PageOptions = {}): Promise<ShownPage> =>
  open(
    {
      connection_list: () => [connectionOf("c1", "Ljungvidde"), orttoOf("c3", "Club")],
      connection_connect: (request) => {
        if (request.product !== "ortto" || request.region !== region) throw failure("key_refused");
        return { lists: 2, custom_fields: 1, same_as: null };
      },
      connection_add: ({ name: called }) => orttoOf("c4", called),
      account_shape: () => SHAPE,
      ...more,
    },
    options,
    "new&product=ortto",
  );

const key = () => screen.findByLabelText(/^Ortto API key/u);
const region = () => screen.findByRole("combobox", { name: "Region" });

/** Fills in what *Connect* needs, and presses it. */
async function connect(user: UserEvent): Promise<void> {
  await user.type(await name(), "Spring");
  await user.type(await key(), "a-key");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
}

test.each(["light", "dark"] as const)("names Ortto and asks for the region, accessible in %s", async (theme) => {
  await openOrtto("global", {}, { theme });
  await waitFor(() => {
    expect(screen.getByRole("dialog", { name: "Set up Ortto" })).toBeVisible();
  });
  expect(await region()).toHaveTextContent("Global");
  expect(screen.getByText(/CDP > Data sources > Custom API\./u)).toBeVisible();
  expect(screen.getByRole("button", { name: "Where do I find it?" })).toBeVisible();
  expect(screen.getByText(/^When you turn this on, Segue sends data from this computer to Ortto/u)).toBeVisible();
  expect(screen.queryByRole("radiogroup", { name: "Type" }), "the tile said it").toBeNull();
  await expectAccessible();
});

test("tests and stores the key in the region that is chosen; in another nothing is known of it", async () => {
  const { user, host } = await openOrtto("eu");
  await user.click(await region());
  await user.click(await screen.findByRole("option", { name: "Europe" }));
  await connect(user);
  expect(await screen.findByText("The key works. 2 tags and 1 custom field found.")).toBeVisible();
  await user.click(await region());
  await user.click(await screen.findByRole("option", { name: "Australia" }));
  expect(screen.queryByText("Connected to Ortto")).toBeNull();
  expect(isOff(await button("Next"))).toBe(true);
  await user.click(await region());
  await user.click(await screen.findByRole("option", { name: "Europe" }));
  await user.click(await button("Connect again"));
  await screen.findByText("Connected to Ortto");
  await user.click(await button("Add yourself as export user"));
  await user.click(await button("Next"));
  await screen.findByText("Data matching");
  const account = { product: "ortto", region: "eu", key: "a-key", base_url: null, agree: true };
  expect(host.asked("connection_connect")).toEqual([account, account]);
  expect(host.asked("connection_add")).toEqual([{ name: "Spring", ...account }]);
});

test("another region is tried until one takes the key, and that one is chosen", async () => {
  const { user, host } = await openOrtto("au");
  await connect(user);
  expect(await screen.findByRole("alert")).toHaveTextContent(/^Ortto refused the key\. .*a key works there only/u);
  await expectAccessible();
  await user.click(await button("Try another region"));
  expect(await screen.findByText("Connected to Ortto")).toBeVisible();
  expect(await region()).toHaveTextContent("Australia");
  expect(host.asked("connection_connect").map((asked) => asked.region)).toEqual(["global", "au"]);
  await waitFor(async () => {
    expect(await region()).toHaveFocus();
  });
});

test("no region is asked twice", async () => {
  const { user, host } = await openOrtto(null);
  await connect(user);
  await user.dblClick(await button("Try another region"));
  expect(await screen.findByRole("alert")).toHaveTextContent(/^Ortto refused the key in all regions\./u);
  expect(host.asked("connection_connect").map((asked) => asked.region)).toEqual(["global", "au", "eu"]);
  expect(screen.queryByRole("button", { name: "Try another region" })).toBeNull();
  expect(await region()).toHaveTextContent("Global");
  expect(await button("Try as Autopilot (classic)")).toBeVisible();
});

test("without a network the other regions are left alone", async () => {
  let calls = 0;
  const { user, host } = await openOrtto("eu", {
    connection_connect: () => {
      calls += 1;
      throw failure(calls === 1 ? "destination" : "unreachable");
    },
  });
  await connect(user);
  await user.click(await button("Try another region"));
  expect(await screen.findByText(/^Ortto does not answer/u)).toBeVisible();
  expect(host.asked("connection_connect")).toHaveLength(2);
});

test("another product is asked only after its own statement was agreed to", async () => {
  const { user, host } = await openOrtto(null, {
    connection_connect: ({ product }) => {
      if (product !== "autopilot") throw failure("key_refused");
      return { lists: 1, custom_fields: 0, same_as: null };
    },
  });
  await connect(user);
  await user.click(await button("Try as Autopilot (classic)"));
  await waitFor(() => {
    expect(screen.getByRole("dialog", { name: "Set up Autopilot (classic)" })).toBeVisible();
  });
  expect(host.asked("connection_connect"), "nobody has agreed to Autopilot").toHaveLength(1);
  const agree = screen.getByRole("checkbox", { name: /^I agree/u });
  expect(agree).not.toBeChecked();
  expect(agree).toHaveFocus();
  expect(screen.getByText("Tick “I agree” to connect.")).toBeVisible();
  expect(screen.queryByRole("combobox", { name: "Region" })).toBeNull();
  await user.click(agree);
  await user.click(await button("Connect"));
  expect(await screen.findByText("The key works. 1 list and 0 custom fields found.")).toBeVisible();
  expect(host.asked("connection_connect").at(-1)).toMatchObject({ product: "autopilot", region: null, key: "a-key" });
});

test("a refused key of classic may be one of Ortto", async () => {
  const { user } = await open({}, {}, "new&product=autopilot");
  await user.type(await name(), "Spring");
  await user.type(await screen.findByLabelText(/^Autopilot API key/u), "a-key");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
  expect(screen.queryByRole("button", { name: "Try another region" })).toBeNull();
  await user.click(await button("Try as Ortto"));
  expect(await key()).toHaveValue("a-key");
  expect(await region()).toBeVisible();
});

test("where no tile said it the type is asked, and connections of that type are offered", async () => {
  const { user } = await open(
    { connection_list: () => [connectionOf("c1", "Ljungvidde"), orttoOf("c3", "Club"), orttoOf("c4", "Spare")] },
    {},
    "new",
  );
  const type = await screen.findByRole("radiogroup", { name: "Type" });
  expect(within(type).getByRole("radio", { name: "Ortto" })).toBeChecked();
  await user.click(screen.getByRole("radio", { name: "Use an existing one" }));
  await user.click(await screen.findByRole("combobox", { name: /^Existing connection/u }));
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["Club", "Spare"]);
  await user.keyboard("{Escape}");
  await user.click(within(type).getByRole("radio", { name: "Autopilot (classic)" }));
  expect(screen.getByRole("combobox", { name: /^Existing connection/u })).toHaveTextContent("Ljungvidde");
  await expectAccessible();
});

test("the same as a command, once the account is described and agreed to", async () => {
  const { user } = await openOrtto("eu");
  expect(screen.queryByRole("button", { name: "Copy as command" })).toBeNull();
  await connect(user);
  await user.click(await button("Copy as command"));
  expect(await navigator.clipboard.readText()).toBe("segue connection add ortto Spring --agree --region global");
});

/** Goes to step 2 with an account that is there already. */
async function stepTwo(user: UserEvent): Promise<void> {
  await user.click(await screen.findByRole("radio", { name: "Use an existing one" }));
  await user.type(await name(), "Spring");
  await user.click(await button("Next"));
  await screen.findByText("Data matching");
}

test.each(["light", "dark"] as const)("step 2 speaks of tags and shows what values look like, in %s", async (theme) => {
  const { user } = await openOrtto("global", {}, { theme });
  await stepTwo(user);
  await user.click(await segment("Club members"));
  await user.click(await segment("Newsletter readers"));
  expect(screen.getByRole("columnheader", { name: "Tag in Ortto" })).toBeVisible();
  expect(screen.getByText("new tag")).toBeVisible();
  expect(screen.getByText("existing tag"), "names of tags are the same in any letters").toBeVisible();
  expect(screen.getByRole("radio", { name: /^Remove the tag from them/u })).toBeChecked();
  await user.click(await button("Add attribute"));
  await user.click(await screen.findByRole("option", { name: "Phone number" }));
  const phone = await screen.findByRole("group", { name: "Phone number" });
  expect(within(phone).getByText("With its country code: +46 70 123 45 67")).toBeVisible();
  await user.click(await button("Add attribute"));
  await user.click(await screen.findByRole("option", { name: "Shoe size" }));
  const size = await screen.findByRole("group", { name: "Shoe size" });
  expect(within(size).getByText("custom, number with decimals")).toBeVisible();
  await expectAccessible();
});

test("tells how an audience is made of the tags, whose names can be copied", async () => {
  const { user } = await openOrtto("global");
  await stepTwo(user);
  expect(screen.getByText(/at most 100 characters\. It is made when the first person gets it\.$/u)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Make/u }), "there is no tag yet").toBeNull();
  await user.click(await segment("Club members"));
  const help = await button("Make an audience from this tag");
  expect(help).toHaveAttribute("aria-expanded", "false");
  await user.click(help);
  expect(screen.getAllByRole("listitem").map((step) => step.textContent)).toEqual([
    "In Ortto, choose Audiences and then New audience.",
    "Add the filter Tags, and choose people who have the tag.",
    "Save. From then on the audience holds whoever has the tag.",
  ]);
  await expectAccessible();
  await user.click(await button("Copy “Club members”"));
  expect(await navigator.clipboard.readText()).toBe("Club members");
});

test("a name that is too long for a tag is said, and not taken", async () => {
  const long = "Long".repeat(26);
  const { user } = await openOrtto("global", {
    segment_list: () => ({ rows: SEGMENTS.map((row) => (row.id === "s1" ? { ...row, name: long } : row)), total: 3 }),
  });
  await stepTwo(user);
  await user.click(await segment(long));
  expect(screen.getByText(/^The name of a tag has at most 100 characters\./u)).toBeVisible();
  await user.click(await button(`Change the tag of ${long}`));
  await user.click(await screen.findByRole("radio", { name: "Another tag" }));
  const field = screen.getByRole("combobox", { name: "Name of the tag" });
  await user.type(field, "x".repeat(101));
  expect(isOff(await button("Use"))).toBe(true);
  await user.clear(field);
  await user.type(field, "Members");
  await user.click(await button("Use"));
  await waitFor(() => {
    expect(within(screen.getByRole("row", { name: new RegExp(long, "u") })).getByText("Members")).toBeVisible();
  });
});

test("an export keeps the product of its fields and tags", async () => {
  const { user } = await open(
    {
      connection_list: () => [connectionOf("c1", "Ljungvidde"), orttoOf("c3", "Club")],
      export_get: () => ({ ...STORED, product: "ortto", connection: { id: "c3", name: "Club" } }),
      account_shape: () => SHAPE,
    },
    {},
    "e1",
  );
  await user.click(await segment("Club members"));
  await user.click(await button("Save"));
  const question = await screen.findByRole("dialog", { name: "What about the tag of the segment you took out?" });
  expect(within(question).getByRole("checkbox", { name: "Take “Club members” off everybody" })).not.toBeChecked();
  await user.click(within(question).getByRole("button", { name: "Cancel" }));
  await user.click(await button("Back"));
  expect(screen.queryByRole("radiogroup", { name: "Type" })).toBeNull();
});

test("in Swedish", async () => {
  const { user } = await openOrtto("au", {}, { language: "sv" });
  await waitFor(() => {
    expect(screen.getByRole("dialog", { name: "Konfigurera Ortto" })).toBeVisible();
  });
  await user.type(await screen.findByRole("textbox", { name: /^Visningsnamn/u }), "Våren");
  await user.type(await screen.findByLabelText(/^API-nyckel till Ortto/u), "a-key");
  await user.click(screen.getByRole("checkbox", { name: /^Jag accepterar/u }));
  await user.click(await button("Anslut"));
  await screen.findByRole("button", { name: "Prova som Autopilot (klassisk)" });
  await user.click(await button("Prova en annan region"));
  expect(await screen.findByText("Nyckeln fungerar. 2 taggar och 1 eget fält hittades.")).toBeVisible();
  expect(await region()).toHaveTextContent("Australien");
  await user.click(await button("Lägg till dig själv som exportanvändare"));
  await user.click(await button("Nästa"));
  await user.click(await screen.findByRole("checkbox", { name: "Markera Club members" }));
  expect(screen.getByText("ny tagg")).toBeVisible();
  await user.click(await button("Gör en målgrupp av taggen"));
  expect(screen.getByText("Lägg till filtret Tags och välj personer som har taggen.")).toBeVisible();
  await expectAccessible();
});
