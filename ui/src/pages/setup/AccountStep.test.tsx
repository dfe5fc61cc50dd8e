// Step 1: the account, and one reason at a time why something waits.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { button, isOff, key, name, open } from "../../test/pane";
import { connectionOf } from "./fixture";

test.each(["light", "dark"] as const)("asks in the order of the mirrored pane, accessible in %s", async (theme) => {
  await open({}, { theme });
  const field = await name();
  await waitFor(() => {
    expect(field).toHaveFocus();
  });
  const headings = screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);
  expect(headings).toEqual(["Sign in to your account", "Data privacy and compliance", "Connect to Autopilot"]);
  await expectAccessible();
});

test("says one reason at a time, and stores the connection with Next", async () => {
  const { user, host } = await open();
  const next = await button("Next");
  expect(isOff(next)).toBe(true);
  expect(isOff(await button("Connect"))).toBe(true);
  expect(screen.getByText("Enter the API key to connect.")).toBeVisible();
  await user.type(await name(), "Club newsletter");
  await user.type(await key(), '  "good-key"\u200b ');
  expect(screen.queryByText("Enter the API key to connect.")).toBeNull();
  expect(screen.getByText("Tick “I agree” to connect.")).toBeVisible();
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  expect(screen.getByText("Connect to go on.")).toBeVisible();
  await user.dblClick(await button("Connect"));
  expect(await screen.findByText("The key works. 14 lists and 1 custom field found.")).toBeVisible();
  expect(host.asked("connection_connect"), "one question, of the key without what stuck to it").toEqual([
    { product: "autopilot", region: null, key: "good-key", base_url: null, agree: true },
  ]);
  expect(screen.getByText("Add yourself as export user to go on.")).toBeVisible();
  await user.click(await button("Add yourself as export user"));
  expect(screen.getByText("anna is the export user")).toBeVisible();
  expect(screen.getByText("Runs as anna on LAPTOP-7")).toBeVisible();
  await expectAccessible();
  await user.dblClick(next);
  expect(await screen.findByText("Data matching")).toBeVisible();
  expect(host.asked("connection_add")).toEqual([
    { name: "Club newsletter", product: "autopilot", region: null, key: "good-key", base_url: null, agree: true },
  ]);
  await user.click(await button("Back"));
  expect(await button("Hidden value. Click here to change")).toBeVisible();
  expect(document.body.innerHTML, "a stored key is not in the page").not.toContain("good-key");
});

test("a refused key is said under the field, and another letter forgets the answer", async () => {
  const { user } = await open();
  await user.type(await name(), "Club newsletter");
  await user.type(await key(), "bad");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
  expect(await screen.findByRole("alert")).toHaveTextContent(/^Autopilot refused the key/u);
  expect(await key()).toHaveFocus();
  expect(await key()).toBeInvalid();
  expect(screen.queryByText("Connected to Autopilot")).toBeNull();
  await user.clear(await key());
  await user.type(await key(), "good-key");
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(await button("Connect"));
  expect(await screen.findByText("Connected to Autopilot")).toBeVisible();
  await user.type(await key(), "x");
  expect(screen.queryByText("Connected to Autopilot"), "another key is not tested").toBeNull();
});

test.each([
  ["unreachable", /^Autopilot does not answer/u],
  ["no_key_store", /^This computer has no place to keep the key/u],
  ["destination", /The account answered something/u],
])("%s is said in words and nothing is lost", async (code, words) => {
  const { user } = await open({
    connection_connect: () => {
      throw failure(code);
    },
  });
  await user.type(await name(), "Club newsletter");
  await user.type(await key(), "good-key");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
  expect(await screen.findByRole("alert")).toHaveTextContent(words);
  expect(await name()).toHaveValue("Club newsletter");
  expect(await key()).toHaveValue("good-key");
});

