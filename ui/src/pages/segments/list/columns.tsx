// The columns of the table of segments.
import { makeStyles, MenuList, tokens } from "@fluentui/react-components";
import { MoreVertical20Regular, Warning16Regular } from "@fluentui/react-icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { SegmentRow } from "../../../api";
import { ButtonMenu, Clip, type Column, CommandItem, type PageCommand, useFormat } from "../../../parts";

const useStyles = makeStyles({
  name: { display: "flex", alignItems: "center", gap: "4px", minWidth: 0 },
  words: { flexGrow: 1, minWidth: 0, fontWeight: tokens.fontWeightSemibold },
  members: { display: "flex", alignItems: "center", justifyContent: "flex-end", gap: "6px" },
  quiet: { color: tokens.colorNeutralForeground3 },
  icon: { flexShrink: 0, color: tokens.colorStatusWarningForeground3 },
});

/** Columns by which the engine sorts, with its words for them. */
export const sorts = { name: "name", members: "members", refreshed: "counted_at", created: "created_at" } as const;

/** The columns; `commands` are those of a row. */
export function useColumns(commands: (segments: SegmentRow[], bar: boolean) => PageCommand[]): Column<SegmentRow>[] {
  const { t } = useTranslation("segments");
  const { t: frame } = useTranslation("frame");
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: "name",
        title: t("name"),
        sorts: true,
        cell: (row) => (
          <div className={styles.name}>
            <div className={styles.words}>
              <Clip text={row.name} />
            </div>
            <ButtonMenu
              appearance="subtle"
              size="small"
              icon={<MoreVertical20Regular />}
              label={frame("more.actionsOf", { name: row.name })}
            >
              <MenuList>
                {commands([row], false).map((command) => (
                  <CommandItem key={command.id} command={command} />
                ))}
              </MenuList>
            </ButtonMenu>
          </div>
        ),
      },
      { id: "kind", title: t("kind"), width: "15%", cell: (row) => <Clip text={t(`kind.${row.kind}`)} /> },
      {
        id: "usedBy",
        title: t("usedBy"),
        width: "22%",
        cell: ({ used_by: users }) => {
          const [first] = users;
          if (first === undefined) return <Clip className={styles.quiet} text={t("usedBy.nobody")} />;
          const rest = users.length - 1;
          const text = rest === 0 ? first.name : t("usedBy.more", { name: first.name, count: rest });
          return <Clip text={text} full={rest === 0 ? undefined : format.list(users.map(({ name }) => name))} />;
        },
      },
      {
        id: "members",
        title: t("members"),
        width: "14%",
        end: true,
        sorts: true,
        cell: ({ members, outdated, not_in_audience: strangers }) => {
          if (members === null) return <Clip className={styles.quiet} text={t("members.none")} />;
          const hints = [
            ...(outdated ? [t("outdated")] : []),
            ...(strangers !== null && strangers > 0 ? [t("notInAudience", { count: strangers })] : []),
          ];
          return (
            <div className={styles.members}>
              {hints.length > 0 && <Warning16Regular aria-hidden className={styles.icon} />}
              <Clip text={format.number(members)} full={hints.length > 0 ? hints.join(" ") : undefined} />
            </div>
          );
        },
      },
      {
        id: "refreshed",
        title: t("refreshed"),
        width: "18%",
        sorts: true,
        cell: ({ counted_at: at }) =>
          at === null ? (
            <Clip className={styles.quiet} text={t("never")} />
          ) : (
            <Clip text={format.ago(at)} full={format.dateTime(at)} />
          ),
      },
    ],
    [t, frame, format, styles, commands],
  );
}
