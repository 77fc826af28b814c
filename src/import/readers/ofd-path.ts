/** Paths of OFD (GB/T 33190—2016, 9.1). */

/** A path has a number or a letter at each of these. */
const TOKEN = /[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;
/** How many lines an arc is made of. */
const PIECES = 16;
/** `DrawOPS` of pdfjs-dist. */
const [MOVE, LINE, CUBIC, QUADRATIC, CLOSE] = [0, 1, 2, 3, 4];
/** How many numbers follow a letter. */
const OPERANDS: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

/** Points of an elliptical arc from one point to another (SVG 2, appendix B.2.4, whose arcs these are). */
function arc([x0, y0]: readonly number[], [rx, ry, angle, large, sweep, x1, y1]: readonly number[]): number[][] {
  const phi = (angle! * Math.PI) / 180;
  const [c, s] = [Math.cos(phi), Math.sin(phi)];
  const [dx, dy] = [(x0! - x1!) / 2, (y0! - y1!) / 2];
  const [u, v] = [c * dx + s * dy, c * dy - s * dx];
  let [a, b] = [Math.abs(rx!), Math.abs(ry!)];
  if (a === 0 || b === 0) return [[x1!, y1!]];
  const stretch = Math.max(1, Math.sqrt((u / a) ** 2 + (v / b) ** 2));
  [a, b] = [a * stretch, b * stretch];
  const rest = Math.max(0, (a * b) ** 2 - (a * v) ** 2 - (b * u) ** 2) / ((a * v) ** 2 + (b * u) ** 2 || 1);
  const root = Math.sqrt(rest) * (large === sweep ? -1 : 1);
  const [cu, cv] = [(root * a * v) / b, (-root * b * u) / a];
  const from = Math.atan2((v - cv) / b, (u - cu) / a);
  let turn = Math.atan2((-v - cv) / b, (-u - cu) / a) - from;
  if (sweep && turn < 0) turn += 2 * Math.PI;
  if (!sweep && turn > 0) turn -= 2 * Math.PI;
  return Array.from({ length: PIECES }, (_, i) => {
    const at = from + (turn * (i + 1)) / PIECES;
    const [p, q] = [cu + a * Math.cos(at), cv + b * Math.sin(at)];
    return [c * p - s * q + (x0! + x1!) / 2, s * p + c * q + (y0! + y1!) / 2];
  });
}

/**
 * Abbreviated data as a path of pdfjs-dist, which everything that looks at paths takes.
 * @param most how many numbers and letters may be in it; beyond it RangeError
 */
export function pathOf(data: string, most: number): Float32Array {
  const tokens = data.match(TOKEN) ?? [];
  if (tokens.length > most) throw new RangeError("path");
  const out: number[] = [];
  let point: readonly number[] = [0, 0];
  for (let i = 0; i < tokens.length; ) {
    const letter = tokens[i]!;
    const count = OPERANDS[letter];
    i += 1;
    if (count === undefined) continue;
    const values = tokens.slice(i, i + count).map(Number);
    if (values.length < count || values.some(Number.isNaN)) continue;
    i += count;
    if (letter === "S" || letter === "M") out.push(MOVE, ...values);
    else if (letter === "L") out.push(LINE, ...values);
    else if (letter === "Q") out.push(QUADRATIC, ...values);
    else if (letter === "B") out.push(CUBIC, ...values);
    else if (letter === "A") for (const [x, y] of arc(point, values)) out.push(LINE, x!, y!);
    else out.push(CLOSE);
    if (count > 0) point = values.slice(-2);
  }
  return Float32Array.from(out);
}
