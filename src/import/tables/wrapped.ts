/** Figures that a file has on two lines, for their cell was too narrow: one figure, or two. */
import type { Finding } from "../../basics/finding.ts";
import type { EditionForm } from "../../form/form.ts";
import type { FormCell } from "../../form/form-cells.ts";
import { about, named } from "../findings.ts";
import { equationsOf } from "./equations.ts";
import type { Entry } from "./row.ts";
import type { States } from "./states.ts";

/** Whether the sums that a cell is in hold, of those whose other figures the file has. */
function holdAt(form: EditionForm, states: States, pointer: string): readonly boolean[] {
  const figureAt = (at: string): number | undefined => {
    const state = states.get(at);
    return state?.how === "blank" ? 0 : typeof state?.value === "number" ? state.value : undefined;
  };
  return equationsOf(form)
    .filter(({ terms }) => terms.some((term) => term.pointer === pointer))
    .flatMap(({ terms }) => {
      const figures = terms.map((term) => figureAt(term.pointer));
      if (figures.some((figure) => figure === undefined)) return [];
      return [terms.reduce((sum, { sign }, i) => sum + sign * figures[i]!, 0) === 0];
    });
}

/** Takes the two lines for one figure where the form's sums agree; not where they do not; says so where there is none. */
export function settleWrapped(form: EditionForm, entries: readonly Entry[], states: States): Finding[] {
  const wrapped = entries.filter(
    ({ source, cell }) => source.cell.wrapped === true && states.get(cell.pointer)?.how === "read",
  );
  const [unchecked, refuted]: [FormCell[], FormCell[]] = [[], []];
  for (const { cell } of wrapped) {
    const hold = holdAt(form, states, cell.pointer);
    if (hold.length === 0) unchecked.push(cell);
    else if (hold.includes(false)) refuted.push(cell);
  }
  for (const cell of refuted) {
    const { source = "" } = states.get(cell.pointer)!;
    states.set(cell.pointer, { cell, how: "unread", source, notes: [], sure: "unsure", doubt: { kind: "lines" } });
  }
  for (const cell of unchecked) states.set(cell.pointer, { ...states.get(cell.pointer)!, sure: "likely" });
  if (unchecked.length === 0) return [];
  const names = named(unchecked);
  return [
    about(
      "I-WRAPPED",
      "warning",
      unchecked,
      `有${unchecked.length}格的数字在格里断成两行，当作一个数，没有合计可以核对，请核对：${names.zh}`,
      `${unchecked.length} figures are on two lines of a narrow cell and were taken as one each; no sum tells: ${names.en}`,
    ),
  ];
}
