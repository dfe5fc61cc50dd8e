// What the window stands on: something that answers commands and tells of events. The page knows no more
// of the program around it than this.

/** Something that happened outside of the page. */
export interface HostEvent {
  /** Its name, for example `run_progress`. */
  event: string;
  /** What is said about it. */
  data: unknown;
}

/** The program around the page. */
export interface Host {
  /** Asks a command; the promise is rejected with a failure `{code, message, help, retryable}`. */
  ask(command: string, request: unknown): Promise<unknown>;
  /** Hears every event until the returned function is called. */
  listen(handler: (event: HostEvent) => void): () => void;
}

/** The commands that the window's own program answers, not the engine: native things. */
export interface WindowCommands {
  /** Tells that the page has painted, so that the window may show. */
  window_ready: { request: Record<string, never>; answer: null };
  /** The locale of the operating system, for example `sv-SE`. */
  window_locale: { request: Record<string, never>; answer: WindowLocale };
  /** Gives title, tray and native menus another language. */
  window_words: { request: { language: "en" | "sv" }; answer: null };
  /** The native dialog that chooses files; nothing is chosen where it was canceled. */
  window_open_files: { request: { kind: OpenKind }; answer: { paths: string[] } };
  /** The native dialog that names a file to write. */
  window_save_file: { request: { name: string; kind: "csv" | "json" | "zip" }; answer: { path: string | null } };
  /** Shows a file or folder in the system's own program. */
  window_reveal: { request: { what: RevealWhat; path?: string }; answer: null };
  /** What happens to the window that the user closed while runs are under way. */
  window_close: { request: { choice: "tray" | "quit" }; answer: null };
  /** Whether the window that is closed goes on in the tray; answers whether a tray is shown at all. */
  window_keep: { request: { keep: boolean }; answer: WindowKept };
  /** Whether Segue starts when the user signs in: switches it, or only tells with `null`. */
  window_sign_in: { request: { on: boolean | null }; answer: WindowSignIn };
}

/** Where a window goes that is kept. */
export interface WindowKept {
  /** Whether a tray is shown; where none is, the window is minimised instead of hidden. */
  tray: boolean;
}

/** Whether Segue starts when the user signs in. */
export interface WindowSignIn {
  on: boolean;
  /** Whether this computer can do it. */
  possible: boolean;
  /** What went wrong, as a sentence; empty where nothing did. */
  trouble: string;
}

/** The locale of the operating system. */
export interface WindowLocale {
  /** A BCP 47 tag. */
  locale: string;
}

/** What kind of file is looked for. */
export type OpenKind = "data" | "folder" | "config" | "rule" | "memberships" | "members";

/** What can be shown outside of the window. */
export type RevealWhat = "data_folder" | "logs" | "guide_en" | "guide_sv" | "privacy" | "file";

/** Events of the window's own program. */
export type WindowEvent =
  | { event: "close_asked"; data: { running: number } }
  | { event: "files_dropped"; data: { paths: string[] } }
  | { event: "files_over"; data: Record<string, never> }
  | { event: "files_left"; data: Record<string, never> }
  | { event: "menu"; data: { action: string } };
