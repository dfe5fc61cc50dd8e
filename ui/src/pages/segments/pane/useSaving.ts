// Saving a segment: what was typed stays whatever the engine answers, and each refusal has its place.
import { useState } from "react";

import { type Failure, type SegmentDetail, type SegmentRule, useAskNow, useTell } from "../../../api";
import { useGate } from "../../../parts";

/** What came of saving. */
export type Saved =
  | { kind: "saved"; detail: SegmentDetail }
  | { kind: "taken" }
  | { kind: "refused" }
  /** A save is under way already. */
  | { kind: "busy" };

/** How a segment is saved. */
export interface Saving {
  save: (name: string, audience: string, rule: SegmentRule) => Promise<Saved>;
  /** Reads the segment as it is stored now. */
  stored: () => Promise<SegmentDetail | null>;
  /** Saves over what somebody else saved. */
  over: (name: string, audience: string, rule: SegmentRule) => Promise<Saved>;
  busy: boolean;
  /** Why it was not saved. */
  failure: Failure | null;
  /** Forgets why. */
  forgive: () => void;
}

/** Saves the segment that was opened, or a new one. */
export function useSaving(opened: SegmentDetail | null): Saving {
  const ask = useAskNow();
  const { mutateAsync: put } = useTell("segment_save");
  const { mutateAsync: rename } = useTell("segment_rename");
  const gate = useGate();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const id = opened?.row.id ?? null;

  const send = async (name: string, audience: string, rule: SegmentRule, version: string | null): Promise<SegmentDetail> => {
    // Who is in it is said by the memberships file; only the name is ours.
    if (rule.kind === "membership" && id !== null) return rename({ id, name });
    return put({ id, version, name, audience, rule });
  };
  const attempt = async (work: () => Promise<SegmentDetail>): Promise<Saved> => {
    if (!gate.enter()) return { kind: "busy" };
    setBusy(true);
    setFailure(null);
    try {
      return { kind: "saved", detail: await work() };
    } catch (error) {
      gate.open();
      setBusy(false);
      const refused = error as Failure;
      if (refused.code === "name_taken") return { kind: "taken" };
      setFailure(refused);
      return { kind: "refused" };
    }
  };
  return {
    save: (name, audience, rule) => attempt(() => send(name, audience, rule, opened?.version ?? null)),
    over: (name, audience, rule) =>
      attempt(async () => {
        const now = await ask("segment_get", { id: id ?? "" });
        return send(name, audience, rule, now.version);
      }),
    stored: async () => {
      try {
        return await ask("segment_get", { id: id ?? "" });
      } catch (error) {
        setFailure(error as Failure);
        return null;
      }
    },
    busy,
    failure,
    forgive: () => {
      setFailure(null);
    },
  };
}
