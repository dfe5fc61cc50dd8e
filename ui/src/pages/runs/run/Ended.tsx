// What became of everybody, after the end: a tab for each class, and the requests.
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Tab, TabList, tokens } from "@fluentui/react-components";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { RunDetail, RunReason } from "../../../api";
import { useFormat, useTagged } from "../../../parts";
import { People } from "./People";
import { Requests } from "./Requests";
import { countOf, type RunTab, tabsOf } from "./tabs";

const route = getRouteApi("/runs/$id");

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  tabs: { flexWrap: "wrap", marginInlineStart: "-10px" },
  number: { marginInlineStart: "6px", color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
});

/** The tabs of a run that ended. */
export function Ended({ detail, reasons, tab }: { detail: RunDetail; reasons: readonly RunReason[]; tab: RunTab }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const navigate = route.useNavigate();
  const panel = useId();
  const context = useTagged(detail.connection);
  const { counts, id, requests } = detail.run;
  return (
    <div className={styles.all}>
      <TabList
        className={styles.tabs}
        aria-label={t("tabs")}
        selectedValue={tab}
        onTabSelect={(_, { value }) => void navigate({ search: { tab: value as RunTab }, replace: true })}
      >
        {tabsOf(counts).map((one) => (
          <Tab key={one} value={one} id={`${panel}${one}`} aria-controls={panel}>
            {one === "requests" ? t("tab.requests") : t(`words:outcome.${one}`, { context })}
            <span className={styles.number}>{format.number(one === "requests" ? requests : countOf(counts, one))}</span>
          </Tab>
        ))}
      </TabList>
      <div id={panel} role="tabpanel" aria-labelledby={`${panel}${tab}`}>
        {detail.details_dropped_at !== null ? (
          <Dropped at={detail.details_dropped_at} />
        ) : tab === "requests" ? (
          <Requests run={id} />
        ) : (
          <People key={tab} detail={detail} outcome={tab} reasons={reasons} />
        )}
      </div>
    </div>
  );
}

/** People and requests are gone, because they were older than the retention time. */
function Dropped({ at }: { at: string }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t("dropped.title")}</MessageBarTitle>
        {t("dropped.text", { date: format.date(at) })}{" "}
        <Button size="small" onClick={() => void navigate({ to: "/admin/security" })}>
          {t("dropped.retention")}
        </Button>
      </MessageBarBody>
    </MessageBar>
  );
}
