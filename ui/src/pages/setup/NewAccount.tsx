// Step 1 for a new account: key, privacy statements, *Connect*, export user - in the order of the mirrored pane.
import {
  Button,
  Checkbox,
  Field,
  Input,
  Link,
  mergeClasses,
  Spinner,
} from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, InfoRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type Named, type Product, useAsk } from "../../api";
import { accountOf, ErrorBar, fieldError, tagged, useGuide, useReveal, useWho } from "../../parts";
import { connectWords, fieldOf } from "../../parts/connection";
import type { AccountForm, Waits } from "./account";
import type { Connecting } from "./connecting";
import { Otherwise } from "./Otherwise";
import { RegionField } from "./RegionField";
import { useSections } from "./styles";
import { Tick } from "./Tick";

/** What the section needs. */
export interface NewAccountProps {
  form: UseFormReturn<AccountForm>;
  connecting: Connecting;
  waits: Waits;
  vendor: string;
  /** Takes another product; `null`: it stands fast. */
  onProduct: ((product: Product) => void) | null;
  /** Goes on with the connection that has this key already. */
  onUse: (connection: Named) => void;
}

/** Everything of step 1 that a new account is asked for. */
export function NewAccount({ form, connecting, waits, vendor, onProduct, onUse }: NewAccountProps) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const reveal = useReveal();
  const guide = useGuide();
  const { failure, found, busy, everywhere } = connecting;
  const [product, server] = form.watch(["product", "server"]);
  const words =
    failure === null ? null : everywhere ? t("key.refused.everywhere", { vendor }) : connectWords(t, failure, vendor, product);
  const under = failure === null ? null : fieldOf(failure);
  const same = found?.same_as ?? null;
  const { setFocus } = form;
  useEffect(() => {
    // Whatever was wrong is mended in this field.
    if (under !== null || same !== null) setFocus(under === "server" ? "server" : "key");
  }, [under, same, setFocus]);
  return (
    <>
      <section className={mergeClasses(styles.section, styles.ruled)} aria-labelledby="set-up-sign-in">
        <h3 id="set-up-sign-in" className={styles.title}>
          {t("signIn")}
        </h3>
        <Controller
          control={form.control}
          name="key"
          render={({ field }) => (
            <Field
              label={{ children: t("key", { vendor }), weight: "semibold" }}
              required
              {...fieldError(same === null ? (under === "key" ? words : null) : t("key.same", { name: same.name }))}
              hint={{
                children: (
                  <>
                    {t("key.hint", { context: tagged(product) })}{" "}
                    <Link
                      as="button"
                      type="button"
                      className={styles.link}
                      onClick={guide}
                    >
                      {t("key.where")}
                    </Link>
                  </>
                ),
              }}
            >
              <Input
                {...field}
                type="password"
                autoComplete="off"
                spellCheck={false}
                readOnly={busy}
              />
            </Field>
          )}
        />
        {same !== null && (
          <div>
            <Button
              onClick={() => {
                onUse(same);
              }}
            >
              {t("key.useThat", { name: same.name })}
            </Button>
          </div>
        )}
        {failure !== null && <Otherwise form={form} connecting={connecting} failure={failure} onProduct={onProduct} />}
        {product === "ortto" && <RegionField form={form} busy={busy} replaced={server.trim() !== ""} />}
        <OtherServer form={form} busy={busy} wrong={under === "server" ? words : null} />
      </section>
      <section className={mergeClasses(styles.section, styles.ruled)} aria-labelledby="set-up-privacy">
        <h3 id="set-up-privacy" className={styles.title}>
          {t("privacy")}
        </h3>
        <p className={styles.text}>
          {t("privacy.text", { vendor })}{" "}
          <Link as="button" type="button" inline onClick={() => {
              reveal("privacy");
            }}>
            {t("privacy.statement")}
          </Link>
        </p>
        <p className={styles.text}>{t("privacy.remove")}</p>
        <Controller
          control={form.control}
          name="agree"
          render={({ field: { value, onChange, ...field } }) => (
            <Checkbox
              {...field}
              checked={value}
              disabled={busy}
              required
              onChange={(_, { checked }) => {
                onChange(checked === true);
              }}
              label={t("agree")}
            />
          )}
        />
      </section>
      <section className={mergeClasses(styles.section, styles.ruled)} aria-labelledby="set-up-connect">
        <h3 id="set-up-connect" className={styles.title}>
          {t("connectTo", { vendor })}
        </h3>
        {failure !== null && words === null && <ErrorBar failure={failure} />}
        <ConnectButtons form={form} connecting={connecting} waits={waits} vendor={vendor} />
      </section>
    </>
  );
}

/** The address of a test account, folded away. */
function OtherServer({ form, busy, wrong }: { form: UseFormReturn<AccountForm>; busy: boolean; wrong: string | null }) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const [open, setOpen] = useState(false);
  const shown = open || wrong !== null;
  return (
    <div className={styles.section}>
      <div>
        <Button
          appearance="transparent"
          size="small"
          className={styles.flush}
          icon={shown ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={shown}
          onClick={() => {
            setOpen(!shown);
          }}
        >
          {t("server")}
        </Button>
      </div>
      {shown && (
        <Controller
          control={form.control}
          name="server"
          render={({ field }) => (
            <Field
              label={t("server.label")}
              hint={t("server.hint")}
              {...fieldError(wrong)}
            >
              <Input {...field} inputMode="url" autoComplete="off" spellCheck={false} readOnly={busy} />
            </Field>
          )}
        />
      )}
    </div>
  );
}

/** *Connect* and *Add yourself as export user*, or the ticks in their place. */
function ConnectButtons({ form, connecting, waits, vendor }: Omit<NewAccountProps, "onUse" | "onProduct">) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const { data: start } = useAsk("app_start", {});
  const [user, product] = form.watch(["user", "product"]);
  const { found, busy, connect } = connecting;
  const who = useWho();
  const me = start?.user ?? "";
  const ready = found !== undefined && found.same_as === null;
  const setUser = (is: boolean) => {
    form.setValue("user", is, { shouldDirty: true });
  };
  const connectButton = (
    <Button
      disabledFocusable={waits.connect !== null || busy}
      aria-describedby={waits.connect === null ? undefined : "set-up-why"}
      icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
      onClick={connect}
    >
      {busy ? t("connecting") : t("connect")}
    </Button>
  );
  const userButton = (
    <Button
      disabledFocusable={!ready}
      onClick={() => {
        setUser(true);
      }}
    >
      {t("exportUser.add")}
    </Button>
  );
  return (
    <>
      {ready && (
        <Tick
          title={t("connected", { vendor })}
          text={t("connected.found", {
            lists: t("connected.lists", { count: found.lists, context: tagged(product) }),
            fields: t("connected.fields", { count: found.custom_fields }),
          })}
          action={{ label: t("connect.again"), press: connect }}
        />
      )}
      {ready && user && (
        <Tick
          title={t("exportUser.is", { name: accountOf(me) })}
          text={t("exportUser.runsAs", { user: who(me) })}
          action={{
            label: t("exportUser.remove"),
            press: () => {
              setUser(false);
            },
          }}
        />
      )}
      {(!ready || !user) && (
        <div className={mergeClasses(styles.row, styles.wrap)}>
          {!ready && connectButton}
          {userButton}
        </div>
      )}
      {waits.connect !== null && (
        <div className={styles.why} id="set-up-why">
          <InfoRegular aria-hidden />
          {t(waits.connect)}
        </div>
      )}
    </>
  );
}
