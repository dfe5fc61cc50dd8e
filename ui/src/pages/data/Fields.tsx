// The fields of the selected data source, with what was detected beside the title and a way to change it.
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { AudienceDetail, AudienceRow } from "../../api";
import { SearchBox, SkeletonRows } from "../../parts";
import { FieldsTable } from "./FieldsTable";
import { useFound } from "./found";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "8px", minWidth: 0 },
  head: { display: "flex", alignItems: "baseline", gap: "12px", flexWrap: "wrap" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  found: {
    flexGrow: 1,
    flexBasis: "300px",
    minWidth: 0,
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  link: { fontSize: "inherit" },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What the part shows and tells. */
export interface FieldsProps {
  source: AudienceRow;
  /** Undefined until it is read. */
  detail: AudienceDetail | undefined;
  /** *Change* was pressed. */
  onChange: () => void;
}

/** The fields. */
export function Fields({ source, detail, onChange }: FieldsProps) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const [search, setSearch] = useState("");
  const found = useFound();
  const fields = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return (detail?.fields ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  }, [detail, search]);
  return (
    <section className={styles.all}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t("fields.of", { name: source.name })}</h2>
        <span className={styles.found}>
          {detail !== undefined && (
            <>
              {found(detail).join(" · ")} ·{" "}
              <Link as="button" className={styles.link} aria-label={t("fields.changeLabel")} onClick={onChange}>
                {t("fields.change")}
              </Link>
            </>
          )}
        </span>
        <SearchBox label={t("fields.search")} value={search} onSearch={setSearch} />
      </div>
      {detail === undefined ? (
        <SkeletonRows count={6} />
      ) : fields.length === 0 ? (
        <p className={styles.none}>{t("fields.nothing", { search: search.trim() })}</p>
      ) : (
        <FieldsTable detail={detail} fields={fields} />
      )}
    </section>
  );
}
