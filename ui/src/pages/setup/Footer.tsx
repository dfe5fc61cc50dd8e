// The foot of the pane: what goes on, what goes back, and one reason in words where something waits.
import { Button, makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import type { SyntheticEvent } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type Connection, type ExportDetail, type ExportRow, useAsk } from "../../api";
import { CopyCommand } from "../../parts";
import type { Waits } from "./account";
import { exportAddLine } from "./command";
import { type DataForm, toDraft } from "./draft";
import { EMAIL } from "./matching";
import { useSections } from "./styles";

const useStyles = makeStyles({
  foot: { display: "flex", alignItems: "center", gap: "8px", flexWrap: "wrap", flexGrow: 1, minWidth: 0 },
  end: { marginInlineStart: "auto", textAlign: "end" },
  words: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What the foot of step 1 needs. */
export interface AccountFooterProps {
  waiting: Waits;
  busy: boolean;
  /** The line that adds the same connection; `null` while it is not whole. */
  line: string | null;
  onNext: (event: SyntheticEvent) => void;
  onCancel: () => void;
}

/** The foot of step 1. */
export function AccountFooter({ waiting, busy, line, onNext, onCancel }: AccountFooterProps) {
  const { t } = useTranslation("setup");
  const sections = useSections();
  const styles = useStyles();
  // Beside *Connect* stands why that waits; one reason at a time.
  const why = waiting.connect === null ? waiting.next : null;
  return (
    <div className={styles.foot}>
      {line !== null && <CopyCommand text={line} />}
      <div role="status" id="set-up-next-why" className={mergeClasses(sections.why, styles.end)}>
        {why !== null && t(why)}
      </div>
      <Button
        appearance="primary"
        disabledFocusable={waiting.next !== null || busy}
        aria-describedby={waiting.connect === null ? "set-up-next-why" : "set-up-why"}
        icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
        onClick={onNext}
      >
        {t("next")}
      </Button>
      <Button disabled={busy} onClick={onCancel}>
        {t("cancel")}
      </Button>
    </div>
  );
}

/** What the foot of step 2 needs. */
export interface DataFooterProps {
  form: UseFormReturn<DataForm>;
  /** What the command line calls things. */
  names: { name: string; connection: Connection | undefined; exports: readonly ExportRow[] };
  edited: ExportDetail | null;
  busy: boolean;
  onBack: () => void;
  onSave: (event: SyntheticEvent) => void;
  onCancel: () => void;
}

/** The foot of step 2. */
export function DataFooter({ form, names, edited, busy, onBack, onSave, onCancel }: DataFooterProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const values = form.watch();
  const { data: audiences } = useAsk("audience_list", {});
  const email = values.matching.some((row) => row.target === EMAIL && row.column !== "");
  const why =
    values.audience === ""
      ? t("audience.missing")
      : !email
        ? t("attribute.missing")
        : values.segments.length === 0
          ? t("segments.missing")
          : null;
  const audience = audiences?.find((one) => one.id === values.audience)?.name;
  const line =
    edited !== null || why !== null || audience === undefined || names.connection === undefined
      ? null
      : exportAddLine(toDraft(names.name, names.connection.id, values, null), {
          connection: names.connection.name,
          audience,
          segments: values.segments,
        });
  return (
    <div className={styles.foot}>
      <Button disabled={busy} onClick={onBack}>
        {t("back")}
      </Button>
      {line !== null && <CopyCommand text={line} />}
      <span role="status" id="set-up-save-why" className={mergeClasses(styles.words, styles.end)}>
        {why ?? t("saving")}
      </span>
      <Button
        appearance="primary"
        disabledFocusable={why !== null || busy}
        aria-describedby="set-up-save-why"
        icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
        onClick={onSave}
      >
        {t("save")}
      </Button>
      <Button disabled={busy} onClick={onCancel}>
        {t("cancel")}
      </Button>
    </div>
  );
}
