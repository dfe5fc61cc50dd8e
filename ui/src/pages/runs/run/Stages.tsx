// The five stages of a run: what each came to, and the one that it is in.
import { makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, CircleRegular, ErrorCircleFilled } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { RunDetail, Stage } from "../../../api";
import { Card, useFormat, useTagged } from "../../../parts";

const useStyles = makeStyles({
  list: { margin: "4px 0 0", padding: 0, listStyleType: "none" },
  stage: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", columnGap: "12px", position: "relative", paddingBottom: "20px" },
  // The line that leads to the next stage.
  linked: {
    "::after": {
      content: '""',
      position: "absolute",
      left: "9.5px",
      top: "26px",
      bottom: "4px",
      width: "1px",
      backgroundColor: tokens.colorNeutralStroke1,
    },
  },
  icon: { fontSize: "20px", display: "flex", height: "20px" },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  waits: { color: tokens.colorNeutralForeground3 },
  now: { fontWeight: tokens.fontWeightSemibold },
  words: { minWidth: 0 },
  figure: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, overflowWrap: "anywhere" },
});

const STAGES = ["read", "match", "compare", "deliver", "verify"] as const;
type Shown = (typeof STAGES)[number];
type State = "done" | "now" | "failed" | "waits";

/** Which of the five it is in: taking leavers off belongs to delivering. */
function shown(stage: Stage): Shown | "done" {
  return stage === "leavers" ? "deliver" : stage;
}

/** The card of the stages. */
export function Stages({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const figure = useFigures(detail);
  const { run, over_limit, progress } = detail;
  const queued = run.status === "queued" || run.status === "not_started";
  // The limit is counted when addresses are matched.
  const at = over_limit === null ? shown(progress?.stage ?? run.stage) : "match";
  const place = at === "done" ? STAGES.length : STAGES.indexOf(at);
  const stateOf = (index: number): State => {
    if (queued) return "waits";
    if (index < place) return "done";
    if (index > place) return "waits";
    return over_limit === null ? "now" : "failed";
  };
  return (
    <Card title={t("stages")}>
      <ol className={styles.list}>
        {STAGES.map((stage, index) => {
          const state = stateOf(index);
          const idle = state === "waits" && (stage !== "verify" || over_limit !== null);
          const words = idle ? t("stage.waits") : figure(stage, state);
          return (
            <li
              key={stage}
              className={mergeClasses(styles.stage, index < STAGES.length - 1 && styles.linked)}
              aria-current={state === "now" ? "step" : undefined}
            >
              <span className={styles.icon}>
                <StateIcon state={state} label={t(`stage.${state}`)} />
              </span>
              <div className={styles.words}>
                <div className={mergeClasses((state === "now" || state === "failed") && styles.now)}>
                  {t(`words:stage.${stage}`)}
                </div>
                {words !== "" && <div className={styles.figure}>{words}</div>}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function StateIcon({ state, label }: { state: State; label: string }) {
  const styles = useStyles();
  switch (state) {
    case "done":
      return <CheckmarkCircleFilled className={styles.done} aria-label={label} />;
    case "failed":
      return <ErrorCircleFilled className={styles.failed} aria-label={label} />;
    case "now":
      return <Spinner size="extra-tiny" aria-label={label} />;
    case "waits":
      return <CircleRegular className={styles.waits} aria-label={label} />;
  }
}

/** What a stage came to, as far as the answer says it. */
function useFigures(detail: RunDetail): (stage: Shown, state: State) => string {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const context = useTagged(detail.connection);
  const { run, progress, over_limit } = detail;
  const counts = progress?.counts ?? run.counts;
  const valid = over_limit?.addresses ?? counts.source - counts.invalid - counts.duplicate;
  const toSend = counts.created + counts.updated + counts.rejected + counts.not_attempted;
  const sent = counts.created + counts.updated;
  return (stage, state) => {
    switch (stage) {
      case "read":
        return state === "now" || counts.source === 0 ? "" : t("stage.read", { count: counts.source });
      case "match":
        return state === "now" || valid === 0 ? "" : t("stage.match", { count: valid });
      case "compare":
        return state === "now" ? "" : t("stage.compare", { count: toSend });
      case "deliver":
        if (state !== "now" || progress === null || progress.total === 0) {
          return state === "done" ? t("stage.delivered", { count: sent }) : "";
        }
        return t(progress.stage === "leavers" ? "stage.leavers" : "stage.deliver", {
          done: format.number(progress.done),
          total: format.number(progress.total),
        });
      case "verify":
        return state === "done" ? t(`stage.verify.${String(run.verified) as "true" | "false" | "null"}`, { context }) : t("stage.verify", { context });
    }
  };
}
