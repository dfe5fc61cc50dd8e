// Segments: the table of all of them, and the panes and questions that its commands open.
import { Button, Dropdown, makeStyles, Option, tokens } from "@fluentui/react-components";
import { PeopleTeam48Regular } from "@fluentui/react-icons";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type AudienceRow, type SegmentRow, useAsk, useRows, useTell } from "../../api";
import {
  CommandBar,
  DataTable,
  EmptyState,
  ErrorBar,
  ErrorCard,
  later,
  type Order,
  Page,
  SearchBox,
  useCommands,
  useSay,
} from "../../parts";
import { useDownload } from "../../parts/download";
import { useChosen } from "./list/chosen";
import { sorts, useColumns } from "./list/columns";
import { type Doings, useSegmentCommands } from "./list/commands";
import { DuplicateSegment, RemoveSegments, RenameSegment } from "./list/Questions";

// The builder is the largest thing here, and most visits are for the table.
const SegmentPane = later(async () => (await import("./pane/SegmentPane")).SegmentPane, ["segments"]);
const DetailPane = later(async () => (await import("./detail/DetailPane")).DetailPane, ["segments"]);

const useStyles = makeStyles({
  tools: { display: "flex", alignItems: "center", gap: "12px", flexWrap: "wrap" },
  count: { flexGrow: 1, color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  box: { minWidth: "180px", maxWidth: "280px" },
});

type Question = { kind: "duplicate" | "rename"; segment: SegmentRow } | { kind: "remove"; segments: SegmentRow[] };

/** What stands for all audiences in the drop-down; no id looks like it. */
const ALL = "all";

/** Segments. */
export function SegmentsPage() {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const say = useSay();
  const navigate = useNavigate();
  const { audience, search, edit, view } = useSearch({ from: "/segments" });
  const [order, setOrder] = useState<Order>({ by: "name", descending: false });
  const [question, setQuestion] = useState<Question | null>(null);
  const audiences = useAsk("audience_list", {});
  const sort = sorts[order.by as keyof typeof sorts] ?? "name";
  const rows = useRows("segment_list", {
    audience: audience ?? null,
    search: search ?? "",
    sort,
    descending: order.descending,
  });
  const chosen = useChosen(rows);
  const refresh = useTell("segment_refresh");
  const { download } = useDownload();

  const go = useCallback(
    (changed: { audience?: string; search?: string; edit?: string; view?: string }, replace = false) => {
      void navigate({
        to: "/segments",
        search: (old) => ({ audience: old.audience, search: old.search, ...changed }),
        replace,
      });
    },
    [navigate],
  );
  const { mutate } = refresh;
  const refreshing = useRef(false);
  const doings = useMemo(
    (): Doings => ({
      add: () => {
        go({ edit: "new" });
      },
      view: ({ id }) => {
        go({ view: id });
      },
      edit: ({ id }) => {
        go({ edit: id });
      },
      refresh: (segments) => {
        // A second click comes before the first is drawn.
        if (refreshing.current) return;
        refreshing.current = true;
        mutate(
          { ids: segments.map(({ id }) => id) },
          {
            onSuccess: () => {
              say(t("done.refreshed", { count: segments.length }));
            },
            onSettled: () => {
              refreshing.current = false;
            },
          },
        );
      },
      duplicate: (segment) => {
        setQuestion({ kind: "duplicate", segment });
      },
      rename: (segment) => {
        setQuestion({ kind: "rename", segment });
      },
      download: ({ id, name }) => {
        download(`${name}.csv`, "segment_download", (path) => ({ id, path }));
      },
      remove: (segments) => {
        setQuestion({ kind: "remove", segments });
      },
    }),
    [go, mutate, say, t, download],
  );
  const data = (audiences.data?.length ?? 0) > 0;
  const make = useSegmentCommands(doings, data);
  const commands = useMemo(() => make(chosen.rows, true), [make, chosen.rows]);
  useCommands(commands);
  const columns = useColumns(make);

  const filtered = (search ?? "") !== "" || audience !== undefined;
  const nothing = !rows.pending && !rows.stale && rows.error === null && rows.count === 0 && !filtered;
  const close = (saved: string | null) => {
    // After a new segment was made in the panes, it is the one that is selected.
    if (saved !== null) chosen.choose(new Set([saved]));
    go({}, true);
  };
  return (
    <Page title={t("title")} about={t("about")} commands={<CommandBar commands={commands} />}>
      {refresh.error !== null && (
        <ErrorBar failure={refresh.error} onClose={refresh.reset} />
      )}
      {rows.error !== null ? (
        <ErrorCard failure={rows.error} onRetry={rows.again} />
      ) : audiences.error !== null ? (
        <ErrorCard failure={audiences.error} onRetry={() => void audiences.refetch()} />
      ) : nothing && audiences.data !== undefined ? (
        <Empty data={data} onNew={doings.add} />
      ) : (
        <>
          <div className={styles.tools}>
            <span className={styles.count} role="status">
              {rows.pending ? "" : t("count", { count: rows.count })}
            </span>
            {(audiences.data?.length ?? 0) > 1 && (
              <AudienceFilter
                audiences={audiences.data ?? []}
                value={audience}
                onChange={(id) => {
                  go(id === undefined ? { audience: undefined } : { audience: id }, true);
                }}
              />
            )}
            <SearchBox
              label={t("search")}
              value={search ?? ""}
              onSearch={(text) => {
                go({ search: text === "" ? undefined : text }, true);
              }}
            />
          </div>
          <DataTable
            label={t("label")}
            columns={columns}
            rows={rows}
            id={({ id }) => id}
            name={({ name }) => name}
            selection={{ selected: chosen.ids, onSelect: chosen.choose }}
            order={order}
            onOrder={setOrder}
            onOpen={doings.view}
            none={t("nothing", { search: search ?? "" })}
          />
        </>
      )}
      {edit !== undefined && (
        <SegmentPane key={edit} id={edit === "new" ? null : edit} audience={audience} onClose={close} />
      )}
      {view !== undefined && edit === undefined && (
        <DetailPane
          key={view}
          id={view}
          onEdit={() => {
            go({ edit: view });
          }}
          onClose={() => {
            close(null);
          }}
        />
      )}
      {question?.kind === "duplicate" && (
        <DuplicateSegment
          segment={question.segment}
          onClose={() => {
            setQuestion(null);
          }}
        />
      )}
      {question?.kind === "rename" && (
        <RenameSegment
          segment={question.segment}
          onClose={() => {
            setQuestion(null);
          }}
        />
      )}
      {question?.kind === "remove" && (
        <RemoveSegments
          segments={question.segments}
          onClose={(removed) => {
            if (removed) chosen.choose(new Set());
            setQuestion(null);
          }}
        />
      )}
    </Page>
  );
}

interface AudienceFilterProps {
  audiences: readonly AudienceRow[];
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

function AudienceFilter({ audiences, value, onChange }: AudienceFilterProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  return (
    <Dropdown
      className={styles.box}
      aria-label={t("audience")}
      value={audiences.find(({ id }) => id === value)?.name ?? t("audience.all")}
      selectedOptions={[value ?? ALL]}
      onOptionSelect={(_, { optionValue }) => {
        onChange(optionValue === ALL ? undefined : optionValue);
      }}
    >
      <Option value={ALL}>{t("audience.all")}</Option>
      {audiences.map(({ id, name }) => (
        <Option key={id} value={id}>
          {name}
        </Option>
      ))}
    </Dropdown>
  );
}

/** No segments yet: make one, or first add the people that it is made of. */
function Empty({ data, onNew }: { data: boolean; onNew: () => void }) {
  const { t } = useTranslation("segments");
  const navigate = useNavigate();
  if (data) {
    return (
      <EmptyState
        icon={<PeopleTeam48Regular />}
        title={t("empty.title")}
        text={t("empty.text")}
        action={
          <Button appearance="primary" onClick={onNew}>
            {t("new")}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<PeopleTeam48Regular />}
      title={t("noData.title")}
      text={t("noData.text")}
      action={
        <Button appearance="primary" onClick={() => void navigate({ to: "/data", search: { add: true } })}>
          {t("noData.go")}
        </Button>
      }
    />
  );
}
