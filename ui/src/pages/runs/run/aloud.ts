// What a screen reader hears of a run while it is watched.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { useAnnounce, useFormat } from "../../../parts";
import { isOver, useSlowly } from "./live";

/** Says aloud how far it is, at most one sentence in ten seconds, and that it ended. */
export function useSaid(detail: RunDetail | undefined): void {
  const { t } = useTranslation(["runs", "words"]);
  const format = useFormat();
  const announce = useAnnounce();
  const sentence = () => {
    if (detail === undefined) return "";
    const { run, progress } = detail;
    if (isOver(run.status)) return t("live.ended", { status: t(`words:status.${run.status}`) });
    if (progress === null || progress.total === 0) return t(`words:stage.${run.stage}`);
    const far = t("live.stage", {
      stage: t(`words:stage.${progress.stage}`),
      done: format.number(progress.done),
      total: format.number(progress.total),
    });
    if (progress.seconds_left === null) return far;
    return `${far}, ${t("live.left", { time: format.duration(progress.seconds_left) })}`;
  };
  const slowly = useSlowly(sentence());
  // A run that had ended when the page was opened is read like any other page.
  const [opened] = useState(() => detail === undefined || !isOver(detail.run.status));
  useEffect(() => {
    if (opened && slowly !== "") announce(slowly);
  }, [opened, slowly, announce]);
}
