// The first members of the rule as it is edited, before anything is saved.
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

import type { SegmentRule } from "../../../api";
import { MembersTable } from "../detail/MembersTable";

/** Whose members are shown. */
export interface MembersDialogProps {
  audience: string;
  rule: SegmentRule;
  onClose: () => void;
}

/** The dialog. */
export function MembersDialog({ audience, rule, onClose }: MembersDialogProps) {
  const { t } = useTranslation("segments");
  const { t: frame } = useTranslation("frame");
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open) onClose();
      }}
    >
      <DialogSurface style={{ maxWidth: "min(960px, 92vw)" }}>
        <DialogBody>
          <DialogTitle>{t("people.title")}</DialogTitle>
          <DialogContent>
            <MembersTable audience={audience} rule={rule} heading={false} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{frame("close")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
