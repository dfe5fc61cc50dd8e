// Both steps of the pane, and the way between them. *Next* stores a new connection; *Save* stores the export
// and sends nothing.
import { valibotResolver } from "@hookform/resolvers/valibot";
import { type SyntheticEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { ConnectionRow, ExportDetail, ExportRow, Product } from "../../api";
import { ErrorBar, Pane, useSay, useUnsaved } from "../../parts";
import { trimKey } from "../../parts/connection";
import { type AccountForm, accountForm, accountShape, nameTrouble, offeredOf, onlyOne, waits } from "./account";
import { AccountStep } from "./AccountStep";
import { connectionAddLine } from "./command";
import { useConnecting } from "./connecting";
import { DataStep } from "./DataStep";
import { dataForm, dataShape } from "./draft";
import { Dropped } from "./Dropped";
import { AccountFooter, DataFooter } from "./Footer";
import { unconfirmed } from "./matching";
import { SaveTrouble } from "./SaveTrouble";
import { useSaving } from "./saving";
import { useStoring } from "./storing";

/** What the steps need. */
export interface SetUpStepsProps {
  /** The export as it is stored; `null`: a new one. */
  detail: ExportDetail | null;
  /** The product of a new one, where a tile said it. */
  product: Product | undefined;
  connections: readonly ConnectionRow[];
  exports: readonly ExportRow[];
  onClose: (saved: string | null) => void;
  /** Begins anew with what is stored. */
  onAnew: () => Promise<void>;
}

/** The pane once everything it stands on is there. */
export function SetUpSteps({ detail: latest, product: told, connections, exports, onClose, onAnew }: SetUpStepsProps) {
  const { t } = useTranslation("setup");
  const say = useSay();
  // The export may change behind the pane. What was opened stays, and its version with it.
  const [detail] = useState(latest);
  const [step, setStep] = useState<1 | 2>(detail?.connection ? 2 : 1);
  const body = useRef<HTMLFormElement>(null);
  const account = useForm({
    defaultValues: accountForm(detail, connections, told),
    resolver: valibotResolver(accountShape),
    mode: "onTouched",
    reValidateMode: "onChange",
  });
  const data = useForm({ defaultValues: dataForm(detail), resolver: valibotResolver(dataShape) });
  const connecting = useConnecting(account);
  const storing = useStoring(account);
  const form = useWatch({ control: account.control, compute: (values: AccountForm) => values });
  const rows = storing.stored === null ? connections : [...without(connections, storing.stored), storing.stored];
  const { product } = form;
  // An export that has a connection stays with the product of its fields and lists.
  const fixed = detail?.product ?? null;
  const offered = offeredOf(rows, product);
  const chosen = offered.find(({ connection }) => connection.id === form.connection);
  const taken = new Set(exports.filter((row) => row.id !== detail?.id).map((row) => row.name));
  const waiting = waits(
    { ...form, hasKey: trimKey(form.key) !== "" },
    {
      found: connecting.found !== undefined,
      same: connecting.found?.same_as !== null && connecting.found !== undefined,
      busy: connecting.busy,
      chosen,
    },
  );
  const vendor = t(`vendor.${product}`);
  const changeProduct = (to: Product) => {
    const others = offeredOf(rows, to);
    account.setValue("product", to, { shouldDirty: true });
    account.setValue("connection", onlyOne(others), { shouldDirty: true });
    if (others.length === 0) account.setValue("mode", "new", { shouldDirty: true });
    // What was agreed to named another recipient.
    account.setValue("agree", false, { shouldDirty: true });
  };
  const dirty = account.formState.isDirty || data.formState.isDirty;
  const [saved, setSaved] = useState<string | null>(null);
  const unlessUnsaved = useUnsaved(dirty && saved === null);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    // Only now nothing is unsaved any more, and the way out does not ask.
    if (saved !== null) close(saved);
  }, [saved]);
  const saving = useSaving({
    detail,
    account,
    data,
    onName: () => {
      setStep(1);
    },
    onSaved: ({ id, name }) => {
      const count = unconfirmed(data.getValues("matching"));
      say(count > 0 ? t("saved.suggestions", { name, count }) : t("saved", { name }));
      setSaved(id);
    },
  });
  const cancel = () => {
    unlessUnsaved(() => {
      if (storing.stored !== null) say(t("kept", { name: storing.stored.connection.name }), "info");
      onClose(null);
    });
  };
  const focusError = () => {
    // The fields are marked in the next painting.
    requestAnimationFrame(() => {
      body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    });
  };
  const next = () => {
    const trouble = nameTrouble(form.name.trim(), form.mode, taken, rows);
    if (trouble !== null) {
      account.setError("name", { message: trouble }, { shouldFocus: true });
      return;
    }
    if (waiting.next !== null) {
      focusMissing();
      return;
    }
    if (form.mode === "existing") setStep(2);
    else {
      storing.store(() => {
        connecting.forget();
        setStep(2);
      });
    }
  };
  /** Enter goes on with the first thing that is missing. */
  function focusMissing() {
    if (form.name.trim() === "") account.setFocus("name");
    else if (form.mode === "existing") account.setFocus("connection");
    else if (waiting.connect === "why.key") account.setFocus("key");
    else if (waiting.connect === "why.agree") account.setFocus("agree");
    else if (connecting.found === undefined && connecting.failure === null) connecting.connect();
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (step === 1) void account.handleSubmit(next, focusError)();
    else void data.handleSubmit(saving.save, focusError)();
  };
  useEffect(() => {
    // Step 1 begins where something is to be entered; the pane gives the focus to its cross otherwise.
    if (step === 1 && account.getValues("name") === "") account.setFocus("name");
  }, [step, account]);
  const name = form.name.trim();
  const title = step === 1 && detail === null ? t("title.new", { product: t(`product.${product}`) }) : t("title.named", { name });
  return (
    <Pane
      title={title}
      about={step === 1 ? t("step1") : `${t("step2")} · ${t("connectionLine", { name: chosen?.connection.name ?? "" })}`}
      width={step === 1 ? 560 : 1008}
      onClose={cancel}
      footer={
        step === 1 ? (
          <AccountFooter
            waiting={waiting}
            busy={storing.busy}
            line={form.mode === "new" && form.agree && name !== "" ? connectionAddLine(name, form) : null}
            onNext={submit}
            onCancel={cancel}
          />
        ) : (
          <DataFooter
            form={data}
            names={{ name, connection: chosen?.connection, exports }}
            edited={detail}
            busy={saving.busy}
            onBack={() => {
              setStep(1);
            }}
            onSave={submit}
            onCancel={cancel}
          />
        )
      }
    >
      <form ref={body} noValidate onSubmit={submit}>
        {step === 1 ? (
          <>
            {storing.failure !== null && <ErrorBar failure={storing.failure} />}
            <AccountStep
              form={account}
              connections={rows}
              offered={offered}
              // A tile said it, or the export has it: then it is not asked again.
              asksProduct={fixed === null && told === undefined}
              onProduct={fixed === null ? changeProduct : null}
              connecting={connecting}
              waits={waiting}
              chosen={chosen}
              vendor={vendor}
              taken={taken}
              onUse={({ id }) => {
                const type = rows.find(({ connection }) => connection.id === id)?.connection.type;
                if (type !== undefined) account.setValue("product", type);
                account.setValue("mode", "existing", { shouldDirty: true });
                account.setValue("connection", id, { shouldDirty: true });
                account.setValue("key", "");
                connecting.forget();
              }}
            />
          </>
        ) : (
          <>
            {saving.failure !== null && (
              <SaveTrouble failure={saving.failure} onMine={() => void saving.saveMine()} onTheirs={() => void onAnew()} />
            )}
            <DataStep form={data} connection={form.connection} product={product} vendor={vendor} stored={detail !== null} />
          </>
        )}
        {/* Enter in a field goes on, as the button at the foot of the pane does. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </form>
      {saving.dropped.length > 0 && (
        <Dropped segments={saving.dropped} product={product} onSave={saving.saveEmptying} onCancel={saving.forgetDropped} />
      )}
    </Pane>
  );
}

function without(rows: readonly ConnectionRow[], one: ConnectionRow): ConnectionRow[] {
  return rows.filter(({ connection }) => connection.id !== one.connection.id);
}
