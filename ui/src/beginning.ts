// Begins before anything else of the page is made, so that the engine answers meanwhile: the entry imports it first.
import { begin } from "./frame/begin";
import { tauriHost } from "./host/tauri";

/** What the window begins with. */
export const beginning = begin(tauriHost);
