// The window is closed while runs are under way: into the tray, or the end?
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAsk, useSettings, useTell } from "../api";
import { ErrorBar } from "../parts/ErrorBar";
import { useReturnFocus } from "../parts/returnFocus";

const useStyles = makeStyles({ content: { display: "flex", flexDirection: "column", gap: "12px" } });

/** The question about so many runs. */
export function LeaveQuestion({ running, onClose }: { running: number; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [remember, setRemember] = useState(false);
  const [, change] = useSettings();
  const close = useTell("window_close");
  // Where no tray is shown the window is minimised instead. It asks only while it is not kept anyway.
  const { data: kept } = useAsk("window_keep", { keep: false }, { enabled: false });
  const tray = kept?.tray !== false;
  useReturnFocus();
  const choose = (choice: "tray" | "quit") => {
    if (close.isPending) return;
    if (remember) change({ close: choice });
    close.mutate(
      { choice },
      {
        onSuccess: onClose,
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(_event, { open }) => {
        if (!open) onClose();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("leave.title", { count: running })}</DialogTitle>
          <DialogContent className={styles.content}>
            {tray ? t("leave.text") : t("leave.minimized")}
            <Checkbox
              label={t("leave.remember")}
              checked={remember}
              onChange={(_event, { checked }) => {
                setRemember(checked === true);
              }}
            />
            {close.error !== null && <ErrorBar failure={close.error} />}
          </DialogContent>
          <DialogActions fluid>
            <Button
              appearance="primary"
              onClick={() => {
                choose("tray");
              }}
            >
              {tray ? t("leave.tray") : t("leave.minimize")}
            </Button>
            <Button
              onClick={() => {
                choose("quit");
              }}
            >
              {t("leave.quit")}
            </Button>
            <Button onClick={onClose}>{t("cancel")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
