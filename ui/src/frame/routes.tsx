// All addresses of the window. The list of exports is what is seen first; any other page is read from its own
// chunk when it is first shown.
import {
  createHashHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";

import { connectionsSearch } from "../pages/connections/search";
import { dataSearch } from "../pages/data/search";
import { ExportsPage } from "../pages/exports/ExportsPage";
import { exportsSearch } from "../pages/exports/search";
import { personSearch } from "../pages/people/search";
import { runSearch, runsSearch } from "../pages/runs/search";
import { segmentsSearch } from "../pages/segments/search";
import { systemSearch } from "../pages/system/search";
import { Crash } from "./Crash";
import { Frame } from "./Frame";
import { NotFound } from "./NotFound";

/** What addresses follow from. */
interface Ground {
  /** Whether there is nothing yet. */
  empty: boolean;
}

const root = createRootRouteWithContext<Ground>()({ component: Frame, notFoundComponent: NotFound });
const getParentRoute = () => root;

/** The first page: the list of export destinations, or Home with its welcome while there is nothing yet. */
const start = createRoute({
  getParentRoute,
  path: "/",
  beforeLoad: ({ context }) => {
    // TanStack Router takes its way by throwing it.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: context.empty ? "/home" : "/exports", replace: true });
  },
});
const home = createRoute({
  getParentRoute,
  path: "/home",
  component: lazyRouteComponent(() => import("../pages/home/HomePage"), "HomePage"),
});
const exports = createRoute({
  getParentRoute,
  path: "/exports",
  validateSearch: exportsSearch,
  component: ExportsPage,
});
const preview = createRoute({
  getParentRoute,
  path: "/exports/$id/preview",
  component: lazyRouteComponent(() => import("../pages/preview/PreviewPage"), "PreviewPage"),
});
const runs = createRoute({
  getParentRoute,
  path: "/runs",
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import("../pages/runs/RunsPage"), "RunsPage"),
});
const run = createRoute({
  getParentRoute,
  path: "/runs/$id",
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import("../pages/runs/RunPage"), "RunPage"),
});
const people = createRoute({
  getParentRoute,
  path: "/people",
  validateSearch: personSearch,
  component: lazyRouteComponent(() => import("../pages/people/PersonPage"), "PersonPage"),
});
const segments = createRoute({
  getParentRoute,
  path: "/segments",
  validateSearch: segmentsSearch,
  component: lazyRouteComponent(() => import("../pages/segments/SegmentsPage"), "SegmentsPage"),
});
const data = createRoute({
  getParentRoute,
  path: "/data",
  validateSearch: dataSearch,
  component: lazyRouteComponent(() => import("../pages/data/DataPage"), "DataPage"),
});
const connections = createRoute({
  getParentRoute,
  path: "/admin/connections",
  validateSearch: connectionsSearch,
  component: lazyRouteComponent(() => import("../pages/connections/ConnectionsPage"), "ConnectionsPage"),
});
const system = createRoute({
  getParentRoute,
  path: "/admin/system",
  validateSearch: systemSearch,
  component: lazyRouteComponent(() => import("../pages/system/SystemPage"), "SystemPage"),
});
const security = createRoute({
  getParentRoute,
  path: "/admin/security",
  component: lazyRouteComponent(() => import("../pages/security/SecurityPage"), "SecurityPage"),
});

const routeTree = root.addChildren([
  start,
  home,
  exports,
  preview,
  runs,
  run,
  people,
  segments,
  data,
  connections,
  system,
  security,
]);

/** A router over the addresses of the window. */
export function makeRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree,
    history,
    context: { empty: false },
    // Every answer is in the query cache already; the router keeps nothing.
    defaultErrorComponent: Crash,
    defaultPreload: "intent",
    defaultPendingMs: 300,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
