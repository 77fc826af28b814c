/** A report as it is sent or lies in a file, and apart from it what a region's report stands on, which is no part of the form. */
export function apart(value: unknown): { readonly report: unknown; readonly sources?: unknown } {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "sources")) return { report: value };
  const { sources, ...report } = value as { readonly sources: unknown };
  return { report, sources };
}
