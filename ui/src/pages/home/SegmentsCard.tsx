// Segments with their members, and how many more or fewer they are than a week ago.
import { makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { HomeSegment } from "../../api";
import { Card, Clip, PageLink } from "../../parts";
import { Lines } from "./Lines";

const useStyles = makeStyles({
  line: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) auto", columnGap: "12px", alignItems: "center" },
  members: { textAlign: "end", fontVariantNumeric: "tabular-nums" },
  change: {
    gridColumn: "1 / 3",
    display: "flex",
    alignItems: "center",
    gap: "4px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** Segments. */
export function SegmentsCard({ segments }: { segments: HomeSegment[] | undefined }) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  return (
    <Card title={t("segments.title")} aside={<PageLink to="/segments">{t("segments.all")}</PageLink>}>
      <Lines rows={segments} none={t("segments.none")} id={({ segment }) => segment.id}>
        {({ segment, members, change }) => (
          <div className={styles.line}>
            <PageLink to="/segments" search={{ edit: segment.id }}>
              <Clip text={segment.name} />
            </PageLink>
            <span className={styles.members}>
              {members === null ? t("segments.uncounted") : t("segments.members", { count: members })}
            </span>
            {change !== null && <Change change={change} />}
          </div>
        )}
      </Lines>
    </Card>
  );
}

function Change({ change }: { change: number }) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const count = Math.abs(change);
  return (
    <span className={styles.change}>
      {change > 0 && <ArrowUpRegular aria-hidden />}
      {change < 0 && <ArrowDownRegular aria-hidden />}
      {change === 0 ? t("segments.same") : change > 0 ? t("segments.more", { count }) : t("segments.fewer", { count })}
    </span>
  );
}
