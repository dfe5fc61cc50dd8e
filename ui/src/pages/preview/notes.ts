// What a preview says besides its numbers. The engine says it in English; what the page says by itself is
// left out here, and the contract's figures are read so that they can be said in any language.

/** The contract's room, where the account may become larger than it. */
export interface Contract {
  held: number;
  new: number;
  after: number;
  size: number;
}

const CONTRACT =
  /^The account holds (\d+) contacts; with (\d+) new ones it may hold (\d+), and its contract allows (\d+)$/u;

const OVER = /^“.*” selects (\d+) people, \d+ more than its limit of \d+; nobody was sent\.$/su;
const HELD = /^“.*” would lose \d+ of \d+ people, so nobody was taken off it$/su;

/** What the notes of a preview say. */
export interface Notes {
  contract: Contract | null;
  /** Distinct valid addresses, where they are more than the limit. */
  addresses: number | null;
  /** Sentences that are not known here. */
  others: string[];
}

/** Reads the notes of a preview. */
export function readNotes(notes: readonly string[]): Notes {
  let contract: Contract | null = null;
  let addresses: number | null = null;
  const others: string[] = [];
  for (const note of notes) {
    const [, ...figures] = CONTRACT.exec(note) ?? [];
    const [held, added, after, size] = figures.map(Number);
    if (held !== undefined && added !== undefined && after !== undefined && size !== undefined) {
      contract = { held, new: added, after, size };
      continue;
    }
    const over = OVER.exec(note)?.[1];
    if (over !== undefined) addresses = Number(over);
    // The guard has a bar of its own, from the preview's numbers.
    else if (!HELD.test(note)) others.push(note);
  }
  return { contract, addresses, others };
}
