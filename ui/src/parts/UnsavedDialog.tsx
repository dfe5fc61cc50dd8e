// The question whether what was typed may be lost.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useReturnFocus } from "./returnFocus";

/** Asks; *Keep editing* is the way that loses nothing, and what Esc means. */
export function UnsavedDialog({ onAnswer }: { onAnswer: (leave: boolean) => void }) {
  const { t } = useTranslation("frame");
  useReturnFocus();
  return (
    <Dialog
      modalType="alert"
      open
      onOpenChange={(_event, { open }) => {
        if (!open) onAnswer(false);
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("unsaved.title")}</DialogTitle>
          <DialogContent>{t("unsaved.text")}</DialogContent>
          <DialogActions fluid>
            <Button
              appearance="primary"
              onClick={() => {
                onAnswer(false);
              }}
            >
              {t("unsaved.stay")}
            </Button>
            <Button
              onClick={() => {
                onAnswer(true);
              }}
            >
              {t("unsaved.leave")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
