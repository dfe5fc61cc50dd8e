// *Save*: first the question about segments that were taken out, then the export is stored. A change that
// somebody else made meanwhile is never overwritten unseen.
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";

import { type ExportDetail, type Failure, useAskNow, useTell } from "../../api";
import { useGate } from "../../parts";
import type { AccountForm } from "./account";
import { type Chosen, type DataForm, droppedSegments, toDraft } from "./draft";

/** What saving needs. */
export interface SavingOf {
  detail: ExportDetail | null;
  account: UseFormReturn<AccountForm>;
  data: UseFormReturn<DataForm>;
  /** The name is taken: step 1 has to show it. */
  onName: () => void;
  onSaved: (saved: ExportDetail) => void;
}

/** How the export is saved. */
export interface Saving {
  busy: boolean;
  failure: Failure | null;
  /** Segments about whose lists somebody has to decide first. */
  dropped: readonly Chosen[];
  save: () => void;
  /** Saves, and has the lists of these segments emptied. */
  saveEmptying: (empty: string[]) => void;
  /** Goes back to the form without saving. */
  forgetDropped: () => void;
  /** Saves over what somebody else changed. */
  saveMine: () => Promise<void>;
}

/** Saves what both forms say. */
export function useSaving({ detail, account, data, onName, onSaved }: SavingOf): Saving {
  const ask = useAskNow();
  const { mutate, isPending, error, variables } = useTell("export_save");
  const gate = useGate();
  const [dropped, setDropped] = useState<readonly Chosen[]>([]);
  const [gone, setGone] = useState<Failure | null>(null);
  const send = (empty: string[], version = detail?.version) => {
    if (!gate.enter()) return;
    setDropped([]);
    setGone(null);
    const { name, connection } = account.getValues();
    const edited = detail === null || version === undefined ? null : { id: detail.id, version };
    mutate(toDraft(name, connection, data.getValues(), edited, empty), {
      onSuccess: onSaved,
      onError: (failure) => {
        gate.open();
        if (failure.code !== "name_taken") return;
        account.setError("name", { message: "name.taken" });
        onName();
      },
    });
  };
  return {
    busy: isPending,
    failure: gone ?? (error?.code === "name_taken" ? null : error),
    dropped,
    save: () => {
      const out = droppedSegments(detail, data.getValues());
      if (out.length > 0) setDropped(out);
      else send([]);
    },
    saveEmptying: send,
    forgetDropped: () => {
      setDropped([]);
    },
    saveMine: async () => {
      if (detail === null) return;
      try {
        const { version } = await ask("export_get", { id: detail.id });
        send(variables?.empty ?? [], version);
      } catch (failure) {
        setGone(failure as Failure);
      }
    },
  };
}
