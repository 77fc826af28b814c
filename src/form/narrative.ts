/** A text of a report, with its place. */
export interface NarrativeText {
  /** JSON Pointer of the text, e.g. `/overview/body/3/text`. */
  readonly pointer: string;
  readonly text: string;
}

/** Every text of every narrative of a report, however unsound it is elsewhere. */
export function narrativeTexts(report: unknown): NarrativeText[] {
  if (typeof report !== "object" || report === null) return [];
  const textsOf = (items: unknown, pointer: string): NarrativeText[] =>
    Array.isArray(items)
      ? items.flatMap((item: unknown, i) => {
          const text = typeof item === "object" && item !== null ? (item as { text?: unknown }).text : undefined;
          return typeof text === "string" ? [{ pointer: `${pointer}/${i}/text`, text }] : [];
        })
      : [];
  return Object.entries(report).flatMap(([key, value]) =>
    key === "preamble"
      ? textsOf(value, "/preamble")
      : typeof value === "object" && value !== null
        ? textsOf((value as { body?: unknown }).body, `/${key}/body`)
        : [],
  );
}
