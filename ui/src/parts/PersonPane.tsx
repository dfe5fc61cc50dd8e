// A person from the side: all that is known of them, and the way to the page of the same.
import { useTranslation } from "react-i18next";

import { Pane } from "./Pane";
import { PageLink } from "./PageLink";
import { PersonFacts } from "./PersonFacts";

/** The pane of a person. */
export function PersonPane({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useTranslation("runs");
  return (
    <Pane
      title={email}
      about={t("person.pane")}
      onClose={onClose}
      footer={
        <PageLink to="/people" search={{ email }}>
          {t("person.all")}
        </PageLink>
      }
    >
      <PersonFacts email={email} />
    </Pane>
  );
}
