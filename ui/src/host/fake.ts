// A host in memory, for tests: it answers from handlers that are typed by the commands themselves, so that
// a test cannot drift from the engine.
import type { Commands, Event } from "../bindings";
import type { Host, HostEvent, WindowCommands, WindowEvent } from "./index";

type All = Commands & WindowCommands;

/** Answers to commands; what is not in it is refused. */
export type Handlers = {
  [C in keyof All]?: (request: All[C]["request"]) => All[C]["answer"] | Promise<All[C]["answer"]>;
};

/** A host that remembers what it was asked. */
export interface FakeHost extends Host {
  /** Everything that was asked, in order. */
  calls: { command: string; request: unknown }[];
  /** The requests of one command, in order. */
  asked<C extends keyof All>(command: C): All[C]["request"][];
  /** Tells the page of an event. */
  emit(event: Event | WindowEvent): void;
  /** Answers a command in another way from now on. */
  handle(handlers: Handlers): void;
}

/** A fake host with these answers. */
export function fakeHost(handlers: Handlers): FakeHost {
  const answers: Handlers = { ...handlers };
  const listeners = new Set<(event: HostEvent) => void>();
  const calls: FakeHost["calls"] = [];
  return {
    calls,
    asked: <C extends keyof All>(command: C) =>
      calls.filter((call) => call.command === command).map((call) => call.request as All[C]["request"]),
    async ask(command, request) {
      calls.push({ command, request });
      const answer = answers[command as keyof All] as ((request: unknown) => unknown) | undefined;
      if (answer === undefined) throw failure("internal", `The test has no answer to ${command}.`);
      return await answer(request);
    },
    listen(handler) {
      listeners.add(handler);
      return () => listeners.delete(handler);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    handle(more) {
      Object.assign(answers, more);
    },
  };
}

/** A failure as the engine rejects with it; throw it from a handler. */
export function failure(code: string, message = "", retryable = false): object {
  return { code, message, help: "", retryable };
}
