// What changes of a person: the old value struck through, the new one bold; and lists joined and left.
import { makeStyles, mergeClasses, tokens, Tooltip } from "@fluentui/react-components";
import { AddCircle16Regular, ArrowRight16Regular, SubtractCircle16Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { Change, Product } from "../../api";
import { Clip, tagged, useFormat, useHidden } from "../../parts";

/** Fields that have room in a row; the tooltip has them all. */
const MOST = 2;

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", minWidth: 0 },
  line: { display: "flex", alignItems: "center", gap: "6px", minWidth: 0, height: "20px" },
  field: { flex: "0 0 96px", color: tokens.colorNeutralForeground2 },
  old: { textDecorationLine: "line-through", color: tokens.colorNeutralForeground2 },
  blank: { color: tokens.colorNeutralForeground2, fontStyle: "italic" },
  new: { fontWeight: tokens.fontWeightSemibold },
  part: { flex: "0 1 auto", minWidth: 0 },
  arrow: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  more: { flexShrink: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
  joins: { flexShrink: 0, color: tokens.colorBrandForeground1 },
  leaves: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
});

/** A field as people know it. */
function nameOf(field: string): string {
  return field.replace(/^custom:/u, "");
}

/** The fields that change. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  if (changes.length === 0) return <span className={styles.quiet}>{t("change.none")}</span>;
  const shown = changes.length > MOST ? changes.slice(0, MOST - 1) : changes;
  const rest = changes.slice(shown.length);
  return (
    <div className={styles.all}>
      {shown.map((change) => (
        <Line key={change.field} change={change} />
      ))}
      {rest.length > 0 && <More changes={rest} />}
    </div>
  );
}

function Line({ change: { field, old, new: now } }: { change: Change }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const hidden = useHidden();
  const blank = t("change.blank");
  const words = t("change.words", { field: nameOf(field), old: shownOf(old, blank), new: shownOf(now, blank) });
  return (
    <div className={styles.line}>
      {/* A screen reader would read two values side by side; this is the sentence. */}
      <span className={hidden}>{words}</span>
      <span className={styles.field} aria-hidden>
        <Clip text={nameOf(field)} />
      </span>
      {old !== null && (
        <>
          <span className={styles.part} aria-hidden>
            <Clip className={old === "" ? styles.blank : styles.old} text={shownOf(old, blank)} />
          </span>
          <ArrowRight16Regular className={styles.arrow} aria-hidden />
        </>
      )}
      <span className={styles.part} aria-hidden>
        <Clip className={now === null || now === "" ? styles.blank : styles.new} text={shownOf(now, blank)} />
      </span>
    </div>
  );
}

function shownOf(value: string | null, blank: string): string {
  return value === null || value === "" ? blank : value;
}

function More({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const blank = t("change.blank");
  const all = changes
    .map(({ field, old, new: now }) =>
      old === null
        ? `${nameOf(field)}: ${shownOf(now, blank)}`
        : t("change.words", { field: nameOf(field), old: shownOf(old, blank), new: shownOf(now, blank) }),
    )
    .join("\n");
  return (
    <Tooltip content={{ children: all, style: { whiteSpace: "pre-line" } }} relationship="description">
      <span className={mergeClasses(styles.line, styles.more)}>
        {t("change.more", { count: changes.length })}
      </span>
    </Tooltip>
  );
}

/** What is shown of lists. */
export interface ListChangesProps {
  joins: readonly string[];
  leaves: readonly string[];
  product: Product | null | undefined;
}

/** Lists joined and left, or tags. */
export function ListChanges({ joins, leaves, product }: ListChangesProps) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  const context = tagged(product);
  if (joins.length + leaves.length === 0) return <span className={styles.quiet}>{t("lists.none")}</span>;
  return (
    <div className={styles.all}>
      {joins.length > 0 && (
        <div className={styles.line}>
          <AddCircle16Regular className={styles.joins} aria-label={t("lists.joins", { context })} />
          <Clip text={format.list(joins)} />
        </div>
      )}
      {leaves.length > 0 && (
        <div className={styles.line}>
          <SubtractCircle16Regular className={styles.leaves} aria-label={t("lists.leaves", { context })} />
          <Clip text={format.list(leaves)} />
        </div>
      )}
    </div>
  );
}
