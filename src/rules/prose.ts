import { getCell } from "../form/cells.ts";
import { type NarrativeText, narrativeTexts } from "../form/narrative.ts";

/** A text of a report with the section that it stands in. */
export interface Prose extends NarrativeText {
  /** The section's key, or `preamble`. */
  readonly section: string;
  readonly heading: boolean;
}

/** The texts of a report in order. */
export const proseOf = (report: unknown): Prose[] =>
  narrativeTexts(report).map(({ pointer, text }) => ({
    pointer,
    text,
    section: pointer.split("/")[1]!,
    heading: getCell(report, pointer.replace(/text$/, "type")) === "heading",
  }));

/** A text with half-width digits and signs and without spaces, as phrases are looked for in it. */
export const tidy = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "");

/** The sentences of a text, without their stops. */
export const sentencesOf = (text: string): string[] => tidy(text).split(/[。;!?]/);

/** What a text says apart from digits and punctuation. */
export const lettersOf = (text: string): string => text.normalize("NFKC").replace(/[^\p{L}]/gu, "");

const compiled = new Map<string, RegExp>();

/** The phrases of an edition as one expression; `(a|b|)` are alternatives. Editions are a few files: all are kept. */
export function anyOf(phrases: readonly string[]): RegExp {
  const source = phrases.join("|");
  const known = compiled.get(source) ?? new RegExp(source, "u");
  compiled.set(source, known);
  return known;
}

/** The organ's name in a report, however unsound that is. */
export function organOf(report: unknown): string {
  const name = getCell(report, "/organ/name");
  return typeof name === "string" ? name : "";
}
