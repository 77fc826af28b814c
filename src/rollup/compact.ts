/** A roll-up's sources as they are sent: without what only whoever draws up needs, since a province's are some megabytes. */
import type { NotCounted, Source, Sources } from "./rollup.ts";

const withoutFile = <T extends Source | NotCounted>({ file: _, ...rest }: T): Omit<T, "file"> => rest;

/** As they are sent with the report: reports and organs, as much of them as is kept. */
export function sentSources({ cells: _, left: __, ...rest }: Sources): object {
  return { ...rest, sources: rest.sources.map(withoutFile), notCounted: rest.notCounted.map(withoutFile) };
}

/** As they are sent to draw up again: the sums without who they are of. */
export const drawnFrom = (sources: Sources): Sources => ({
  ...sources,
  cells: Object.fromEntries(
    Object.entries(sources.cells).map(([pointer, { value }]) => [pointer, { value, from: [] }]),
  ),
});
