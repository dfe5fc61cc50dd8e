// All that pages may know of the engine: its types, and how to ask and tell it.
export type * from "../bindings";
export type { OpenKind, RevealWhat } from "../host";
export { askAhead } from "./ask";
export type { Answer, AnyEvent, Command, EventData, Request } from "./commands";
export { type Ground, openHost } from "./ground";
export { type Ask, type AskOptions, useAhead, useAsk, useAskNow, useEvent, useKeep, useTell } from "./hooks";
export { type Paged, type Rows, useRows } from "./pages";
export { useProgress } from "./progress";
export { ApiProvider } from "./provider";
export type { Read } from "./reads";
export { useSettings } from "./settings";
