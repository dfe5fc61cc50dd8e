// The few lines of a card: in their place as skeletons until they are known, or a word where there is none.
import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none", display: "flex", flexDirection: "column" },
  line: {
    paddingBlock: "10px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ":first-child": { borderTopStyle: "none", paddingTop: 0 },
    ":last-child": { paddingBottom: 0 },
  },
  // Side by side, where they are short and alike.
  across: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(160px, 1fr))",
    gap: "8px 32px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  skeleton: { display: "flex", flexDirection: "column", gap: "16px" },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What lines are made of. */
export interface LinesProps<R> {
  /** The rows; `undefined` while they are read. */
  rows: readonly R[] | undefined;
  /** What is said where there is none. */
  none: ReactNode;
  /** What a row is known by. */
  id: (row: R) => string;
  /** Whether they stand side by side; the default is one under another. */
  across?: boolean;
  /** A row. */
  children: (row: R) => ReactNode;
}

/** The lines of a card. */
export function Lines<R>({ rows, none, id, across = false, children }: LinesProps<R>) {
  const styles = useStyles();
  if (rows === undefined) {
    return (
      <Skeleton className={styles.skeleton} aria-hidden>
        <SkeletonItem />
        <SkeletonItem />
        <SkeletonItem />
      </Skeleton>
    );
  }
  if (rows.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <ul className={across ? styles.across : styles.list}>
      {rows.map((row) => (
        <li key={id(row)} className={across ? undefined : styles.line}>
          {children(row)}
        </li>
      ))}
    </ul>
  );
}
