// Our mark: an S of two pieces that meet in the middle, the upper one light, the lower one white.

/** The mark alone, for a dark ground. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" strokeWidth="4" aria-hidden focusable="false">
      <path d="M17 4H8a3.5 3.5 0 0 0 0 7h2" stroke="#7cc0f8" strokeLinecap="round" />
      <path d="M10 11h2a3 3 0 0 1 0 6H3" stroke="#ffffff" strokeLinecap="round" />
    </svg>
  );
}

/** The mark as a tile, as on the icon of the program. */
export function Logo({ size = 64 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" fill="none" strokeWidth="6.5" aria-hidden focusable="false">
      <rect width="64" height="64" rx="14" fill="#082338" />
      <path d="M43 20H28a6 6 0 0 0 0 12h4" stroke="#7cc0f8" strokeLinecap="round" />
      <path d="M32 32h4a6 6 0 0 1 0 12H21" stroke="#ffffff" strokeLinecap="round" />
    </svg>
  );
}
