import type { Action } from "../src/authenticate/caller.ts";
import type { Filer } from "../src/basics/filer.ts";

/** What became of a request that takes a token. */
export type Outcome =
  | "published"
  | "corrected"
  | "withdrawn"
  | "redacted"
  | "sealed"
  | "saved"
  | "submit"
  | "recall"
  | "return"
  | "agree"
  | "clear"
  | "comment"
  | "proved"
  | "reminded"
  | "read"
  | "summed"
  | "unchanged"
  | "conflict"
  | "checked"
  | "previewed"
  | "imported"
  | "rejected"
  | "denied"
  | "failed";

/** One decision, as the audit log keeps it: codes and numbers, never a text of a report, a name or a token. */
export interface Decision {
  readonly outcome: Outcome;
  readonly action: Action | "check" | "preview" | "import" | "read";
  readonly status: number;
  readonly requestId: string;
  /** Who asked; absent when that was not found out. */
  readonly caller?: Filer;
  readonly uscc?: string;
  /** 行政区划. */
  readonly division?: string;
  readonly year?: number;
  readonly version?: number;
  /** Rule ids of what was found, each once. */
  readonly findings?: readonly string[];
  /** Why it was denied. */
  readonly reason?: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** Where decisions and faults are logged. */
export interface Log {
  decision(decision: Decision): void;
  /** What should not happen; gets no report text. */
  fault(error: Error, request: { readonly requestId: string; readonly method: string; readonly path: string }): void;
}
