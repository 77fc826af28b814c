import { InvalidArgumentError } from "commander";
import { EXIT } from "./exit.ts";
import { say } from "./language.ts";
import type { Answer } from "./service.ts";

/** The number of a version, as an option has it. */
export function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError(say("应为版本号", "it must be the number of a version"));
  return Number(text);
}

/** How the command ends after what a service answered to a submission. */
export const outcomeOf = ({ status }: Answer): number =>
  status < 300 ? EXIT.well : status === 409 || status === 422 ? EXIT.wrong : EXIT.failed;
