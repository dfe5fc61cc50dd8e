// The form of every small question: a title, a few words, one button that does it.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Failure } from "../api";
import { ErrorBar } from "./ErrorBar";
import { useReturnFocus } from "./returnFocus";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "12px", overflowWrap: "anywhere" },
  actions: { flexWrap: "wrap" },
});

/** What a question consists of. */
export interface AskingProps {
  title: string;
  children: ReactNode;
  /** What the button says. */
  yes: string;
  /** Whether it is being done. */
  busy: boolean;
  /** Whether the button waits for something. */
  waits?: boolean;
  /** Why it was not done. */
  failure: Failure | null;
  /** Other buttons, before *Cancel*. */
  others?: ReactNode;
  /** Does it; it is called once however often the button is pressed. */
  onYes: () => void;
  onClose: () => void;
}

/** A small question. */
export function Asking({ title, children, yes, busy, waits = false, failure, others, onYes, onClose }: AskingProps) {
  const { t } = useTranslation("frame");
  const styles = useStyles();
  useReturnFocus();
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !busy) onClose();
      }}
    >
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy && !waits) onYes();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {children}
              {failure !== null && <ErrorBar failure={failure} />}
            </DialogContent>
            <DialogActions className={styles.actions} fluid>
              <Button
                appearance="primary"
                type="submit"
                disabledFocusable={busy || waits}
                icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
              >
                {yes}
              </Button>
              {others}
              <Button onClick={onClose} disabled={busy}>
                {t("cancel")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
