// Parts whose code comes later, because most visits never need it. React has `lazy` for this, which holds a part
// back for a third of a second after showing that it is not there yet; nobody who pressed a button wants that.
import type { i18n } from "i18next";
import { type ComponentType, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Namespace } from "../text/words";

/** A part that shows itself as soon as its code and words are there. */
export interface Later<P> {
  (props: P): ReactNode;
  /** Reads code and words, so that the part is there at once when it is needed. */
  ahead: (text: i18n) => Promise<void>;
}

function Nothing() {
  return null;
}

/** A part of which `read` gives the code and `words` are what it says; `Meanwhile` is in its place until then. */
export function later<P extends object>(
  read: () => Promise<ComponentType<P>>,
  words: readonly Namespace[],
  Meanwhile: ComponentType<P> = Nothing,
): Later<P> {
  let known: ComponentType<P> | undefined;
  const ahead = async (text: i18n) => {
    const [component] = await Promise.all([read(), text.loadNamespaces(words)]);
    known = component;
  };
  function Part(props: P) {
    const { i18n } = useTranslation();
    const [, setState] = useState<{ error?: unknown }>({});
    const here = known !== undefined && words.every((namespace) => i18n.hasLoadedNamespace(namespace));
    useEffect(() => {
      if (here) return undefined;
      let wanted = true;
      ahead(i18n).then(
        () => {
          if (wanted) setState({});
        },
        (error: unknown) => {
          // The page says so, as it does of any mistake of ours.
          if (wanted) {
            setState(() => {
              throw error;
            });
          }
        },
      );
      return () => {
        wanted = false;
      };
    }, [here, i18n]);
    if (known === undefined || !here) return <Meanwhile {...props} />;
    const Known = known;
    return (
      <Suspense fallback={<Meanwhile {...props} />}>
        <Known {...props} />
      </Suspense>
    );
  }
  return Object.assign(Part, { ahead });
}
