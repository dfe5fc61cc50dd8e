// Where the page begins.
import "./font.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./frame/App";
import { makeRouter } from "./frame/routes";
import { tauriHost } from "./host/tauri";
import { ownFont } from "./parts/brand";
import { localeOf } from "./parts/locale";
import { readWords } from "./text";

// Read while the engine starts: the font, and the words, though the settings may say another language than that
// of this computer.
void document.fonts.load(`1em "${ownFont}"`);
readWords(localeOf(null, navigator.language).language);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
createRoot(root).render(
  <StrictMode>
    <App host={tauriHost} router={makeRouter()} />
  </StrictMode>,
);
