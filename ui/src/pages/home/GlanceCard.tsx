// How much there is of everything; each number leads to its page.
import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Totals } from "../../api";
import { Card, PageLink, useFormat } from "../../parts";

const NUMBERS = [
  { of: "audiences", to: "/data" },
  { of: "segments", to: "/segments" },
  { of: "connections", to: "/admin/connections" },
  { of: "exports", to: "/exports" },
  { of: "runs", to: "/runs" },
] as const;

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(100px, 1fr))",
    gap: "16px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  link: { display: "flex", flexDirection: "column", minWidth: 0 },
  number: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
});

/** Numbers of everything. */
export function GlanceCard({ totals }: { totals: Totals | undefined }) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const format = useFormat();
  return (
    <Card title={t("glance.title")}>
      <ul className={styles.list}>
        {NUMBERS.map(({ of, to }) => (
          <li key={of}>
            {totals === undefined ? (
              <Skeleton aria-hidden>
                <SkeletonItem size={48} />
              </Skeleton>
            ) : (
              <PageLink to={to} className={styles.link}>
                <span className={styles.number}>{format.number(totals[of])}</span>
                <span>{t(`glance.${of}`, { count: totals[of] })}</span>
              </PageLink>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
