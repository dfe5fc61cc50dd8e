// Home: two ways to begin while there is nothing; after that what ran last and what waits.
import { makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useAsk } from "../../api";
import { ErrorCard, Page } from "../../parts";
import { FirstStart } from "./FirstStart";
import { GlanceCard } from "./GlanceCard";
import { NextCard } from "./NextCard";
import { RunsCard } from "./RunsCard";
import { SampleReady } from "./SampleReady";
import { SegmentsCard } from "./SegmentsCard";
import { WaitingCard } from "./WaitingCard";

const useStyles = makeStyles({
  cards: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 400px), 1fr))",
    gap: "16px",
    alignItems: "stretch",
  },
});

/** Home. */
export function HomePage() {
  const { data: start, error, refetch } = useAsk("app_start", {});
  if (error !== null) return <ErrorCard failure={error} onRetry={() => void refetch()} />;
  // The frame knows it before any page is shown; a blank moment is shorter than a skeleton would take.
  if (start === undefined) return null;
  return start.empty ? <FirstStart /> : <Overview />;
}

/** The cards. */
function Overview() {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const { data: start } = useAsk("app_start", {});
  const { data: home, error, refetch } = useAsk("home", {});
  // Whoever took the sample is led on until something has run.
  const sample = home?.totals.runs === 0 ? (start?.sample?.export ?? null) : null;
  return (
    <Page title={t("title")} about={t("about")}>
      {sample !== null && <SampleReady sample={sample} />}
      {error !== null ? (
        <ErrorCard failure={error} onRetry={() => void refetch()} />
      ) : (
        <div className={styles.cards}>
          <WaitingCard waiting={home?.waiting} />
          <RunsCard runs={home?.runs} />
          <NextCard next={home?.next} paused={home?.paused === true} />
          <SegmentsCard segments={home?.segments} />
          <GlanceCard totals={home?.totals} />
        </div>
      )}
    </Page>
  );
}
