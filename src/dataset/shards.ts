import { shardKey } from "./row.ts";

/** How many organs a file may have: one publication writes so many reports again, and never more. */
export const MOST = 1000;

/** The province that every shard lies in is the least that a prefix has. */
const LEAST = 2;

/** Places by the prefix of the shard that they are in: one with more than so many is cut by the next character. */
export function cut<T>(
  items: readonly T[],
  uscc: (item: T) => string,
  prefix: string,
  most = MOST,
): ReadonlyMap<string, readonly T[]> {
  const organs = new Set(items.map(uscc));
  if (organs.size <= most) return new Map(items.length > 0 ? [[prefix, items]] : []);
  const parts = Map.groupBy(items, (item) => shardKey(uscc(item)).slice(0, prefix.length + 1));
  return new Map([...parts].flatMap(([next, some]) => [...cut(some, uscc, next, most)]));
}

/** Whether a shard was cut, so that its own prefix is no shard any more. */
export const isCut = (prefix: string, prefixes: Iterable<string>): boolean =>
  [...prefixes].some((other) => other !== prefix && other.startsWith(prefix));

/** The prefix of the shard that an organ is in, or would be, among the shards of a province's year. */
export function prefixOf(uscc: string, prefixes: readonly string[]): string {
  const key = shardKey(uscc);
  const found = prefixes.find((prefix) => key.startsWith(prefix));
  if (found !== undefined) return found;
  let length = LEAST;
  while (isCut(key.slice(0, length), prefixes)) length += 1;
  return key.slice(0, length);
}
