import { rmSync } from "node:fs";
import { Journal } from "./journal.ts";
import { lock } from "./lock.ts";

/** What a run has done, by name: what an earlier one that was killed had done is in it too. */
export interface Ledger<Done> {
  /** Whether what is kept is there for a later run. */
  readonly keeps: boolean;
  /** How many things an earlier run had done. */
  readonly before: number;
  get(name: string): Done | undefined;
  /** Writes down that something is done; it is in the file when this returns. */
  keep(name: string, done: Done): void;
  /** All is done: nothing is left to go on with. */
  finish(): void;
  /** Gives it up; the next run goes on, unless all was done. */
  close(): void;
}

interface Line<Done> {
  readonly name: string;
  readonly done: Done;
}

/** A ledger of a run that nobody goes on with. */
export function passingLedger<Done>(): Ledger<Done> {
  return { keeps: false, before: 0, get: () => undefined, keep: () => {}, finish: () => {}, close: () => {} };
}

/** Another run's journal lies there. */
class OtherRunError extends Error {}

export interface LedgerOptions {
  /** What the run does and all that it depends on: of another's nothing is taken up. */
  readonly run: string;
  /** Whether to begin anew, whatever is there. */
  readonly fresh: boolean;
  /** What is thrown when another process is at it. */
  readonly inUse: (process: number) => Error;
}

/**
 * Opens a ledger in a file, and takes up what an earlier run wrote there before it was killed.
 * @throws as `inUse` says; what the file system throws
 */
export function openLedger<Done>(path: string, { run, fresh, inUse }: LedgerOptions): Ledger<Done> {
  const unlock = lock(`${path}.lock`, inUse);
  const known = new Map<string, Done>();
  const kind = { head: JSON.stringify({ journal: run }), foreign: () => new OtherRunError() };
  const replay = (): Journal<Line<Done>> =>
    Journal.open<Line<Done>>(path, kind, ({ name, done }) => void known.set(name, done));
  try {
    if (fresh) rmSync(path, { force: true });
    let journal: Journal<Line<Done>>;
    try {
      journal = replay();
    } catch (error) {
      if (!(error instanceof OtherRunError)) throw error;
      rmSync(path, { force: true });
      journal = replay();
    }
    let open = true;
    const close = (): void => {
      if (!open) return;
      open = false;
      journal.close();
      unlock();
    };
    return {
      keeps: true,
      before: known.size,
      get: (name) => known.get(name),
      keep: (name, done) => {
        journal.append({ name, done });
        known.set(name, done);
      },
      finish: () => {
        rmSync(path, { force: true });
        close();
      },
      close,
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
