/** What a region's report stands on, as it is sent with the report and kept with its record. */
import type { SentSources } from "../../generated/sources.ts";
import { sources as validator } from "../../generated/sources-validator.mjs";
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Finding } from "../basics/finding.ts";
import { findingsOf } from "../check/validate.ts";
import { getCell } from "../form/cells.ts";
import { sourcesSchema } from "./sources-schema.ts";

/** What is kept and published: reports and organs, without cells, and without what files are called. */
export type KeptSources = Omit<SentSources, "cells" | "left">;

const schema = sourcesSchema();

/** How people know a place in a list of sources. */
function labelAt(value: unknown, pointer: string): string | undefined {
  const [, at] = /^\/sources\/(\d+)/.exec(pointer) ?? [];
  if (at === undefined) return undefined;
  const name = getCell(value, `/sources/${at}/name`);
  return `第${Number(at) + 1}个来源${typeof name === "string" && name.length <= 100 ? `“${name}”` : ""}`;
}

const withoutFile = <T extends { readonly file?: string }>({ file: _, ...rest }: T): Omit<T, "file"> => rest;

/** What is kept of sources as they are sent, or what is wrong with their shape. @param value any JSON value */
export function readSources(
  value: unknown,
): { readonly kept: KeptSources } | { readonly findings: readonly Finding[] } {
  if (!validator(value))
    return { findings: findingsOf(validator, value, { schema, label: (pointer) => labelAt(value, pointer) }) };
  const { cells: _, left: __, ...rest } = value as SentSources;
  return {
    kept: { ...rest, sources: rest.sources.map(withoutFile), notCounted: rest.notCounted.map(withoutFile) },
  };
}

/** `sources.json`: the same sources give the same bytes. */
export const sourcesFile = (kept: KeptSources): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(JSON.parse(canonicalJson(kept)), null, 2)}\n`);

/** A report as it is known by. */
interface KnownReport {
  readonly sha256: string;
  readonly version?: number;
}

/** An organ's report as a list of sources names it. */
export interface NamedReport extends KnownReport {
  readonly uscc: string;
  readonly name: string;
  readonly byHand?: true;
}

/** A source that is another by now than when the region published. */
export interface SourceChange {
  readonly uscc: string;
  readonly name: string;
  /** What the region's report stands on; null where the organ was not summed. */
  readonly before: KnownReport | null;
  /** What would be summed now; null where nothing would. */
  readonly now: KnownReport | null;
}

const reportOf = ({ sha256, version }: KnownReport): KnownReport => ({
  sha256,
  ...(version === undefined ? {} : { version }),
});

/**
 * The sources corrected, withdrawn or published since a region's report was drawn up. What was put in by hand then and
 * is published by nobody stays as it was.
 */
export function changedSince({ sources: before }: KeptSources, now: readonly NamedReport[]): readonly SourceChange[] {
  const [was, is] = [before as readonly NamedReport[], now].map(
    (list) => new Map(list.map((source) => [source.uscc, source])),
  );
  return [...new Map([...was!, ...is!]).values()].flatMap(({ uscc, name }): SourceChange[] => {
    const [then, today] = [was!.get(uscc), is!.get(uscc)];
    if (then?.sha256 === today?.sha256 || (then?.byHand && !today)) return [];
    return [{ uscc, name, before: then ? reportOf(then) : null, now: today ? reportOf(today) : null }];
  });
}