test("a key that another connection has leads to that connection", async () => {
  const { user } = await open({
    connection_connect: () => ({ lists: 1, custom_fields: 0, same_as: { id: "c1", name: "Ljungvidde" } }),
  });
  await user.type(await name(), "Club newsletter");
  await user.type(await key(), "good-key");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
  expect(await screen.findByRole("alert")).toHaveTextContent("already belongs to the connection “Ljungvidde”");
  expect(isOff(await button("Next"))).toBe(true);
  await user.click(await button("Use “Ljungvidde”"));
  await user.click(await button("Next"));
  expect(await screen.findByText("Data matching")).toBeVisible();
});

test("a name that is taken is said on leaving the field", async () => {
  const { user } = await open();
  await user.type(await name(), "Trail runners");
  await user.tab();
  expect(await screen.findByRole("alert")).toHaveTextContent("There is already an export called “Trail runners”");
  await user.clear(await name());
  await user.type(await name(), "Ljungvidde");
  await user.tab();
  expect(await screen.findByRole("alert")).toHaveTextContent("There is already a connection called “Ljungvidde”");
});

test("an existing connection asks only for the name", async () => {
  const { user } = await open();
  await user.click(await screen.findByRole("radio", { name: "Use an existing one" }));
  expect(screen.queryByLabelText(/^Autopilot API key/u)).toBeNull();
  expect(screen.getByText("anna is the export user")).toBeVisible();
  expect(screen.getByText("Enter a display name.")).toBeVisible();
  await user.type(await name(), "Club newsletter{Enter}");
  expect(await screen.findByText("Data matching")).toBeVisible();
});

test("a connection without consent cannot be used as it is", async () => {
  const row = connectionOf("c1", "Ljungvidde");
  const { user, host } = await open({
    connection_list: () => [{ ...row, connection: { ...row.connection, consent: null } }],
    connection_set_key: () => row,
  });
  await user.click(await screen.findByRole("radio", { name: "Use an existing one" }));
  await user.type(await name(), "Club newsletter");
  expect(screen.getByText(/^Nobody has agreed to send data/u)).toBeVisible();
  expect(isOff(await button("Next"))).toBe(true);
  await user.click(await button("Hidden value. Click here to change"));
  const dialog = await screen.findByRole("dialog", { name: "Change the key" });
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/^New API key/u), "good-key");
  await user.click(within(dialog).getByRole("checkbox", { name: /^I agree/u }));
  await user.click(within(dialog).getByRole("button", { name: "Change the key" }));
  await waitFor(() => {
    expect(host.asked("connection_set_key")).toEqual([{ id: "c1", key: "good-key", agree: true }]);
  });
});

test("the address of a test account is folded away, and a wrong one is said under it", async () => {
  const { user, host } = await open({
    connection_connect: ({ base_url }) => {
      if (base_url !== "http://127.0.0.1:8080") throw failure("bad_url");
      return { lists: 0, custom_fields: 0, same_as: null };
    },
  });
  await user.type(await name(), "Club newsletter");
  await user.click(await button("Other server"));
  const server = screen.getByRole("textbox", { name: "API address" });
  await user.type(server, "http://example.com");
  await user.type(await key(), "good-key");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
  expect(await screen.findByRole("alert")).toHaveTextContent(/^Enter an address such as/u);
  await user.clear(server);
  await user.type(server, "http://127.0.0.1:8080");
  await user.click(await button("Connect"));
  expect(await screen.findByText("Connected to Autopilot")).toBeVisible();
  expect(host.asked("connection_connect")[1]?.base_url).toBe("http://127.0.0.1:8080");
});

test("closing with changes asks, and staying loses nothing", async () => {
  const { user, router } = await open();
  await user.type(await name(), "Club newsletter");
  await user.click(await button("Cancel"));
  await user.click(await button("Keep editing"));
  expect(await name()).toHaveValue("Club newsletter");
  await user.click(await button("Cancel"));
  await user.click(await button("Leave"));
  await waitFor(() => {
    expect(router.state.location.search).not.toHaveProperty("setUp");
  });
});
