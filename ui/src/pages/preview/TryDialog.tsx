// Try with one person, or the first ten: a run that sends only them.
import { Combobox, Field, Option, Radio, RadioGroup } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type PreviewView, useAsk, useTell } from "../../api";
import { Asking, useDebounced } from "../../parts";

/** Groups whose people a run sends. */
const SENT = ["new", "changed", "retry"] as const;

/** The question. */
export function TryDialog({ view, onClose }: { view: PreviewView; onClose: () => void }) {
  const { t } = useTranslation("preview");
  const navigate = useNavigate();
  const { mutate, isPending, error } = useTell("export_run");
  const [whom, setWhom] = useState<"one" | "first">("one");
  const [email, setEmail] = useState("");
  const [missing, setMissing] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const suggestions = useSuggestions(view.token, useDebounced(email.trim(), 200));
  // Which addresses there are, the engine knows; its refusal of one belongs to the field.
  const notThere = whom === "one" && (refused?.code === "usage" || refused?.code === "not_found");
  const go = () => {
    const only = email.trim();
    if (whom === "one" && only === "") {
      setMissing(true);
      input.current?.focus();
      return;
    }
    setRefused(null);
    mutate(
      { exports: [view.export.id], ...(whom === "one" ? { only } : { first: 10 }) },
      {
        onSuccess: ({ runs: [began] }) => {
          if (began === undefined) return;
          setRefused(began.error);
          if (began.run !== null) void navigate({ to: "/runs/$id", params: { id: began.run } });
        },
      },
    );
  };
  return (
    <Asking
      title={t("tryDialog.title")}
      yes={t("tryDialog.run")}
      busy={isPending}
      failure={error ?? (notThere ? null : refused)}
      onYes={go}
      onClose={onClose}
    >
      <span>{t("tryDialog.text")}</span>
      <Field label={t("tryDialog.whom")}>
        <RadioGroup
          value={whom}
          onChange={(_, { value }) => {
            setWhom(value === "first" ? "first" : "one");
            setRefused(null);
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
              setEmail(event.target.value);
              setMissing(false);
              setRefused(null);
            }}
            onOptionSelect={(_, { optionText }) => {
              if (optionText !== undefined) setEmail(optionText);
              setMissing(false);
              setRefused(null);
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
