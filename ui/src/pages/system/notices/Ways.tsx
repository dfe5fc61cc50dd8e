// The two ways out of this computer: a webhook and mail, each with its fields while it is on.
import { Dropdown, Field, Input, makeStyles, Option, Switch, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { MailSecurity, NoticesView } from "../../../api";
import { fieldError } from "../../../parts";
import { type Fault, hasPassword, type NoticesForm, PORTS, SECURITIES } from "./form";
import { Secret } from "./Secret";
import { Trial } from "./Trial";

const useStyles = makeStyles({
  fields: {
    display: "flex",
    flexDirection: "column",
    gap: "16px",
    paddingLeft: "16px",
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
  },
  two: { display: "flex", gap: "16px", flexWrap: "wrap", "> *": { flex: "1 1 180px", minWidth: 0 } },
  box: { minWidth: 0, width: "100%" },
});

/** What the fields of a way stand on. */
export interface WayProps {
  view: NoticesView;
  form: NoticesForm;
  /** Words of what is wrong, by field. */
  faults: Partial<Record<keyof NoticesForm, string>>;
  /** Why no test can be sent now; empty where it can. */
  why: string;
  onChange: (change: Partial<NoticesForm>) => void;
}

/** The webhook. */
export function Webhook({ view, form, faults, why, onChange }: WayProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const { webhook_host: host } = view;
  return (
    <>
      <Field hint={t("notices.webhook.hint")}>
        <Switch
          label={t("notices.webhook")}
          checked={form.webhook}
          onChange={(_, { checked }) => {
            onChange({ webhook: checked });
          }}
        />
      </Field>
      {form.webhook && (
        <div className={styles.fields} role="group" aria-label={t("notices.webhook")}>
          <Secret
            label={t("notices.url")}
            stored={host !== null}
            hint={host === null ? t("notices.url.hint") : t("notices.url.stored", { host })}
            required
            fault={faults.url}
            value={form.url}
            placeholder="https://"
            onChange={(url) => {
              onChange({ url });
            }}
          />
          <Trial way="webhook" why={host === null ? t("notices.test.save") : why} last={view.tries.webhook} />
        </div>
      )}
    </>
  );
}

/** Mail. */
export function Mail({ view, form, faults, why, onChange }: WayProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const password = hasPassword(form, view);
  const text = (name: "server" | "port" | "user" | "from" | "to", required = true, hint?: string) => (
    <Field
      label={t(`notices.${name}`)}
      required={required}
      {...(hint === undefined ? {} : { hint })}
      {...fieldError(faults[name])}
    >
      <Input
        autoComplete="off"
        spellCheck={false}
        inputMode={name === "port" ? "numeric" : "text"}
        value={form[name]}
        onChange={(_, { value }) => {
          onChange({ [name]: value });
        }}
      />
    </Field>
  );
  const secure = (security: MailSecurity) => {
    // The usual port goes with it; one that somebody chose stays.
    const usual = form.port === PORTS[form.security];
    onChange({ security, ...(usual ? { port: PORTS[security] } : {}) });
  };
  return (
    <>
      <Field hint={t("notices.mail.hint")}>
        <Switch
          label={t("notices.mail")}
          checked={form.mail}
          onChange={(_, { checked }) => {
            onChange({ mail: checked });
          }}
        />
      </Field>
      {form.mail && (
        <div className={styles.fields} role="group" aria-label={t("notices.mail")}>
          <div className={styles.two}>
            {text("server")}
            {text("port")}
          </div>
          <Field label={t("notices.security")}>
            <Dropdown
              className={styles.box}
              value={t(`notices.security.${form.security}`)}
              selectedOptions={[form.security]}
              onOptionSelect={(_, { optionValue }) => {
                secure(optionValue as MailSecurity);
              }}
            >
              {SECURITIES.map((one) => (
                <Option key={one} value={one}>
                  {t(`notices.security.${one}`)}
                </Option>
              ))}
            </Dropdown>
          </Field>
          <div className={styles.two}>
            {text("user", false, t("notices.user.hint"))}
            <Secret
              label={t("notices.password")}
              stored={password}
              hint={password ? t("notices.password.stored") : t("notices.password.hint")}
              required={form.user.trim() !== ""}
              fault={faults.password}
              value={form.password}
              onChange={(value) => {
                onChange({ password: value });
              }}
            />
          </div>
          {text("from")}
          {text("to", true, t("notices.to.hint"))}
          <Trial way="mail" why={view.mail === null ? t("notices.test.save") : why} last={view.tries.mail} />
        </div>
      )}
    </>
  );
}

/** The words of what is wrong with each field. */
export function useFaultWords(faults: Partial<Record<keyof NoticesForm, Fault>>): WayProps["faults"] {
  const { t } = useTranslation("admin");
  return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, t(`notices.fault.${fault}`)]));
}
