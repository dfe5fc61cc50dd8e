// An address that no page has.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/Page";

/** Says so, and leads home. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("notFound.title")}>
      <Link to="/home">{t("notFound.home")}</Link>
    </Page>
  );
}
