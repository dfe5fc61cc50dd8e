// A key for a row that has none of its own: people who were forgotten have neither address nor CustomerId.
const ids = new WeakMap<object, string>();
let last = 0;

/** The key of a row, the same for as long as the row is. */
export function rowId(row: object): string {
  const known = ids.get(row);
  if (known !== undefined) return known;
  last += 1;
  const id = String(last);
  ids.set(row, id);
  return id;
}
