// Who did something: the account of the operating system and its computer, which the engine writes as
// `anna on LAPTOP-7`.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** The account alone, of `anna on LAPTOP-7`: `anna`. */
export function accountOf(user: string): string {
  const at = user.lastIndexOf(" on ");
  return at === -1 ? user : user.slice(0, at);
}

/** Writes it in the language that is shown: `anna på LAPTOP-7`. */
export function useWho(): (user: string) => string {
  const { t } = useTranslation("frame");
  return useCallback(
    (user) => {
      const account = accountOf(user);
      return account === user ? user : t("who", { account, computer: user.slice(account.length + 4) });
    },
    [t],
  );
}
