// A failure at the top of what stays in place: a form, a pane, a table.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { ErrorProps } from "./ErrorCard";
import { ErrorDetails } from "./ErrorDetails";
import { useErrorWords } from "./errors";

/** A failure in a bar. */
export function ErrorBar({ failure, about, cure, onRetry, onClose }: ErrorProps) {
  const { t } = useTranslation("frame");
  const words = useErrorWords()(failure);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{words.title}</MessageBarTitle> {about} {words.happened} {words.todo}
        <ErrorDetails failure={failure} />
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          onClose === undefined ? undefined : (
            <Button appearance="transparent" aria-label={t("close")} icon={<DismissRegular />} onClick={onClose} />
          )
        }
      >
        {cure}
        {onRetry !== undefined && <Button onClick={onRetry}>{t("retry")}</Button>}
      </MessageBarActions>
    </MessageBar>
  );
}
