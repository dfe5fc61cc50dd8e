// Who is told of what: the fields with what is wrong beside them, secrets that only go in, and tests.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { NoticesView } from "../../../api";
import { failure, type Handlers } from "../../../host/fake";
import { expectAccessible } from "../../../test/axe";
import { renderPage } from "../../../test/render";
import { notices } from "../fixture";
import { draftOf, faultsOf, formOf, receivers } from "./form";

const stored = notices({
  webhook_host: "hooks.example.com",
  mail: {
    server: "mail.example.com",
    port: 587,
    security: "start_tls",
    user: "anna",
    from: "segue@example.com",
    to: ["anna@example.com", "bo@example.com"],
  },
  mail_password: true,
  tries: {
    webhook: { at: "2026-11-24T08:30:00Z", trouble: "" },
    mail: { at: "2026-11-24T08:31:00Z", trouble: "The mail server refused the password." },
  },
});

const settings = (view: NoticesView): Handlers => ({
  notices_get: () => view,
  window_sign_in: () => ({ on: false, possible: true, trouble: "" }),
});

const open = (view: NoticesView, more: Handlers = {}, options = {}) =>
  renderPage("/admin/system?tab=settings", { ...settings(view), ...more }, options);

describe("notices", () => {
  test("are saved once, by webhook and mail", async () => {
    let kept = notices();
    const { user, host } = await open(kept, {
      notices_get: () => kept,
      notices_set: () => {
        kept = stored;
        return kept;
      },
    });
    await user.click(await screen.findByRole("switch", { name: "By webhook" }));
    await user.type(screen.getByLabelText(/^Address of the webhook/u), "https://hooks.example.com/T0/secret");
    await user.click(screen.getByRole("switch", { name: "By mail" }));
    await user.type(screen.getByRole("textbox", { name: "Server" }), "mail.example.com");
    await user.type(screen.getByRole("textbox", { name: "User name" }), "anna");
    await user.type(screen.getByLabelText(/^Password/u), " p4ss ");
    await user.type(screen.getByRole("textbox", { name: "From" }), "segue@example.com");
    await user.type(screen.getByRole("textbox", { name: "To" }), "anna@example.com, bo@example.com");
    await user.dblClick(screen.getByRole("button", { name: "Save" }));
    expect((await screen.findAllByText("Notices were saved."))[0]).toBeVisible();
    expect(host.asked("notices_set")).toEqual([
      {
        desktop: true,
        webhook: true,
        webhook_url: "https://hooks.example.com/T0/secret",
        mail: stored.mail,
        mail_password: " p4ss ",
        language: "en",
      },
    ]);
    // What is a secret is hidden once it is stored.
    expect(screen.getAllByRole("button", { name: "Hidden value. Click here to change" })).toHaveLength(2);
    expect(document.body.innerHTML).not.toMatch(/secret|p4ss/u);
  });

  test("say beside each field what is wrong, and save nothing", async () => {
    const { user, host } = await open(notices());
    await user.click(await screen.findByRole("switch", { name: "By webhook" }));
    await user.click(screen.getByRole("switch", { name: "By mail" }));
    await user.click(screen.getByRole("combobox", { name: "Security" }));
    await user.click(screen.getByRole("option", { name: "None, only to this computer" }));
    expect(screen.getByRole("textbox", { name: "Port" })).toHaveValue("25");
    await user.type(screen.getByRole("textbox", { name: "Server" }), "mail.example.com");
    await user.click(screen.getByRole("button", { name: "Save" }));
    const url = screen.getByLabelText(/^Address of the webhook/u);
    expect(url).toHaveAccessibleDescription(/Enter the address\./u);
    expect(url).toHaveFocus();
    expect(screen.getByRole("textbox", { name: "Server" })).toHaveAccessibleDescription(/only to this computer/u);
    expect(screen.getByRole("textbox", { name: "From" })).toHaveAccessibleDescription(/Enter one e-mail address\./u);
    expect(screen.getByRole("textbox", { name: "To" })).toHaveAccessibleDescription(/Enter at least one/u);
    expect(host.asked("notices_set")).toEqual([]);
    await expectAccessible();
  });

  test("keep what is stored where nothing else is typed", async () => {
    const { user, host } = await open(stored, { notices_set: () => stored });
    const group = within(await screen.findByRole("group", { name: "By webhook" }));
    expect(group.getByText("Goes to hooks.example.com.")).toBeVisible();
    await user.click(group.getByRole("button", { name: "Hidden value. Click here to change" }));
    expect(group.getByLabelText(/^Address of the webhook/u)).toHaveFocus();
    await user.click(screen.getByRole("switch", { name: "On this computer" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(host.asked("notices_set")[0]).toMatchObject({ desktop: false, webhook: true, webhook_url: null, mail_password: null });
    });
  });

  test("say what the engine refuses, in its own words", async () => {
    const { user } = await open(stored, {
      notices_set: () => {
        throw failure("bad_url", "The mail server leads to an address of an inner network.");
      },
    });
    await user.click(await screen.findByRole("switch", { name: "On this computer" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(/not saved.*inner network/u);
    await user.click(screen.getByRole("button", { name: "Discard changes" }));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getByRole("switch", { name: "On this computer" })).toBeChecked();
  });

  test("ask before what was typed is lost", async () => {
    const { user } = await open(stored);
    await user.click(await screen.findByRole("switch", { name: "On this computer" }));
    await user.click(screen.getByRole("link", { name: "Exports" }));
    expect(await screen.findByText("Leave without saving?")).toBeVisible();
  });
});

describe("a test", () => {
  test("is sent once, and says how the last one went", async () => {
    let answer = () => {};
    const { user, host } = await open(stored, {
      notices_test: () =>
        new Promise((resolve) => {
          answer = () => {
            resolve({});
          };
        }),
    });
    const mail = within(await screen.findByRole("group", { name: "By mail" }));
    expect(mail.getByText("The mail server refused the password.")).toBeVisible();
    expect(screen.getByText(/^Last sent /u)).toBeVisible();
    await user.dblClick(screen.getByRole("button", { name: "Send a test by webhook" }));
    expect(host.asked("notices_test")).toEqual([{ way: "webhook" }]);
    answer();
    expect((await screen.findAllByText("The test was sent by webhook."))[0]).toBeVisible();
  });

  test("waits for what was typed to be saved, and says what went wrong", async () => {
    const { user, host } = await open(stored, {
      notices_test: () => {
        throw failure("unreachable", "The host hooks.example.com was not found; nothing was sent.");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Send a test by webhook" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(/not sent.*was not found/u);
    await user.click(screen.getByRole("switch", { name: "On this computer" }));
    await user.click(screen.getByRole("button", { name: "Send a test by webhook" }));
    expect(host.asked("notices_test")).toHaveLength(1);
  });
});

test.each([
  ["en", "light"],
  ["sv", "dark"],
] as const)("the card is for everybody, in %s and %s", async (language, theme) => {
  await open(stored, {}, { language, theme });
  const title = language === "sv" ? "Aviseringar" : "Notices";
  expect(await screen.findByRole("region", { name: title })).toBeVisible();
  await screen.findByRole("group", { name: language === "sv" ? "Via webhook" : "By webhook" });
  await expectAccessible();
});

describe("the form", () => {
  const full = { ...formOf(stored), url: "https://hooks.example.com/x" };

  test("has nothing wrong as it is stored", () => {
    expect(faultsOf(formOf(stored), stored)).toEqual({});
    expect(faultsOf(full, notices())).toEqual({ password: "password.needed" });
  });

  test.each([
    ["http://hooks.example.com/x", "url.bad"],
    ["https://anna:x@hooks.example.com/x", "url.bad"],
    ["https://192.168.1.4/x", "url.bad"],
    ["https://[fd00::1]/x", "url.bad"],
    ["hooks.example.com", "url.bad"],
    ["http://localhost:8080/x", undefined],
    ["http://127.0.0.1/x", undefined],
    ["http://[::1]/x", undefined],
    ["https://hooks.example.com/x", undefined],
  ])("takes %s or says %s", (url, fault) => {
    expect(faultsOf({ ...full, url }, stored).url).toBe(fault);
  });

  test.each([
    [{ server: "" }, "server", "server.needed"],
    [{ server: "https://mail.example.com" }, "server", "server.bad"],
    [{ server: "10.0.0.4" }, "server", "server.bad"],
    [{ server: "smtp.example.org" }, "password", "password.needed"],
    [{ user: "bo" }, "password", "password.needed"],
    [{ port: "0" }, "port", "port.bad"],
    [{ port: "65536" }, "port", "port.bad"],
    [{ port: "x" }, "port", "port.bad"],
    [{ from: "anna" }, "from", "from.bad"],
    [{ to: "" }, "to", "to.needed"],
    [{ to: "anna@example.com, bo" }, "to", "to.bad"],
    [{ to: Array.from({ length: 11 }, (_, number) => `p${String(number)}@example.com`).join(",") }, "to", "to.many"],
  ] as const)("with %o says of %s: %s", (some, field, fault) => {
    expect(faultsOf({ ...full, ...some }, stored)[field]).toBe(fault);
    expect(faultsOf({ ...full, ...some, mail: false }, stored)).toEqual({});
  });

  test("sends no secret of what is switched off", () => {
    const draft = draftOf({ ...full, password: "p4ss", webhook: false, mail: false });
    expect(draft).toMatchObject({ webhook: false, webhook_url: null, mail: null, mail_password: null });
    expect(receivers(" a@b.se; c@d.se ,")).toEqual(["a@b.se", "c@d.se"]);
  });
});
