/** Lines and curves in the fewest bytes that a Type 2 charstring has for them (Adobe Technical Note 5177, 4.1). */

/** How far a line goes (dx, dy), or a curve to its first point, from there to its second, from there to its end. */
export type Step = readonly number[];

/** One operator with its operands: it draws the steps up to `end`. */
interface Drawn {
  readonly end: number;
  readonly operator: number;
  readonly args: readonly number[];
}

export const RMOVETO = 21;
const [RLINETO, HLINETO, VLINETO, RRCURVETO] = [5, 6, 7, 8];
const [RCURVELINE, RLINECURVE, VVCURVETO, HHCURVETO, VHCURVETO, HVCURVETO] = [24, 25, 26, 27, 30, 31];
/** How many operands an interpreter has to take (5177, appendix B). */
const MOST_OPERANDS = 48;

/** A number as a charstring operand (5177, 3.2). */
export function operand(out: number[], v: number): void {
  if (v >= -107 && v <= 107) out.push(v + 139);
  else if (v >= 108 && v <= 1131) out.push(((v - 108) >> 8) + 247, (v - 108) & 255);
  else if (v <= -108 && v >= -1131) out.push(((-v - 108) >> 8) + 251, (-v - 108) & 255);
  else out.push(28, (v >> 8) & 255, v & 255);
}

const bytesOf = ({ args }: Drawn): number =>
  args.reduce((sum, v) => sum + (Math.abs(v) <= 107 ? 1 : Math.abs(v) <= 1131 ? 2 : 3), 1);

/** Steps of one kind in any direction, and with one of the other kind after them. */
function* plain(steps: readonly Step[], from: number, size: 2 | 6): Generator<Drawn> {
  const [operator, mixed] = size === 2 ? [RLINETO, RLINECURVE] : [RRCURVETO, RCURVELINE];
  let args: readonly number[] = [];
  for (let i = from; steps[i]?.length === size && args.length + size <= MOST_OPERANDS; ) {
    args = [...args, ...steps[i]!];
    i += 1;
    yield { end: i, operator, args };
    const next = steps[i];
    if (next && next.length !== size && args.length + next.length <= MOST_OPERANDS)
      yield { end: i + 1, operator: mixed, args: [...args, ...next] };
  }
}

/** Lines that are by turns horizontal and vertical; `axis` is the first one's: 0 x, 1 y. */
function* rightAngled(steps: readonly Step[], from: number, axis: 0 | 1): Generator<Drawn> {
  let args: readonly number[] = [];
  for (let i = from, along: 0 | 1 = axis; args.length < MOST_OPERANDS; along = along === 0 ? 1 : 0) {
    const step = steps[i];
    if (step?.length !== 2 || step[1 - along] !== 0) return;
    args = [...args, step[along]!];
    i += 1;
    yield { end: i, operator: axis === 0 ? HLINETO : VLINETO, args };
  }
}

/** Curves that begin and end along one axis; the first may begin otherwise. */
function* alongOne(steps: readonly Step[], from: number, axis: 0 | 1): Generator<Drawn> {
  let args: readonly number[] = [];
  for (let i = from; args.length + 5 <= MOST_OPERANDS; ) {
    const step = steps[i];
    if (step?.length !== 6 || step[5 - axis] !== 0) return;
    const across = step[1 - axis]!;
    if (across !== 0 && i > from) return;
    args = [...args, ...(across === 0 ? [] : [across]), step[axis]!, step[2]!, step[3]!, step[4 + axis]!];
    i += 1;
    yield { end: i, operator: axis === 0 ? HHCURVETO : VVCURVETO, args };
  }
}

/** Curves that begin along one axis and end along the other, by turns; the last may end otherwise. */
function* byTurns(steps: readonly Step[], from: number, axis: 0 | 1): Generator<Drawn> {
  const operator = axis === 0 ? HVCURVETO : VHCURVETO;
  let args: readonly number[] = [];
  for (let i = from, along: 0 | 1 = axis; args.length + 5 <= MOST_OPERANDS; along = along === 0 ? 1 : 0) {
    const step = steps[i];
    if (step?.length !== 6 || step[1 - along] !== 0) return;
    args = [...args, step[along]!, step[2]!, step[3]!, step[5 - along]!];
    i += 1;
    const rest = step[4 + along]!;
    yield { end: i, operator, args: rest === 0 ? args : [...args, rest] };
    if (rest !== 0) return;
  }
}

function* operators(steps: readonly Step[], from: number): Generator<Drawn> {
  yield* plain(steps, from, 2);
  yield* plain(steps, from, 6);
  for (const axis of [0, 1] as const) {
    yield* rightAngled(steps, from, axis);
    yield* alongOne(steps, from, axis);
    yield* byTurns(steps, from, axis);
  }
}

/** Writes steps with the operators that together take the fewest bytes. */
export function draw(out: number[], steps: readonly Step[]): void {
  const least = new Float64Array(steps.length + 1).fill(Number.POSITIVE_INFINITY);
  const by: { readonly from: number; readonly drawn: Drawn }[] = [];
  least[0] = 0;
  for (let from = 0; from < steps.length; from += 1)
    for (const drawn of operators(steps, from)) {
      const bytes = least[from]! + bytesOf(drawn);
      if (bytes >= least[drawn.end]!) continue;
      least[drawn.end] = bytes;
      by[drawn.end] = { from, drawn };
    }
  const chosen: Drawn[] = [];
  for (let end = steps.length; end > 0; end = by[end]!.from) chosen.push(by[end]!.drawn);
  for (const { args, operator } of chosen.reverse()) {
    for (const value of args) operand(out, value);
    out.push(operator);
  }
}
