// A search that waits until typing rests. Esc clears it, `/` brings the focus.
import { SearchBox as Box } from "@fluentui/react-components";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useShortcut } from "./shortcuts";
import { useTimer } from "./timer";

/** Typing rests after so many milliseconds: less than lies between two keys, as the answer comes from this computer. */
const REST = 50;

/** What the search needs. */
export interface SearchBoxProps {
  /** What is searched for now, as the page knows it. */
  value: string;
  /** Told when typing rests. */
  onSearch: (search: string) => void;
  /** What is searched; the default is *Search*. */
  label?: string;
  className?: string;
}

/** A search. */
export function SearchBox({ value, onSearch, label, className }: SearchBoxProps) {
  const { t } = useTranslation("frame");
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useTimer();
  if (value !== known) {
    // The page changed it, for example by going back.
    setKnown(value);
    setTyped(value);
  }
  const search = (text: string) => {
    timer.stop();
    setTyped(text);
    if (text === known) return;
    setKnown(text);
    onSearch(text);
  };
  const type = (text: string) => {
    setTyped(text);
    timer.after(REST, () => {
      search(text);
    });
  };
  useShortcut("search", () => {
    input.current?.focus();
    input.current?.select();
  });
  const words = label ?? t("search");
  return (
    <Box
      input={{ ref: input }}
      className={className}
      value={typed}
      placeholder={words}
      aria-label={words}
      dismiss={{ "aria-label": t("search.clear") }}
      onChange={(_event, data) => {
        // The cross empties the box, and nobody who clicked it wants to wait.
        if (data.value === "") search("");
        else type(data.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") search(typed);
        if (event.key === "Escape" && typed !== "") {
          // The first Esc clears; the next one is the pane's.
          event.preventDefault();
          event.stopPropagation();
          search("");
        }
      }}
    />
  );
}
