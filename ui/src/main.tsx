// Where the page begins.
import { beginning } from "./beginning";
import "./font.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./frame/App";
import { makeRouter } from "./frame/routes";
import { ownFont } from "./parts/brand";

// Read before it is asked for, so that no text is laid out twice.
void document.fonts.load(`1em "${ownFont}"`);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root.");
createRoot(root).render(
  <StrictMode>
    <App beginning={beginning} router={makeRouter()} />
  </StrictMode>,
);
