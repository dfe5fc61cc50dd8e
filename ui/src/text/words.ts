// The words of the window by namespace, for the compiler: the English files say which keys there are.
import type admin from "./en/admin.json";
import type data from "./en/data.json";
import type errors from "./en/errors.json";
import type exports from "./en/exports.json";
import type frame from "./en/frame.json";
import type home from "./en/home.json";
import type palette from "./en/palette.json";
import type preview from "./en/preview.json";
import type reasons from "./en/reasons.json";
import type runs from "./en/runs.json";
import type segments from "./en/segments.json";
import type setup from "./en/setup.json";
import type words from "./en/words.json";

/** The words by namespace and key. */
export interface Words {
  admin: typeof admin;
  data: typeof data;
  errors: typeof errors;
  exports: typeof exports;
  frame: typeof frame;
  home: typeof home;
  palette: typeof palette;
  preview: typeof preview;
  reasons: typeof reasons;
  runs: typeof runs;
  segments: typeof segments;
  setup: typeof setup;
  words: typeof words;
}

/** A part of the words that is read by itself. */
export type Namespace = keyof Words;
