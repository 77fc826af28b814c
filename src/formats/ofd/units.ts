/** Lengths of OFD: millimetres, origin at the page's top left, y downwards (GB/T 33190—2016, 6.3). */

/** Millimetres of a length in pt, to a thousandth. */
export const mm = (points: number): number => Math.round((points * 25_400) / 72) / 1000;

/** Thousandths of a millimetre of a length in pt: whole, so that sums of them are exact. */
export const micrometres = (points: number): number => Math.round((points * 25_400) / 72);

/** How far a character may stand from its place, thousandths of a millimetre: nothing that is seen at 2400 dpi. */
const TOLERANCE = 5;

/**
 * How far the characters of a run are apart, as `DeltaX` (GB/T 33190—2016, 11.3): a value for each but the last, `g n v`
 * for n of the same. Values repeat as long as no character comes to stand off its place.
 * @param x where each character begins, pt
 */
export function deltas(x: readonly number[]): string {
  const stretches: { value: number; count: number }[] = [];
  let at = micrometres(x[0] ?? 0);
  for (const next of x.slice(1)) {
    const wanted = micrometres(next) - at;
    const last = stretches.at(-1);
    if (last && Math.abs(last.value - wanted) <= TOLERANCE) {
      last.count += 1;
      at += last.value;
    } else {
      stretches.push({ value: wanted, count: 1 });
      at += wanted;
    }
  }
  return stretches
    .map(({ value, count }) => {
      const written = String(value / 1000);
      return count > 2 ? `g ${count} ${written}` : Array.from({ length: count }, () => written).join(" ");
    })
    .join(" ");
}

/** A box (7.2.4): its left and top, width and height. */
export const box = (left: number, top: number, width: number, height: number): string =>
  [left, top, width, height].map(mm).join(" ");
