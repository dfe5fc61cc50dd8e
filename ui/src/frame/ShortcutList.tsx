// All shortcuts, under `?`.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { Keys } from "../parts/Keys";
import { useReturnFocus } from "../parts/returnFocus";
import { type Keys as KeyCombination, shortcuts, type ShortcutId } from "../parts/shortcuts";

const useStyles = makeStyles({
  list: { margin: 0, display: "grid", gridTemplateColumns: "1fr max-content", gap: "8px 24px" },
  keys: { margin: 0, textAlign: "end" },
});

const everywhere: ["close" | "rows" | "select" | "open" | "larger" | "smaller" | "size", KeyCombination][] = [
  ["close", { key: "escape" }],
  ["rows", { key: "↑ ↓" }],
  ["select", { key: " " }],
  ["open", { key: "enter" }],
  // These are of the window itself.
  ["larger", { key: "+", ctrl: true }],
  ["smaller", { key: "-", ctrl: true }],
  ["size", { key: "0", ctrl: true }],
];

/** The dialog with all shortcuts. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation();
  useReturnFocus();
  const rows: [string, string, KeyCombination][] = [
    ...(Object.keys(shortcuts) as ShortcutId[]).map((id): [string, string, KeyCombination] => [
      id,
      t(`shortcuts.${id}`),
      shortcuts[id],
    ]),
    ...everywhere.map(([id, keys]): [string, string, KeyCombination] => [id, t(`shortcuts.${id}`), keys]),
  ];
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("shortcuts.title")}</DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {rows.map(([id, words, keys]) => (
                <div key={id} style={{ display: "contents" }}>
                  <dt>{words}</dt>
                  <dd className={styles.keys}>
                    <Keys of={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary">{t("close")}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
