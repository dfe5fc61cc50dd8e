// What can be wrong with a key or an address, in words that stand under the field.
import type { TFunction } from "i18next";

import type { Failure, Product } from "../../api";
import { tagged } from "../product";

/** The field that a failure of *Connect* or *Next* belongs to. */
export function fieldOf(failure: Failure): "key" | "server" | "name" {
  if (failure.code === "bad_url") return "server";
  return failure.code === "name_taken" ? "name" : "key";
}

/** A failure of *Connect* in words; `null`: the card of all errors knows it better. */
export function connectWords(t: TFunction<"setup">, failure: Failure, vendor: string, product: Product): string | null {
  switch (failure.code) {
    case "key_refused":
      return t("key.refused", { vendor, context: tagged(product) });
    case "unreachable":
      return t("key.unreachable", { vendor });
    case "no_key_store":
      return t("key.noStore");
    case "bad_url":
      return t("server.bad");
    default:
      return null;
  }
}
