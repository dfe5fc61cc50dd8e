// What was found in the files of a data source, as one line of words.
import { useTranslation } from "react-i18next";

import type { AudienceDetail, FileFound } from "../../api";
import { fileName } from "./refusal";

const delimiters: Record<string, "comma" | "semicolon" | "tab" | "pipe"> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

/** The label of an encoding as people write it. */
export function encodingWords(label: string): string {
  return label.replace(/^(utf|iso|windows|koi8)/i, (word) => (word.toLowerCase() === "windows" ? "Windows" : word.toUpperCase()));
}

/** What was found, in the order in which it is said. */
export function useFound(): (detail: AudienceDetail) => string[] {
  const { t } = useTranslation("data");
  return ({ row, files, key, fields }) => {
    const first: FileFound | undefined = files[0];
    const said = [t("fields.count", { count: fields.length })];
    if (first !== undefined) {
      const name = fileName(first.path);
      said.push(files.length === 1 ? name : t("found.files", { name, count: files.length - 1 }));
      const format = (["csv", "cdm", "ndjson", "parquet"] as const).find((one) => one === first.format);
      if (format !== undefined) said.push(t(`format.${format}`));
      const packed = (["gzip", "zstd"] as const).find((one) => one === first.compression);
      if (packed !== undefined) said.push(t(`packed.${packed}`));
      if (first.delimiter !== null) {
        const word = delimiters[first.delimiter];
        said.push(word === undefined ? first.delimiter : t(`found.${word}`));
      }
      if (first.format !== "parquet") said.push(encodingWords(first.encoding));
      if (first.format === "csv" || first.format === "cdm") said.push(t(first.header ? "found.header" : "found.noHeader"));
    }
    said.push(key === null ? t("found.noKey") : t("found.key", { key }));
    const { memberships } = row.source;
    if (memberships !== null && memberships !== undefined) {
      said.push(t("found.memberships", { file: fileName(memberships) }));
    }
    return said;
  };
}
