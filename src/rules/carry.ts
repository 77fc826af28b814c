import type { Finding } from "../finding.ts";
import { type RelationParameter, relationFindings } from "./relation.ts";
import { expandRelation } from "../form/relations.ts";
import { equation } from "./equation.ts";
import type { Keyword } from "./keyword.ts";

/** Relations between a report and last year's (Y-CARRY, Y-PRIOR, T2-STOCK); stands on `{ report, previous }`. */
export function check(
  pair: { readonly report: Record<string, unknown>; readonly previous: Record<string, unknown> },
  parameters: readonly RelationParameter[],
): Finding[] {
  return parameters.flatMap((parameter) =>
    relationFindings(pair.report[parameter.section], pair.previous[parameter.section], parameter).map((finding) => ({
      ...finding,
      cells: finding.cells.map((cell) =>
        cell.of ? cell : { ...cell, pointer: `/${parameter.section}${cell.pointer}` },
      ),
    })),
  );
}

export const keyword: Keyword = {
  name: "carry",
  of: "relation",
  type: "object",
  file: "carry.ts",
  check,
  value(form, { on }) {
    if (on !== "comparison") return undefined;
    return form.rules
      .filter((rule) => rule.keyword === "relation" && rule.needs === "previous")
      .map((rule) => ({ edition: form.edition, section: rule.section, relations: expandRelation(form, rule) }));
  },
  says: equation,
};
