// *Connect*: the key that stands in the form is tested against the account. What was found holds for that
// key at that address only; with another letter in either nothing is known any more.
import type { UseFormReturn } from "react-hook-form";

import { type AccountFound, type Failure, type Product, useTell } from "../../api";
import { trimKey } from "../../parts/connection";
import type { AccountForm } from "./account";

/** What is known of the key that stands in the form. */
export interface Connecting {
  /** What was found with it. */
  found: AccountFound | undefined;
  /** Why it does not work. */
  failure: Failure | null;
  /** Whether the account is being asked. */
  busy: boolean;
  /** Asks the account. */
  connect: () => void;
  /** Forgets the key, once it is stored. */
  forget: () => void;
}

/** Tests the key of this form. */
export function useConnecting(form: UseFormReturn<AccountForm>, product: Product): Connecting {
  const { mutate, variables, data, error, isPending, reset } = useTell("connection_connect");
  const [key, server, agree] = form.watch(["key", "server", "agree"]);
  const request = { product, key: trimKey(key), base_url: server.trim() === "" ? null : server.trim(), agree };
  const holds = variables?.key === request.key && variables.base_url === request.base_url;
  return {
    found: holds ? data : undefined,
    failure: holds ? error : null,
    busy: isPending,
    connect: () => {
      if (!isPending) mutate(request);
    },
    forget: reset,
  };
}
