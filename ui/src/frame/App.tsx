// The window: a host, a look, and the pages.
import { createDOMRenderer, RendererProvider } from "@fluentui/react-components";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";

import { ApiProvider, type Failure, useAsk } from "../api";
import { Announcer } from "../parts/announce";
import { ErrorCard } from "../parts/ErrorCard";
import type { Beginning } from "./begin";
import { Dressed } from "./look";
import { useReady } from "./ready";
import type { makeRouter } from "./routes";

/** What the window stands on. */
interface AppProps {
  beginning: Beginning;
  router: ReturnType<typeof makeRouter>;
}

/** The window. */
export function App({ beginning, router }: AppProps) {
  // The only style element of the page lends its nonce, so that no other style is allowed.
  const [renderer] = useState(() => {
    const nonce = document.querySelector("style")?.nonce;
    return createDOMRenderer(document, nonce === undefined ? {} : { styleElementAttributes: { nonce } });
  });
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <ApiProvider ground={beginning.ground}>
        <Dressed beginning={beginning}>
          <Announcer>
            <Started router={router} />
          </Announcer>
        </Dressed>
      </ApiProvider>
    </RendererProvider>
  );
}

/** The pages once the engine said what it is, or why it cannot. */
function Started({ router }: Pick<AppProps, "router">) {
  const start = useAsk("app_start", {});
  // While it is tried again the error is forgotten by the cache, and the pages have nothing to stand on yet.
  const [failure, setFailure] = useState<Failure | null>(null);
  if (start.error !== null && start.error !== failure) setFailure(start.error);
  if (start.data !== undefined) return <RouterProvider router={router} context={{ empty: start.data.empty }} />;
  if (failure === null) return null;
  return <Failed failure={failure} onRetry={() => void start.refetch()} />;
}

/** Why there are no pages. */
function Failed(props: { failure: Failure; onRetry: () => void }) {
  useReady();
  return <ErrorCard {...props} />;
}
