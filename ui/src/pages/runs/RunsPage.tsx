// All runs: people by day over a table of runs. What is shown stands in the page's address.
import { Button, Dropdown, makeStyles, Option, tokens } from "@fluentui/react-components";
import { ArrowClockwise20Regular, History48Regular, Open20Regular, PersonSearch20Regular } from "@fluentui/react-icons";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Run, type Status, useAsk, useRows } from "../../api";
import {
  CommandBar,
  DataTable,
  EmptyState,
  ErrorCard,
  Page,
  type PageCommand,
  SearchBox,
  useCommands,
  useCopyCommand,
} from "../../parts";
import { periods } from "./days";
import { Chart } from "./history/Chart";
import { useRunColumns } from "./history/columns";
import { useRetryOf } from "./run/commands";
import { isOver } from "./run/live";
import { hasFailed } from "./run/tabs";

const route = getRouteApi("/runs");

const STATUSES = [
  "processing",
  "queued",
  "successful",
  "completed_with_errors",
  "failed",
  "canceled",
  "skipped",
  "not_started",
] as const satisfies readonly Status[];

const useStyles = makeStyles({
  filters: { display: "flex", gap: "8px", alignItems: "center", flexWrap: "wrap" },
  search: { width: "220px" },
  filter: { minWidth: "160px", maxWidth: "260px" },
  count: { marginInlineStart: "auto", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** All runs. */
export function RunsPage() {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const shown = route.useSearch();
  const setShown = route.useNavigate();
  const navigate = useNavigate();
  const { data: exports } = useAsk("export_list", {});
  const statuses = shown.statuses ?? [];
  const rows = useRows("run_list", {
    export: shown.export ?? null,
    statuses,
    search: shown.search ?? "",
  });
  const columns = useRunColumns();
  const [selected, setSelected] = useState<{ id: string; run: Run } | null>(null);
  const retry = useRetryOf();
  const copyCommand = useCopyCommand();
  const filtered = shown.export !== undefined || statuses.length > 0 || (shown.search ?? "") !== "";
  const open = (run: Run) => void navigate({ to: "/runs/$id", params: { id: run.id } });
  const change = (changed: Partial<typeof shown>) =>
    void setShown({ search: (old) => ({ ...old, ...changed }), replace: true });

  const run = selected?.run;
  const commands: PageCommand[] = [
    {
      id: "open",
      text: t("command.open"),
      icon: <Open20Regular />,
      why: run === undefined ? t("why.select") : undefined,
      run: () => {
        if (run !== undefined) open(run);
      },
    },
    {
      id: "retry",
      text: t("command.retry"),
      icon: <ArrowClockwise20Regular />,
      why:
        run === undefined
          ? t("why.select")
          : exports !== undefined && !exports.some(({ id }) => id === run.export_id)
            ? t("why.gone")
            : !isOver(run.status)
              ? t("why.running")
              : hasFailed(run.counts)
                ? undefined
                : t("why.noFailed"),
      run: () => {
        if (run !== undefined) retry.run(run);
      },
    },
    {
      id: "find",
      text: t("command.find"),
      icon: <PersonSearch20Regular />,
      apart: true,
      run: () => void navigate({ to: "/people" }),
    },
    copyCommand(run === undefined ? ["run", "list"] : ["run", "show", run.id]),
  ];
  useCommands(commands);
  const name = exports?.find(({ id }) => id === shown.export)?.name;
  const empty = !rows.pending && rows.count === 0 && rows.error === null && !filtered;

  return (
    <Page
      title={t("title")}
      about={t("about")}
      commands={<CommandBar commands={commands} />}
    >
      {empty ? (
        <EmptyState
          icon={<History48Regular />}
          title={t("none.title")}
          text={t("none.text")}
          action={
            <Button appearance="primary" onClick={() => void navigate({ to: "/exports" })}>
              {t("none.open")}
            </Button>
          }
        />
      ) : (
        <>
          <Chart
            export={shown.export}
            period={shown.days ?? periods[1]}
            onPeriod={(days) => {
              change({ days });
            }}
          />
          <div className={styles.filters}>
            <SearchBox
              className={styles.search}
              label={t("search")}
              value={shown.search ?? ""}
              onSearch={(search) => {
                change({ search: search === "" ? undefined : search });
              }}
            />
            <Dropdown
              className={styles.filter}
              aria-label={t("filter.export")}
              value={shown.export === undefined ? t("filter.allExports") : (name ?? shown.export)}
              selectedOptions={[shown.export ?? ""]}
              onOptionSelect={(_, { optionValue = "" }) => {
                change({ export: optionValue === "" ? undefined : optionValue });
              }}
            >
              <Option value="">{t("filter.allExports")}</Option>
              {(exports ?? []).map((one) => (
                <Option key={one.id} value={one.id} text={one.name}>
                  {one.name}
                </Option>
              ))}
            </Dropdown>
            <Dropdown
              className={styles.filter}
              multiselect
              aria-label={t("filter.status")}
              value={
                statuses.length === 0
                  ? t("filter.allStatuses")
                  : statuses.length === 1
                    ? t(`words:status.${statuses[0] ?? "failed"}`)
                    : t("filter.statuses", { count: statuses.length })
              }
              selectedOptions={statuses}
              onOptionSelect={(_, { selectedOptions }) => {
                const chosen = STATUSES.filter((status) => selectedOptions.includes(status));
                change({ statuses: chosen.length === 0 ? undefined : chosen });
              }}
            >
              {STATUSES.map((status) => (
                <Option key={status} value={status}>
                  {t(`words:status.${status}`)}
                </Option>
              ))}
            </Dropdown>
            {filtered && (
              <Button
                appearance="subtle"
                onClick={() => {
                  change({ export: undefined, statuses: undefined, search: undefined });
                }}
              >
                {t("none.clear")}
              </Button>
            )}
            {!rows.pending && <span className={styles.count}>{t("count", { count: rows.count })}</span>}
          </div>
          {rows.error !== null ? (
            <ErrorCard failure={rows.error} onRetry={rows.again} />
          ) : (
            <DataTable
              label={t("table")}
              columns={columns}
              rows={rows}
              id={({ id }) => id}
              name={({ export: of }) => of}
              dense
              selection={{
                single: true,
                selected: new Set(selected === null ? [] : [selected.id]),
                onSelect: (ids) => {
                  const [id] = ids;
                  const found = Array.from({ length: rows.count }, (_, index) => rows.at(index)).find(
                    (one) => one?.id === id,
                  );
                  setSelected(found === undefined ? null : { id: found.id, run: found });
                },
              }}
              onOpen={open}
              none={t("none.match")}
            />
          )}
        </>
      )}
    </Page>
  );
}
