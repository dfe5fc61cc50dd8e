// The line under a run's name: what it did where, who or what began it, how long it took.
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { useFormat, useTagged, useWho } from "../../../parts";

/** The words of that line. */
export function useAbout(detail: RunDetail | undefined): string {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const who = useWho();
  const context = useTagged(detail?.connection ?? "");
  if (detail === undefined) return "";
  const { run, connection, emptying } = detail;
  const name = who(detail.started_by);
  const account = connection === "" ? t("run.account") : connection;
  const what = emptying ? t("run.emptying", { account, context }) : t(run.full ? "run.full" : "run.changes", { account });
  const moment = format.moment(run.started_at);
  const began = () => {
    if (run.trigger === "manual") {
      return name === "" ? t("run.by.manual.unknown", { moment }) : t("run.by.manual", { name, moment });
    }
    if (run.trigger === "command_line") {
      return name === "" ? t("run.by.command_line", { moment }) : t("run.by.command_line.name", { name, moment });
    }
    return t(`run.by.${run.trigger}`, { moment });
  };
  const first = `${what}, ${began()}.`;
  if (run.finished_at === null) return run.late ? `${first} ${t("run.late")}` : first;
  const seconds = (new Date(run.finished_at).getTime() - new Date(run.started_at).getTime()) / 1_000;
  return [
    first,
    t("run.took", { time: format.duration(seconds) }),
    ...(run.requests > 0 ? [t("run.requests", { count: run.requests, repeated: format.number(run.retries) })] : []),
    ...(run.late ? [t("run.late")] : []),
  ].join(" ");
}
