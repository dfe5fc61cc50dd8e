// *Select segments*: the segments of the audience with round checks, paged from the engine.
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type AccountShape, type Product, type SegmentRow, useAskNow, useRows } from "../../api";
import { ErrorBar, SearchBox, SkeletonRows } from "../../parts";
import { type Chosen, type DataForm, MOST_SEGMENTS } from "./draft";
import { SegmentLines } from "./SegmentLines";
import { useSections } from "./styles";

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "12px", flexWrap: "wrap" },
  search: { width: "180px", maxWidth: "100%" },
  error: { color: tokens.colorPaletteRedForeground1, fontSize: tokens.fontSizeBase200 },
});

/** Segments that one answer holds at most. */
const PAGE = 500;

/** What the table needs. */
export interface SegmentsProps {
  form: UseFormReturn<DataForm>;
  audience: string;
  shape: AccountShape | undefined;
  product: Product;
  vendor: string;
}

/** The segments to choose from. */
export function Segments({ form, audience, shape, product, vendor }: SegmentsProps) {
  const { t } = useTranslation("setup");
  const sections = useSections();
  const styles = useStyles();
  const ask = useAskNow();
  const navigate = useNavigate();
  const [search, setSearch] = useState("");
  const [tooMany, setTooMany] = useState(false);
  const request = { audience, search: search.trim(), sort: "name" as const };
  const rows = useRows("segment_list", request);
  const chosen = form.watch("segments");
  const error = form.formState.errors.segments;
  const set = (segments: Chosen[]) => {
    setTooMany(segments.length > MOST_SEGMENTS);
    if (segments.length > MOST_SEGMENTS) return;
    form.setValue("segments", segments, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  };
  const toggle = ({ id, name }: SegmentRow) => {
    const others = chosen.filter((segment) => segment.id !== id);
    set(others.length === chosen.length ? [...chosen, { id, name, title: null }] : others);
  };
  const toggleAll = async () => {
    if (rows.count > PAGE) {
      setTooMany(true);
      return;
    }
    // Not all that are meant need to have been in view.
    const page = await ask("segment_list", { ...request, part: { offset: 0, limit: PAGE } });
    const had = new Map(chosen.map((segment) => [segment.id, segment]));
    const shown = new Set(page.rows.map((row) => row.id));
    const others = chosen.filter((segment) => !shown.has(segment.id));
    if (page.rows.every((row) => had.has(row.id))) set(others);
    else set([...others, ...page.rows.map(({ id, name }) => had.get(id) ?? { id, name, title: null })]);
  };
  const nothing = rows.count === 0 && !rows.pending && !rows.stale && rows.error === null;
  return (
    <section className={sections.section} aria-labelledby="set-up-segments">
      <div className={styles.head}>
        <h3 id="set-up-segments" className={sections.title}>
          {t("segments")}
        </h3>
        <SearchBox className={styles.search} label={t("segments.search")} value={search} onSearch={setSearch} />
      </div>
      {rows.pending && <SkeletonRows count={5} />}
      {rows.error !== null && <ErrorBar failure={rows.error} onRetry={rows.again} />}
      {rows.count > 0 && (
        <SegmentLines
          rows={rows}
          chosen={chosen}
          shape={shape}
          product={product}
          vendor={vendor}
          onToggle={toggle}
          onToggleAll={() => void toggleAll()}
          onTitle={(id, title) => {
            set(chosen.map((segment) => (segment.id === id ? { ...segment, title } : segment)));
          }}
        />
      )}
      {nothing && (
        <p className={sections.text} role="status">
          {search === "" ? t("segments.none") : t("segments.noMatch", { search })}{" "}
          {search === "" && (
            <Link
              as="button"
              type="button"
              inline
              onClick={() => void navigate({ to: "/segments", search: { audience } })}
            >
              {t("segments.go")}
            </Link>
          )}
        </p>
      )}
      {(error !== undefined || tooMany) && (
        <div role="alert" className={styles.error}>
          {tooMany ? t("segments.tooMany", { count: MOST_SEGMENTS }) : t("segments.missing")}
        </div>
      )}
    </section>
  );
}
