// Why the export was not saved, above the form that has kept everything.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Failure } from "../../api";
import { ErrorBar } from "../../parts";

/** What the bar needs. */
export interface SaveTroubleProps {
  failure: Failure;
  /** Saves over the other change. */
  onMine: () => void;
  /** Shows the other change in place of this one. */
  onTheirs: () => void;
}

/** The bar. */
export function SaveTrouble({ failure, onMine, onTheirs }: SaveTroubleProps) {
  const { t } = useTranslation("setup");
  if (failure.code === "not_found") {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>{t("gone.title")}</MessageBarTitle> {t("gone.text")}
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (failure.code !== "changed_elsewhere") return <ErrorBar failure={failure} />;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t("changed.title")}</MessageBarTitle> {t("changed.text")}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onMine}>{t("changed.mine")}</Button>
        <Button onClick={onTheirs}>{t("changed.theirs")}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
