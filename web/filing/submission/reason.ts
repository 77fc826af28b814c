import { check } from "../../../src/rules/plain-text.ts";
import { say } from "./texts.ts";

/** As the published schema of amendments has it (src/rules/amendment-schema.ts). */
const MAX_REASON = 500;

/** What is wrong with the reason of an amendment. */
export function reasonFault(reason: string): string | undefined {
  const count = [...reason].length;
  if (reason.trim() === "") return say("reasonMissing");
  if (count > MAX_REASON) return say("reasonLong", { count });
  return check(reason).length > 0 ? say("reasonText") : undefined;
}
