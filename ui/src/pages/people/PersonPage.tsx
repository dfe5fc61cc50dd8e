// Find a person: any address, over all exports and runs. The address stands in the page's own address, so
// that going back and forth and links from elsewhere find it.
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useAsk } from "../../api";
import { Card, Page, PageLink, PersonFacts } from "../../parts";

const route = getRouteApi("/people");

const useStyles = makeStyles({
  form: { display: "flex", gap: "8px", alignItems: "flex-start", flexWrap: "wrap" },
  field: { flex: "1 1 260px", maxWidth: "480px" },
  // In line with the input under its label.
  button: { marginTop: "26px" },
  cards: { maxWidth: "880px", display: "flex", flexDirection: "column", gap: "16px" },
});

/** What is known of an address. */
export function PersonPage() {
  const { t } = useTranslation(["runs", "words", "reasons"]);
  const styles = useStyles();
  const { email } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = email?.trim() ?? "";
  const { error, refetch } = useAsk("person_find", { email: asked }, { enabled: asked !== "" });
  const [missing, setMissing] = useState(false);
  // What is typed belongs to the address that it was typed over: a link to another person shows that one.
  const [draft, setDraft] = useState({ over: asked, text: asked });
  const text = draft.over === asked ? draft.text : asked;
  const input = useRef<HTMLInputElement>(null);
  // The engine knows what an address is; its refusal belongs to the field.
  const bad = error?.code === "usage";
  return (
    <Page title={t("title.person")} about={t("person.about")} before={<PageLink to="/runs">{t("run.back")}</PageLink>}>
      <div className={styles.cards}>
        <Card>
          <form
            className={styles.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              const typed = text.trim();
              setMissing(typed === "");
              if (typed === "") input.current?.focus();
              // The same address once more: what is known of it may be another by now.
              else if (typed === asked) void refetch();
              else void navigate({ search: { email: typed } });
            }}
          >
            <Field
              className={styles.field}
              label={t("person.email")}
              required
              validationMessage={missing ? t("person.missing") : bad ? t("person.bad") : undefined}
            >
              <Input
                ref={input}
                type="email"
                value={text}
                autoFocus={asked === ""}
                contentBefore={<SearchRegular aria-hidden />}
                onChange={(_, { value }) => {
                  setDraft({ over: asked, text: value });
                  setMissing(false);
                }}
              />
            </Field>
            <Button className={styles.button} type="submit" appearance="primary">
              {t("person.find")}
            </Button>
          </form>
        </Card>
        {asked !== "" && !bad && (
          <Card title={t("person.known", { email: asked })}>
            <PersonFacts email={asked} />
          </Card>
        )}
      </div>
    </Page>
  );
}
