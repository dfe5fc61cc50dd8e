// Step 1 of the pane: the name, and the account that people are sent to.
import { Field, Input, mergeClasses, Radio, RadioGroup } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { ConnectionRow, Named } from "../../api";
import type { AccountForm, Waits } from "./account";
import type { Connecting } from "./connecting";
import { ExistingAccount } from "./ExistingAccount";
import { NewAccount } from "./NewAccount";
import { useSections } from "./styles";

/** What step 1 needs. */
export interface AccountStepProps {
  form: UseFormReturn<AccountForm>;
  connections: readonly ConnectionRow[];
  connecting: Connecting;
  waits: Waits;
  chosen: ConnectionRow | undefined;
  vendor: string;
  /** Names that exports have already, without this one's. */
  taken: ReadonlySet<string>;
  /** Goes on with the connection that has the key already. */
  onUse: (connection: Named) => void;
}

/** Step 1. */
export function AccountStep({ form, connections, connecting, waits, chosen, vendor, taken, onUse }: AccountStepProps) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const mode = form.watch("mode");
  return (
    <div className={styles.form}>
      <div className={mergeClasses(styles.row, styles.wrap)}>
        <span id="set-up-mode" className={styles.title}>
          {t("connection")}
        </span>
        <Controller
          control={form.control}
          name="mode"
          render={({ field: { value, onChange } }) => (
            <RadioGroup
              layout="horizontal"
              aria-labelledby="set-up-mode"
              value={value}
              disabled={connecting.busy}
              onChange={(_, data) => {
                onChange(data.value);
              }}
            >
              <Radio value="new" label={t("connection.new")} />
              <Radio value="existing" label={t("connection.existing")} disabled={connections.length === 0} />
            </RadioGroup>
          )}
        />
      </div>
      <NameField form={form} taken={taken} connections={connections} busy={connecting.busy} />
      {mode === "existing" ? (
        <ExistingAccount form={form} connections={connections} chosen={chosen} vendor={vendor} />
      ) : (
        <NewAccount form={form} connecting={connecting} waits={waits} vendor={vendor} onUse={onUse} />
      )}
    </div>
  );
}

interface NameFieldProps {
  form: UseFormReturn<AccountForm>;
  taken: ReadonlySet<string>;
  connections: readonly ConnectionRow[];
  busy: boolean;
}

/** The display name; whether it is free is said on leaving the field. */
function NameField({ form, taken, connections, busy }: NameFieldProps): ReactNode {
  const { t } = useTranslation("setup");
  const free = (name: string): true | "name.taken" | "name.connectionTaken" => {
    const trimmed = name.trim();
    if (taken.has(trimmed)) return "name.taken";
    const fresh = form.getValues("mode") === "new";
    return fresh && connections.some((row) => row.connection.name === trimmed) ? "name.connectionTaken" : true;
  };
  return (
    <Controller
      control={form.control}
      name="name"
      render={({ field: { onBlur, onChange, ...field }, fieldState: { error } }) => (
        <Field
          label={t("name")}
          required
          hint={t("name.hint")}
          validationState={error === undefined ? "none" : "error"}
          validationMessage={error?.message === undefined ? undefined : t(error.message as "name.missing", { name: field.value.trim() })}
        >
          <Input
            {...field}
            readOnly={busy}
            onChange={(event) => {
              form.clearErrors("name");
              onChange(event);
            }}
            onBlur={() => {
              onBlur();
              const so = field.value.trim() === "" ? true : free(field.value);
              if (so !== true) form.setError("name", { message: so });
            }}
          />
        </Field>
      )}
    />
  );
}
