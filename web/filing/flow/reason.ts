import { check } from "../../../src/rules/plain-text.ts";
import type { Say } from "./parts.tsx";

/** As the service has it (src/amend.ts). */
const MAX_REASON = 500;

/** What is wrong with the reason of an amendment. */
export function reasonFault(reason: string, say: Say): string | undefined {
  const count = [...reason].length;
  if (reason.trim() === "") return say("reasonMissing");
  if (count > MAX_REASON) return say("reasonLong", { count });
  return check(reason).length > 0 ? say("reasonText") : undefined;
}
