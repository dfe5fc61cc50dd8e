// The pane *Set up* in tests: an engine that answers everything it asks, and the ways to what stands in it.
import { screen } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";

import { failure, type Handlers } from "../host/fake";
import { exportOf } from "../pages/exports/fixture";
import { AUDIENCE, connectionOf, SEGMENTS, SHAPE, STORED, totalOf } from "../pages/setup/fixture";
import { type PageOptions, renderPage, type ShownPage } from "./render";

/** Answers to all that the pane asks. */
export const ENGINE: Handlers = {
  export_list: () => [exportOf("e9", "Trail runners")],
  connection_list: () => [connectionOf("c1", "Ljungvidde")],
  connection_connect: ({ key }) => {
    if (key !== "good-key") throw failure("key_refused");
    return { lists: 14, custom_fields: 1, same_as: null };
  },
  connection_add: ({ name }) => connectionOf("c2", name),
  audience_list: () => [AUDIENCE.row],
  audience_get: () => AUDIENCE,
  audience_values: () => ({ values: ["Yes", "No"], more: false }),
  account_shape: () => SHAPE,
  segment_list: ({ search = "" }) => {
    const rows = SEGMENTS.filter((row) => row.name.toLowerCase().includes(search.toLowerCase()));
    return { rows, total: rows.length };
  },
  export_total: ({ segments }) => totalOf(segments, 68_412),
  export_get: () => STORED,
  export_save: (draft) => ({ ...STORED, name: draft.name, id: draft.id ?? "e2" }),
  window_reveal: () => null,
};

/** Opens the pane: of a new export, or of this one. */
export const open = (more: Handlers = {}, options: PageOptions = {}, setUp = "new"): Promise<ShownPage> =>
  renderPage(`/exports?setUp=${setUp}`, { ...ENGINE, ...more }, options);
/** A button, once it is there. */
export const button = (name: string | RegExp) => screen.findByRole("button", { name });
/** Whether it cannot be pressed now. */
export const isOff = (element: HTMLElement) => element.getAttribute("aria-disabled") === "true";
/** The field of the name. */
export const name = () => screen.findByRole("textbox", { name: /^Display name/u });
/** The field of the key, which has no role: it is a password. */
export const key = () => screen.findByLabelText(/^Autopilot API key/u);
/** The check of a segment. */
export const segment = (of: string) => screen.findByRole("checkbox", { name: `Select ${of}` });

/** Walks through step 1 with a new account. */
export async function connected(user: UserEvent): Promise<void> {
  await user.type(await name(), "Club newsletter");
  await user.type(await key(), "good-key");
  await user.click(screen.getByRole("checkbox", { name: /^I agree/u }));
  await user.click(await button("Connect"));
  await screen.findByText("Connected to Autopilot");
  await user.click(await button("Add yourself as export user"));
}
