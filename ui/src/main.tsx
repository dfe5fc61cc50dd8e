// Where the page begins.
import "./font.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./frame/App";
import { makeRouter } from "./frame/routes";
import { tauriHost } from "./host/tauri";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
createRoot(root).render(
  <StrictMode>
    <App host={tauriHost} router={makeRouter()} />
  </StrictMode>,
);
