/** Texts as they are searched: what two characters stand beside each other, in any report. Runs in browsers too. */

/** Letters, digits and characters alone, full-width as half-width, without case: how texts and queries are compared. */
export const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Every pair of neighbours of a folded text, once. */
export function pairsOf(folded: string): ReadonlySet<string> {
  const characters = [...folded];
  return new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`));
}

/** A text of a report: the section that it is in, by its key. */
export interface ReportText {
  readonly section: string;
  readonly text: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function* textsIn(value: unknown): Iterable<string> {
  if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value))
      if (key === "text" && typeof inner === "string") yield inner;
      else yield* textsIn(inner);
}

/** Every paragraph and heading of a report, whatever its edition: what is a `text`, by the part that it stands in. */
export const reportTexts = (report: unknown): ReportText[] =>
  isObject(report)
    ? Object.entries(report).flatMap(([section, part]) => [...textsIn(part)].map((text) => ({ section, text })))
    : [];
