// The pane that makes or edits a segment: reads what the form stands on, then hands it over.
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type AudienceRow, type SegmentDetail, useAsk } from "../../../api";
import { ErrorBar, Pane, PaneSkeleton } from "../../../parts";
import { formOf, newForm } from "./form";
import { SegmentEditor } from "./SegmentEditor";

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
  const detail = useAsk("segment_get", { id: id ?? "" }, { enabled: id !== null });
  const audiences = useAsk("audience_list", {});
  // What was asked for when the pane opened stays under the form, whatever others save meanwhile.
  const [opened, setOpened] = useState<SegmentDetail | null>(null);
  if (id !== null && opened === null && detail.data !== undefined) setOpened(detail.data);
  const error = audiences.error ?? (opened === null ? detail.error : null);
  if (audiences.data === undefined || (id !== null && opened === null)) {
    return (
      <Pane
        title={t(id === null ? "pane.new" : "pane.edit")}
        width={736}
        onClose={() => {
          onClose(null);
        }}
      >
        {error === null ? <PaneSkeleton /> : <ErrorBar failure={error} />}
      </Pane>
    );
  }
  return (
    <SegmentEditor
      key={opened?.version ?? "new"}
      opened={opened}
      initial={opened === null ? newForm(first(audiences.data, audience)) : formOf(opened)}
      audiences={audiences.data}
      onTake={setOpened}
      onClose={onClose}
    />
  );
}

/** The audience that a new segment begins with: the one that is looked at, or the only one there is. */
function first(audiences: readonly AudienceRow[], wanted: string | undefined): string {
  if (audiences.some(({ id }) => id === wanted)) return wanted ?? "";
  return audiences.length === 1 ? (audiences[0]?.id ?? "") : "";
}
