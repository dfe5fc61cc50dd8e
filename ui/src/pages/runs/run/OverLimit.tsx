// Refused by the limit: by how many, what each segment adds, and what to do (mockup 18).
import {
  Button,
  makeStyles,
  mergeClasses,
  Skeleton,
  SkeletonItem,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { CheckmarkCircleRegular, DismissCircleRegular } from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { type ExportDetail, type OverLimit as Over, type RunDetail, useAsk } from "../../../api";
import { Card, Clip, ErrorBar, useFormat } from "../../../parts";

const useStyles = makeStyles({
  strong: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  track: {
    position: "relative",
    height: "12px",
    margin: "4px 0 20px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground5,
  },
  within: {
    position: "absolute",
    insetBlock: 0,
    left: 0,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    forcedColorAdjust: "none",
  },
  beyond: {
    position: "absolute",
    insetBlock: 0,
    forcedColorAdjust: "none",
    backgroundImage: `repeating-linear-gradient(135deg, ${tokens.colorPaletteRedBorderActive} 0 4px, ${tokens.colorNeutralBackground1} 4px 6px)`,
  },
  tick: { position: "absolute", top: "-5px", bottom: "-5px", width: "2px", backgroundColor: tokens.colorNeutralForeground1 },
  labels: { position: "absolute", top: "18px", right: 0, fontSize: tokens.fontSizeBase200, display: "flex", gap: "6px" },
  danger: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
  sub: { margin: "4px 0 0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  scroll: { overflowX: "auto" },
  table: { minWidth: "560px" },
  first: { width: "26%" },
  last: { width: "152px" },
  number: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
  head: { justifyContent: "flex-end" },
  verdict: { display: "flex", alignItems: "center", gap: "6px" },
  fits: { color: tokens.colorStatusSuccessForeground1, fontSize: "16px", flexShrink: 0 },
  over: { color: tokens.colorNeutralForeground3, fontSize: "16px", flexShrink: 0 },
  do: { display: "flex", gap: "16px", alignItems: "center", flexWrap: "wrap" },
  words: { flex: "1 1 320px", minWidth: 0 },
  advice: { margin: "4px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: "flex", gap: "8px", flexWrap: "wrap" },
  hint: { margin: "-8px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The card with the addresses and the segments. */
export function OverLimit({ over, detail }: { over: Over; detail: RunDetail }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const { data, error } = useAsk("export_get", { id: detail.run.export_id }, { enabled: detail.export_exists });
  // A little room behind the bar shows that it is beyond the tick, not at the end.
  const whole = Math.max(over.addresses, over.limit) * 1.1;
  const share = (people: number) => `${String((people / whole) * 100)}%`;
  return (
    <Card
      title={t("over.addresses")}
      aside={
        <span>
          <span className={styles.strong}>{format.number(over.addresses)}</span>{" "}
          <span className={styles.quiet}>{t("over.allowed", { limit: format.number(over.limit) })}</span>
        </span>
      }
    >
      <div className={styles.track} aria-hidden>
        <div className={styles.within} style={{ width: share(Math.min(over.limit, over.addresses)) }} />
        <div
          className={styles.beyond}
          style={{ left: share(over.limit), width: share(Math.max(0, over.addresses - over.limit)) }}
        />
        <div className={styles.tick} style={{ left: share(over.limit) }} />
        <div className={styles.labels}>
          <span>{t("over.limit", { limit: format.number(over.limit) })}</span>
          <span className={styles.danger}>
            {t("over.by", { number: format.number(Math.max(0, over.addresses - over.limit)) })}
          </span>
        </div>
      </div>
      {error !== null && <ErrorBar failure={error} />}
      {detail.export_exists && error === null && <Each detail={data} />}
    </Card>
  );
}

/** What each segment adds, as it is now: settings and data may be others than in the run. */
function Each({ detail }: { detail: ExportDetail | undefined }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const email = detail?.matching.find(({ target }) => target === "Email");
  const { data, error } = useAsk(
    "export_total",
    {
      audience: detail?.audience.id ?? "",
      email: email?.column ?? null,
      segments: detail?.segments.map(({ id }) => id) ?? [],
      only_if: detail?.only_if ?? null,
    },
    { enabled: detail !== undefined },
  );
  if (error !== null) return <ErrorBar failure={error} />;
  if (detail === undefined || data === undefined) {
    return (
      <Skeleton aria-hidden>
        <SkeletonItem style={{ height: "120px" }} />
      </Skeleton>
    );
  }
  const names = new Map(detail.segments.map(({ id, name }) => [id, name]));
  return (
    <>
      <h3 className={styles.sub}>{t("over.each")}</h3>
      <p className={styles.hint}>{t("over.now")}</p>
      <div className={styles.scroll}>
        <Table size="small" className={styles.table} aria-label={t("over.each")}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.first}>{t("over.segment")}</TableHeaderCell>
              {(["members", "only", "without"] as const).map((column) => (
                <TableHeaderCell key={column} className={styles.number} button={{ className: styles.head }}>
                  {t(`over.${column}`)}
                </TableHeaderCell>
              ))}
              <TableHeaderCell className={styles.last}>{t("over.verdict")}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {data.each.map(({ id, members, only_here, without }) => {
              const fits = without <= detail.limit;
              return (
                <TableRow key={id}>
                  <TableCell className={styles.strong}>
                    <Clip text={names.get(id) ?? id} />
                  </TableCell>
                  <TableCell className={styles.number}>{format.number(members)}</TableCell>
                  <TableCell className={styles.number}>{format.number(only_here)}</TableCell>
                  <TableCell className={styles.number}>{format.number(without)}</TableCell>
                  <TableCell>
                    <span className={mergeClasses(styles.verdict, !fits && styles.quiet)}>
                      {fits ? (
                        <CheckmarkCircleRegular className={styles.fits} aria-hidden />
                      ) : (
                        <DismissCircleRegular className={styles.over} aria-hidden />
                      )}
                      {fits ? t("over.fits") : t("over.still")}
                    </span>
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </div>
    </>
  );
}

/** What can be done about it. */
export function OverAdvice({ export: id }: { export: string }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const navigate = useNavigate();
  const edit = () => void navigate({ to: "/exports", search: { setUp: id } });
  return (
    <Card>
      <div className={styles.do}>
        <div className={styles.words}>
          <div className={styles.strong}>{t("over.do")}</div>
          <p className={styles.advice}>{t("over.advice")}</p>
        </div>
        <div className={styles.buttons}>
          <Button appearance="primary" onClick={edit}>
            {t("over.choose")}
          </Button>
          <Button onClick={edit}>{t("over.change")}</Button>
        </div>
      </div>
    </Card>
  );
}
