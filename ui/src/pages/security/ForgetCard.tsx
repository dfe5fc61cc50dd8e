// Forgetting a person: what is kept of them is shown first, and the address is said once more before it goes.
import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Checkbox, Field, Input, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { PersonDeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";

import { type Forgotten, useAsk } from "../../api";
import { Card, CopyCommand, ErrorBar } from "../../parts";
import { Confirm } from "./ForgetConfirm";
import { ForgottenBar } from "./ForgottenBar";
import { Kept } from "./Kept";

const schema = v.object({ email: v.pipe(v.string(), v.trim(), v.nonEmpty("forget.missing")) });

const useStyles = makeStyles({
  text: { margin: 0 },
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  line: { display: "flex", alignItems: "flex-end", gap: "8px" },
  grow: { flexGrow: 1, minWidth: 0 },
  do: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "4px 12px" },
  final: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** The card that forgets a person. */
export function ForgetCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const form = useForm({ defaultValues: { email: "" }, resolver: valibotResolver(schema), reValidateMode: "onSubmit" });
  const [email, setEmail] = useState<string | null>(null);
  const [takeOff, setTakeOff] = useState(true);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<Forgotten | null>(null);
  const found = useAsk("person_find", { email: email ?? "" }, { enabled: email !== null });
  const person = email === null ? undefined : found.data;
  const look = form.handleSubmit(({ email: address }) => {
    setDone(null);
    if (address === email) void found.refetch();
    else setEmail(address);
  });
  return (
    <Card title={t("forget.title")}>
      <p className={styles.text}>{t("forget.text")}</p>
      <form className={styles.form} noValidate onSubmit={(event) => void look(event)}>
        <div className={styles.line}>
          <Controller
            control={form.control}
            name="email"
            render={({ field, fieldState: { error } }) => {
              const refused = email === field.value.trim() && found.error?.code === "usage" ? "forget.bad" : undefined;
              const words = (error?.message ?? refused) as "forget.bad" | undefined;
              return (
                <Field
                  className={styles.grow}
                  label={t("forget.email")}
                  required
                  validationState={words === undefined ? "none" : "error"}
                  validationMessage={words === undefined ? undefined : t(words)}
                >
                  <Input
                    {...field}
                    type="email"
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => {
                      // What is shown below belongs to the address that was looked for.
                      setEmail(null);
                      field.onChange(event);
                    }}
                  />
                </Field>
              );
            }}
          />
          <Button
            type="submit"
            disabledFocusable={found.isFetching}
            icon={found.isFetching ? <Spinner size="tiny" aria-hidden /> : undefined}
          >
            {t("forget.find")}
          </Button>
        </div>
      </form>
      {email !== null && found.error !== null && found.error.code !== "usage" && <ErrorBar failure={found.error} />}
      {person !== undefined && <Kept person={person} />}
      {person !== undefined && !person.forgotten && (
        <>
          <Checkbox
            checked={takeOff}
            label={t("forget.lists")}
            onChange={(_, { checked }) => {
              setTakeOff(checked === true);
            }}
          />
          <div className={styles.do}>
            <Button
              icon={<PersonDeleteRegular />}
              onClick={() => {
                setAsking(true);
              }}
            >
              {t("forget.do")}
            </Button>
            <span className={styles.final}>{t("forget.final")}</span>
            <CopyCommand words={["forget", person.email, ...(takeOff ? [] : ["--keep-lists"])]} />
          </div>
        </>
      )}
      {done !== null && <ForgottenBar forgotten={done} />}
      {asking && person !== undefined && (
        <Confirm
          email={person.email}
          takeOff={takeOff}
          onClose={() => {
            setAsking(false);
          }}
          onDone={(forgotten) => {
            setAsking(false);
            setEmail(null);
            setDone(forgotten);
            form.reset();
          }}
        />
      )}
    </Card>
  );
}
