// Where the page begins.
import "./font.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./frame/App";
import { makeRouter } from "./frame/routes";
import { tauriHost } from "./host/tauri";
import { localeOf } from "./parts/locale";
import { readWords } from "./text";

// What is seen first is read while the engine starts: the list of exports, in the language of this computer
// unless the settings will say another.
void import("./pages/exports/ExportsPage");
readWords(localeOf(null, navigator.language).language);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
createRoot(root).render(
  <StrictMode>
    <App host={tauriHost} router={makeRouter()} />
  </StrictMode>,
);
