// Data sources: where files are added, what there is, and the fields of the selected one.
import { makeStyles, tokens } from "@fluentui/react-components";
import {
  Add20Regular,
  ArrowClockwise20Regular,
  Delete20Regular,
  Edit20Regular,
  PeopleTeam20Regular,
  Rename20Regular,
} from "@fluentui/react-icons";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type AudienceRow, useAsk, useAskNow, useTell } from "../../api";
import { CommandBar, ErrorBar, ErrorCard, Page, type PageCommand, useCommands, useFormat, useSay } from "../../parts";
import { DropZone } from "./DropZone";
import { Fields } from "./Fields";
import { RemoveSource, RenameSource } from "./Questions";
import { Reading } from "./Reading";
import { RefusalBar } from "./RefusalBar";
import { SourcePane } from "./SourcePane";
import { SourceTable } from "./SourceTable";

const useStyles = makeStyles({
  top: { display: "flex", gap: "16px", alignItems: "stretch", flexWrap: "wrap" },
  zone: { flex: "1 1 280px", maxWidth: "100%" },
  table: { flex: "3 1 480px", minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  text: { margin: "4px 0 16px", color: tokens.colorNeutralForeground2 },
});

type Open = "rename" | "remove" | "change" | null;

const NONE: string[] = [];

/** Data sources. */
export function DataPage() {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const ask = useAskNow();
  const navigate = useNavigate();
  const search = useSearch({ from: "/data" });
  const sources = useAsk("audience_list", {});
  const [open, setOpen] = useState<Open>(null);
  const refresh = useRefresh();
  const rows = sources.data;
  const chosen = rows?.find(({ id }) => id === search.audience) ?? rows?.[0];
  const detail = useAsk("audience_get", { id: chosen?.id ?? "" }, { enabled: chosen !== undefined });

  const add = useCallback(
    (files?: string[]) => {
      void navigate({ to: "/data", search: (old) => ({ audience: old.audience, add: true, ...(files === undefined ? {} : { files }) }) });
    },
    [navigate],
  );
  const browse = async (kind: "data" | "folder") => {
    const { paths } = await ask("window_open_files", { kind });
    if (paths.length > 0) add(paths);
  };
  const closePane = (saved: string | null) => {
    setOpen(null);
    void navigate({ to: "/data", search: { audience: saved ?? search.audience }, replace: true });
  };

  const commands = useMemo((): PageCommand[] => {
    const why = chosen === undefined ? t("needs.one") : undefined;
    return [
      {
        id: "add",
        text: t("add"),
        icon: <Add20Regular />,
        run: () => {
          add();
        },
      },
      {
        id: "refresh",
        text: t("refresh"),
        icon: <ArrowClockwise20Regular />,
        apart: true,
        why,
        run: () => {
          if (chosen !== undefined) refresh.run(chosen);
        },
      },
      {
        id: "edit",
        text: t("edit"),
        icon: <Edit20Regular />,
        why,
        run: () => {
          setOpen("change");
        },
      },
      {
        id: "rename",
        text: t("rename"),
        icon: <Rename20Regular />,
        why,
        run: () => {
          setOpen("rename");
        },
      },
      {
        id: "segments",
        text: t("openSegments"),
        icon: <PeopleTeam20Regular />,
        why,
        run: () => void navigate({ to: "/segments", search: { audience: chosen?.id } }),
      },
      {
        id: "remove",
        text: t("remove"),
        icon: <Delete20Regular />,
        why,
        run: () => {
          setOpen("remove");
        },
      },
    ];
  }, [t, chosen, add, refresh, navigate]);
  useCommands(commands);

  return (
    <Page title={t("title")} about={t("about")} commands={<CommandBar commands={commands} />}>
      {sources.error !== null ? (
        <ErrorCard failure={sources.error} onRetry={() => void sources.refetch()} />
      ) : rows?.length === 0 ? (
        <Empty onBrowse={(kind) => void browse(kind)} />
      ) : (
        <>
          <div className={styles.top}>
            <div className={styles.zone}>
              <DropZone onBrowse={(kind) => void browse(kind)} />
            </div>
            <div className={styles.table}>
              <SourceTable
                sources={rows}
                selected={chosen?.id}
                onSelect={(id) => void navigate({ to: "/data", search: { audience: id }, replace: true })}
                onOpen={() => {
                  setOpen("change");
                }}
              />
            </div>
          </div>
          {refresh.reading !== null && <RefreshReading source={refresh.reading} bytes={detail.data?.files} />}
          {refresh.failure !== null && <RefusalBar failure={refresh.failure} />}
          {detail.error !== null && <ErrorBar failure={detail.error} onRetry={() => void detail.refetch()} />}
          {chosen !== undefined && (
            <Fields
              key={chosen.id}
              source={chosen}
              detail={detail.data?.row.id === chosen.id ? detail.data : undefined}
              onChange={() => {
                setOpen("change");
              }}
            />
          )}
        </>
      )}
      {search.add === true && <SourcePane key="add" detail={null} paths={search.files ?? NONE} onClose={closePane} />}
      {open === "change" && search.add !== true && detail.data !== undefined && (
        <SourcePane key="change" detail={detail.data} paths={NONE} onClose={closePane} />
      )}
      {open === "rename" && chosen !== undefined && (
        <RenameSource
          source={chosen}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
      {open === "remove" && chosen !== undefined && (
        <RemoveSource
          source={chosen}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Page>
  );
}

/** Reads a data source again; one at a time. */
function useRefresh() {
  const { t } = useTranslation("data");
  const say = useSay();
  const { mutate, isPending, error, variables } = useTell("audience_refresh");
  const [reading, setReading] = useState<AudienceRow | null>(null);
  const under = useRef(false);
  const run = useCallback(
    (source: AudienceRow) => {
      // A second click comes before the first is drawn.
      if (under.current) return;
      under.current = true;
      setReading(source);
      mutate(
        { id: source.id },
        {
          onSuccess: ({ row }) => {
            say(t("done.changed", { name: row.name }));
          },
          onSettled: () => {
            under.current = false;
          },
        },
      );
    },
    [mutate, say, t],
  );
  return useMemo(
    () => ({ run, reading: isPending ? reading : null, failure: error, of: variables?.id }),
    [run, isPending, reading, error, variables],
  );
}

function RefreshReading({ source, bytes }: { source: AudienceRow; bytes: { bytes: number }[] | undefined }) {
  const { t } = useTranslation("data");
  const format = useFormat();
  const size = (bytes ?? []).reduce((sum, file) => sum + file.bytes, 0);
  return (
    <Reading
      title={t("reading.title", { name: source.name })}
      known={(seconds) =>
        t("reading.refresh", { count: source.profiles, bytes: format.bytes(size), time: format.duration(seconds) })
      }
    />
  );
}

function Empty({ onBrowse }: { onBrowse: (kind: "data" | "folder") => void }) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  return (
    <section>
      <h2 className={styles.title}>{t("empty.title")}</h2>
      <p className={styles.text}>{t("empty.text")}</p>
      <DropZone large onBrowse={onBrowse} />
    </section>
  );
}
