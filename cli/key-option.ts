import { Option } from "commander";
import { repeatable } from "./command.ts";

/** A public key of a log: while one is being replaced, both may be given. */
export const keyOption = (description: string): Option =>
  repeatable(
    new Option("--key <key>", description).argParser((key: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      key,
    ]),
  );
