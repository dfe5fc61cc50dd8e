// What has to be known before an export: over the limit, held by the guard, the contract, a first run,
// nothing to do, a plan that has changed.
import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { PreviewView, Product } from "../../api";
import { tagged, useFormat } from "../../parts";
import { isNothing, people, tabs } from "./groups";
import { readNotes } from "./notes";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "8px", ":empty": { display: "none" } },
  list: { margin: "4px 0 0", paddingInlineStart: "20px" },
});

/** What the bars need. */
export interface NoticesProps {
  view: PreviewView;
  product: Product | null | undefined;
  before: PreviewView | null;
}

/** The bars above the equation. */
export function Notices({ view, product, before }: NoticesProps) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  const { preview } = view;
  const { contract, addresses, others } = readNotes(preview.notes);
  const distinct = addresses ?? people(preview);
  return (
    <div className={styles.all}>
      {before !== null && <Changed view={view} before={before} />}
      {view.over_limit !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("over.title", { count: distinct - view.over_limit })}</MessageBarTitle>
            {t("over.text", { addresses: format.number(distinct), limit: format.number(view.over_limit) })}
          </MessageBarBody>
        </MessageBar>
      )}
      {preview.held > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("held.title", { count: preview.held })}</MessageBarTitle>
            {t("held.text", { context: tagged(product) })}
          </MessageBarBody>
        </MessageBar>
      )}
      {contract !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("contract.title")}</MessageBarTitle>
            {t("contract.text", {
              held: format.number(contract.held),
              new: format.number(contract.new),
              after: format.number(contract.after),
              size: format.number(contract.size),
            })}
          </MessageBarBody>
        </MessageBar>
      )}
      {others.map((note) => (
        <MessageBar key={note} intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("note")}</MessageBarTitle>
            <span lang="en">{note}</span>
          </MessageBarBody>
        </MessageBar>
      ))}
      {view.first_run && !isNothing(preview) && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("first.title")}</MessageBarTitle>
            {t("first.text")}
          </MessageBarBody>
        </MessageBar>
      )}
      {isNothing(preview) && preview.held === 0 && view.over_limit === null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("upToDate.title")}</MessageBarTitle>
            {t("upToDate.text")}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

/** What differs from the preview that was to be run. */
function Changed({ view, before }: { view: PreviewView; before: PreviewView }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  const lines = (["source", ...tabs] as const)
    .map((group) => ({ group, was: before.preview[group], is: view.preview[group] }))
    .filter(({ was, is }) => was !== is);
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t("changed.title")}</MessageBarTitle>
        {t("changed.text")}
        <ul className={styles.list}>
          {lines.length === 0 && <li>{t("changed.same")}</li>}
          {lines.map(({ group, was, is }) => (
            <li key={group}>
              {t("changed.line", { figure: t(`tab.${group}`), before: format.number(was), after: format.number(is) })}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
