// Step 1 of the pane: the name, and the account that people are sent to.
import { Field, Input, mergeClasses, Radio, RadioGroup } from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { ConnectionRow, Named, Product } from "../../api";
import { fieldError, PRODUCTS } from "../../parts";
import { type AccountForm, type NameTrouble, nameTrouble, type Waits } from "./account";
import type { Connecting } from "./connecting";
import { ExistingAccount } from "./ExistingAccount";
import { NewAccount } from "./NewAccount";
import { useSections } from "./styles";

/** What step 1 needs. */
export interface AccountStepProps {
  form: UseFormReturn<AccountForm>;
  /** All connections, whose names are taken. */
  connections: readonly ConnectionRow[];
  /** Those of the product. */
  offered: readonly ConnectionRow[];
  /** Whether it is asked what the account is an account of. */
  asksProduct: boolean;
  /** Takes another product; `null`: it stands fast. */
  onProduct: ((product: Product) => void) | null;
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
export function AccountStep(props: AccountStepProps) {
  const { form, connections, offered, asksProduct, onProduct, connecting, waits, chosen, vendor, taken, onUse } = props;
  const { t } = useTranslation("setup");
  const styles = useSections();
  const mode = form.watch("mode");
  return (
    <div className={styles.form}>
      {asksProduct && onProduct !== null && (
        <div className={mergeClasses(styles.row, styles.wrap)}>
          <span id="set-up-product" className={styles.title}>
            {t("product")}
          </span>
          <RadioGroup
            layout="horizontal"
            aria-labelledby="set-up-product"
            value={form.watch("product")}
            disabled={connecting.busy}
            onChange={(_, { value }) => {
              const to = PRODUCTS.find((one) => one === value);
              if (to !== undefined) onProduct(to);
            }}
          >
            {PRODUCTS.map((one) => (
              <Radio key={one} value={one} label={t(`product.${one}`)} />
            ))}
          </RadioGroup>
        </div>
      )}
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
              <Radio value="existing" label={t("connection.existing")} disabled={offered.length === 0} />
            </RadioGroup>
          )}
        />
      </div>
      <NameField form={form} taken={taken} connections={connections} busy={connecting.busy} />
      {mode === "existing" ? (
        <ExistingAccount form={form} connections={offered} chosen={chosen} vendor={vendor} />
      ) : (
        <NewAccount
          form={form}
          connecting={connecting}
          waits={waits}
          vendor={vendor}
          onProduct={onProduct}
          onUse={onUse}
        />
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
  // The name as it was when the field was left: only then it is worth a word.
  const [left, setLeft] = useState("");
  const mode = form.watch("mode");
  return (
    <Controller
      control={form.control}
      name="name"
      render={({ field: { onBlur, ...field }, fieldState: { error } }) => {
        const name = field.value.trim();
        const wrong = error?.message ?? (left === name ? nameTrouble(name, mode, taken, connections) : null);
        return (
          <Field
            label={{ children: t("name"), weight: "semibold" }}
            required
            hint={t("name.hint")}
            {...fieldError(wrong === null ? null : t(wrong as NameTrouble, { name }))}
          >
            <Input
              {...field}
              readOnly={busy}
              onBlur={() => {
                onBlur();
                setLeft(name);
              }}
            />
          </Field>
        );
      }}
    />
  );
}
