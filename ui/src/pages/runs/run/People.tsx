// The people of a class: reasons as filters, a search, and all rows in parts from the engine.
import { makeStyles, ToggleButton, tokens } from "@fluentui/react-components";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Outcome, type RunDetail, type RunPerson, type RunReason, useRows } from "../../../api";
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
  useAccountNamed,
  useFormat,
  useReasonWords,
} from "../../../parts";
import { CreateAgain } from "./CreateAgain";

const route = getRouteApi("/runs/$id");

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  head: { display: "flex", gap: "8px", alignItems: "center", flexWrap: "wrap" },
  search: { width: "240px" },
  chip: { fontWeight: tokens.fontWeightRegular },
  suggestion: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  answer: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** The people of a class. */
export function People({ detail, outcome, reasons }: { detail: RunDetail; outcome: Outcome; reasons: readonly RunReason[] }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const product = useAccountNamed(detail.connection)?.type;
  const words = useReasonWords(product);
  const navigate = route.useNavigate();
  const { reason, search = "" } = route.useSearch();
  const [person, setPerson] = useState<string | null>(null);
  const filter = (changed: { reason?: string | undefined; search?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, tab: outcome, ...changed }), replace: true });
  const rows = useRows("run_people", { run: detail.run.id, outcome, reason: reason ?? null, search });
  const ofClass = reasons.filter((one) => one.outcome === outcome);
  const explained = ofClass.some((one) => one.reason !== "");
  const account = detail.connection;
  const columns: Column<RunPerson>[] = [
      {
        id: "person",
        title: t("people.person"),
        width: explained ? "32%" : "50%",
        cell: (row) => <PersonCell email={row.email} under={row.customer_id} onOpen={setPerson} />,
      },
      ...(explained
        ? [
            {
              id: "reason",
              title: t("people.reason.column"),
              cell: (row: RunPerson) =>
                row.suggestion === null ? (
                  <Clip lines={2} text={words.why(row.reason)} />
                ) : (
                  <>
                    <Clip text={words.why(row.reason)} />
                    <Clip className={styles.suggestion} text={t("people.suggestion", { address: row.suggestion })} />
                  </>
                ),
            },
          ]
        : []),
      {
        id: "answer",
        title: account === "" ? t("people.answer.account") : t("people.answer", { account }),
        width: explained ? "28%" : undefined,
        cell: (row) => (row.answer === "" ? "" : <Clip lines={2} className={styles.answer} text={words.answer(row.answer)} />),
      },
    ];
  return (
    <div className={styles.all}>
      <div className={styles.head}>
        <SearchBox
          className={styles.search}
          label={t("people.search")}
          value={search}
          onSearch={(text) => {
            filter({ search: text === "" ? undefined : text });
          }}
        />
        {outcome === "excluded" && <CreateAgain detail={detail} reasons={ofClass} />}
        {ofClass.length > 1 && (
          <div className={styles.head} role="group" aria-label={t("people.reasons")}>
            <ToggleButton
              shape="circular"
              size="small"
              className={styles.chip}
              checked={reason === undefined}
              onClick={() => {
                filter({ reason: undefined });
              }}
            >
              {t("people.allReasons", { number: format.number(ofClass.reduce((sum, { people }) => sum + people, 0)) })}
            </ToggleButton>
            {ofClass.map((one) => (
              <ToggleButton
                key={one.reason}
                shape="circular"
                size="small"
                className={styles.chip}
                checked={reason === one.reason}
                onClick={() => {
                  filter({ reason: reason === one.reason ? undefined : one.reason });
                }}
              >
                {t("people.reason", { reason: words.short(one.reason), number: format.number(one.people) })}
              </ToggleButton>
            ))}
          </div>
        )}
      </div>
      {rows.error !== null && <ErrorBar failure={rows.error} onRetry={rows.again} />}
      {rows.error === null && (
        <DataTable
          label={t(`words:outcome.${outcome}`, { context: tagged(product) })}
          columns={columns}
          rows={rows}
          id={rowId}
          name={(row) => row.email}
          height={56}
          onOpen={(row) => {
            if (row.email !== "") setPerson(row.email);
          }}
          none={search === "" ? t("people.none") : t("people.noMatch", { search })}
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
