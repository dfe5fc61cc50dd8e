// Export destinations: what can be set up, and what was.
import { Button, makeStyles, Tab, TabList } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { type ExportRow, type Product, useAhead, useAsk } from "../../api";
import { CommandBar, ErrorCard, later, Page, Pane, PaneSkeleton, SearchBox, useCommands, useFormat, useShortcut, useTimer } from "../../parts";
import type { RowAction } from "./actions";
import type { SetUpProps } from "../setup/SetUp";
import { usePageCommands } from "./bar";
import { Discover } from "./Discover";
import { useForecasts } from "./forecasts";
import { Mine } from "./Mine";
import type { Asked } from "./Question";
import { FEW, found, isScheduled, type Order, sorted, whyNotRun } from "./rows";
import { useRun } from "./running";

// Questions come after a click, so their code does too; that of the pane once the list has been drawn.
const Question = later(async () => (await import("./Question")).Question, ["exports"]);
const SetUp = later(async () => (await import("../setup/SetUp")).SetUp, ["setup"], Opening);

/** The list stands for so many milliseconds before more code is read: reading it keeps the page from being drawn. */
const AHEAD = 250;

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", gap: "12px", flexWrap: "wrap", minHeight: "40px" },
  tabs: { flexGrow: 1 },
  search: { width: "200px", maxWidth: "100%" },
});

/** The pane, for whoever was quicker than its code. */
function Opening({ id, onClose }: SetUpProps) {
  const { t } = useTranslation("exports");
  return (
    <Pane
      title={t(id === null ? "command.add" : "command.edit")}
      onClose={() => {
        onClose(null);
      }}
    >
      <PaneSkeleton />
    </Pane>
  );
}

const NONE: readonly ExportRow[] = [];

