import { pMapIterable } from "p-map";

/** Requests under way at a time. */
const PARALLEL = 8;

export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for await (const _ of pMapIterable(items, work, { concurrency: PARALLEL }));
}
