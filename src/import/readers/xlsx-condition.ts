/** Conditional formats (ISO/IEC 29500-1, 18.3.1.18) that change what is seen of a figure. */
import type { Doubt } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { hasDigits } from "./cell-content.ts";
import { isSeen, WHITE } from "./color.ts";
import { areaOf, type Range } from "./xlsx-address.ts";
import type { Change } from "./xlsx-look.ts";

export interface Condition {
  /** The ranges that it is for, with spaces between them. */
  readonly ranges: string;
  readonly type: string;
  readonly operator: string;
  readonly formula: string;
  readonly change: Change;
}

const DOUBT: Doubt = {
  kind: "other",
  words: {
    zh: "条件格式可能使这一格看不见或显示成别的数",
    en: "a conditional format may hide the figure or show another",
  },
};

const hides = ({ formats, struck, color, ground }: Change): boolean =>
  formats || struck || (color !== undefined && !isSeen(color, ground ?? WHITE));

/** Whether a condition holds for a number; undefined where the number alone does not decide. */
function holds({ type, operator, formula }: Condition, number: number): boolean | undefined {
  const limit = /^-?\d+(?:\.\d+)?$/.test(formula) ? Number(formula) : undefined;
  if (type !== "cellIs" || limit === undefined) return undefined;
  switch (operator) {
    case "equal":
      return number === limit;
    case "notEqual":
      return number !== limit;
    case "lessThan":
      return number < limit;
    case "lessThanOrEqual":
      return number <= limit;
    case "greaterThan":
      return number > limit;
    case "greaterThanOrEqual":
      return number >= limit;
    default:
      return undefined;
  }
}

/** How many ranges, and cells in them, are looked at: with more, every figure is in doubt. */
const MOST_RANGES = 200;

/** The cells that a conditional format may hide, with why. */
export function hidingIn(
  conditions: readonly Condition[],
  rows: ReadonlyMap<number, ReadonlyMap<number, SourceCell>>,
): { readonly row: number; readonly column: number; readonly doubt: Doubt }[] {
  const hiding = conditions
    .filter(({ change }) => hides(change))
    .flatMap((condition) =>
      condition.ranges.split(/\s+/, MOST_RANGES + 1).flatMap((range): { range: Range; condition: Condition }[] => {
        const area = areaOf(range);
        return area ? [{ range: area, condition }] : [];
      }),
    );
  if (hiding.length === 0) return [];
  const many = hiding.length > MOST_RANGES;
  const found: { row: number; column: number; doubt: Doubt }[] = [];
  for (const [row, cells] of rows) {
    const here = many ? [] : hiding.filter(({ range }) => range.top <= row && row <= range.bottom);
    if (!many && here.length === 0) continue;
    for (const [column, { text }] of cells) {
      if (!hasDigits(text)) continue;
      const number = Number(text);
      const doubtful =
        number !== 0 &&
        (many ||
          here.some(
            ({ range, condition }) =>
              range.left <= column &&
              column <= range.right &&
              (Number.isNaN(number) || holds(condition, number) !== false),
          ));
      if (doubtful) found.push({ row, column, doubt: DOUBT });
    }
  }
  return found;
}
