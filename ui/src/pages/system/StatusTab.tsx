// What ran last of everything that runs, in groups that fold; a status leads to the details of the refresh.
import {
  Button,
  makeStyles,
  mergeClasses,
  Skeleton,
  SkeletonItem,
  Table,
  TableBody,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Refresh, SystemStatus } from "../../api";
import { ErrorCard } from "../../parts";
import { ProgressPane } from "./status/ProgressPane";
import { useRefresh } from "./status/refresh";
import type { StageId } from "./status/stages";
import { AudienceTask, ExportTask, ProcessTask } from "./Task";

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    overflowX: "auto",
  },
  table: { tableLayout: "fixed", minWidth: "560px" },
  fold: { width: "48px" },
  chevron: { paddingInlineStart: tokens.spacingHorizontalS },
  status: { width: "30%" },
  updated: { width: "26%" },
  head: { fontWeight: tokens.fontWeightSemibold },
  group: { fontWeight: tokens.fontWeightSemibold, textAlign: "start", padding: "8px" },
  none: { padding: "12px 8px 12px 48px", color: tokens.colorNeutralForeground2 },
  skeleton: { display: "flex", flexDirection: "column", gap: "20px", padding: "20px" },
});

const GROUPS = ["audiences", "exports", "processes"] as const;
type Group = (typeof GROUPS)[number];

/** The tab *Status*. */
export function StatusTab() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const { status, error, refetch, refresh, going } = useRefresh();
  // The pane of the details, and the stage that is seen in it first.
  const [details, setDetails] = useState<{ first: StageId | null } | null>(null);
  const [folded, setFolded] = useState<ReadonlySet<Group>>(new Set());
  if (error !== null) return <ErrorCard failure={error} onRetry={refetch} />;
  if (status === undefined) {
    return (
      <Skeleton className={styles.card} aria-hidden>
        <div className={styles.skeleton}>
          {[0, 1, 2, 3].map((line) => (
            <SkeletonItem key={line} />
          ))}
        </div>
      </Skeleton>
    );
  }
  const all = folded.size === GROUPS.length;
  const toggle = (group: Group) => {
    setFolded((old) => {
      const now = new Set(old);
      if (!now.delete(group)) now.add(group);
      return now;
    });
  };
  const see = (first: StageId | null) => {
    setDetails({ first });
  };
  return (
    <div className={styles.card}>
      <Table aria-label={t("status.table")} className={styles.table}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell className={styles.fold}>
              <Fold
                folded={all}
                label={all ? t("status.unfoldAll") : t("status.foldAll")}
                onToggle={() => {
                  setFolded(new Set(all ? [] : GROUPS));
                }}
              />
            </TableHeaderCell>
            <TableHeaderCell className={styles.head}>{t("status.task")}</TableHeaderCell>
            <TableHeaderCell className={mergeClasses(styles.head, styles.status)}>{t("status.status")}</TableHeaderCell>
            <TableHeaderCell className={mergeClasses(styles.head, styles.updated)}>{t("status.updated")}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        {GROUPS.map((group) => {
          const name = t(`status.${group}`, { total: status[group].length });
          const open = !folded.has(group);
          return (
            <TableBody key={group}>
              <TableRow>
                <td className={styles.chevron}>
                  <Fold
                    folded={!open}
                    label={open ? t("status.fold", { group: name }) : t("status.unfold", { group: name })}
                    onToggle={() => {
                      toggle(group);
                    }}
                  />
                </td>
                <th scope="rowgroup" colSpan={3} className={styles.group}>
                  {name}
                </th>
              </TableRow>
              {open && status[group].length === 0 && (
                <TableRow>
                  <td colSpan={4} className={styles.none}>
                    {t("status.none")}
                  </td>
                </TableRow>
              )}
              {open && <Tasks group={group} status={status} refresh={refresh} going={going} onDetails={see} />}
            </TableBody>
          );
        })}
      </Table>
      {details !== null && refresh !== null && (
        <ProgressPane
          refresh={refresh}
          going={going}
          first={details.first}
          onClose={() => {
            setDetails(null);
          }}
        />
      )}
    </div>
  );
}

interface TasksProps {
  group: Group;
  status: SystemStatus;
  refresh: Refresh | null;
  going: boolean;
  onDetails: (first: StageId | null) => void;
}

/** The lines of a group. */
function Tasks({ group, status, refresh, going, onDetails }: TasksProps) {
  const see = (first: StageId | null) =>
    refresh === null
      ? null
      : () => {
          onDetails(first);
        };
  switch (group) {
    case "audiences":
      return status.audiences.map((one) => (
        <AudienceTask
          key={one.audience.id}
          task={one}
          step={refresh?.audiences.find(({ id }) => id === one.audience.id)}
          going={going}
          onDetails={see("sources")}
        />
      ));
    case "exports":
      return status.exports.map((one) => <ExportTask key={one.export.id} task={one} refresh={refresh} onDetails={see("exports")} />);
    case "processes":
      return status.processes.map((one) => {
        const own = one.kind === "refresh";
        return (
          <ProcessTask
            key={one.kind}
            task={own && going ? { ...one, status: "processing" } : one}
            next={own ? status.next : null}
            onDetails={own ? see(null) : null}
          />
        );
      });
  }
}

/** The chevron of a group. */
function Fold({ folded, label, onToggle }: { folded: boolean; label: string; onToggle: () => void }) {
  return (
    <Button
      appearance="transparent"
      size="small"
      aria-label={label}
      aria-expanded={!folded}
      icon={folded ? <ChevronRightRegular /> : <ChevronDownRegular />}
      onClick={onToggle}
    />
  );
}
