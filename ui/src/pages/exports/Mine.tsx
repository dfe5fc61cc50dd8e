// The tab *My export destinations*: the list, and what stands in its place while there is nothing to show.
import { Button, Link } from "@fluentui/react-components";
import { AddRegular, ArrowExportLtrRegular } from "@fluentui/react-icons";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { EmptyState } from "../../parts";
import { ExportTable, type ExportTableProps } from "./ExportTable";

/** What the tab needs. */
export interface MineProps extends Omit<ExportTableProps, "none"> {
  /** Whether there is no export at all. */
  empty: boolean;
  search: string;
  onAdd: () => void;
  onClear: () => void;
}

/** The tab; what else happens on the page does not concern it. */
export const Mine = memo(function Tab({ empty, search, onAdd, onClear, ...table }: MineProps) {
  const { t } = useTranslation("exports");
  if (empty) {
    return (
      <EmptyState
        icon={<ArrowExportLtrRegular />}
        title={t("empty.title")}
        text={t("empty.text")}
        action={
          <Button appearance="primary" icon={<AddRegular />} onClick={onAdd}>
            {t("command.add")}
          </Button>
        }
      />
    );
  }
  return (
    <ExportTable
      {...table}
      none={
        <>
          {t("noMatch", { search })}{" "}
          <Link as="button" inline onClick={onClear}>
            {t("noMatch.clear")}
          </Link>
        </>
      }
    />
  );
});
