/** The form's sums as equations between cells: what a row of figures has to satisfy. */

import type { EditionForm } from "../../form/form.ts";
import { memoizePerForm } from "../../form/memo.ts";
import { expandRelation } from "../../form/relations.ts";

/** The cells, each times its sign, come to nothing. */
export interface Equation {
  readonly terms: readonly { readonly pointer: string; readonly sign: 1 | -1 }[];
}

/** Every equation that a rule of the form states within one report. */
export const equationsOf = memoizePerForm((form: EditionForm): readonly Equation[] =>
  form.rules
    .filter(({ keyword, needs, op, section }) => keyword === "relation" && !needs && op === "=" && section)
    .flatMap((rule) => expandRelation(form, rule).map((relation) => [rule, relation] as const))
    .flatMap(([rule, { over, left, right }]) => {
      return over.map(({ path }): Equation => {
        const pointer = (term: string): string => `/${rule.section}/${term.replace("{}", path)}`;
        return {
          terms: [
            ...left.map((term) => ({ pointer: pointer(term.path), sign: term.sign })),
            ...right.map((term) => ({ pointer: pointer(term.path), sign: (term.sign * -1) as 1 | -1 })),
          ],
        };
      });
    }),
);
