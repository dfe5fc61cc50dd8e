// All commands, the engine's and the window's own, and what the page may know of an answer.
import type { Commands as EngineCommands, Event as EngineEvent, Failure } from "../bindings";
import type { WindowCommands, WindowEvent } from "../host";

/** Every command with its request and answer. */
export type Commands = EngineCommands & WindowCommands;

/** The name of a command. */
export type Command = keyof Commands;

/** What a command is asked. */
export type Request<C extends Command> = Commands[C]["request"];

/** What a command answers. */
export type Answer<C extends Command> = Commands[C]["answer"];

/** Everything that can happen outside of the page. */
export type AnyEvent = EngineEvent | WindowEvent;

/** What is said about an event. */
export type EventData<E extends AnyEvent["event"]> = Extract<AnyEvent, { event: E }>["data"];

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Failure;
  }
}

/** Whatever a command was rejected with, as a failure. */
export function asFailure(error: unknown): Failure {
  if (typeof error === "object" && error !== null && "code" in error) return error as Failure;
  // Tauri itself refuses with a plain sentence, for example without the permission.
  return { code: "internal", message: String(error), help: "", retryable: false };
}
