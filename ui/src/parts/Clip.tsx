// Text that is cut off where there is no room, and shows itself whole as a tooltip exactly then. A table has
// hundreds of these, and one tooltip is seen at a time: so there is none before the pointer rests on its text.
import { makeStyles, mergeClasses, Tooltip } from "@fluentui/react-components";
import { useRef, useState } from "react";

import { useTimer } from "./timer";

/** The pointer rests, or has left, after so many milliseconds, as with any other tooltip. */
const REST = 250;

const useStyles = makeStyles({
  clip: {
    display: "block",
    minWidth: 0,
    maxWidth: "100%",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  two: {
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 2,
    whiteSpace: "normal",
    overflowWrap: "anywhere",
  },
});

/** What is shown. */
export interface ClipProps {
  text: string;
  /** What the tooltip says, where it is more than the text; then it is always there. */
  full?: string | undefined;
  className?: string | undefined;
  /** On how many lines it may stand; the default is one. */
  lines?: 1 | 2;
}

/** A text on one line, or two. */
export function Clip({ text, full, className, lines = 1 }: ClipProps) {
  const styles = useStyles();
  const element = useRef<HTMLSpanElement>(null);
  const timer = useTimer();
  // Where the tooltip is and what it says; `null` while there is none.
  const [shown, setShown] = useState<{ target: HTMLElement; words: string } | null>(null);
  const more = full !== undefined && full !== text;
  const show = () => {
    const target = element.current;
    if (target === null) return;
    const cut =
      target.scrollWidth > target.clientWidth || (lines === 2 && target.scrollHeight > target.clientHeight + 1);
    const whole = more && cut && !full.includes(text) ? `${text}. ${full}` : (full ?? text);
    setShown(more || cut ? { target, words: whole } : null);
  };
  const hide = () => {
    setShown(null);
  };
  return (
    <>
      <span
        ref={element}
        className={mergeClasses(styles.clip, lines === 2 && styles.two, className)}
        // A screen reader reads the text itself, cut off or not; only what is more needs to be told.
        aria-description={more ? full : undefined}
        onPointerEnter={() => {
          timer.after(REST, show);
        }}
        onPointerLeave={() => {
          timer.after(REST, hide);
        }}
      >
        {text}
      </span>
      {shown !== null && (
        <Tooltip
          visible
          relationship="inaccessible"
          positioning={{ target: shown.target }}
          content={{ children: shown.words, onPointerEnter: timer.stop, onPointerLeave: () => { timer.after(REST, hide); } }}
          // It is told to go: by Esc, by another tooltip, or as the pointer left it.
          onVisibleChange={(_event, { visible }) => {
            if (!visible) hide();
          }}
        />
      )}
    </>
  );
}
