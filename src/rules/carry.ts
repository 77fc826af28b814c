import { equation, mendsEquation } from "./equation.ts";
import { each, type Keyword, standing } from "./keyword.ts";
import { relationFindings } from "./relation.ts";

interface Pair {
  readonly report: Record<string, unknown>;
  readonly previous: Record<string, unknown>;
}

/** Relations between a report and last year's (Y-CARRY, Y-PRIOR, T2-STOCK); stands on `{ report, previous }`. */
export const check = each((pair: Pair, rule, form) =>
  relationFindings(pair.report[rule.section!], pair.previous[rule.section!], rule, form).map((found) => ({
    ...found,
    cells: found.cells.map((cell) => (cell.of ? cell : { ...cell, pointer: `/${rule.section}${cell.pointer}` })),
  })),
);

export const keyword: Keyword = {
  name: "carry",
  of: "relation",
  type: "object",
  file: "carry.ts",
  check,
  value: /* @__PURE__ */ standing("comparison", "relation"),
  says: equation,
  mends: mendsEquation,
};
