// Text that is cut off where there is no room, and shows itself whole as a tooltip exactly then.
import { makeStyles, mergeClasses } from "@fluentui/react-components";

import { useTip } from "./tip";

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
  const more = full !== undefined && full !== text;
  const { on, tip } = useTip((target) => {
    const cut =
      target.scrollWidth > target.clientWidth || (lines === 2 && target.scrollHeight > target.clientHeight + 1);
    if (!more && !cut) return null;
    return more && cut && !full.includes(text) ? `${text}. ${full}` : (full ?? text);
  });
  return (
    <>
      <span
        {...on}
        className={mergeClasses(styles.clip, lines === 2 && styles.two, className)}
        // A screen reader reads the text itself, cut off or not; only what is more needs to be told.
        aria-description={more ? full : undefined}
      >
        {text}
      </span>
      {tip}
    </>
  );
}
