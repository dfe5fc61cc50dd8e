// How much there is of everything; each line leads to its page.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Totals } from "../../api";
import { Card, PageLink, useFormat } from "../../parts";
import { Lines } from "./Lines";

const KINDS = [
  { of: "audiences", to: "/data" },
  { of: "segments", to: "/segments" },
  { of: "connections", to: "/admin/connections" },
  { of: "exports", to: "/exports" },
  { of: "runs", to: "/runs" },
] as const;

const useStyles = makeStyles({
  card: { gridColumn: "1 / -1" },
  line: { display: "flex", justifyContent: "space-between", alignItems: "baseline", gap: "12px" },
  number: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
});

/** Numbers of everything. */
export function GlanceCard({ totals }: { totals: Totals | undefined }) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const format = useFormat();
  return (
    <Card title={t("glance.title")} className={styles.card}>
      <Lines across rows={totals === undefined ? undefined : KINDS} none={null} id={({ of }) => of}>
        {({ of, to }) => (
          <div className={styles.line}>
            <PageLink to={to}>{t(`glance.${of}`)}</PageLink>
            <span className={styles.number}>{format.number(totals?.[of] ?? 0)}</span>
          </div>
        )}
      </Lines>
    </Card>
  );
}
