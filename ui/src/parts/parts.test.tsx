import { screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";

import { failure } from "../host/fake";
import { expectAccessible } from "../test/axe";
import en from "../text/en/errors.json";
import sv from "../text/sv/errors.json";
import { renderPart } from "../test/part";
import { useAnnounce } from "./announce";
import { Asking } from "./Asking";
import { ClassBar } from "./ClassBar";
import { Clip } from "./Clip";
import { CommandBar } from "./CommandBar";
import { CopyCommand, quoted } from "./Copy";
import { ErrorBar } from "./ErrorBar";
import { ErrorCard } from "./ErrorCard";
import { Pane } from "./Pane";
import { SearchBox } from "./SearchBox";
import { useSay } from "./say";
import { useUnsaved } from "./unsaved";

const refused = { code: "key_refused", message: "The account refused the key (401).", help: "Paste the new one.", retryable: false };

describe("an error", () => {
  test.each([
    ["en", en["key_refused.title"]],
    ["sv", sv["key_refused.title"]],
  ] as const)("says what happened, what was sent and what to do, in %s", async (language, title) => {
    const again = vi.fn();
    const { user } = await renderPart(<ErrorCard failure={refused} onRetry={again} />, { language });
    const card = screen.getByRole("alert");
    expect(within(card).getByRole("heading", { name: title })).toBeVisible();
    expect(within(card).getAllByRole("definition").every((one) => one.textContent !== "")).toBe(true);
    await user.click(screen.getByRole("button", { name: language === "en" ? "Try again" : "Försök igen" }));
    expect(again).toHaveBeenCalledOnce();
    await expectAccessible();
  });

  test("gives the engine's own sentence and code to support", async () => {
    const { user } = await renderPart(<ErrorBar failure={refused} />, { language: "sv" });
    await user.click(screen.getByText("Information för support"));
    expect(screen.getByText("The account refused the key (401).")).toHaveAttribute("lang", "en");
    await user.click(screen.getByRole("button", { name: "Kopiera" }));
    expect(await navigator.clipboard.readText()).toBe("key_refused\nThe account refused the key (401).\nPaste the new one.");
  });

  test("of a code that nobody knows reads as a defect, not as nothing", async () => {
    await renderPart(<ErrorCard failure={{ ...refused, code: "moon_gone" }} />);
    expect(screen.getByRole("heading", { name: en["internal.title"] })).toBeVisible();
  });
});

describe("the command bar", () => {
  test("says why a command is off, and does nothing then", async () => {
    const [edit, run] = [vi.fn(), vi.fn()];
    const { user } = await renderPart(
      <CommandBar
        commands={[
          { id: "edit", text: "Edit", icon: <i />, run: edit, why: "Select one export." },
          { id: "run", text: "Run", icon: <i />, run, shortcut: "run", apart: true },
        ]}
      />,
    );
    const off = screen.getByRole("button", { name: "Edit" });
    expect(off).toHaveAttribute("aria-disabled", "true");
    expect(off).toHaveAccessibleDescription("Select one export.");
    await user.click(off);
    expect(edit).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Run" }));
    expect(run).toHaveBeenCalledOnce();
    await expectAccessible();
  });
});

describe("a search", () => {
  function Searched({ onSearch }: { onSearch: (search: string) => void }) {
    const [value, setValue] = useState("");
    const search = (text: string) => {
      setValue(text);
      onSearch(text);
    };
    return <SearchBox value={value} onSearch={search} label="Search exports" />;
  }

  test("waits until typing rests, and tells once", async () => {
    const told = vi.fn();
    const { user } = await renderPart(<Searched onSearch={told} />);
    await user.keyboard("/");
    const box = screen.getByRole("searchbox", { name: "Search exports" });
    expect(box).toHaveFocus();
    await user.type(box, "run");
    await waitFor(() => {
      expect(told).toHaveBeenCalled();
    });
    expect(told.mock.calls).toEqual([["run"]]);
    await expectAccessible();
  });

  test("tells at once on Enter, and Esc clears it", async () => {
    const told = vi.fn();
    const { user } = await renderPart(<Searched onSearch={told} />);
    const box = screen.getByRole("searchbox");
    await user.type(box, "run{Enter}");
    expect(told.mock.calls).toEqual([["run"]]);
    await user.keyboard("{Escape}");
    expect(box).toHaveValue("");
    expect(told.mock.calls).toEqual([["run"], [""]]);
  });
});

describe("the bar of the classes", () => {
  const counts = { created: 10, updated: 20, unchanged: 60, invalid: 4, duplicate: 3, excluded: 0, rejected: 2, not_attempted: 1 };

  test.each(["light", "high_contrast"] as const)("has every figure with its word, and a table behind it, in %s", async (theme) => {
    const { container } = await renderPart(<ClassBar counts={counts} total={100} />, { language: "sv", theme });
    const table = screen.getByRole("table", { name: "Profiler totalt" });
    const row = within(table).getByRole("row", { name: /^Uppdaterade/u });
    expect(within(row).getAllByRole("cell").map(({ textContent }) => textContent)).toEqual(["20", "20\u00a0%"]);
    expect(within(table).getByRole("row", { name: /^Utelämnade/u })).toBeInTheDocument();
    const parts = [...container.querySelectorAll<HTMLElement>("[data-class]")];
    expect(parts.map(({ dataset }) => dataset["class"])).toEqual([
      "created",
      "updated",
      "unchanged",
      "invalid",
      "duplicate",
      "rejected",
      "not_attempted",
    ]);
    await expectAccessible();
  });

  test("calls those not attempted still to send while the run goes on", async () => {
    await renderPart(<ClassBar counts={counts} total={100} running />);
    expect(screen.getByRole("row", { name: /^Still to send/u })).toBeInTheDocument();
  });
});

describe("what was typed", () => {
  function Form({ dirty, onClose }: { dirty: boolean; onClose: () => void }) {
    const leave = useUnsaved(dirty);
    return (
      <Pane
        title="Set up"
        onClose={() => {
          leave(onClose);
        }}
      />
    );
  }

  test("is not lost by Esc without a question, whose Esc means to stay", async () => {
    const closed = vi.fn();
    const { user } = await renderPart(<Form dirty onClose={closed} />);
    expect(screen.getByRole("dialog", { name: "Set up" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Close" }));
    const question = await screen.findByRole("alertdialog", { name: "Leave without saving?" });
    await expectAccessible();
    expect(closed).not.toHaveBeenCalled();
    await user.click(within(question).getByRole("button", { name: "Keep editing" }));
    expect(closed).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Close" }));
    await user.click(await screen.findByRole("button", { name: "Leave" }));
    expect(closed).toHaveBeenCalledOnce();
  });

  test("closes without a question where nothing was typed", async () => {
    const closed = vi.fn();
    const { user } = await renderPart(<Form dirty={false} onClose={closed} />);
    await user.keyboard("{Escape}");
    expect(closed).toHaveBeenCalledOnce();
  });

  test("is not lost by going to another page either", async () => {
    const { user, leave } = await renderPart(<Form dirty onClose={() => undefined} />);
    leave();
    await user.click(await screen.findByRole("button", { name: "Keep editing" }));
    await waitFor(() => {
      expect(screen.queryByRole("alertdialog")).toBeNull();
    });
    expect(screen.getByRole("dialog", { name: "Set up" })).toBeVisible();
    leave();
    await user.click(await screen.findByRole("button", { name: "Leave" }));
    expect(await screen.findByRole("heading", { name: "Elsewhere" })).toBeVisible();
  });
});

describe("a question", () => {
  function Opener({ onYes }: { onYes: () => void }) {
    const [open, setOpen] = useState(false);
    const [busy, setBusy] = useState(false);
    const close = () => {
      setOpen(false);
    };
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          Open
        </button>
        {open && (
          <Asking
            title="Remove?"
            yes="Remove"
            busy={busy}
            failure={busy ? null : (failure("busy") as never)}
            onClose={close}
            onYes={() => {
              setBusy(true);
              onYes();
            }}
          >
            Really?
          </Asking>
        )}
      </>
    );
  }

  test("does one thing on a double click, and gives the focus back", async () => {
    const yes = vi.fn();
    const { user } = await renderPart(<Opener onYes={yes} />);
    const opener = screen.getByRole("button", { name: "Open" });
    await user.click(opener);
    await expectAccessible();
    await user.keyboard("{Escape}");
    await waitFor(() => {
      expect(opener).toHaveFocus();
    });
    await user.click(opener);
    await user.dblClick(screen.getByRole("button", { name: "Remove" }));
    expect(yes).toHaveBeenCalledOnce();
  });
});

describe("small parts", () => {
  test("a text that is cut shows itself whole, one that fits does not", async () => {
    const { user } = await renderPart(<Clip text="A long name" />);
    const text = screen.getByText("A long name");
    await user.hover(text);
    expect(screen.queryByRole("tooltip")).toBeNull();
    await user.unhover(text);
    vi.spyOn(text, "scrollWidth", "get").mockReturnValue(200);
    vi.spyOn(text, "clientWidth", "get").mockReturnValue(100);
    await user.hover(text);
    expect(await screen.findByRole("tooltip", { hidden: true })).toHaveTextContent("A long name");
  });

  test("a command line is quoted for a shell", async () => {
    expect(quoted("Club")).toBe("Club");
    expect(quoted("Åsa's club")).toBe(String.raw`'Åsa'\''s club'`);
    const { user } = await renderPart(<CopyCommand words={["export", "run", "My export"]} />);
    await user.click(screen.getByRole("button", { name: "Copy as command" }));
    expect(await navigator.clipboard.readText()).toBe("segue export run 'My export'");
    expect(screen.getByRole("status")).toHaveTextContent("The command is on the clipboard.");
  });

  test("a screen reader hears at most one sentence in so many milliseconds", async () => {
    function Progress() {
      const announce = useAnnounce(10_000);
      const [count, setCount] = useState(1);
      return (
        <button
          type="button"
          onClick={() => {
            announce(`${String(count)} people`);
            setCount(count + 1);
          }}
        >
          Next
        </button>
      );
    }
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    const { user } = await renderPart(<Progress />);
    await user.click(screen.getByRole("button"));
    await user.click(screen.getByRole("button"));
    expect(screen.getByRole("status")).toHaveTextContent("1 people");
    clock.mockReturnValue(10_000);
    await user.click(screen.getByRole("button"));
    expect(screen.getByRole("status")).toHaveTextContent("3 people");
  });

  test("every message is shown once, the first one too", async () => {
    function Sayer() {
      const say = useSay();
      return (
        <button
          type="button"
          onClick={() => {
            say("Saved.");
          }}
        >
          Save
        </button>
      );
    }
    const { user } = await renderPart(<Sayer />);
    await user.click(screen.getByRole("button"));
    expect(await screen.findAllByText("Saved.", { selector: ".fui-ToastTitle" })).toHaveLength(1);
    await user.click(screen.getByRole("button"));
    await waitFor(() => {
      expect(screen.getAllByText("Saved.", { selector: ".fui-ToastTitle" })).toHaveLength(2);
    });
  });
});
