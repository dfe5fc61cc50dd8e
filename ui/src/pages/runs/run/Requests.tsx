// The last requests of a run and their answers. Addresses are redacted by the engine until they are asked for.
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
import { EyeOffRegular, EyeRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type RunRequestRow, useAsk } from "../../../api";
import { Clip, ErrorBar, useFormat } from "../../../parts";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  head: { display: "flex", gap: "8px 16px", alignItems: "center", flexWrap: "wrap" },
  text: { flexGrow: 1, margin: 0, color: tokens.colorNeutralForeground2 },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    overflow: "auto",
    maxHeight: "560px",
  },
  table: { tableLayout: "fixed", minWidth: "820px" },
  sticky: { position: "sticky", top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  place: { width: "64px", textAlign: "right", fontVariantNumeric: "tabular-nums" },
  end: { justifyContent: "flex-end" },
  kind: { width: "24%" },
  sent: { width: "112px" },
  outcome: { width: "144px" },
  cell: { verticalAlign: "top", padding: "8px" },
  lines: { display: "flex", flexDirection: "column", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  answer: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: "anywhere",
  },
});

/** The tab of the requests. */
export function Requests({ run }: { run: string }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const [reveal, setReveal] = useState(false);
  const { data, error } = useAsk("run_requests", { run, reveal }, { keep: true });
  return (
    <div className={styles.all}>
      <div className={styles.head}>
        <p className={styles.text}>{t("requests.text")}</p>
        <Button
          icon={reveal ? <EyeOffRegular /> : <EyeRegular />}
          onClick={() => {
            setReveal(!reveal);
          }}
        >
          {reveal ? t("requests.hide") : t("requests.reveal")}
        </Button>
      </div>
      {error !== null && <ErrorBar failure={error} />}
      {error === null && data === undefined && (
        <Skeleton aria-hidden>
          <SkeletonItem style={{ height: "220px" }} />
        </Skeleton>
      )}
      {data?.length === 0 && <p className={styles.text}>{t("requests.none")}</p>}
      {data !== undefined && data.length > 0 && (
        <div className={styles.card} tabIndex={0} role="region" aria-label={t("tab.requests")}>
          <Table className={styles.table} size="small" aria-label={t("tab.requests")}>
            <TableHeader className={styles.sticky}>
              <TableRow>
                <TableHeaderCell className={mergeClasses(styles.place, styles.strong)} button={{ className: styles.end }}>
                  {t("requests.place")}
                </TableHeaderCell>
                <TableHeaderCell className={mergeClasses(styles.kind, styles.strong)}>{t("requests.kind")}</TableHeaderCell>
                <TableHeaderCell className={styles.strong}>{t("requests.people")}</TableHeaderCell>
                <TableHeaderCell className={mergeClasses(styles.sent, styles.strong)}>{t("requests.sent")}</TableHeaderCell>
                <TableHeaderCell className={mergeClasses(styles.outcome, styles.strong)}>
                  {t("requests.outcome")}
                </TableHeaderCell>
                <TableHeaderCell className={styles.strong}>{t("requests.answer")}</TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {data.map((row) => (
                <Row key={row.place} row={row} />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </div>
  );
}

const OUTCOMES = ["open", "accepted", "refused", "unknown", "not_sent", "wait", "stop"] as const;

function Row({ row }: { row: RunRequestRow }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const outcome = OUTCOMES.find((one) => one === row.outcome);
  const more = row.people - row.addresses.length;
  return (
    <TableRow>
      <TableCell className={mergeClasses(styles.cell, styles.place)}>{format.number(row.place)}</TableCell>
      <TableCell className={styles.cell}>
        <Clip
          text={row.kind === "upsert" ? t("requests.upsert") : t(`requests.${row.kind}`, { list: row.list ?? "" })}
        />
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.lines}>
          {row.addresses.map((address, index) => (
            <Clip key={`${String(index)} ${address}`} text={address} />
          ))}
          {more > 0 && <span className={styles.quiet}>{t("requests.more", { count: more })}</span>}
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.lines}>
          <span>{format.time(row.begun_at)}</span>
          {row.ended_at !== null && (
            <span className={styles.quiet}>
              {t("requests.took", {
                time: format.number(Math.max(0, new Date(row.ended_at).getTime() - new Date(row.begun_at).getTime())),
              })}
            </span>
          )}
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        {outcome === undefined ? row.outcome : t(`requests.outcome.${outcome}`)}
      </TableCell>
      <TableCell className={mergeClasses(styles.cell, styles.answer)}>
        {[...(row.status === null ? [] : [String(row.status)]), ...(row.answer === "" ? [] : [row.answer])].join(" · ")}
      </TableCell>
    </TableRow>
  );
}
