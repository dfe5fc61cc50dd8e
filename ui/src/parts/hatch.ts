// Patterns of two system colours, for looks in which colours say nothing.
import type { Pattern } from "./classes";

const line = (angle: string, ink: string, width: number, every: number) =>
  `repeating-linear-gradient(${angle}, ${ink} 0 ${String(width)}px, transparent ${String(width)}px ${String(every)}px)`;

/** The background image of a pattern in this ink. */
export function hatch(pattern: Pattern, ink: string): string {
  switch (pattern) {
    case "solid":
      return `linear-gradient(${ink}, ${ink})`;
    case "lines":
      return line("135deg", ink, 2, 6);
    case "steep":
      return line("45deg", ink, 2, 6);
    case "dots":
      return `radial-gradient(circle at 3px 3px, ${ink} 1.5px, transparent 1.6px)`;
    case "grid":
      return `${line("0deg", ink, 1, 5)}, ${line("90deg", ink, 1, 5)}`;
    case "dense":
      return `${line("45deg", ink, 2, 5)}, ${line("135deg", ink, 2, 5)}`;
    case "dashes":
      return line("90deg", ink, 2, 8);
    case "wide":
      return line("0deg", ink, 2, 6);
    case "none":
      return "none";
  }
}
