import { type Answer, isOpen } from "./api.ts";
import type { Connection } from "./connection.ts";

/** What is shown while a submission is under way. */
export type Delivery =
  | { readonly kind: "sending"; readonly attempt: number }
  /** Offline: goes on by itself. */
  | { readonly kind: "waiting" };

export interface DeliverOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly onState: (state: Delivery) => void;
  /** Rests so many ms. */
  readonly rest?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** ms between one sending and the next where no answer came. */
const PAUSES = [1_000, 3_000, 8_000] as const;

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

/**
 * Sends until an answer comes, a few times over: each sending is the same submission, its key says so. While the
 * browser is offline it waits, for as long as that takes. 502 to 504 come from what stands before the service.
 */
export async function deliver<T>(
  send: (signal: AbortSignal) => Promise<Answer<T>>,
  { connection, signal, onState, rest = sleep }: DeliverOptions,
): Promise<Answer<T>> {
  for (let failures = 0, attempt = 1; ; attempt += 1) {
    onState({ kind: "sending", attempt });
    const answer = await send(signal);
    if (signal.aborted) return { kind: "cancelled" };
    const again =
      answer.kind === "unreached" ||
      (answer.kind === "problem" && isOpen(answer.problem) && answer.problem.status > 500);
    if (!again) return answer;
    if (answer.kind === "unreached" && answer.reason === "offline") {
      onState({ kind: "waiting" });
      await connection.back(signal);
    } else {
      const pause = PAUSES[failures];
      if (pause === undefined) return answer;
      failures += 1;
      await rest(pause, signal);
    }
    if (signal.aborted) return { kind: "cancelled" };
  }
}
