// Why something could not be done: in a few words, then in the very words of the engine, which name the file.
import { makeStyles, tokens } from "@fluentui/react-components";

import { readReason, useReasonWords } from "../../../parts";

const useStyles = makeStyles({
  reason: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: "anywhere",
  },
});

/** A reason as the engine wrote it: `code: words`, a code, or plain words. */
export function Reason({ reason }: { reason: string }) {
  const styles = useStyles();
  const { why } = useReasonWords();
  if (reason === "") return null;
  const { code, rest } = readReason(reason);
  return (
    <div className={styles.reason}>
      {code !== null && <div>{why(reason)}</div>}
      {rest !== "" && <div lang="en">{rest}</div>}
    </div>
  );
}
