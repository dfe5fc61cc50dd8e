// What the products are called, where their accounts are, and whether a segment becomes a list or a tag there.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { type Connection, type Product, useAsk } from "../api";

/** The products, first the one that new accounts are of. */
export const PRODUCTS: readonly Product[] = ["ortto", "autopilot"];

/** The regions that an account of Ortto may be in; a key works in its own only (destination-api.md 3). */
export const REGIONS = ["global", "au", "eu"] as const;

/** A region of Ortto. */
export type Region = (typeof REGIONS)[number];

const ORIGINS: Readonly<Record<string, Region>> = {
  "https://api.ap3api.com": "global",
  "https://api.au.ap3api.com": "au",
  "https://api.eu.ap3api.com": "eu",
};

/** The region of an address; `null`: it is none of Ortto's own. */
export function regionOf(origin: string): Region | null {
  return ORIGINS[origin] ?? null;
}

/** For texts that say *tag* of Ortto and *list* of classic: the context of their keys. */
export function tagged(product: Product | null | undefined): "ortto" | undefined {
  return product === "ortto" ? "ortto" : undefined;
}

/** What an account is, in words. */
export interface AccountWords {
  /** What tells it from others of its vendor: *classic*, or its region, or else its address. */
  kind: (account: Pick<Connection, "type" | "origin">) => string;
  /** Both together: *Ortto (EU region)*; the product alone where it is told by an address. */
  full: (account: Pick<Connection, "type" | "origin">) => string;
}

/** The words for accounts. */
export function useAccountWords(): AccountWords {
  const { t } = useTranslation("words");
  return useMemo(() => {
    const kind: AccountWords["kind"] = ({ type, origin }) => {
      if (type === "autopilot") return t("product.autopilot.kind");
      const region = regionOf(origin);
      return region === null ? origin : t(`region.${region}.of`);
    };
    return {
      kind,
      full(account) {
        const product = t(`product.${account.type}`);
        const told = account.type === "autopilot" || regionOf(account.origin) !== null;
        return told ? t("product.full", { product, kind: kind(account) }) : product;
      },
    };
  }, [t]);
}

/** The context of texts about the account of a connection of this name: see `tagged`. */
export function useTagged(name: string): "ortto" | undefined {
  return tagged(useAccountNamed(name)?.type);
}

/** The account that a connection of this name is; `undefined` while it is not known, and where it is gone. */
export function useAccountNamed(name: string): Connection | undefined {
  const { data } = useAsk("connection_list", {}, { enabled: name !== "" });
  return data?.find(({ connection }) => connection.name === name)?.connection;
}
