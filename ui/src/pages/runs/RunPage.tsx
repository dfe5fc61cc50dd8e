// One run, while it goes and after its end. All figures are read from the run's row, again and again.
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { type RunDetail, type RunReason, useAsk } from "../../api";
import {
  Card,
  CommandBar,
  ErrorCard,
  Page,
  PageLink,
  SkeletonRows,
  StatusIcon,
  useCommands,
  useTagged,
} from "../../parts";
import { useAbout } from "./run/about";
import { useSaid } from "./run/aloud";
import { Classes } from "./run/Classes";
import { useRetry, useRunCommands } from "./run/commands";
import { Details } from "./run/Details";
import { Ended } from "./run/Ended";
import { Lists } from "./run/Lists";
import { isOver, useRunDetail } from "./run/live";
import { Moving } from "./run/Moving";
import { Outcome } from "./run/Outcome";
import { OverAdvice, OverLimit } from "./run/OverLimit";
import { said } from "./run/said";
import { Stages } from "./run/Stages";
import { hasFailed, openTab } from "./run/tabs";

const route = getRouteApi("/runs/$id");

const useStyles = makeStyles({
  status: { display: "flex", alignItems: "center", gap: "8px", fontWeight: tokens.fontWeightSemibold, minHeight: "32px" },
  aside: { display: "flex", alignItems: "center", gap: "8px 16px", flexWrap: "wrap" },
  two: {
    display: "grid",
    gridTemplateColumns: "minmax(240px, 1fr) minmax(0, 2.06fr)",
    gap: "16px",
    alignItems: "start",
    "@media (max-width: 900px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
});

/** One run. */
export function RunPage() {
  const { id } = route.useParams();
  return <RunOf key={id} id={id} />;
}

function RunOf({ id }: { id: string }) {
  // The words of its tables come with the page, so that it does not wait for them once it is shown.
  const { t } = useTranslation(["runs", "words", "reasons"]);
  const styles = useStyles();
  const { data: detail, error, refetch } = useRunDetail(id);
  const { data: reasons = [] } = useAsk("run_reasons", { id }, { enabled: detail !== undefined && isOver(detail.run.status) });
  const { tab: named } = route.useSearch();
  const context = useTagged(detail?.connection ?? "");
  const about = useAbout(detail);
  const tab = detail === undefined ? "requests" : openTab(detail.run.counts, named);
  const { commands, canceling } = useRunCommands(detail, reasons, tab);
  useCommands(commands);
  useSaid(detail);
  const title = detail?.run.export ?? t("title.run");
  if (error !== null && detail === undefined) {
    return (
      <Page title={title} before={<PageLink to="/runs">{t("run.back")}</PageLink>}>
        <ErrorCard failure={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      about={about}
      before={<PageLink to="/runs">{t("run.back")}</PageLink>}
      commands={<CommandBar commands={commands} />}
      aside={
        detail && (
          <div className={styles.aside}>
            <span className={styles.status}>
              <StatusIcon status={detail.run.status} />
              {t(`words:status.${detail.run.status}`)}
            </span>
            <Primary detail={detail} reasons={reasons} />
          </div>
        )
      }
    >
      {detail === undefined ? (
        <Card>
          <SkeletonRows count={6} />
        </Card>
      ) : !isOver(detail.run.status) ? (
        <>
          <div className={styles.two}>
            <Stages detail={detail} />
            <Moving detail={detail} canceling={canceling} />
          </div>
          <Classes detail={detail} />
        </>
      ) : detail.over_limit !== null ? (
        <>
          <Outcome detail={detail} sentences={[]} />
          <div className={styles.two}>
            <Stages detail={detail} />
            <OverLimit over={detail.over_limit} detail={detail} />
          </div>
          {detail.export_exists && <OverAdvice export={detail.run.export_id} />}
          <Details detail={detail} />
        </>
      ) : (
        <>
          <Outcome detail={detail} sentences={said(t, detail, reasons, context)} />
          <Classes detail={detail} />
          <Ended detail={detail} reasons={reasons} tab={tab} />
          <Lists detail={detail} />
          <Details detail={detail} />
        </>
      )}
    </Page>
  );
}

/** The one thing to do now: go on, or try those again who failed. */
function Primary({ detail, reasons }: { detail: RunDetail; reasons: readonly RunReason[] }) {
  const { t } = useTranslation("runs");
  const retry = useRetry(detail);
  const { run, export_exists, over_limit } = detail;
  if (!isOver(run.status) || !export_exists || over_limit !== null || run.resumable) return null;
  if (!hasFailed(run.counts, reasons)) return null;
  return (
    <Button
      appearance="primary"
      disabledFocusable={retry.busy}
      icon={retry.busy ? <Spinner size="tiny" aria-hidden /> : undefined}
      onClick={retry.run}
    >
      {t("command.retry")}
    </Button>
  );
}
