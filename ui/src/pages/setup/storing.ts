// *Next*: a new connection is stored, and from then on it is an existing one for the pane.
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";

import { type ConnectionRow, type Failure, useTell } from "../../api";
import type { AccountForm } from "./account";
import { requestOf } from "./connecting";

/** How the connection is stored. */
export interface Storing {
  /** The connection that this pane stored. */
  stored: ConnectionRow | null;
  busy: boolean;
  /** Why it was not stored, where it is no matter of the name. */
  failure: Failure | null;
  /** Stores it, then goes on. */
  store: (then: () => void) => void;
}

/** Stores the connection of this form. */
export function useStoring(form: UseFormReturn<AccountForm>): Storing {
  const { mutate, isPending, error, reset } = useTell("connection_add");
  const [stored, setStored] = useState<ConnectionRow | null>(null);
  const byName = error?.code === "name_taken";
  return {
    stored,
    busy: isPending,
    failure: byName ? null : error,
    store: (then) => {
      if (isPending) return;
      const entered = form.getValues();
      mutate(
        { name: entered.name.trim(), ...requestOf(entered) },
        {
          onSuccess: (row) => {
            setStored(row);
            // The key is in the keychain; nothing of it stays in the page.
            form.setValue("key", "");
            form.setValue("server", "");
            form.setValue("mode", "existing");
            form.setValue("connection", row.connection.id);
            reset();
            then();
          },
          onError: (failure) => {
            if (failure.code !== "name_taken") return;
            form.setError("name", { message: "name.connectionTaken" }, { shouldFocus: true });
          },
        },
      );
    },
  };
}
