// A tooltip that exists only while it is shown: a page has hundreds of things that could have one, and one is seen
// at a time.
import { Tooltip } from "@fluentui/react-components";
import { type FocusEvent, type PointerEvent, type ReactNode, useState } from "react";

import { useTimer } from "./timer";

/** The pointer rests, or has left, after so many milliseconds. */
const REST = 250;

/** What has a tooltip. */
export interface Tip {
  /** What it listens to. */
  on: {
    onPointerEnter: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
    onPointerDown: () => void;
    onFocus: (event: FocusEvent<HTMLElement>) => void;
    onBlur: () => void;
  };
  /** The tooltip, to stand beside it. */
  tip: ReactNode;
}

/**
 * A tooltip for what the pointer rests on or the keyboard came to, with these words at that moment; `null` where there
 * are none. It stands above, or where `position` says. It is for eyes only: what a screen reader is to say is for `aria-description` or `aria-label`.
 */
export function useTip(wordsOf: (target: HTMLElement) => string | null, position?: "after"): Tip {
  const timer = useTimer();
  const [shown, setShown] = useState<{ target: HTMLElement; words: string } | null>(null);
  const show = (target: HTMLElement) => {
    const words = target.isConnected ? wordsOf(target) : null;
    setShown(words === null ? null : { target, words });
  };
  const hide = () => {
    setShown(null);
  };
  const leave = () => {
    timer.after(REST, hide);
  };
  return {
    on: {
      onPointerEnter: ({ currentTarget }) => {
        timer.after(REST, () => {
          show(currentTarget);
        });
      },
      onPointerLeave: leave,
      // Whoever presses knows what it is.
      onPointerDown: () => {
        timer.stop();
        hide();
      },
      onFocus: ({ currentTarget }) => {
        // Not what was pressed with the pointer.
        if (currentTarget.matches(":focus-visible")) show(currentTarget);
      },
      onBlur: hide,
    },
    tip: shown !== null && (
      <Tooltip
        visible
        relationship="inaccessible"
        positioning={{ target: shown.target, ...(position === undefined ? {} : { position }) }}
        content={{ children: shown.words, onPointerEnter: timer.stop, onPointerLeave: leave }}
        // It is told to go: by Esc, by another tooltip, or as the pointer left it.
        onVisibleChange={(_event, { visible }) => {
          if (!visible) hide();
        }}
      />
    ),
  };
}
