// What waits for a decision, each with the one thing that can be done about it.
import { makeStyles, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircleRegular,
  ErrorCircleRegular,
  HandRightRegular,
  KeyRegular,
  PauseCircleRegular,
} from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { Waiting, WaitingKind } from "../../api";
import { Card, Clip, PageLink, useFormat } from "../../parts";
import { Lines } from "./Lines";

const ICONS: Record<WaitingKind, typeof HandRightRegular> = {
  held: HandRightRegular,
  key_refused: KeyRegular,
  resumable: PauseCircleRegular,
  failed: ErrorCircleRegular,
};

const useStyles = makeStyles({
  line: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr) auto", columnGap: "8px", alignItems: "start" },
  icon: { fontSize: "20px" },
  held: { color: tokens.colorBrandForeground1 },
  key_refused: { color: tokens.colorStatusDangerForeground1 },
  resumable: { color: tokens.colorStatusWarningForeground3 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  name: { minWidth: 0, fontWeight: tokens.fontWeightSemibold },
  said: {
    gridColumn: "2 / 4",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  none: { display: "flex", alignItems: "center", gap: "8px" },
  good: { fontSize: "20px", color: tokens.colorStatusSuccessForeground1 },
});

/** What waits. */
export function WaitingCard({ waiting }: { waiting: Waiting[] | undefined }) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const format = useFormat();
  const none = (
    <span className={styles.none}>
      <CheckmarkCircleRegular className={styles.good} aria-hidden />
      {t("waiting.none")}
    </span>
  );
  return (
    <Card title={t("waiting.title")}>
      <Lines rows={waiting} none={none} id={({ run, kind }) => `${kind} ${run}`}>
        {(one) => {
          const Icon = ICONS[one.kind];
          return (
            <div className={styles.line}>
              <span className={styles[one.kind]} aria-hidden>
                <Icon className={styles.icon} />
              </span>
              <span className={styles.name}>
                <Clip text={one.export.name} />
              </span>
              <Way waiting={one} />
              <div className={styles.said}>
                {t(`waiting.${one.kind}`, { count: one.people })}
                {" · "}
                {t("waiting.since", { moment: format.moment(one.since) })}
              </div>
            </div>
          );
        }}
      </Lines>
    </Card>
  );
}

/** The link to where it is decided. */
function Way({ waiting: { kind, export: named, run } }: { waiting: Waiting }) {
  const { t } = useTranslation("home");
  const what = t(`waiting.${kind}.do`);
  const label = t("waiting.doOf", { what, name: named.name });
  switch (kind) {
    case "held":
      return (
        <PageLink to="/exports" search={{ tab: "mine", search: named.name }} aria-label={label}>
          {what}
        </PageLink>
      );
    case "key_refused":
      return (
        <PageLink to="/admin/connections" aria-label={label}>
          {what}
        </PageLink>
      );
    default:
      return (
        <PageLink to="/runs/$id" params={{ id: run }} aria-label={label}>
          {what}
        </PageLink>
      );
  }
}
