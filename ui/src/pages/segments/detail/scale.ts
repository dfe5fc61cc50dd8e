// The arithmetic of the size chart, apart from its drawing.
import type { SegmentSize } from "../../../api";

const DAY = 86_400_000;

/** Sizes of the last days, oldest first. */
export function within(sizes: readonly SegmentSize[], days: number, now: Date): SegmentSize[] {
  const from = now.getTime() - days * DAY;
  return sizes
    .filter(({ at }) => new Date(at).getTime() >= from)
    .toSorted((a, b) => new Date(a.at).getTime() - new Date(b.at).getTime());
}

/** Round values from 0 up to at least the highest, at most five of them. */
export function ticks(highest: number): number[] {
  const rough = Math.max(highest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  // People are whole.
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough && Number.isInteger(size)) ?? 10 * power);
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Where a size stands in a chart of this width and height over the last days. */
export function places(sizes: readonly SegmentSize[], days: number, now: Date, width: number, height: number): { x: number; y: number }[] {
  const top = ticks(Math.max(0, ...sizes.map(({ members }) => members))).at(-1) ?? 1;
  const from = now.getTime() - days * DAY;
  return sizes.map(({ at, members }) => ({
    x: (Math.min(days * DAY, new Date(at).getTime() - from) / (days * DAY)) * width,
    y: height - (members / top) * height,
  }));
}
