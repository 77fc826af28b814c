/** What last year's report says about this year's figures, as far as a rule says that they are the same. */
import type { Report } from "../../../generated/report.ts";
import { cellsByPointer, figureAt } from "../../../src/form/cells.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import { formOf } from "../../../src/form/forms.ts";
import { expandRelation } from "../../../src/form/relations.ts";
import type { Change } from "./edits.ts";

/**
 * Figures of a section that follow from last year's report: where a rule of the edition has one figure on its left and
 * nothing but last year's on its right (`Y-CARRY`, `Y-PRIOR`).
 */
export function carriedFigures(form: EditionForm, section: string, previous: Report): Change[] {
  const before = formOf(previous.edition);
  if (!before) return [];
  const rules = form.rules.filter(
    (rule) => rule.keyword === "relation" && rule.needs === "previous" && rule.op === "=" && rule.section === section,
  );
  return rules
    .flatMap((rule) => expandRelation(form, rule))
    .flatMap(({ left, right, over }) => {
      if (left.length !== 1 || right.some((term) => term.of !== "previous")) return [];
      const at = (path: string, place: string): string => `/${section}/${path.replace("{}", place)}`;
      return over.flatMap((place): Change[] => {
        const pointer = at(left[0]!.path, place.path);
        const cell = cellsByPointer(form).get(pointer);
        const terms = right.map((term) => {
          const figure = figureAt(before, previous, at(term.path, place.path));
          return figure && figure.value * term.sign;
        });
        if (!cell || cell.total || terms.some((term) => term === undefined)) return [];
        return [[pointer, terms.reduce<number>((sum, term) => sum + term!, 0)]];
      });
    });
}
