/** Changes of a report in the making: nothing is changed in place, so that every step can be undone. */
import type { DraftReport } from "../contract.ts";

/** A place, as an RFC 6901 JSON Pointer, and what it holds from now on; undefined takes it out. */
export type Change = readonly [pointer: string, value: unknown];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unescaped = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

function changed(value: unknown, keys: readonly string[], to: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    const index = Number(key);
    const next = changed(copy[index], rest, to);
    if (next === undefined) copy.splice(index, 1);
    else copy[index] = next;
    return copy;
  }
  const own = isObject(value) ? value : {};
  const next = changed(Object.hasOwn(own, key) ? own[key] : undefined, rest, to);
  if (next !== undefined) return { ...own, [key]: next };
  const { [key]: _, ...others } = own;
  return others;
}

/** The report with a place set; objects on the way are made. */
export const withValue = (report: DraftReport, pointer: string, value: unknown): DraftReport =>
  changed(report, pointer.split("/").slice(1).map(unescaped), value) as DraftReport;

/** The report with all changes made, one after another. */
export const withChanges = (report: DraftReport, changes: readonly Change[]): DraftReport =>
  changes.reduce((before, [pointer, value]) => withValue(before, pointer, value), report);
