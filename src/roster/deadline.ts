import { formForYear } from "../form/forms.ts";
import { isRegional } from "../rules/signing-date.ts";
import type { Organ } from "./roster.ts";

/**
 * The last day to publish (条例 第四十九、五十条), ISO date.
 * @param known the organ as a roster has it; without one, what it is is told by its name
 * @throws Error of a year that no edition is for
 */
export function deadlineOf(organ: string, year: number, known?: Pick<Organ, "kind" | "deadline">): string {
  const form = formForYear(year);
  if (!form) throw new Error(`no edition for ${year}`);
  const regional = known ? known.kind === "government" : isRegional(organ);
  return `${year + 1}-${known?.deadline ?? (regional ? form.regionalDeadline : form.deadline)}`;
}
