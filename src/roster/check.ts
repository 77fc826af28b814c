import { roster as validator } from "../../generated/roster-validator.mjs";
import { type Finding, hasErrors, listed } from "../basics/finding.ts";
import { findingsOf } from "../check/validate.ts";
import { getCell } from "../form/cells.ts";
import type { Roster } from "./roster.ts";
import { type Placed, ROSTER_RULES, titleOf } from "./rules.ts";
import { rosterSchema } from "./schema.ts";

/** What came of checking a roster. */
export interface RosterCheck {
  /** In the order of the rules; empty when all is well. */
  readonly findings: readonly Finding[];
  /** Present when no finding is an error. */
  readonly roster?: Roster;
}

const schema = rosterSchema();

/** How people know a place in a roster: 第3个机关“聊城市教育局”的上级. */
function labelAt(value: unknown, pointer: string): string | undefined {
  const [, at, key] = /^\/organs\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? [];
  if (at === undefined) return undefined;
  const name = getCell(value, `/organs/${at}/name`);
  const organ = `第${Number(at) + 1}个机关${typeof name === "string" && name.length <= 100 ? `“${name}”` : ""}`;
  return key === undefined ? organ : `${organ}的${titleOf(key)}`;
}

/** Checks a roster as it is sent or lies in a file. @param value any JSON value */
export function checkRoster(value: unknown): RosterCheck {
  if (!validator(value))
    return { findings: findingsOf(validator, value, { schema, label: (pointer) => labelAt(value, pointer) }) };
  const roster = value as Roster;
  const placed = roster.organs.map((organ, at): Placed => ({ organ, at }));
  const byCode = new Map(placed.toReversed().map((own) => [own.organ.uscc, own]));
  const findings = listed(ROSTER_RULES.flatMap((rule) => rule({ roster, placed, byCode })));
  return hasErrors(findings) ? { findings } : { findings, roster };
}
