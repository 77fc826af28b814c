import type { Organ } from "../../src/roster/roster.ts";
import { usccCheckCharacter } from "../../src/rules/check-character.ts";

/** A code with the right check character: of a division, by number. */
export function codeOf(division: string, number: number): string {
  const code = `11${division}MB${String(number).padStart(7, "0")}`;
  return `${code}${usccCheckCharacter(code)}`;
}

/** An organ of a made-up city, 990100, or a county of it. */
export const organ = (number: number, name: string, kind: Organ["kind"], more: Partial<Organ> = {}): Organ => ({
  uscc: codeOf(more.division ?? "990100", number),
  name,
  kind,
  ...more,
});
