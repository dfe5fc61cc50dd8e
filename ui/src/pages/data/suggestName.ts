// The name of a data source as its files suggest it.
import { fileName } from "./refusal";

/** What is packed around a table, and what a table is written in. */
const ENDINGS = /(\.(csv|tsv|txt|ndjson|jsonl|json|parquet|gz|zst))+$/i;

/** A display name for these files or folders: `customers_2026.csv.gz` is *Customers 2026*. */
export function suggestName(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined) return "";
  let name = fileName(first);
  if (/^model\.json$/i.test(name)) name = fileName(first.slice(0, -name.length));
  const words = name.replace(ENDINGS, "").replaceAll(/[_\s]+/g, " ").trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1, 200);
}
