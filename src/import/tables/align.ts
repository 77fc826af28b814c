/** A row with a text too few or too many: every way in which its texts can stand at its places. */
import type { FormCell } from "../../form/form-cells.ts";
import type { Equation } from "./equations.ts";

/** What stands at a place: a figure, something that is no figure (`unread`), or nothing (`blank`: 0, of a total unknown). */
export type Stand = number | "unread" | "blank";

/** One way: the figure at every place, as far as it can be determined. */
export interface Alignment {
  /** Places that no text stands at. */
  readonly empty: readonly FormCell[];
  /** Texts that stand at no place. */
  readonly over: readonly number[];
  /** By pointer: which text stands there. */
  readonly texts: ReadonlyMap<string, number>;
  /** By pointer: what it comes to, implied figures among them. */
  readonly figures: ReadonlyMap<string, number>;
}

/** More ways than these are not looked at. */
const MOST = 3000;

/** All choices of `count` out of `from` numbers, in order; undefined when they are too many. */
export function choices(from: number, count: number): number[][] | undefined {
  let found: number[][] = [[]];
  for (let i = 0; i < count; i += 1) {
    found = found.flatMap((chosen) =>
      Array.from({ length: from - (chosen.at(-1) ?? -1) - 1 }, (_, k) => [...chosen, (chosen.at(-1) ?? -1) + 1 + k]),
    );
    if (found.length > MOST) return undefined;
  }
  return found;
}

/** Solves equations with one unknown until none is left; undefined when one does not hold or asks for less than nothing. */
function solve(
  known: ReadonlyMap<string, number>,
  unknown: ReadonlySet<string>,
  equations: readonly Equation[],
): Map<string, number> | undefined {
  const figures = new Map(known);
  for (let again = true; again; ) {
    again = false;
    for (const { terms } of equations) {
      const open = terms.filter(({ pointer }) => !figures.has(pointer));
      const sum = terms.reduce((total, { pointer, sign }) => total + sign * (figures.get(pointer) ?? 0), 0);
      if (open.length === 0 && sum !== 0) return undefined;
      const [only] = open;
      if (open.length !== 1 || !unknown.has(only!.pointer)) continue;
      const value = -sum * only!.sign + 0 || 0;
      if (value < 0) return undefined;
      figures.set(only!.pointer, value);
      again = true;
    }
  }
  return figures;
}

/** What is known of the rest of the report. */
export interface Around {
  readonly equations: readonly Equation[];
  readonly figureOf: (pointer: string) => number | undefined;
}

/**
 * Every way in which the texts of a row can stand at its places so that the sums of the row hold; where the columns of
 * the table decide between some of them, only those that fit. `all` is every way, sums or not.
 */
export function alignments(
  cells: readonly FormCell[],
  texts: readonly Stand[],
  { equations, figureOf }: Around,
): { readonly all: readonly Alignment[]; readonly holding: readonly Alignment[] } {
  const difference = cells.length - texts.length;
  const chosen = choices(Math.max(cells.length, texts.length), Math.abs(difference));
  if (!chosen) return { all: [], holding: [] };
  const own = new Set(cells.map(({ pointer }) => pointer));
  const within = equations.filter(({ terms }) => terms.every(({ pointer }) => own.has(pointer)));
  const across = equations.filter(
    (equation) => !within.includes(equation) && equation.terms.some(({ pointer }) => own.has(pointer)),
  );
  const all: Alignment[] = [];
  const holding: (Alignment & { readonly fits: boolean })[] = [];
  for (const out of chosen) {
    const places = difference > 0 ? cells.filter((_, i) => !out.includes(i)) : cells;
    const used = texts.map((_, i) => i).filter((i) => difference > 0 || !out.includes(i));
    const standing = new Map(places.map((cell, i) => [cell.pointer, used[i]!] as const));
    const known = new Map<string, number>();
    const unknown = new Set<string>();
    for (const cell of cells) {
      const at = standing.get(cell.pointer);
      const stand = at === undefined ? undefined : texts[at];
      if (typeof stand === "number") known.set(cell.pointer, stand);
      else if (stand === "blank" && !cell.total) known.set(cell.pointer, 0);
      else if (stand !== "unread") unknown.add(cell.pointer);
    }
    const way = {
      empty: difference > 0 ? out.map((i) => cells[i]!) : [],
      over: difference > 0 ? [] : out,
      texts: standing,
    };
    all.push({ ...way, figures: known });
    const figures = solve(known, unknown, within);
    if (!figures) continue;
    const fits = across.every(({ terms }) => {
      const values = terms.map(({ pointer, sign }) => {
        const value = own.has(pointer) ? figures.get(pointer) : figureOf(pointer);
        return value === undefined ? undefined : value * sign;
      });
      return values.includes(undefined) || values.reduce<number>((sum, value) => sum + value!, 0) === 0;
    });
    holding.push({ ...way, figures, fits });
  }
  const fitting = holding.filter(({ fits }) => fits);
  return { all, holding: fitting.length > 0 ? fitting : holding };
}

/** The figures that all of several ways have, by pointer. */
export function agreed(ways: readonly Alignment[], cells: readonly FormCell[]): Map<string, number> {
  const [first, ...rest] = ways;
  return new Map(
    cells.flatMap(({ pointer }) => {
      const value = first?.figures.get(pointer);
      return value !== undefined && rest.every(({ figures }) => figures.get(pointer) === value)
        ? [[pointer, value]]
        : [];
    }),
  );
}
