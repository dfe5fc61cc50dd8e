// The columns of the history: what ran, how it ended, when, and what it came to.
import { Badge, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Run } from "../../../api";
import { Clip, type Column, PageLink, StatusIcon, useFormat, useMedia, useReasonWords } from "../../../parts";

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, minWidth: 0 },
  // A moment as in a sentence, which begins the cell here.
  moment: { "::first-letter": { textTransform: "uppercase" } },
  late: { flexShrink: 0 },
  status: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
});

const WIDTHS = { created: "96px", updated: "92px", unchanged: "108px", rejected: "88px" } as const;

/** The columns; two of them leave as the window becomes narrow, and the page of a run has all. */
export function useRunColumns(): Column<Run>[] {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const reasons = useReasonWords();
  const narrow = useMedia("(max-width: 1360px)");
  const narrowest = useMedia("(max-width: 1100px)");
  return useMemo<Column<Run>[]>(() => {
    const number = (id: "created" | "updated" | "unchanged" | "rejected"): Column<Run> => ({
      id,
      title: t(`column.${id}`),
      end: true,
      width: WIDTHS[id],
      cell: ({ counts }) => format.number(counts[id]),
    });
    const all: Column<Run>[] = [
      {
        id: "export",
        title: t("column.export"),
        cell: (run) => (
          <PageLink to="/runs/$id" params={{ id: run.id }} className={styles.name}>
            <Clip text={run.export} />
          </PageLink>
        ),
      },
      {
        id: "status",
        title: t("column.status"),
        width: "196px",
        cell: (run) => {
          const held = run.counts.leavers_held > 0 && run.status === "completed_with_errors";
          const word = t(`words:status.${run.status}`);
          const skipped = run.status === "skipped" ? reasons.why(run.reason) : "";
          const more = held ? t("said.held", { count: run.counts.leavers_held }) : skipped;
          return (
            <span className={styles.status}>
              <StatusIcon status={held ? "held" : run.status} />
              <Clip text={word} full={more === "" ? undefined : `${word}. ${more}`} />
            </span>
          );
        },
      },
      {
        id: "trigger",
        title: t("column.trigger"),
        width: "140px",
        cell: (run) => (
          <span className={styles.status}>
            <Clip
              text={t(`words:trigger.${run.trigger}`)}
              full={run.late ? `${t(`words:trigger.${run.trigger}`)}. ${t("run.late")}` : undefined}
            />
            {run.late && (
              <Badge className={styles.late} size="small" appearance="tint" color="warning" title={t("run.late")}>
                {t("late")}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: "started",
        title: t("column.started"),
        width: "156px",
        cell: (run) => (
          <Clip className={styles.moment} text={format.moment(run.started_at)} full={format.dateTime(run.started_at)} />
        ),
      },
      {
        id: "duration",
        title: t("column.duration"),
        end: true,
        width: "96px",
        cell: ({ started_at, finished_at }) =>
          finished_at === null
            ? "–"
            : format.duration((new Date(finished_at).getTime() - new Date(started_at).getTime()) / 1_000),
      },
      number("created"),
      number("updated"),
      number("unchanged"),
      number("rejected"),
    ];
    return all.filter(({ id }) => !(narrow && id === "unchanged") && !(narrowest && id === "trigger"));
  }, [t, styles, format, reasons, narrow, narrowest]);
}
