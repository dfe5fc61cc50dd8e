// Text that is cut off where there is no room, and shows itself whole as a tooltip exactly then.
import { makeStyles, mergeClasses, Tooltip } from "@fluentui/react-components";
import { useRef, useState } from "react";

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
  // What the tooltip says now; `null` while it says nothing.
  const [shown, setShown] = useState<string | null>(null);
  const more = full !== undefined && full !== text;
  return (
    <Tooltip
      content={shown ?? full ?? text}
      // A screen reader reads the text itself, cut off or not; only what is more needs to be told.
      relationship={more ? "description" : "inaccessible"}
      visible={shown !== null}
      onVisibleChange={(_event, { visible: wanted }) => {
        const span = element.current;
        const cut =
          span !== null &&
          (span.scrollWidth > span.clientWidth || (lines === 2 && span.scrollHeight > span.clientHeight + 1));
        const whole = more && cut && !full.includes(text) ? `${text}. ${full}` : (full ?? text);
        setShown(wanted && (more || cut) ? whole : null);
      }}
    >
      <span ref={element} className={mergeClasses(styles.clip, lines === 2 && styles.two, className)}>
        {text}
      </span>
    </Tooltip>
  );
}
