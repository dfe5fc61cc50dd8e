// A key as it is pasted: with blanks, line breaks, quotes or characters that nobody sees around it (U03).
// The engine trims by the same rule; the page needs it to know whether anything was entered at all.

const STICKY = /[\s\p{Cc}"'\u200b-\u200d\u2060\ufeff]/u;

/** The key without what sticks to it. */
export function trimKey(text: string): string {
  const letters = Array.from(text);
  const stays = (letter: string) => !STICKY.test(letter);
  const first = letters.findIndex(stays);
  return first < 0 ? "" : letters.slice(first, letters.findLastIndex(stays) + 1).join("");
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u;

/** Whether this may be an account's address: an origin over https, or over http on this computer. */
export function isServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const bare = pathname === "/" && search === "" && hash === "" && username === "" && password === "";
  return bare && (protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname)));
}
