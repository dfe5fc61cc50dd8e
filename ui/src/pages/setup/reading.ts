// The account's fields and lists, read live for step 2.
import { type AccountShape, type Failure, useAsk } from "../../api";

/** An account as it is now. */
export interface Account {
  /** Its fields and lists; `undefined` while they are read. */
  shape: AccountShape | undefined;
  /** Why they could not be read. */
  failure: Failure | null;
  /** Reads again. */
  again: () => void;
}

/** The fields and lists behind a connection; nothing is asked while none is chosen. */
export function useAccount(connection: string): Account {
  const { data, error, refetch } = useAsk("account_shape", { id: connection }, { enabled: connection !== "" });
  return { shape: data, failure: data === undefined ? error : null, again: () => void refetch() };
}
