// The small questions about a data source: another name, and whether to remove it.
import { useTranslation } from "react-i18next";

import { type AudienceRow, useTell } from "../../api";
import { Asking, NameQuestion, PageLink, useNotify } from "../../parts";

/** What a question is about. */
export interface QuestionProps {
  source: AudienceRow;
  onClose: () => void;
}

/** Gives a data source another name. */
export function RenameSource({ source, onClose }: QuestionProps) {
  const { t } = useTranslation("data");
  const notify = useNotify();
  const rename = useTell("audience_rename");
  return (
    <NameQuestion
      label={t("name")}
      taken={t("pane.name.taken")}
      title={t("rename.title")}
      yes={t("rename")}
      begins={source.name}
      same={source.name}
      busy={rename.isPending}
      failure={rename.error}
      onClose={onClose}
      onYes={(name) => {
        rename.mutate(
          { id: source.id, name },
          {
            onSuccess: ({ row }) => {
              notify({ intent: "success", title: t("done.renamed", { name: row.name }) });
              onClose();
            },
          },
        );
      }}
    />
  );
}

/** Removes a data source that nothing uses; otherwise names what uses it. */
export function RemoveSource({ source, onClose }: QuestionProps) {
  const { t } = useTranslation("data");
  const notify = useNotify();
  const remove = useTell("audience_remove");
  const refused = remove.error?.code === "in_use";
  const users = source.used_by.length > 0 || refused;
  return (
    <Asking
      title={t("remove.title")}
      yes={t("remove")}
      busy={remove.isPending}
      waits={users}
      failure={refused ? null : remove.error}
      onClose={onClose}
      onYes={() => {
        remove.mutate(
          { id: source.id },
          {
            onSuccess: () => {
              notify({ intent: "success", title: t("done.removed", { name: source.name }) });
              onClose();
            },
          },
        );
      }}
    >
      {users ? (
        <div role={refused ? "alert" : undefined}>
          <p>{t("remove.used", { name: source.name })}</p>
          <ul>
            {source.used_by.map(({ id, name }) => (
              <li key={id}>
                <PageLink to="/exports" search={{ tab: "mine", search: name }}>
                  {name}
                </PageLink>
              </li>
            ))}
            {refused && source.segments > 0 && (
              <li>
                <PageLink to="/segments" search={{ audience: source.id }}>
                  {t("remove.segments", { count: source.segments })}
                </PageLink>
              </li>
            )}
          </ul>
        </div>
      ) : (
        <p>{t("remove.text", { name: source.name })}</p>
      )}
    </Asking>
  );
}
