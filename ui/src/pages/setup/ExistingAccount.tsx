// Step 1 with a connection that is there already: which one, and what stands in its way.
import { Dropdown, Field, MessageBar, MessageBarBody, Option } from "@fluentui/react-components";
import { useState } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { ConnectionRow } from "../../api";
import { accountOf, useWho } from "../../parts";
import { ChangeKey } from "../../parts/connection";
import { type AccountForm, usable } from "./account";
import { StoredKey } from "./StoredKey";
import { useSections } from "./styles";
import { Tick } from "./Tick";

/** What the section needs. */
export interface ExistingAccountProps {
  form: UseFormReturn<AccountForm>;
  connections: readonly ConnectionRow[];
  chosen: ConnectionRow | undefined;
  vendor: string;
}

/** The choice of a connection, its key behind a box, and who runs act as. */
export function ExistingAccount({ form, connections, chosen, vendor }: ExistingAccountProps) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const [changing, setChanging] = useState(false);
  const name = (row: ConnectionRow) =>
    row.practice ? t("connection.practice", { name: row.connection.name }) : row.connection.name;
  return (
    <section className={styles.section}>
      <Controller
        control={form.control}
        name="connection"
        render={({ field: { ref, value, onChange, onBlur } }) => (
          <Field label={{ children: t("connection.which"), weight: "semibold" }} required>
            <Dropdown
              ref={ref}
              placeholder={t("connection.choose")}
              value={chosen === undefined ? "" : name(chosen)}
              selectedOptions={value === "" ? [] : [value]}
              onBlur={onBlur}
              onOptionSelect={(_, { optionValue }) => {
                onChange(optionValue ?? "");
              }}
            >
              {connections.map((row) => (
                <Option key={row.connection.id} value={row.connection.id}>
                  {name(row)}
                </Option>
              ))}
            </Dropdown>
          </Field>
        )}
      />
      {chosen !== undefined && (
        <>
          {/* The key of the practice account is Segue's own. */}
          {!chosen.practice && (
            <StoredKey
              vendor={vendor}
              onChange={() => {
                setChanging(true);
              }}
            />
          )}
          {usable(chosen) ? <Ticks row={chosen} vendor={vendor} /> : <Trouble row={chosen} />}
          {changing && (
            <ChangeKey
              connection={chosen.connection}
              vendor={vendor}
              onClose={() => {
                setChanging(false);
              }}
            />
          )}
        </>
      )}
    </section>
  );
}

function Ticks({ row, vendor }: { row: ConnectionRow; vendor: string }) {
  const { t } = useTranslation("setup");
  const who = useWho();
  const { export_user: user } = row.connection;
  return (
    <>
      <Tick title={t("connected", { vendor })} text={t("connected.stored")} />
      <Tick title={t("exportUser.is", { name: accountOf(user) })} text={t("exportUser.runsAs", { user: who(user) })} />
    </>
  );
}

function Trouble({ row }: { row: ConnectionRow }) {
  const { t } = useTranslation("setup");
  const why =
    row.key === "missing"
      ? t("connection.keyMissing")
      : row.key === "refused"
        ? t("connection.keyRefused")
        : t("connection.noConsent");
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{why}</MessageBarBody>
    </MessageBar>
  );
}
