// A number and its word.
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

import { useFormat } from "./format";

const useStyles = makeStyles({
  figure: { display: "inline-flex", flexDirection: "column", minWidth: 0 },
  number: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  word: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
});

/** A figure; `undefined` is not known yet. */
export function Figure({ value, word, icon }: { value: number | undefined; word: string; icon?: ReactNode }) {
  const styles = useStyles();
  const format = useFormat();
  return (
    <span className={styles.figure}>
      <span className={styles.number}>{value === undefined ? "–" : format.number(value)}</span>
      <span className={styles.word}>
        {icon}
        {word}
      </span>
    </span>
  );
}
