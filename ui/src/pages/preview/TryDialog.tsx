// Try with one person, or the first ten: a run that sends only them.
import { Combobox, Field, Option, Radio, RadioGroup } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Ask, type Failure, type PreviewView, type Product, useAsk, useAskNow, useTell } from "../../api";
import { Asking, tagged, useDebounced } from "../../parts";

/** Groups whose people a run sends. */
const SENT = ["new", "changed", "retry"] as const;

/** What the question needs. */
export interface TryDialogProps {
  view: PreviewView;
  product: Product | null | undefined;
  onClose: () => void;
}

/** The question. */
export function TryDialog({ view, product, onClose }: TryDialogProps) {
  const { t } = useTranslation("preview");
  const navigate = useNavigate();
  const { mutate, isPending, error } = useTell("export_run");
  const [whom, setWhom] = useState<"one" | "first">("one");
  const [email, setEmail] = useState("");
  const [missing, setMissing] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const [notThere, setNotThere] = useState(false);
  const [checking, setChecking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const ask = useAskNow();
  const suggestions = useSuggestions(view.token, useDebounced(email.trim(), 200));
  const type = (text: string) => {
    setEmail(text);
    setMissing(false);
    setNotThere(false);
    setRefused(null);
  };
  const run = (whose: { only: string } | { first: number }) => {
    mutate(
      { exports: [view.export.id], ...whose },
      {
        onSuccess: ({ runs: [began] }) => {
          if (began === undefined) return;
          // What is no address at all is refused by the engine; that belongs to the field too.
          const misspelt = began.error?.code === "usage" && "only" in whose;
          setNotThere(misspelt);
          setRefused(misspelt ? null : began.error);
          if (began.run !== null) void navigate({ to: "/runs/$id", params: { id: began.run } });
        },
      },
    );
  };
  const tryOne = async () => {
    const only = email.trim();
    setMissing(only === "");
    if (only === "") {
      input.current?.focus();
      return;
    }
    setChecking(true);
    const found = await isSent(ask, view.token, only);
    setChecking(false);
    setNotThere(!found);
    if (found) run({ only });
    else input.current?.focus();
  };
  const go = () => {
    setRefused(null);
    if (whom === "first") run({ first: 10 });
    else void tryOne();
  };
  return (
    <Asking
      title={t("tryDialog.title")}
      yes={t("tryDialog.run")}
      busy={isPending || checking}
      failure={error ?? refused}
      onYes={go}
      onClose={onClose}
    >
      <span>{t("tryDialog.text", { context: tagged(product) })}</span>
      <Field label={t("tryDialog.whom")}>
        <RadioGroup
          value={whom}
          onChange={(_, { value }) => {
            setWhom(value === "first" ? "first" : "one");
            type(email);
          }}
        >
          <Radio value="one" label={t("tryDialog.one")} />
          <Radio value="first" label={t("tryDialog.first")} />
        </RadioGroup>
      </Field>
      {whom === "one" && (
        <Field
          label={t("tryDialog.email")}
          required
          hint={t("tryDialog.hint")}
          validationMessage={missing ? t("tryDialog.missing") : notThere ? t("tryDialog.notThere") : undefined}
        >
          <Combobox
            ref={input}
            freeform
            autoFocus
            value={email}
            onChange={(event) => {
              type(event.target.value);
            }}
            onOptionSelect={(_, { optionText }) => {
              if (optionText !== undefined) type(optionText);
            }}
          >
            {suggestions.map((one) => (
              <Option key={one}>{one}</Option>
            ))}
          </Combobox>
        </Field>
      )}
    </Asking>
  );
}

/** Whether a run of this preview would send somebody of this address. */
async function isSent(ask: Ask, token: string, email: string): Promise<boolean> {
  const same = (other: string) => other.toLocaleLowerCase() === email.toLocaleLowerCase();
  try {
    for (const group of SENT) {
      const { rows } = await ask("preview_people", { token, group, search: email, part: { offset: 0, limit: 100 } });
      if (rows.some((row) => same(row.email))) return true;
    }
    return false;
  } catch {
    // The preview is no longer kept: the run itself says what becomes of the address.
    return true;
  }
}

/** A few addresses that would be sent. */
function useSuggestions(token: string, search: string): string[] {
  const part = { offset: 0, limit: 5 };
  const [first, second, third] = SENT;
  const found = [
    useAsk("preview_people", { token, group: first, search, part }, { keep: true }).data,
    useAsk("preview_people", { token, group: second, search, part }, { keep: true }).data,
    useAsk("preview_people", { token, group: third, search, part }, { keep: true }).data,
  ];
  return [...new Set(found.flatMap((page) => page?.rows.map(({ email }) => email) ?? []))].slice(0, 8);
}
