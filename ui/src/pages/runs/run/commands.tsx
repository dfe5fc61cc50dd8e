// What can be done with a run: cancel, go on, retry, download, open its export, copy its id.
import {
  ArrowClockwise20Regular,
  ArrowDownload20Regular,
  ArrowExportLtr20Regular,
  Copy20Regular,
  DismissCircle20Regular,
  Play20Regular,
} from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { type Failure, type Run, type RunDetail, type RunReason, useTell } from "../../../api";
import { type PageCommand, useCopyCommand, useDownload, useErrorWords, useSay } from "../../../parts";
import { dayOf } from "../days";
import { isOver } from "./live";
import { countOf, hasFailed, type RunTab } from "./tabs";

/** Something that is done once however often it is asked for. */
export interface Doing {
  run: () => void;
  busy: boolean;
}

/** Says why something was not done. */
function useRefused(): (name: string, failure: Failure) => void {
  const { t } = useTranslation("runs");
  const say = useSay();
  const words = useErrorWords();
  return (name, failure) => {
    say(t("retryNot", { name, why: words(failure).title }), "error");
  };
}

/** Sends those again who failed in a run, and goes to the new run. */
export function useRetryOf(): { run: (run: Run) => void; busy: boolean } {
  const navigate = useNavigate();
  const refused = useRefused();
  const { mutate, isPending } = useTell("export_run");
  return {
    busy: isPending,
    run: ({ export_id: id, export: name }) => {
      if (isPending) return;
      mutate(
        { exports: [id], retry_failed: true },
        {
          onSuccess: ({ runs: [began] }) => {
            if (began === undefined) return;
            if (began.error !== null) refused(name, began.error);
            if (began.run !== null) void navigate({ to: "/runs/$id", params: { id: began.run } });
          },
          onError: (failure) => {
            refused(name, failure);
          },
        },
      );
    },
  };
}

/** The same for the run of a page. */
export function useRetry(detail: RunDetail | undefined): Doing {
  const { run, busy } = useRetryOf();
  return {
    busy,
    run: () => {
      if (detail !== undefined) run(detail.run);
    },
  };
}

/** Goes on with a run that kept its place. */
export function useResume(detail: RunDetail | undefined): Doing {
  const { t } = useTranslation("runs");
  const navigate = useNavigate();
  const say = useSay();
  const refused = useRefused();
  const { mutate, isPending } = useTell("run_resume");
  return {
    busy: isPending,
    run: () => {
      if (detail === undefined || isPending) return;
      const { id, export: name } = detail.run;
      mutate(
        { id },
        {
          onSuccess: (began) => {
            if (began.error !== null) {
              refused(name, began.error);
              return;
            }
            say(t("resumed"));
            // Where the plan was too old, a new run took its place.
            if (began.run !== null && began.run !== id) void navigate({ to: "/runs/$id", params: { id: began.run } });
          },
          onError: (failure) => {
            refused(name, failure);
          },
        },
      );
    },
  };
}

/** The commands of the page, and whether the run is being canceled. */
export function useRunCommands(
  detail: RunDetail | undefined,
  reasons: readonly RunReason[],
  tab: RunTab,
): { commands: PageCommand[]; canceling: boolean } {
  const { t } = useTranslation(["runs", "words"]);
  const navigate = useNavigate();
  const say = useSay();
  const refused = useRefused();
  const cancel = useTell("run_cancel");
  const retry = useRetry(detail);
  const resume = useResume(detail);
  const { download, writing } = useDownload();
  const copyCommand = useCopyCommand();
  const canceling = cancel.isPending || cancel.isSuccess;
  const run = detail?.run;
  const over = run !== undefined && isOver(run.status);
  const commands = (): PageCommand[] => {
    if (detail === undefined || run === undefined) return [];
    const gone = detail.export_exists ? undefined : t("why.gone");
    const dropped = detail.details_dropped_at === null ? undefined : t("why.dropped");
    const nobody = tab === "requests" || countOf(run.counts, tab) === 0 || writing ? t("why.nobody") : undefined;
    return [
      ...(detail.over_limit !== null
        ? []
        : over
        ? [
            {
              id: "download",
              text: t("command.download"),
              icon: <ArrowDownload20Regular />,
              why: dropped ?? nobody,
              run: () => {
                if (tab === "requests") return;
                const day = dayOf(new Date(run.started_at));
                download(
                  `${t("file", { export: run.export, day, class: t(`words:outcome.${tab}`) })}.csv`,
                  "run_download",
                  (path) => ({ run: run.id, outcome: tab, path }),
                );
              },
            },
            ...(run.resumable
              ? [{ id: "resume", text: t("command.resume"), icon: <Play20Regular />, why: gone, run: resume.run }]
              : []),
            {
              id: "retry",
              text: t("command.retry"),
              icon: <ArrowClockwise20Regular />,
              why: gone ?? (hasFailed(run.counts, reasons) ? undefined : t("why.noFailed")),
              run: retry.run,
            },
          ]
        : [
            {
              id: "cancel",
              text: t("command.cancel"),
              icon: <DismissCircle20Regular />,
              why: canceling ? t("canceling") : undefined,
              run: () => {
                cancel.mutate(
                  { id: run.id },
                  {
                    onError: (failure) => {
                      refused(run.export, failure);
                    },
                  },
                );
              },
            },
          ]),
      {
        id: "export",
        text: t("command.openExport"),
        icon: <ArrowExportLtr20Regular />,
        apart: detail.over_limit === null,
        why: gone,
        run: () => void navigate({ to: "/exports", search: { setUp: run.export_id } }),
      },
      {
        id: "copy",
        text: t("command.copyId"),
        icon: <Copy20Regular />,
        run: () => {
          void navigator.clipboard.writeText(run.id).then(() => {
            say(t("command.copied"));
          });
        },
      },
      copyCommand(["run", "show", run.id]),
    ];
  };
  return { commands: commands(), canceling };
}
