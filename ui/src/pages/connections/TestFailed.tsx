// A test that failed, as a page of the error catalogue; for a refused key the cure is the primary button.
import { Button, Dialog, DialogSurface, makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { ConnectionRow, Failure } from "../../api";
import { ErrorCard, useGuide } from "../../parts";

// The card is all there is in the dialog, and has its own padding.
const useStyles = makeStyles({ surface: { padding: 0, border: "none" } });

/** What the dialog needs. */
export interface TestFailedProps {
  row: ConnectionRow;
  failure: Failure;
  onChangeKey: () => void;
  onClose: () => void;
}

/** Failures that another key, or agreeing anew, puts right. */
const CURED_BY_KEY: ReadonlySet<string> = new Set(["key_refused", "no_consent", "no_key_store"]);

/** The dialog. */
export function TestFailed({ row, failure, onChangeKey, onClose }: TestFailedProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const guide = useGuide();
  const cured = CURED_BY_KEY.has(failure.code) && !row.practice;
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open) onClose();
      }}
    >
      <DialogSurface className={styles.surface} aria-label={t("tested.bad", { name: row.connection.name })}>
        <ErrorCard
          failure={failure}
          about={t("tested.bad", { name: row.connection.name })}
          cure={
            cured ? (
              <>
                <Button appearance="primary" onClick={onChangeKey}>
                  {t("connections.key")}
                </Button>
                <Button onClick={guide}>{t("guide.keys")}</Button>
              </>
            ) : undefined
          }
          onClose={onClose}
        />
      </DialogSurface>
    </Dialog>
  );
}
