/** Lines and curves in the fewest bytes that a Type 2 charstring has for them (Adobe Technical Note 5177, 4.1). */

/** How far a line goes (dx, dy), or a curve to its first point, from there to its second, from there to its end. */
export type Step = readonly number[];

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

const bytesOf = (v: number): number => (v >= -107 && v <= 107 ? 1 : v >= -1131 && v <= 1131 ? 2 : 3);
const bytesOfAll = (step: Step): number => {
  let bytes = 0;
  for (let i = 0; i < step.length; i += 1) bytes += bytesOf(step[i]!);
  return bytes;
};

/** Takes notice that an operator draws the steps up to `end`, and how many bytes its operands take. */
type Consider = (end: number, operator: number, bytes: number) => void;

/**
 * Steps of one kind in any direction, and with one of the other kind after them.
 * @param all how many bytes the operands of each step take
 */
function plain(steps: readonly Step[], all: Uint8Array, from: number, size: 2 | 6, consider: Consider): void {
  const [operator, mixed] = size === 2 ? [RLINETO, RLINECURVE] : [RRCURVETO, RCURVELINE];
  let bytes = 0;
  let operands = size as number;
  for (let i = from; steps[i]?.length === size && operands <= MOST_OPERANDS; operands += size) {
    bytes += all[i]!;
    i += 1;
    consider(i, operator, bytes);
    const next = steps[i];
    if (next && next.length !== size && operands + next.length <= MOST_OPERANDS)
      consider(i + 1, mixed, bytes + all[i]!);
  }
}

/** Lines that are by turns horizontal and vertical; `axis` is the first one's: 0 x, 1 y. */
function rightAngled(steps: readonly Step[], from: number, axis: 0 | 1, consider: Consider): void {
  let bytes = 0;
  let along = axis;
  for (let i = from; i < from + MOST_OPERANDS; along = along === 0 ? 1 : 0) {
    const step = steps[i];
    if (step?.length !== 2 || step[1 - along] !== 0) return;
    bytes += bytesOf(step[along]!);
    i += 1;
    consider(i, axis === 0 ? HLINETO : VLINETO, bytes);
  }
}

/** Curves that begin and end along one axis; the first may begin otherwise. */
function alongOne(steps: readonly Step[], from: number, axis: 0 | 1, consider: Consider): void {
  let bytes = 0;
  let operands = 0;
  for (let i = from; operands + 5 <= MOST_OPERANDS; ) {
    const step = steps[i];
    if (step?.length !== 6 || step[5 - axis] !== 0) return;
    const across = step[1 - axis]!;
    if (across !== 0 && i > from) return;
    bytes += bytesOf(step[axis]!) + bytesOf(step[2]!) + bytesOf(step[3]!) + bytesOf(step[4 + axis]!);
    operands += 4;
    if (across !== 0) {
      bytes += bytesOf(across);
      operands += 1;
    }
    i += 1;
    consider(i, axis === 0 ? HHCURVETO : VVCURVETO, bytes);
  }
}

/** Curves that begin along one axis and end along the other, by turns; the last may end otherwise. */
function byTurns(steps: readonly Step[], from: number, axis: 0 | 1, consider: Consider): void {
  let bytes = 0;
  let along = axis;
  for (let i = from; (i - from) * 4 + 5 <= MOST_OPERANDS; along = along === 0 ? 1 : 0) {
    const step = steps[i];
    if (step?.length !== 6 || step[1 - along] !== 0) return;
    bytes += bytesOf(step[along]!) + bytesOf(step[2]!) + bytesOf(step[3]!) + bytesOf(step[5 - along]!);
    i += 1;
    const rest = step[4 + along]!;
    consider(i, axis === 0 ? HVCURVETO : VHCURVETO, rest === 0 ? bytes : bytes + bytesOf(rest));
    if (rest !== 0) return;
  }
}

/** The operands with which an operator draws these steps. */
function operandsOf(operator: number, steps: readonly Step[]): number[] {
  const across = operator === VLINETO || operator === VVCURVETO || operator === VHCURVETO ? 1 : 0;
  switch (operator) {
    case HLINETO:
    case VLINETO:
      return steps.map((step, i) => step[(i + across) % 2]!);
    case HHCURVETO:
    case VVCURVETO:
      return steps.flatMap((step) => {
        const rest = step[1 - across]!;
        const along = [step[across]!, step[2]!, step[3]!, step[4 + across]!];
        return rest === 0 ? along : [rest, ...along];
      });
    case HVCURVETO:
    case VHCURVETO:
      return steps.flatMap((step, i) => {
        const along = (i + across) % 2;
        const rest = step[4 + along]!;
        const turned = [step[along]!, step[2]!, step[3]!, step[5 - along]!];
        return rest === 0 ? turned : [...turned, rest];
      });
    default:
      return steps.flat();
  }
}

/** Room for what is found of a contour's steps, used again for the next contour. */
class Found {
  /** The fewest bytes that draw all steps before one, and the operator that ends there with the step that it begins at. */
  readonly least: Float64Array;
  readonly operators: Uint8Array;
  readonly begins: Uint32Array;
  /** How many bytes the operands of each step take. */
  readonly operands: Uint8Array;

  constructor(room: number) {
    this.least = new Float64Array(room);
    this.operators = new Uint8Array(room);
    this.begins = new Uint32Array(room);
    this.operands = new Uint8Array(room);
  }
}
let found = new Found(256);

/** Writes steps with the operators that together take the fewest bytes. */
export function draw(out: number[], steps: readonly Step[]): void {
  if (steps.length >= found.least.length) found = new Found(steps.length * 2);
  const { least, begins, operators, operands: all } = found;
  for (let i = 0; i < steps.length; i += 1) all[i] = bytesOfAll(steps[i]!);
  least.fill(Number.POSITIVE_INFINITY, 0, steps.length + 1);
  least[0] = 0;
  let from = 0;
  const consider: Consider = (end, operator, operands) => {
    const bytes = least[from]! + operands + 1;
    if (bytes >= least[end]!) return;
    least[end] = bytes;
    begins[end] = from;
    operators[end] = operator;
  };
  for (; from < steps.length; from += 1) {
    plain(steps, all, from, 2, consider);
    plain(steps, all, from, 6, consider);
    for (const axis of [0, 1] as const) {
      rightAngled(steps, from, axis, consider);
      alongOne(steps, from, axis, consider);
      byTurns(steps, from, axis, consider);
    }
  }
  const ends: number[] = [];
  for (let end = steps.length; end > 0; end = begins[end]!) ends.push(end);
  for (const end of ends.reverse()) {
    for (const value of operandsOf(operators[end]!, steps.slice(begins[end], end))) operand(out, value);
    out.push(operators[end]!);
  }
}
