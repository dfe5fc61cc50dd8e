// Who is told when an export changes its state: the desktop, a webhook, mail. Saved at once, as a whole.
import {
  Button,
  Dropdown,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Option,
  Skeleton,
  SkeletonItem,
  Spinner,
  Switch,
  tokens,
} from "@fluentui/react-components";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type NoticeKind, type NoticeLanguage, type NoticesView, useAsk, useKeep, useTell } from "../../../api";
import { Card, ErrorBar, useSay, useUnsaved } from "../../../parts";
import { draftOf, faultsOf, formOf, LANGUAGES, type NoticesForm } from "./form";
import { Mail, useFaultWords, Webhook } from "./Ways";

const KINDS: readonly NoticeKind[] = ["failed", "skipped", "waiting", "errors", "people_changed", "recovered"];

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px" },
  told: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  kinds: { margin: "4px 0 0", paddingInlineStart: "20px", color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  box: { minWidth: 0, width: "100%" },
});

/** The card *Notices*. */
export function NoticesCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const { data, error, refetch } = useAsk("notices_get", {});
  return (
    <Card title={t("notices.title")} about={t("notices.about")}>
      <div>
        <h3 className={styles.told}>{t("notices.when")}</h3>
        <ul className={styles.kinds}>
          {KINDS.map((kind) => (
            <li key={kind}>{t(`notices.kind.${kind}`)}</li>
          ))}
        </ul>
      </div>
      {error !== null && <ErrorBar failure={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <Skeleton aria-hidden>
          <SkeletonItem size={96} />
        </Skeleton>
      )}
      {data !== undefined && <Form view={data} />}
    </Card>
  );
}

function Form({ view }: { view: NoticesView }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const say = useSay();
  const keep = useKeep();
  const { mutate, isPending, error, reset } = useTell("notices_set");
  const element = useRef<HTMLFormElement>(null);
  const busy = useRef(false);
  // Only what was typed: the rest stays as it is stored, also where somebody else changes it meanwhile.
  const [typed, setTyped] = useState<Partial<NoticesForm>>({});
  const [attempts, setAttempts] = useState(0);
  const base = formOf(view);
  const form: NoticesForm = { ...base, ...typed };
  const dirty = (Object.keys(base) as (keyof NoticesForm)[]).some((name) => form[name] !== base[name]);
  useUnsaved(dirty);
  const faults = faultsOf(form, view);
  const words = useFaultWords(attempts === 0 ? {} : faults);
  useEffect(() => {
    if (attempts > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  const change = (some: Partial<NoticesForm>) => {
    setTyped((old) => ({ ...old, ...some }));
    if (error !== null) reset();
  };
  const forget = () => {
    setTyped({});
    setAttempts(0);
    reset();
  };
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy.current || !dirty) return;
    if (Object.keys(faults).length > 0) {
      setAttempts((number) => number + 1);
      return;
    }
    busy.current = true;
    mutate(draftOf(form), {
      onSuccess: (answer) => {
        keep("notices_get", {}, answer);
        forget();
        say(t("notices.saved"));
      },
      onSettled: () => {
        busy.current = false;
      },
    });
  };
  const why = dirty ? t("notices.test.save") : "";
  const ways = { view, form, faults: words, why, onChange: change };
  return (
    <form ref={element} noValidate className={styles.form} onSubmit={save}>
      <Field hint={t("notices.desktop.hint")}>
        <Switch
          label={t("notices.desktop")}
          checked={form.desktop}
          onChange={(_, { checked }) => {
            change({ desktop: checked });
          }}
        />
      </Field>
      <Webhook {...ways} />
      <Mail {...ways} />
      {(form.webhook || form.mail) && (
        <Field label={t("notices.language")}>
          <Dropdown
            className={styles.box}
            value={t(`settings.language.${form.language}`)}
            selectedOptions={[form.language]}
            onOptionSelect={(_, { optionValue }) => {
              change({ language: optionValue as NoticeLanguage });
            }}
          >
            {LANGUAGES.map((one) => (
              <Option key={one} value={one}>
                {t(`settings.language.${one}`)}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
      {error !== null && <NotSaved failure={error} />}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          type="submit"
          disabledFocusable={!dirty || isPending}
          icon={isPending ? <Spinner size="tiny" aria-hidden /> : undefined}
        >
          {t("notices.save")}
        </Button>
        {dirty && (
          <Button disabled={isPending} onClick={forget}>
            {t("notices.undo")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Why nothing was saved. What the engine refuses of an address it says itself: the words by code are of accounts. */
function NotSaved({ failure }: { failure: Failure }) {
  const { t } = useTranslation("admin");
  if (failure.code !== "bad_url" && failure.code !== "usage") return <ErrorBar failure={failure} />;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t("notices.refused")}</MessageBarTitle>{" "}
        <span lang="en">
          {failure.message} {failure.help}
        </span>
      </MessageBarBody>
    </MessageBar>
  );
}
