/** How the time that something takes grows with how much of it there is. */

/** `LINEAR=full` measures everything at large counts too; otherwise that is done with a sample. */
const FULL = process.env["LINEAR"] === "full";
const LARGE = [10_000, 20_000, 40_000, 80_000] as const;
const SMALL = [1000, 2000, 4000, 8000] as const;
/** One in so many is measured at the large counts even so. */
const SAMPLE = 40;

/** Less than this many ms is the machine's. */
const NOTHING = 30;
const MOST_GROWTH = 3;

/** Makes ready so many of a thing; what is measured is what it returns. */
type Prepare = (count: number) => () => Promise<unknown> | unknown;

/** The least time of some runs that this thread was busy, in ms: whatever else the machine does. */
async function shortest(prepare: Prepare, count: number, times: number): Promise<number> {
  const run = prepare(count);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i += 1) {
    const start = process.threadCpuUsage();
    await run();
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** How it grows from each count to the next, when that is too much: measured several times before it is believed. */
async function steepest(prepare: Prepare, counts: readonly number[]): Promise<string | undefined> {
  let before = await shortest(prepare, counts[0]!, 3);
  for (const count of counts.slice(1)) {
    const time = await shortest(prepare, count, 3);
    if (time > 2 * NOTHING && time > MOST_GROWTH * Math.max(before, NOTHING / 3))
      return `${Math.round(before)} ms for ${count / 2}, ${Math.round(time)} ms for ${count}`;
    before = time;
  }
  return undefined;
}

/**
 * How something grows faster than what it is done to: a line that says by how much; nothing where it does not.
 * Each doubling is measured only of what takes much longer at the largest count than at the smallest.
 */
async function growth(prepare: Prepare, counts: readonly number[]): Promise<string | undefined> {
  const [first, last] = [counts[0]!, counts.at(-1)!];
  const large = await shortest(prepare, last, 1);
  if (large <= 2 * NOTHING || large <= (last / first) * 1.5 * (await shortest(prepare, first, 1))) return undefined;
  return steepest(prepare, counts);
}

/** Those of many things whose time grows too fast, each with how. What is bounded may do so up to its bound. */
export async function steep(things: readonly (readonly [name: string, prepare: Prepare])[]): Promise<string[]> {
  const found: string[] = [];
  for (const [i, [name, prepare]] of things.entries()) {
    const early = await growth(prepare, SMALL);
    const sampled = FULL || i % SAMPLE === 0;
    const how = early ? await steepest(prepare, LARGE) : sampled ? await growth(prepare, LARGE) : undefined;
    if (how) found.push(`${name}: ${how}`);
  }
  return found;
}
