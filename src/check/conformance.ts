/** The public conformance suite (`schemas/conformance/`): reports that break a rule each, or just do not, and what is to be found. */
import type { Finding, Level } from "../basics/finding.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One report of the suite. */
export interface ConformanceCase {
  readonly rule: string;
  /** Whether the rule is broken, or just not. */
  readonly breaks: boolean;
  readonly title: string;
  readonly titleEn: string;
  /** JSON Merge Patches (RFC 7396) on the suite's report and on last year's. */
  readonly report?: Json;
  readonly previous?: Json;
  /** All that is found, in any order: no more and no less. */
  readonly findings: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  readonly id: string;
  readonly level: Level;
  /** The cells of the report that it names, but last year's. */
  readonly pointers: readonly string[];
}

/** The suite of one edition. */
export interface ConformanceSuite {
  readonly edition: string;
  /** Breaks no rule. */
  readonly report: Json;
  /** Last year's report, that breaks none with it. It stands for what is published, for cases that have `previous`. */
  readonly previous: Json;
  readonly cases: readonly ConformanceCase[];
}

/** A value with a JSON Merge Patch applied (RFC 7396, 2). */
export function merged(target: Json, patch: Json | undefined): Json {
  if (patch === undefined) return target;
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const base = typeof target === "object" && target !== null && !Array.isArray(target) ? target : {};
  const result = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(patch))
    if (value === null) result.delete(key);
    else result.set(key, merged(result.get(key) ?? null, value));
  return Object.fromEntries(result);
}

/** The reports of a case; last year's only where it is one of a rule that compares. */
export const reportsOf = (suite: ConformanceSuite, { report, previous }: ConformanceCase) => ({
  report: merged(suite.report, report),
  ...(previous === undefined ? {} : { previous: merged(suite.previous, previous) }),
});

/** What is compared of a finding: its words are the service's own. */
export const expectedOf = ({ id, level, cells }: Pick<Finding, "id" | "level" | "cells">): ExpectedFinding => ({
  id,
  level,
  pointers: cells.flatMap(({ of, pointer }) => (of ? [] : [pointer])),
});

/** What was found and not expected, and what was expected and not found; nothing where a case is passed. */
export function differences(
  expected: readonly ExpectedFinding[],
  found: readonly ExpectedFinding[],
): { readonly missing: readonly string[]; readonly more: readonly string[] } {
  const named = ({ id, level, pointers }: ExpectedFinding): string => `${id} (${level}) ${pointers.join(" ")}`;
  const rest = found.map(named);
  const missing = expected.map(named).filter((name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { missing, more: rest };
}
