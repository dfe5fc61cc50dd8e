// *Data matching*: the audience, and which attribute goes to which field of the account.
import { Button, Dropdown, Field, Link, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Option } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { AudienceDetail, AudienceRow } from "../../api";
import type { Account } from "./reading";
import { AddAttribute } from "./AddAttribute";
import type { DataForm } from "./draft";
import { fieldOfAccount } from "./fields";
import { EMAIL, emptyRow, type MatchRow, unusedFields } from "./matching";
import { MatchingRow } from "./MatchingRow";
import { useSections } from "./styles";

const useStyles = makeStyles({
  choice: { minWidth: 0, width: "260px", maxWidth: "100%" },
  rows: { display: "flex", flexDirection: "column", gap: "12px" },
});

/** What the column needs. */
export interface MatchingProps {
  form: UseFormReturn<DataForm>;
  audiences: readonly AudienceRow[] | undefined;
  audience: AudienceDetail | undefined;
  account: Account;
  vendor: string;
  /** Whether the audience stands fast, as it does for a stored export. */
  fixed: boolean;
  onAudience: (id: string) => void;
}

/** The left column of step 2. */
export function Matching({ form, audiences, audience, account, vendor, fixed, onAudience }: MatchingProps) {
  const { t } = useTranslation("setup");
  const sections = useSections();
  const styles = useStyles();
  const navigate = useNavigate();
  const [id, rows] = form.watch(["audience", "matching"]);
  const { errors } = form.formState;
  const about = [
    ...(audience === undefined ? [] : [t("audience.profiles", { count: audience.row.profiles })]),
    ...(fixed ? [t("audience.fixed")] : []),
  ];
  const added = useRef<string | null>(null);
  const { shape, failure, again } = account;
  const setRows = (to: MatchRow[]) => {
    form.setValue("matching", to, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  };
  return (
    <section className={sections.form} aria-labelledby="set-up-matching">
      <div className={sections.section}>
        <h3 id="set-up-matching" className={sections.title}>
          {t("matching")}
        </h3>
        <p className={sections.text}>
          {t("matching.text", { vendor })} <span className={sections.required}>{t("required")}</span>
        </p>
      </div>
        <Field
          label={{ children: t("audience"), weight: "semibold" }}
          required
          hint={about.join(". ")}
          validationState={errors.audience === undefined ? "none" : "error"}
          validationMessage={errors.audience && t("audience.missing")}
        >
          <Dropdown
            className={styles.choice}
            disabled={fixed}
            placeholder={t("audience.choose")}
            value={audiences?.find((one) => one.id === id)?.name ?? ""}
            selectedOptions={id === "" ? [] : [id]}
            onOptionSelect={(_, { optionValue }) => {
              if (optionValue !== undefined && optionValue !== id) onAudience(optionValue);
            }}
          >
            {(audiences ?? []).map((one) => (
              <Option key={one.id} value={one.id} text={one.name}>
                {one.name}
              </Option>
            ))}
          </Dropdown>
        </Field>
      {!fixed && (
        <p className={sections.text}>
          {audiences?.length === 0 && <>{t("audience.none")} </>}
          <Link as="button" type="button" onClick={() => void navigate({ to: "/data", search: { add: true } })}>
            {t("audience.add")}
          </Link>
        </p>
      )}
      <div className={styles.rows}>
        {rows.map((row, at) => (
          <MatchingRow
            key={row.target}
            row={row}
            audience={audience}
            field={fieldOfAccount(shape, row.target)}
            gone={shape !== undefined && fieldOfAccount(shape, row.target) === undefined}
            error={row.target === EMAIL && errors.matching !== undefined ? t("attribute.missing") : undefined}
            focus={(element) => {
              if (added.current !== row.target || element === null) return;
              added.current = null;
              element.focus();
            }}
            onChange={(changed) => {
              setRows(rows.with(at, changed));
            }}
            onRemove={() => {
              setRows(rows.toSpliced(at, 1));
            }}
          />
        ))}
      </div>
      {failure !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("fields.failed")}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={again}>{t("fields.retry")}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {failure === null && id !== "" && (
        <AddAttribute
          fields={shape === undefined ? undefined : unusedFields(shape, rows)}
          onAdd={(target) => {
            added.current = target;
            setRows([...rows, emptyRow(target)]);
          }}
        />
      )}
    </section>
  );
}
