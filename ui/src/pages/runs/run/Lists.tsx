// The lists that a run touched: before, joined, left, after.
import { makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, WarningRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { Card, FigureTable, useFormat, useTagged } from "../../../parts";

const useStyles = makeStyles({
  verified: {
    display: "flex",
    gap: "8px",
    alignItems: "flex-start",
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  well: { color: tokens.colorStatusSuccessForeground1, fontSize: "16px", flexShrink: 0 },
  wrong: { color: tokens.colorStatusWarningForeground3, fontSize: "16px", flexShrink: 0 },
});

/** Whether the account's list sizes agree, in words; nothing where they were not asked. */
export function Verified({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const { run, lists, connection } = detail;
  const context = useTagged(connection);
  if (run.verified === null) return null;
  const account = connection === "" ? t("run.account") : connection;
  const left = run.counts.leavers_removed;
  const [only, ...others] = lists.filter(({ after }) => after !== null);
  const words = () => {
    if (run.verified !== true) return t("verified.false", { account, context });
    return only !== undefined && others.length === 0
      ? t("verified.true", { list: only.title, count: only.after ?? 0, account, context })
      : t("verified.lists", { count: others.length + (only === undefined ? 0 : 1), account, context });
  };
  return (
    <p className={styles.verified}>
      {run.verified ? (
        <CheckmarkCircleRegular className={styles.well} aria-hidden />
      ) : (
        <WarningRegular className={styles.wrong} aria-hidden />
      )}
      <span>{[words(), ...(left > 0 && run.verified ? [t("verified.left", { count: left })] : [])].join(" ")}</span>
    </p>
  );
}

/** The card of the lists. */
export function Lists({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const context = useTagged(detail.connection);
  if (detail.lists.length === 0) return null;
  const size = (people: number | null) => (people === null ? t("lists.unknown") : format.number(people));
  const title = t("lists", { account: detail.connection === "" ? t("run.account") : detail.connection, context });
  return (
    <Card title={title}>
      <FigureTable
        label={title}
        first={{ title: t("lists.list", { context }), width: "40%", name: (list) => list.title }}
        minWidth="480px"
        rows={detail.lists}
        id={(list) => list.title}
        columns={[
          { id: "before", title: t("lists.before"), cell: (list) => size(list.before) },
          { id: "joined", title: t("lists.joined", { context }), cell: (list) => format.number(list.joined) },
          { id: "left", title: t("lists.left", { context }), cell: (list) => format.number(list.left) },
          { id: "after", title: t("lists.after"), cell: (list) => size(list.after) },
        ]}
      />
    </Card>
  );
}
