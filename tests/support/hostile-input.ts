import type { MutableReport } from "./service.ts";

/** What is sent to the service to see it refused, and how it must be refused. */
export interface HostileInput {
  /** Of what kind it is and how it differs from all others; distinct among all inputs. */
  readonly what: string;
  /** The status that it must get. */
  readonly status: number;
  /** What the answer must say, in Chinese where it is said to people. */
  readonly says: string | RegExp;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** In place of `body`: an example, changed. What is returned, if anything, is sent instead. */
  readonly change?: (report: MutableReport) => unknown;
  /** In place of `body`: an example as text, changed. */
  readonly rewrite?: (text: string) => string;
  /** The rule that must be among the findings. */
  readonly id?: string;
}

/** A body of bytes given one by one. */
export const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** Latin text as bytes with others between. */
export const concat = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part))));

/** A word that nothing may tell. */
export const MARK = "暗号七三一";
