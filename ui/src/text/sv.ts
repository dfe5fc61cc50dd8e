// All words of the window in Swedish, one file for each part of it.
import admin from "./sv/admin.json";
import data from "./sv/data.json";
import errors from "./sv/errors.json";
import exports from "./sv/exports.json";
import frame from "./sv/frame.json";
import home from "./sv/home.json";
import palette from "./sv/palette.json";
import preview from "./sv/preview.json";
import reasons from "./sv/reasons.json";
import runs from "./sv/runs.json";
import segments from "./sv/segments.json";
import setup from "./sv/setup.json";
import words from "./sv/words.json";

/** The words by namespace. */
export const sv = {
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
