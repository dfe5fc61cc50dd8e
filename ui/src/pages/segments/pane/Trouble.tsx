// Why a segment was not saved, over the form: what was typed is all still there.
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Failure } from "../../../api";
import { ErrorBar } from "../../../parts";

/** What the bar shows and tells. */
export interface TroubleProps {
  failure: Failure;
  /** Shows what is stored, in place of what was typed. */
  onTake: () => void;
  /** Saves what was typed over what is stored. */
  onKeep: () => void;
}

/** The bar. */
export function Trouble({ failure, onTake, onKeep }: TroubleProps) {
  const { t } = useTranslation("segments");
  if (failure.code !== "changed_elsewhere") return <ErrorBar failure={failure} />;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t("conflict.title")}</MessageBarTitle>
        {t("conflict.text")}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onTake}>{t("conflict.take")}</Button>
        <Button onClick={onKeep}>{t("conflict.keep")}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
