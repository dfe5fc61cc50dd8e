// The first 100 members with all their attributes.
import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type SegmentRule, useAsk } from "../../../api";
import { ErrorBar } from "../../../parts";

const useStyles = makeStyles({
  scroll: {
    overflow: "auto",
    maxHeight: "420px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  table: { borderCollapse: "separate", borderSpacing: 0, minWidth: "100%" },
  cell: {
    padding: "8px 12px",
    maxWidth: "220px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    textAlign: "left",
    fontWeight: tokens.fontWeightRegular,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  head: {
    position: "sticky",
    top: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  blank: { color: tokens.colorNeutralForeground3, fontStyle: "italic" },
  title: { margin: "0 0 8px", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  count: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular, marginLeft: "8px" },
});

/** Whose members are shown. */
export interface MembersTableProps {
  /** The audience's id. */
  audience: string;
  rule: SegmentRule;
  /** Whether a heading stands above; a dialog has its own. */
  heading?: boolean;
}

/** The first 100 members. */
export function MembersTable({ audience, rule, heading = true }: MembersTableProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const { data, error, refetch } = useAsk("rule_members", { audience, rule });
  const count =
    data === undefined
      ? ""
      : data.rows.length < data.total
        ? t("people.first", { shown: data.rows.length, total: data.total })
        : t("people.all", { count: data.total });
  return (
    <section>
      {heading && (
        <h3 className={styles.title}>
          {t("people.title")}
          <span className={styles.count}>{count}</span>
        </h3>
      )}
      {!heading && data !== undefined && data.total > 0 && <p>{count}</p>}
      {error !== null ? (
        <ErrorBar failure={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton aria-label={t("people.title")}>
          {Array.from({ length: 5 }, (_, index) => (
            <SkeletonItem key={index} size={16} style={{ marginBottom: "16px" }} />
          ))}
        </Skeleton>
      ) : data.total === 0 ? (
        <p>{t("people.nobody")}</p>
      ) : (
        // It scrolls in both directions, so the keyboard must be able to reach it.
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("people.title")}>
          <table className={styles.table}>
            <thead>
              <tr>
                {data.columns.map((column) => (
                  <th key={column} scope="col" className={mergeClasses(styles.cell, styles.head)} title={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((cells, row) => (
                <tr key={cells[0] ?? row}>
                  {cells.map((cell, column) => (
                    <td
                      key={data.columns[column]}
                      className={mergeClasses(styles.cell, cell === null && styles.blank)}
                      title={cell ?? undefined}
                    >
                      {cell ?? t("blank")}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
