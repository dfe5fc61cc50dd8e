// The pane that makes or edits a segment: reads what the form stands on, then hands it over. The pane itself is
// there from the start and stays one; the form puts its buttons into the footer.
import { makeStyles } from "@fluentui/react-components";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type AudienceRow, type SegmentDetail, useAsk } from "../../../api";
import { ErrorBar, Pane, PaneSkeleton } from "../../../parts";
import { formOf, newForm } from "./form";
import { SegmentEditor } from "./SegmentEditor";

const useStyles = makeStyles({ footer: { width: "100%", minHeight: "32px" } });

/** What the pane is for. */
export interface SegmentPaneProps {
  /** The segment that is edited; null: a new one. */
  id: string | null;
  /** The audience that a new segment begins with. */
  audience: string | undefined;
  /** Closes the pane; the id of what was saved. */
  onClose: (saved: string | null) => void;
}

/** The pane. */
export function SegmentPane({ id, audience, onClose }: SegmentPaneProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const detail = useAsk("segment_get", { id: id ?? "" }, { enabled: id !== null });
  const audiences = useAsk("audience_list", {});
  // What was there when the pane opened stays under the form, whatever others save meanwhile.
  const [opened, setOpened] = useState<SegmentDetail | null>(null);
  if (id !== null && opened === null && detail.data !== undefined) setOpened(detail.data);
  const [footer, setFooter] = useState<HTMLElement | null>(null);
  const [of, setOf] = useState<string | null>(null);
  const guard = useRef<(() => void) | null>(null);
  const onGuard = useCallback((leave: (() => void) | null) => {
    guard.current = leave;
  }, []);
  const initial = useMemo(() => {
    if (opened !== null) return formOf(opened);
    return audiences.data === undefined || id !== null ? null : newForm(first(audiences.data, audience));
  }, [opened, audiences.data, id, audience]);
  const error = audiences.error ?? (opened === null ? detail.error : null);
  const chosen = audiences.data?.find((one) => one.id === (of ?? initial?.audience));
  return (
    <Pane
      title={t(id === null ? "pane.new" : "pane.edit")}
      about={chosen === undefined ? undefined : t("pane.about", { name: chosen.name, count: chosen.profiles })}
      width={736}
      footer={error === null ? <div ref={setFooter} className={styles.footer} /> : undefined}
      onClose={() => {
        if (guard.current === null) onClose(null);
        else guard.current();
      }}
    >
      {error !== null ? (
        <ErrorBar failure={error} />
      ) : initial === null || audiences.data === undefined ? (
        <PaneSkeleton />
      ) : (
        <SegmentEditor
          key={opened?.version ?? "new"}
          opened={opened}
          initial={initial}
          audiences={audiences.data}
          footer={footer}
          onAudience={setOf}
          onGuard={onGuard}
          onTake={setOpened}
          onClose={onClose}
        />
      )}
    </Pane>
  );
}

/** The audience that a new segment begins with: the one that is looked at, or the only one there is. */
function first(audiences: readonly AudienceRow[], wanted: string | undefined): string {
  if (audiences.some(({ id }) => id === wanted)) return wanted ?? "";
  return audiences.length === 1 ? (audiences[0]?.id ?? "") : "";
}
