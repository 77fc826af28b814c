import { usccCheckCharacter } from "../rules/check-character.ts";

/** What a document of this system says of itself besides its text. */
export interface OwnFacts {
  readonly organ: string;
  readonly uscc: string;
  readonly year: number;
  /** ISO date. */
  readonly signed: string;
}

/** What of a document that was read says whether it is one of this system, unedited: texts and tables in reading order. */
export type OwnItem =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Of a heading; 1 is the title's. */
      readonly level?: number;
      readonly role?: "signature" | "caption";
    }
  | { readonly kind: "table"; readonly grid: readonly (readonly ({ readonly text: string } | undefined)[])[] };

/** Facts that are all there, and whose code can be one. */
export function factsOf(stated: Readonly<Record<keyof OwnFacts, unknown>>): OwnFacts | undefined {
  const { organ, uscc, signed } = stated;
  if (typeof organ !== "string" || typeof uscc !== "string" || typeof signed !== "string") return undefined;
  const year = Number(stated.year);
  if (!Number.isSafeInteger(year) || uscc.length !== 18 || usccCheckCharacter(uscc) !== uscc[17]) return undefined;
  return { organ, uscc, year, signed };
}
