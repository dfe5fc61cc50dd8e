// The small questions about segments: a copy, another name, and whether to remove them.
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type SegmentRow, useAskNow, useTell } from "../../../api";
import { Asking, ErrorBar, NameQuestion, PageLink, useSay } from "../../../parts";

/** What a question is about. */
export interface QuestionProps {
  segment: SegmentRow;
  onClose: () => void;
}

/** Makes another segment of the same rule. */
export function DuplicateSegment({ segment, onClose }: QuestionProps) {
  const { t } = useTranslation("segments");
  const ask = useAskNow();
  const say = useSay();
  const save = useTell("segment_save");
  const [failure, setFailure] = useState<Failure | null>(null);
  const duplicate = async (name: string) => {
    setFailure(null);
    try {
      const { rule, row } = await ask("segment_get", { id: segment.id });
      await save.mutateAsync({ name, audience: row.audience.id, rule });
      say(t("done.duplicated", { name }));
      onClose();
    } catch (error) {
      setFailure(error as Failure);
    }
  };
  return (
    <NameQuestion
      label={t("name")}
      taken={t("pane.name.taken")}
      title={t("duplicate.title")}
      yes={t("duplicate.do")}
      begins={t("duplicate.name", { name: segment.name }).slice(0, 200)}
      busy={save.isPending}
      failure={failure}
      onYes={(name) => void duplicate(name)}
      onClose={onClose}
    />
  );
}

/** Gives a segment another name. */
export function RenameSegment({ segment, onClose }: QuestionProps) {
  const { t } = useTranslation("segments");
  const say = useSay();
  const rename = useTell("segment_rename");
  return (
    <NameQuestion
      label={t("name")}
      taken={t("pane.name.taken")}
      title={t("rename.title")}
      yes={t("rename")}
      begins={segment.name}
      same={segment.name}
      about={t("rename.text")}
      busy={rename.isPending}
      failure={rename.error}
      onYes={(name) => {
        rename.mutate(
          { id: segment.id, name },
          {
            onSuccess: () => {
              say(t("done.renamed", { name }));
              onClose();
            },
          },
        );
      }}
      onClose={onClose}
    />
  );
}

/** Removes segments that no export uses; otherwise names the exports. */
export function RemoveSegments({ segments, onClose }: { segments: readonly SegmentRow[]; onClose: (removed: boolean) => void }) {
  const { t } = useTranslation("segments");
  const say = useSay();
  const remove = useTell("segment_remove");
  const [refused, setRefused] = useState<{ name: string; failure: Failure } | null>(null);
  const [busy, setBusy] = useState(false);
  const used = segments.filter(({ used_by: users }) => users.length > 0);
  const count = segments.length;
  const all = async () => {
    setBusy(true);
    setRefused(null);
    for (const { id, name } of segments) {
      try {
        // One after the other: the first that is refused stops the rest.
        // oxlint-disable-next-line no-await-in-loop
        await remove.mutateAsync({ id });
      } catch (failure) {
        setRefused({ name, failure: failure as Failure });
        setBusy(false);
        return;
      }
    }
    say(t("done.removed", { count }));
    onClose(true);
  };
  return (
    <Asking
      title={t("remove.title", { count })}
      yes={t("remove")}
      busy={busy}
      waits={used.length > 0}
      failure={null}
      onYes={() => void all()}
      onClose={() => {
        onClose(false);
      }}
    >
      {used.length === 0 ? (
        <p>{count === 1 ? t("remove.text", { name: segments[0]?.name ?? "" }) : t("remove.textMany")}</p>
      ) : (
        used.map((segment) => (
          <div key={segment.id}>
            <p>{t("remove.used", { name: segment.name })}</p>
            <ul>
              {segment.used_by.map(({ id, name }) => (
                <li key={id}>
                  <PageLink to="/exports" search={{ tab: "mine", search: name }}>
                    {name}
                  </PageLink>
                </li>
              ))}
            </ul>
          </div>
        ))
      )}
      {refused !== null && <ErrorBar failure={refused.failure} about={t("remove.refused", { name: refused.name })} />}
    </Asking>
  );
}
