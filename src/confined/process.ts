import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { confined } from "./command.ts";
import { encode, type Message, MessageError, type MessageLimits, messages } from "./message.ts";

/** What a process may take. */
export interface Limits {
  /** For one message, from being sent to its answer, milliseconds. */
  readonly time: number;
  /** Seconds of computing in its whole life, which a busy machine does not shorten; where the system counts them. */
  readonly cpu?: number;
  /** MiB that may be resident. */
  readonly memory: number;
  readonly answer: MessageLimits;
}

/** Why there is no answer: it took too long, computed too long, took too much memory, answered too much, or ended. */
export type Failure = "time" | "cpu" | "memory" | "answer" | "ended";

/** A process that did not answer. It is gone. */
export class ProcessError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, message: string) {
    super(message);
    this.name = "ProcessError";
    this.failure = failure;
  }
}

/** Those that run: they end with this process. */
const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

/** What the loader of programs needs, where there is such a thing (Lambda has); nothing else is passed on. */
function environment(): NodeJS.ProcessEnv {
  const { LD_LIBRARY_PATH: libraries } = process.env;
  return libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
}

/**
 * A program in a process of its own, which works on one message at a time and may be ended at any moment: without
 * environment, without a file that it could write, its memory limited by the kernel and watched by itself (`worker.ts`),
 * and what it says on its output nobody's business.
 */
export class ConfinedProcess {
  readonly #child: ChildProcess;
  readonly #limits: Limits;
  readonly #answers: AsyncIterator<Message>;
  readonly #gone: Promise<ProcessError>;
  #given: ProcessError | undefined;

  /** @param program a built one that calls `work` */
  constructor(program: URL, limits: Limits) {
    this.#limits = limits;
    const [file, ...args] = confined(fileURLToPath(program), limits.memory, limits.cpu);
    this.#child = spawn(file, args, {
      env: environment(),
      stdio: ["pipe", "ignore", "ignore", "pipe"],
      windowsHide: true,
    });
    const child = this.#child;
    alive.add(child);
    this.#gone = new Promise((resolve) => {
      const ended = (error: ProcessError): void => {
        alive.delete(child);
        resolve(this.#given ?? error);
      };
      child.once("error", ({ message }) => ended(new ProcessError("ended", message)));
      child.once("exit", (code, signal) => ended(endOf(code, signal)));
    });
    // What it no longer reads is no fault of ours.
    child.stdin?.on("error", () => {});
    this.#answers = messages(child.stdio[3] as Readable, limits.answer);
  }

  /**
   * Has it work on a message.
   * @throws ProcessError after which it is of no use
   */
  async run(message: Message): Promise<Message> {
    const timer = setTimeout(() => this.#end("time"), this.#limits.time);
    try {
      const input = this.#child.stdin as Writable;
      for (const bytes of encode(message)) input.write(bytes);
      const answer = await this.#answer();
      if (answer) return answer;
      throw await this.#gone;
    } finally {
      clearTimeout(timer);
    }
  }

  async #answer(): Promise<Message | undefined> {
    try {
      const { done, value } = await this.#answers.next();
      return done ? undefined : value;
    } catch (error) {
      if (error instanceof MessageError) this.#end("answer");
      else this.#child.kill("SIGKILL");
      return undefined;
    }
  }

  /** Ends it, whatever it does; resolves when it is gone. */
  async close(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#gone;
  }

  #end(failure: Failure): void {
    this.#given ??= new ProcessError(failure, failure);
    this.#child.kill("SIGKILL");
  }
}

/** How V8, the kernel and its watch end a process that has no more memory to get. */
const OUT_OF_MEMORY: ReadonlySet<string> = new Set(["SIGKILL", "SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS"]);

function endOf(code: number | null, signal: NodeJS.Signals | null): ProcessError {
  if (signal === "SIGXCPU") return new ProcessError("cpu", "the process computed too long");
  const failure = (signal !== null && OUT_OF_MEMORY.has(signal)) || (code ?? 0) > 128 ? "memory" : "ended";
  return new ProcessError(failure, `the process ended with ${signal ?? code}`);
}
