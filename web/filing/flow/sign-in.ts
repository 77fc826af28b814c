import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { Session } from "./session.ts";

/** The way to the sign-in service: that the page is being left for it, or that it cannot be reached. */
export function useSignIn(session: Session): {
  readonly leaving: ReadonlySignal<boolean>;
  readonly unreachable: ReadonlySignal<boolean>;
  signIn(): Promise<void>;
} {
  const leaving = useSignal(false);
  const unreachable = useSignal(false);
  return {
    leaving,
    unreachable,
    signIn: async () => {
      leaving.value = true;
      unreachable.value = !(await session.signIn());
      // Where it is reached the page is being left.
      if (unreachable.value) leaving.value = false;
    },
  };
}
