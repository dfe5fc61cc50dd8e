// The people of a preview: a tab for each group, a search, a field that changes, and what becomes of each.
import { Dropdown, makeStyles, Option, Tab as FluentTab, TabList, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { type PreviewedPerson, type PreviewView, type Product, useRows } from "../../api";
import {
  Clip,
  type Column,
  DataTable,
  ErrorBar,
  PersonCell,
  PersonPane,
  rowId,
  SearchBox,
  tagged,
  useFormat,
  useReasonWords,
} from "../../parts";
import { Changes, ListChanges } from "./Changes";
import { type Tab, tabs } from "./groups";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  tabs: { flexWrap: "wrap", marginInlineStart: "-10px" },
  number: { marginInlineStart: "6px", color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  head: { display: "flex", gap: "8px", alignItems: "center", flexWrap: "wrap" },
  search: { width: "280px" },
  field: { minWidth: "160px" },
});

/** Groups whose people have fields that change or are sent. */
const WITH_CHANGES: ReadonlySet<Tab> = new Set(["new", "changed", "retry"]);
/** Groups whose people have a reason. */
const WITH_REASON: ReadonlySet<Tab> = new Set(["excluded", "invalid", "duplicate", "held", "retry"]);
/** Groups whose people may join or leave lists. */
const WITH_LISTS: ReadonlySet<Tab> = new Set(["new", "changed", "retry", "leaving", "held"]);

/** What the tabs need. */
export interface PeopleProps {
  view: PreviewView;
  product: Product | null | undefined;
  tab: Tab;
  onTab: (tab: Tab) => void;
}

/** The tabs and the table. */
export function People({ view, product, tab, onTab }: PeopleProps) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  const panel = useId();
  return (
    <div className={styles.all}>
      <TabList
        className={styles.tabs}
        aria-label={t("tabs")}
        selectedValue={tab}
        onTabSelect={(_, { value }) => {
          onTab(value as Tab);
        }}
      >
        {tabs
          .filter((one) => one !== "held" || view.preview.held > 0)
          .map((one) => (
            <FluentTab key={one} value={one} id={`${panel}${one}`} aria-controls={panel}>
              {t(`tab.${one}`)}
              <span className={styles.number}>{format.number(view.preview[one])}</span>
            </FluentTab>
          ))}
      </TabList>
      <div id={panel} role="tabpanel" aria-labelledby={`${panel}${tab}`}>
        <Group key={tab} view={view} product={product} tab={tab} />
      </div>
    </div>
  );
}

function Group({ view, product, tab }: Omit<PeopleProps, "onTab">) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const words = useReasonWords(product);
  const [search, setSearch] = useState("");
  const [field, setField] = useState<string | null>(null);
  const [person, setPerson] = useState<string | null>(null);
  const rows = useRows("preview_people", { token: view.token, group: tab, search, field });
  const columns: Column<PreviewedPerson>[] = [
      {
        id: "person",
        title: t("column.person"),
        width: "30%",
        cell: (row) => <PersonCell email={row.email} name={row.name} under={row.customer_id} onOpen={setPerson} />,
      },
      ...(WITH_CHANGES.has(tab)
        ? [
            {
              id: "changes",
              title: view.first_run || tab === "new" ? t("column.sent") : t("column.changes"),
              cell: (row: PreviewedPerson) => <Changes changes={row.changes} />,
            },
          ]
        : []),
      ...(WITH_REASON.has(tab)
        ? [
            {
              id: "reason",
              title: t("column.reason"),
              width: tab === "retry" ? "24%" : undefined,
              cell: (row: PreviewedPerson) => <Clip lines={2} text={words.why(row.reason)} />,
            },
          ]
        : []),
      ...(WITH_LISTS.has(tab)
        ? [
            {
              id: "lists",
              title: t("column.lists", { context: tagged(product) }),
              width: "22%",
              cell: (row: PreviewedPerson) => <ListChanges joins={row.joins} leaves={row.leaves} product={product} />,
            },
          ]
        : []),
    ];
  const narrowed = search !== "" || field !== null;
  return (
    <div className={styles.all}>
      <div className={styles.head}>
        <SearchBox className={styles.search} label={t("search")} value={search} onSearch={setSearch} />
        {(tab === "changed" || tab === "retry") && view.fields.length > 0 && (
          <Dropdown
            className={styles.field}
            aria-label={t("fields")}
            value={field === null ? t("fields.all") : field.replace(/^custom:/u, "")}
            selectedOptions={[field ?? ""]}
            onOptionSelect={(_, { optionValue }) => {
              setField(optionValue === undefined || optionValue === "" ? null : optionValue);
            }}
          >
            <Option value="">{t("fields.all")}</Option>
            {view.fields.map((one) => (
              <Option key={one} value={one} text={one.replace(/^custom:/u, "")}>
                {one.replace(/^custom:/u, "")}
              </Option>
            ))}
          </Dropdown>
        )}
      </div>
      {rows.error !== null ? (
        <ErrorBar
          failure={rows.error}
          about={rows.error.code === "not_found" ? t("gone") : undefined}
          onRetry={rows.again}
        />
      ) : (
        <DataTable
          label={t(`tab.${tab}`)}
          columns={columns}
          rows={rows}
          id={rowId}
          name={(row) => row.email}
          height={56}
          onOpen={(row) => {
            if (row.email !== "") setPerson(row.email);
          }}
          none={
            narrowed
              ? search === ""
                ? t("none.field", { field: field?.replace(/^custom:/u, "") ?? "" })
                : t("none.match", { search })
              : t("none")
          }
        />
      )}
      {person !== null && (
        <PersonPane
          email={person}
          onClose={() => {
            setPerson(null);
          }}
        />
      )}
    </div>
  );
}
