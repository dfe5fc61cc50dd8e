// A key that is stored.
import { useTranslation } from "react-i18next";

import { HiddenValue } from "../../parts";

/** The box of a stored key; pressing it changes the key. */
export function StoredKey({ vendor, onChange }: { vendor: string; onChange: () => void }) {
  const { t } = useTranslation("setup");
  const label = { children: t("key", { vendor }), weight: "semibold" as const };
  return <HiddenValue label={label} hint={t("key.stored")} text={t("key.hidden")} onChange={onChange} />;
}
