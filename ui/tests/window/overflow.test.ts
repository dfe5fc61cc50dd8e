// No text is cut off that cannot be read in some way: in the smallest window, with names of 200 characters, in
// both languages, as large as it is and at twice the size. What is cut off says itself whole when it is pointed at.
import { describe, expect, test } from "vitest";
import { places } from "./places";
import { play } from "./play";
import type { Stage } from "./stage";
import type { Language } from "./words";
import { longNames } from "./world";

/** Texts that are cut off, without a tooltip that has the whole text. */
function cut(stage: Stage): Promise<string[]> {
  return stage.driver.executeAsyncScript<string[]>(`
    const done = arguments[0];
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const plain = (text) => text.replaceAll(/[\\s\\u00ad]+/g, " ").trim();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Map();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (plain(node.data) === "" || element.closest("script, style, [aria-hidden=true], [data-tabster-dummy]") !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
      if (rects.length === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      let by = null;
      for (let box = element; box !== null && by === null; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.clipPath !== "none" && box.clientWidth <= 1) { by = undefined; break; }
        const edge = box.getBoundingClientRect();
        const wide = rects.some((rect) => rect.right > edge.left + box.clientLeft + box.clientWidth + 1.5);
        const high = rects.some((rect) => rect.bottom > edge.top + box.clientTop + box.clientHeight + 2.5);
        if (style.display !== "inline" && (wide && ["hidden", "clip"].includes(style.overflowX) || high && ["hidden", "clip"].includes(style.overflowY))) by = box;
        // What can be scrolled can be read.
        if (["auto", "scroll"].includes(style.overflowX) || ["auto", "scroll"].includes(style.overflowY)) {
          if (wide && !["auto", "scroll"].includes(style.overflowX)) by = box;
          break;
        }
      }
      if (by) found.set(plain(by.textContent) + by.className, [by, plain(by.textContent), element]);
    }
    (async () => {
      const bad = [];
      for (const [box, text, element] of found.values()) {
        if (plain(box.closest("[title]")?.title ?? "").includes(text)) continue;
        for (const type of ["pointerover", "pointerenter", "mouseover", "mouseenter"])
          element.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "mouse" }));
        let told = false;
        for (let tries = 0; tries < 30 && !told; tries += 1) {
          await wait(25);
          told = [...document.querySelectorAll("[role=tooltip]")].some((tip) => plain(tip.textContent).includes(text));
        }
        for (const type of ["pointerout", "pointerleave", "mouseout", "mouseleave"])
          element.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "mouse" }));
        if (!told) bad.push(text.slice(0, 80) + "  <" + element.tagName + " " + element.className.slice(0, 60) + ">");
      }
      return bad;
    })().then(done, (error) => done([String(error)]));`);
}

/** The page so many times as large, as Ctrl and + make it. */
async function zoom(stage: Stage, value: number): Promise<void> {
  await stage.driver.executeAsyncScript(
    `const [value, done] = arguments;
     window.__TAURI_INTERNALS__.invoke("plugin:webview|set_webview_zoom", { value }).then(done, done);`,
    value,
  );
  const width = Math.round(1024 / value);
  await stage.until(`the page is ${width} wide`, () =>
    stage.run<boolean>("return Math.abs(innerWidth - arguments[0]) < 3", width),
  );
}

describe.each<Language>(["en", "sv"])("in %s", (language) => {
  test("every text can be read in the smallest window, and at twice the size", () =>
    play({ language, names: longNames(), before: "work", width: 1024, height: 700 }, async ({ stage, names }) => {
      const all: string[] = [];
      for (const value of [1, 2]) {
        await zoom(stage, value);
        for (const place of places(names)) {
          await place.open(stage);
          const scrolls = await stage.run<boolean>(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth",
          );
          if (scrolls) all.push(`${place.name} at ${value}: the window scrolls sideways`);
          all.push(...(await cut(stage)).map((text) => `${place.name} at ${value}: ${text}`));
        }
      }
      expect(all, "cut off without a tooltip").toEqual([]);
    }));
});
