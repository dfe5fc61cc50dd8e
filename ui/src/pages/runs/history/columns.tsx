// The columns of the history: what ran, how it ended, when, and what it came to.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Run } from "../../../api";
import { Clip, type Column, PageLink, StatusIcon, useFormat } from "../../../parts";

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, minWidth: 0 },
  status: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
});

/** The columns. */
export function useRunColumns(): Column<Run>[] {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  return useMemo<Column<Run>[]>(() => {
    const number = (id: "created" | "updated" | "unchanged" | "rejected"): Column<Run> => ({
      id,
      title: t(`column.${id}`),
      end: true,
      width: "9.5%",
      cell: ({ counts }) => format.number(counts[id]),
    });
    return [
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
        width: "17%",
        cell: (run) => {
          const held = run.counts.leavers_held > 0 && run.status === "completed_with_errors";
          const word = t(`words:status.${run.status}`);
          return (
            <span className={styles.status}>
              <StatusIcon status={held ? "held" : run.status} />
              <Clip text={word} full={held ? `${word}. ${t("said.held", { count: run.counts.leavers_held })}` : undefined} />
            </span>
          );
        },
      },
      {
        id: "trigger",
        title: t("column.trigger"),
        width: "12%",
        cell: (run) => (
          <Clip
            text={run.late ? `${t(`words:trigger.${run.trigger}`)}, ${t("late")}` : t(`words:trigger.${run.trigger}`)}
            full={run.late ? `${t(`words:trigger.${run.trigger}`)}. ${t("run.late")}` : undefined}
          />
        ),
      },
      {
        id: "started",
        title: t("column.started"),
        width: "13%",
        cell: (run) => <Clip text={format.moment(run.started_at)} full={format.dateTime(run.started_at)} />,
      },
      {
        id: "duration",
        title: t("column.duration"),
        end: true,
        width: "9%",
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
  }, [t, styles, format]);
}