/** Export destinations. */
export function ExportsPage() {
  const { t, i18n } = useTranslation(["exports", "frame"]);
  const styles = useStyles();
  const format = useFormat();
  const navigate = useNavigate();
  const { tab = "mine", setUp, product, search = "" } = useSearch({ from: "/exports" });
  const { data, error, refetch } = useAsk("export_list", {});
  const [order, setOrder] = useState<Order>({ by: "name", descending: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked | null>(null);
  const forecasts = useForecasts(data, setUp !== undefined || asked !== null);
  useAhead("connection_list", {});
  const { after, stop } = useTimer();
  useEffect(() => {
    after(AHEAD, () => void SetUp.ahead(i18n));
    return stop;
  }, [i18n, after, stop]);
  const { run, busy } = useRun();
  const all = data ?? NONE;
  const shown = useMemo(() => sorted(found(all, search), order, (a, b) => format.compare(a, b)), [all, search, order, format]);
  const chosen = useMemo(() => shown.filter((row) => selected.has(row.id)), [shown, selected]);

  const go = useCallback(
    (
      to: { tab?: "discover" | "mine"; setUp?: string | undefined; product?: Product; search?: string | undefined },
      replace = false,
    ) =>
      void navigate({ to: "/exports", search: { tab, search: search === "" ? undefined : search, ...to }, replace }),
    [navigate, tab, search],
  );
  const clear = useCallback(() => {
    go({ search: undefined }, true);
  }, [go]);
  const add = useCallback(() => {
    go({ setUp: "new" });
  }, [go]);
  const act = useCallback(
    (action: RowAction, rows: readonly ExportRow[]) => {
      const [first] = rows;
      if (first === undefined) return;
      switch (action) {
        case "edit":
          go({ setUp: first.id });
          break;
        case "run":
          run(rows.filter((row) => whyNotRun(row) === null).map((row) => row.id));
          break;
        case "preview":
          void navigate({ to: "/exports/$id/preview", params: { id: first.id } });
          break;
        default:
          setAsked({ what: action, rows });
      }
    },
    [go, run, navigate],
  );
  const ready = useMemo(() => all.filter((row) => isScheduled(row) && whyNotRun(row) === null), [all]);
  const runAll = useCallback(() => {
    // Nobody wonders afterwards why one of them did not run.
    if (ready.length > FEW || all.some((row) => !isScheduled(row) && row.connection !== null)) setAsked({ what: "runAll", rows: ready });
    else run(ready.map((row) => row.id));
  }, [all, ready, run]);
  const onRow = useCallback(
    (action: RowAction, row: ExportRow) => {
      act(action, [row]);
    },
    [act],
  );
  const onDecide = useCallback((row: ExportRow) => {
    setAsked({ what: "decide", rows: [row] });
  }, []);

  const mine = tab === "mine";
  const commands = usePageCommands(mine, chosen, all, { add, act, runAll });
  useCommands(
    useMemo(() => {
      const [first] = chosen;
      return commands.map((command) => {
        if (first === undefined || chosen.length > 1) return command;
        if (command.id === "run") return { ...command, text: t("command.runOf", { name: first.name }) };
        return command.id === "preview" ? { ...command, text: t("command.previewOf", { name: first.name }) } : command;
      });
    }, [commands, chosen, t]),
  );
  const can = (id: string) => commands.some((command) => command.id === id && command.why === undefined);
  useShortcut("run", () => act("run", chosen), mine && can("run") && !busy);
  useShortcut("preview", () => act("preview", chosen), mine && can("preview"));

  return (
    <Page
      title={t("title")}
      about={t("about")}
      commands={<CommandBar commands={commands} />}
    >
      <div className={styles.head}>
        <TabList
          className={styles.tabs}
          selectedValue={tab}
          onTabSelect={(_, { value }) => {
            // What was looked for on one tab is nothing on the other.
            go({ tab: value === "discover" ? "discover" : "mine", search: undefined }, true);
          }}
        >
          {(["discover", "mine"] as const).map((one) => (
            <Tab key={one} id={`exports-${one}`} value={one}>
              {t(`tab.${one}`)}
            </Tab>
          ))}
        </TabList>
        {mine && chosen.length > 0 && (
          <Button
            appearance="transparent"
            icon={<DismissRegular />}
            aria-label={`${t("frame:table.selected", { count: chosen.length })}. ${t("frame:table.unselect")}`}
            onClick={() => {
              setSelected(new Set());
            }}
          >
            {t("frame:table.selected", { count: chosen.length })}
          </Button>
        )}
        {(!mine || all.length > 0) && (
          <SearchBox
            key={tab}
            className={styles.search}
            label={t(mine ? "search" : "discover.search")}
            value={search}
            onSearch={(text) => {
              go({ search: text === "" ? undefined : text }, true);
            }}
          />
        )}
      </div>
      <div role="tabpanel" aria-labelledby={`exports-${tab}`}>
        {!mine && (
          <Discover
            search={search}
            onClear={clear}
            onSetUp={(of) => {
              go({ setUp: "new", product: of });
            }}
          />
        )}
        {mine && error !== null && data === undefined && <ErrorCard failure={error} onRetry={() => void refetch()} />}
        {mine && (error === null || data !== undefined) && (
          <Mine
            empty={data?.length === 0}
            search={search}
            rows={data === undefined ? undefined : shown}
            selected={selected}
            order={order}
            forecastOf={forecasts.of}
            onOrder={setOrder}
            onSelect={setSelected}
            onAction={onRow}
            onDecide={onDecide}
            onAdd={add}
            onClear={clear}
          />
        )}
      </div>
      {asked !== null && (
        <Question
          asked={asked}
          all={all}
          busy={busy}
          onRun={run}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
      {setUp !== undefined && (
        <SetUp
          key={setUp}
          id={setUp === "new" ? null : setUp}
          product={product}
          onClose={(saved) => {
            if (saved !== null) forecasts.forget(saved);
            go(saved === null ? { setUp: undefined } : { setUp: undefined, tab: "mine", search: undefined });
          }}
        />
      )}
    </Page>
  );
}
