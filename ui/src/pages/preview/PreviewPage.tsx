// Preview: who would change, before anybody does. Exports exactly what is shown, or says what has changed.
import { Button, makeStyles, Spinner, tokens, Tooltip } from "@fluentui/react-components";
import {
  ArrowDownload20Regular,
  ArrowExportLtr20Regular,
  ArrowSync20Regular,
  Edit20Regular,
  ShieldCheckmark20Regular,
} from "@fluentui/react-icons";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type PreviewView, useAsk, useTell } from "../../api";
import {
  CommandBar,
  ErrorBar,
  ErrorCard,
  Page,
  type PageCommand,
  PageLink,
  useCommands,
  useCopyCommand,
  useDownload,
  useFormat,
  useShortcut,
} from "../../parts";
import { Equation, EquationSkeleton } from "./Equation";
import { firstTab, isNothing, type Tab } from "./groups";
import { ListsCard } from "./ListsCard";
import { Notices } from "./Notices";
import { People } from "./People";
import { TryDialog } from "./TryDialog";
import { usePreview } from "./usePreview";

const route = getRouteApi("/exports/$id/preview");

const useStyles = makeStyles({
  about: { display: "inline-flex", alignItems: "center", gap: "8px" },
  shield: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 },
  aside: { display: "flex", alignItems: "center", gap: "8px 16px", flexWrap: "wrap", justifyContent: "flex-end" },
  cost: { textAlign: "end", fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  requests: { fontWeight: tokens.fontWeightSemibold },
  rate: { color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", gap: "8px", flexWrap: "wrap" },
});

/** What a run would do. */
export function PreviewPage() {
  const { id } = route.useParams();
  // Another export is another page: nothing of the first is left.
  return <PreviewOf key={id} id={id} />;
}

function PreviewOf({ id }: { id: string }) {
  // The words of its table come with the page, so that it does not wait for them once it is shown.
  const { t } = useTranslation(["preview", "runs", "reasons"]);
  const styles = useStyles();
  const format = useFormat();
  const navigate = useNavigate();
  const { view, before, failure, again } = usePreview(id);
  // Its name is known before the comparison is done.
  const { data: detail } = useAsk("export_get", { id });
  const [chosen, setChosen] = useState<Tab | null>(null);
  const [trying, setTrying] = useState(false);
  const { download, writing } = useDownload();
  const copyCommand = useCopyCommand();
  const name = view?.export.name ?? detail?.name;
  const product = detail?.product;
  const tab = chosen ?? (view === null ? "new" : firstTab(view.preview));
  const comparing = view === null && failure === null;

  const commands: PageCommand[] = [
    {
      id: "again",
      text: t("command.again"),
      icon: <ArrowSync20Regular />,
      why: comparing ? t("why.comparing") : undefined,
      shortcut: "preview",
      run: () => {
        again();
      },
    },
    {
      id: "edit",
      text: t("command.edit"),
      icon: <Edit20Regular />,
      run: () => void navigate({ to: "/exports", search: { setUp: id } }),
    },
    {
      id: "download",
      text: t("command.download"),
      icon: <ArrowDownload20Regular />,
      why:
        view === null ? t("why.comparing") : view.preview[tab] === 0 || writing ? t("why.nobody") : undefined,
      run: () => {
        if (view === null) return;
        const { token } = view;
        download(
          `${t("file", { export: view.export.name, group: t(`tab.${tab}`) })}.csv`,
          "preview_download",
          (path) => ({ token, group: tab, path }),
        );
      },
    },
    ...(name === undefined ? [] : [copyCommand(["export", "preview", name])]),
  ];
  useCommands(commands);
  useShortcut("preview", () => {
    if (!comparing) again();
  });

  return (
    <Page
      title={name === undefined ? t("title") : t("title.of", { name })}
      about={
        <span className={styles.about}>
          <ShieldCheckmark20Regular className={styles.shield} aria-hidden />
          <span role="status">
            {view === null
              ? comparing
                ? `${t("comparing")} ${t("comparing.about")}`
                : t("comparing.about")
              : t("nothing.sent", { moment: format.moment(view.compared_at) })}
          </span>
        </span>
      }
      before={<PageLink to="/exports">{t("back")}</PageLink>}
      commands={<CommandBar commands={commands} />}
      aside={
        view === null ? undefined : (
          <div className={styles.aside}>
            <Cost view={view} />
            <Actions
              view={view}
              onTry={() => {
                setTrying(true);
              }}
              onChanged={() => {
                again(true);
              }}
            />
          </div>
        )
      }
    >
      {failure !== null && (
        <ErrorCard
          failure={failure}
          onRetry={() => {
            again();
          }}
          cure={
            failure.code === "not_found" ? undefined : (
              <Button
                appearance="primary"
                onClick={() => void navigate({ to: "/exports", search: { setUp: id } })}
              >
                {t("command.edit")}
              </Button>
            )
          }
        />
      )}
      {comparing && <EquationSkeleton />}
      {view !== null && (
        <>
          <Notices view={view} product={product} before={before} />
          <Equation preview={view.preview} product={product} tab={tab} onTab={setChosen} />
          <People key={view.token} view={view} product={product} tab={tab} onTab={setChosen} />
          <ListsCard view={view} product={product} />
          {trying && (
            <TryDialog
              view={view}
              product={product}
              onClose={() => {
                setTrying(false);
              }}
            />
          )}
        </>
      )}
    </Page>
  );
}

/** Requests and the time that they take. */
function Cost({ view: { preview, rate } }: { view: PreviewView }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  return (
    <div className={styles.cost}>
      <div className={styles.requests}>
        {t("requests", { count: preview.requests, time: format.duration(Math.ceil(preview.seconds)) })}
      </div>
      <div className={styles.rate}>{rate === 0 ? t("rate.none") : t("rate", { count: rate })}</div>
    </div>
  );
}

/** *Try with one person* and *Export now*. */
function Actions({ view, onTry, onChanged }: { view: PreviewView; onTry: () => void; onChanged: () => void }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const navigate = useNavigate();
  const { mutate, isPending } = useTell("preview_run");
  const [refused, setRefused] = useState<Failure | null>(null);
  const { preview } = view;
  const why = view.over_limit !== null ? t("why.over") : isNothing(preview) ? t("why.nothing") : undefined;
  const whyTry = why ?? (preview.new + preview.changed + preview.retry === 0 ? t("why.noNew") : undefined);
  const refuse = (failure: Failure) => {
    // The preview is out of date, or was dropped for newer ones: the new one says what a run would do now.
    if (failure.code === "plan_changed" || failure.code === "not_found") onChanged();
    else setRefused(failure);
  };
  const run = () => {
    if (isPending) return;
    setRefused(null);
    mutate(
      { token: view.token },
      {
        onSuccess: (began) => {
          if (began.run !== null) void navigate({ to: "/runs/$id", params: { id: began.run } });
          else if (began.error !== null) refuse(began.error);
        },
        onError: refuse,
      },
    );
  };
  return (
    <>
      <div className={styles.buttons}>
        <WithReason why={whyTry}>
          <Button disabledFocusable={whyTry !== undefined || isPending} onClick={whyTry === undefined ? onTry : undefined}>
            {t("try")}
          </Button>
        </WithReason>
        <WithReason why={why}>
          <Button
            appearance="primary"
            icon={isPending ? <Spinner size="tiny" aria-hidden /> : <ArrowExportLtr20Regular />}
            disabledFocusable={why !== undefined || isPending}
            onClick={why === undefined ? run : undefined}
          >
            {isPending ? t("export.busy") : t("export")}
          </Button>
        </WithReason>
      </div>
      {refused !== null && (
        <ErrorBar
          failure={refused}
          onClose={() => {
            setRefused(null);
          }}
        />
      )}
    </>
  );
}

function WithReason({ why, children }: { why: string | undefined; children: React.JSX.Element }) {
  if (why === undefined) return children;
  return (
    <Tooltip content={why} relationship="description">
      {children}
    </Tooltip>
  );
}
