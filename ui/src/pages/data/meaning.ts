// What a field may mean: the key, or what the engine suggests it for.
import { useTranslation } from "react-i18next";

import type { AudienceDetail } from "../../api";

const targets = [
  "Email",
  "Twitter",
  "FirstName",
  "LastName",
  "Salutation",
  "Company",
  "NumberOfEmployees",
  "Title",
  "Industry",
  "Phone",
  "MobilePhone",
  "Fax",
  "Website",
  "MailingStreet",
  "MailingCity",
  "MailingState",
  "MailingPostalCode",
  "MailingCountry",
  "owner_name",
  "LeadSource",
  "Status",
  "LinkedIn",
] as const;

/** What a field may mean. */
export interface Meaning {
  words: string;
  /** Whether it is a guess. */
  suggested: boolean;
}

/** The meaning of a field; null where nothing speaks for one. */
export function useMeaning({ key, suggestions }: AudienceDetail, field: string): Meaning | null {
  const { t } = useTranslation("data");
  if (field === key) return { words: t("meaning.key"), suggested: false };
  const found = suggestions.fields.find(({ column }) => column === field)?.target;
  const target = targets.find((one) => one === found);
  if (target === "owner_name") return { words: t("meaning.owner"), suggested: true };
  if (target !== undefined) return { words: t(`meaning.${target}`), suggested: true };
  // A field of the account that has no words of ours goes by its own name.
  if (found !== undefined) return { words: found, suggested: true };
  const consent = suggestions.only_if.some(({ column }) => column === field);
  return consent ? { words: t("meaning.consent"), suggested: true } : null;
}
