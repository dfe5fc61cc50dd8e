// A page that broke while it was drawn. The frame stays, so that one can go elsewhere.
import { Button } from "@fluentui/react-components";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { CopyButton } from "../parts/Copy";
import { Page } from "../parts/Page";

/** Says so, and tries again. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t("crash.title")} about={t("crash.text")}>
      <div role="alert">
        <Button appearance="primary" onClick={reset}>
          {t("retry")}
        </Button>{" "}
        <CopyButton text={String(error)} />
      </div>
    </Page>
  );
}
