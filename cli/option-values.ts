/** Values of options, read and refused in words. */
import { InvalidArgumentError } from "commander";
import { date } from "../src/rules/date.ts";
import { say } from "./language.ts";

/** An integer that is not less than a bound. */
export const integerFrom =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(say(`应为不小于${least}的整数`, `it must be an integer from ${least} on`));
    return value;
  };

/** Some of the names that there are, separated by commas, each once; in the order in which there are. */
export const namesOf =
  (names: readonly string[]) =>
  (text: string): readonly string[] => {
    const asked = text.split(",").map((name) => name.trim().toLowerCase());
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new InvalidArgumentError(
        say(`没有${unknown}，可用的有${names.join("、")}`, `no ${unknown}; there are ${names.join(", ")}`),
      );
    if (new Set(asked).size < asked.length) throw new InvalidArgumentError(say("有重复的", "one is named twice"));
    return names.filter((name) => asked.includes(name));
  };

/** A date as ISO 8601 writes it. */
export function isoDate(text: string): string {
  if (!date(text)) throw new InvalidArgumentError(say("应为日期，如 2026-02-01", "it must be a date, e.g. 2026-02-01"));
  return text;
}
