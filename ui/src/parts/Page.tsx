// The form of every page: command bar, heading, what it is about, contents.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

import { useArrival } from "./arrival";

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", minHeight: "100%" },
  bar: {
    minHeight: "44px",
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    position: "sticky",
    top: 0,
    zIndex: 2,
  },
  body: { padding: "20px 24px 24px", display: "flex", flexDirection: "column", gap: "16px", flexGrow: 1, minWidth: 0 },
  narrow: { maxWidth: "760px", width: "100%", marginInline: "auto", boxSizing: "border-box" },
  head: { display: "flex", alignItems: "flex-start", gap: "16px", flexWrap: "wrap" },
  // The aside stays beside long words as long as there is room for some of them.
  words: { flex: "1 1 360px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    ":focus": { outlineStyle: "none" },
  },
  about: {
    margin: "4px 0 0",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
});

/** What a page consists of. */
export interface PageProps {
  /** The heading and the title of the window. */
  title: string;
  /** One or two lines under the heading. */
  about?: ReactNode;
  /** The command bar. */
  commands?: ReactNode;
  /** Beside the heading, for example the page's primary button. */
  aside?: ReactNode;
  /** Above the heading, for example a link back. */
  before?: ReactNode;
  /** Whether the contents stand in a narrow column in the middle. */
  narrow?: boolean;
  children?: ReactNode;
}

/** A page. */
export function Page({ title, about, commands, aside, before, narrow = false, children }: PageProps) {
  const styles = useStyles();
  const heading = useArrival(title);
  return (
    <div className={styles.page}>
      {commands !== undefined && <div className={styles.bar}>{commands}</div>}
      <div className={mergeClasses(styles.body, narrow && styles.narrow)}>
        {before}
        <div className={styles.head}>
          <div className={styles.words}>
            <h1 ref={heading} tabIndex={-1} className={styles.title}>
              {title}
            </h1>
            {about !== undefined && <p className={styles.about}>{about}</p>}
          </div>
          {aside}
        </div>
        {children}
      </div>
    </div>
  );
}
