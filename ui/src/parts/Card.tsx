// A part of a page with a heading of its own.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    padding: "16px 20px 20px",
    minWidth: 0,
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  head: { display: "flex", alignItems: "baseline", gap: "12px", flexWrap: "wrap" },
  title: {
    margin: 0,
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: "anywhere",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  about: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What a card consists of. */
export interface CardProps {
  /** Its heading, which names the card as a region. */
  title?: string | undefined;
  /** Under the heading. */
  about?: ReactNode;
  /** Beside the heading. */
  aside?: ReactNode;
  className?: string | undefined;
  children?: ReactNode;
}

/** A card. */
export function Card({ title, about, aside, className, children }: CardProps) {
  const styles = useStyles();
  const id = useId();
  const Part = title === undefined ? "div" : "section";
  return (
    <Part className={mergeClasses(styles.card, className)} aria-labelledby={title === undefined ? undefined : id}>
      {(title !== undefined || aside !== undefined) && (
        <div className={styles.head}>
          {title !== undefined && (
            <h2 id={id} className={styles.title}>
              {title}
            </h2>
          )}
          {aside}
        </div>
      )}
      {about !== undefined && <p className={styles.about}>{about}</p>}
      {children}
    </Part>
  );
}
