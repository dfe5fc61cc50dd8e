// The pane *Set up*: reads what both steps stand on, then hands it to them.
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Product, useAsk } from "../../api";
import { ErrorBar, Pane, PaneSkeleton } from "../../parts";
import { SetUpSteps } from "./SetUpSteps";

/** What the pane needs. */
export interface SetUpProps {
  /** The export that is edited; `null`: a new one. */
  id: string | null;
  /** The product of a new one, where it was chosen already. */
  product?: Product | undefined;
  /** Closes the pane; `saved` is the id of the export that was saved. */
  onClose: (saved: string | null) => void;
}

/** The pane. */
export function SetUp({ id, product, onClose }: SetUpProps) {
  const { t } = useTranslation("setup");
  // Another version was asked for: the forms begin anew from what is stored.
  const [generation, setGeneration] = useState(0);
  const detail = useAsk("export_get", { id: id ?? "" }, { enabled: id !== null });
  const connections = useAsk("connection_list", {});
  const exports = useAsk("export_list", {});
  const missing = id !== null && detail.data === undefined;
  if (connections.data === undefined || exports.data === undefined || missing) {
    const failure = detail.error ?? connections.error ?? exports.error;
    const close = () => {
      onClose(null);
    };
    return (
      <Pane title={product === undefined ? t("title.any") : t("title.new", { product: t(`product.${product}`) })} width={560} onClose={close}>
        {failure === null ? <PaneSkeleton /> : <ErrorBar failure={failure} />}
      </Pane>
    );
  }
  return (
    <SetUpSteps
      key={generation}
      detail={id === null ? null : (detail.data ?? null)}
      product={product}
      connections={connections.data}
      exports={exports.data}
      onClose={onClose}
      onAnew={async () => {
        await detail.refetch();
        setGeneration((old) => old + 1);
      }}
    />
  );
}
