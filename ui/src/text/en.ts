// All words of the window in English, one file for each part of it.
import admin from "./en/admin.json";
import data from "./en/data.json";
import errors from "./en/errors.json";
import exports from "./en/exports.json";
import frame from "./en/frame.json";
import home from "./en/home.json";
import palette from "./en/palette.json";
import preview from "./en/preview.json";
import reasons from "./en/reasons.json";
import runs from "./en/runs.json";
import segments from "./en/segments.json";
import setup from "./en/setup.json";
import words from "./en/words.json";

/** The words by namespace. */
export const en = {
  admin,
  data,
  errors,
  exports,
  frame,
  home,
  palette,
  preview,
  reasons,
  runs,
  segments,
  setup,
  words,
};
