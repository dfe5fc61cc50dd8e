// Segments that were taken out: what happens to the people on their lists is asked once, before saving.
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Product } from "../../api";
import { tagged, useReturnFocus } from "../../parts";
import type { Chosen } from "./draft";
import { useSections } from "./styles";

/** What the dialog needs. */
export interface DroppedProps {
  segments: readonly Chosen[];
  product: Product;
  /** Saves; the lists of these segments are emptied. */
  onSave: (empty: string[]) => void;
  onCancel: () => void;
}

/** The question about dropped segments. */
export function Dropped({ segments, product, onSave, onCancel }: DroppedProps) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const context = tagged(product);
  useReturnFocus();
  const [empty, setEmpty] = useState<string[]>([]);
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open) onCancel();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("dropped.title", { count: segments.length, context })}</DialogTitle>
          <DialogContent className={styles.section}>
            <p className={styles.text}>{t("dropped.text", { context })}</p>
            {segments.map(({ id, name, title }) => (
              <Checkbox
                key={id}
                label={t("dropped.empty", { name: title ?? name, context })}
                checked={empty.includes(id)}
                onChange={(_, { checked }) => {
                  setEmpty(checked === true ? [...empty, id] : empty.filter((one) => one !== id));
                }}
              />
            ))}
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              onClick={() => {
                onSave(empty);
              }}
            >
              {t("dropped.save")}
            </Button>
            <Button onClick={onCancel}>{t("cancel")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
