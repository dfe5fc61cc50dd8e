// *Connect*: the key that stands in the form is tested against the account. What was found holds for that
// key at that account only; with another letter, product or region nothing is known any more.
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";

import { type AccountFound, type ConnectRequest, type Failure, useTell } from "../../api";
import { type Region, REGIONS } from "../../parts";
import { trimKey } from "../../parts/connection";
import type { AccountForm } from "./account";

/** What is known of the key that stands in the form. */
export interface Connecting {
  /** What was found with it. */
  found: AccountFound | undefined;
  /** Why it does not work. */
  failure: Failure | null;
  /** Whether no region takes it. */
  everywhere: boolean;
  /** Whether the account is being asked. */
  busy: boolean;
  /** Asks the account. */
  connect: () => void;
  /** Asks in the other regions, one after another, until one takes the key; that one is then chosen. */
  elsewhere: () => void;
  /** Forgets the key, once it is stored. */
  forget: () => void;
}

type Entered = Pick<AccountForm, "product" | "key" | "region" | "server" | "agree">;

/** The account of the form, as the engine is told of it. */
export function requestOf({ product, key, region, server, agree }: Entered): ConnectRequest {
  const base_url = server.trim() === "" ? null : server.trim();
  return { product, region: product === "ortto" && base_url === null ? region : null, key: trimKey(key), base_url, agree };
}

/** Whether the same key may be good at another region or product: some answer *no such thing* there (destination-api.md 3.4). */
export function mayFitElsewhere({ code }: Failure): boolean {
  return code === "key_refused" || code === "destination";
}

/** What the account said, or the accounts of all regions. */
interface Answered {
  to: ConnectRequest;
  found: AccountFound | undefined;
  failure: Failure | null;
  everywhere: boolean;
}

/** Tests the key of this form. */
export function useConnecting(form: UseFormReturn<AccountForm>): Connecting {
  const { mutateAsync } = useTell("connection_connect");
  const [busy, setBusy] = useState(false);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [product, key, region, server, agree] = form.watch(["product", "key", "region", "server", "agree"]);
  const request = requestOf({ product, key, region, server, agree });
  const ask = async (to: ConnectRequest): Promise<Answered> => {
    try {
      return { to, found: await mutateAsync(to), failure: null, everywhere: false };
    } catch (error) {
      // Whatever a command is rejected with is a failure.
      return { to, found: undefined, failure: error as Failure, everywhere: false };
    }
  };
  const begin = async (asking: () => Promise<Answered>) => {
    if (busy) return undefined;
    setBusy(true);
    setAnswered(null);
    const answer = await asking();
    setAnswered(answer);
    setBusy(false);
    return answer;
  };
  const lookElsewhere = async (): Promise<Answered> => {
    let failure: Failure | null = null;
    for (const other of REGIONS.filter((one: Region) => one !== request.region)) {
      const answer = await ask({ ...request, region: other });
      if (answer.failure === null) {
        form.setValue("region", other, { shouldDirty: true });
        return answer;
      }
      failure = answer.failure;
      // Without a network the other regions would not answer either.
      if (!mayFitElsewhere(failure)) return { ...answer, to: request };
    }
    return { to: request, found: undefined, failure, everywhere: true };
  };
  const holds =
    answered !== null && (["product", "region", "key", "base_url"] as const).every((part) => answered.to[part] === request[part]);
  return {
    found: holds ? answered.found : undefined,
    failure: holds ? answered.failure : null,
    everywhere: holds && answered.everywhere,
    busy,
    connect: () => void begin(() => ask(request)),
    elsewhere: () =>
      void begin(lookElsewhere).then((answer) => {
        // The button is gone that was pressed; the field has changed, and may have the focus in the next painting.
        if (answer?.found !== undefined) requestAnimationFrame(() => form.setFocus("region"));
      }),
    forget: () => {
      setAnswered(null);
    },
  };
}
