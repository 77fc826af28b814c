import type { Command } from "commander";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** Options of a command that say nothing together, by their names in camel case. */
export interface Contradictions {
  /** The first is only for the second. */
  readonly needs?: readonly (readonly [option: string, other: string])[];
  /** Both cannot be meant. */
  readonly apart?: readonly (readonly [option: string, other: string])[];
}

/** Whether an option stands on the command line itself; what the environment says for every command contradicts none. */
export const isGiven = (self: Command, name: string): boolean => self.getOptionValueSource(name) === "cli";

const flagOf = (self: Command, name: string): string => {
  const option = self.options.find((known) => known.attributeName() === name);
  if (!option?.long) throw new Error(`${self.name()} has no option ${name}`);
  return option.long;
};

/** Makes a command refuse options that contradict each other, before anything is done. */
export function refusing(made: Command, { needs = [], apart = [] }: Contradictions): Command {
  return made.hook("preAction", (_, self) => {
    const flag = (name: string): string => flagOf(self, name);
    for (const [option, other] of needs)
      if (isGiven(self, option) && !isGiven(self, other))
        throw new Complaint(
          say(
            `${flag(option)} 只与 ${flag(other)} 同用；没有 ${flag(other)}，${flag(option)} 不起作用`,
            `${flag(option)} is for ${flag(other)} and does nothing without it`,
          ),
        );
    for (const [option, other] of apart)
      if (isGiven(self, option) && isGiven(self, other))
        throw new Complaint(
          say(`${flag(option)} 不能与 ${flag(other)} 同时使用`, `${flag(option)} cannot be used with ${flag(other)}`),
        );
  });
}

/**
 * Standard input can be read once.
 * @throws {Complaint} when more than one of the files is `-`
 */
export function expectOneStandardInput(...files: readonly (string | undefined)[]): void {
  if (files.filter((file) => file === "-").length > 1)
    throw new Complaint(say("标准输入（-）只能读一次", "standard input (-) can be read once"));
}
