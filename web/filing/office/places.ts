import { cellsByPointer } from "../../../src/form/cells.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import { textPlaces } from "../../../src/form/narrative.ts";
import type { DraftReport } from "../contract.ts";
import { inLanguage } from "../i18n.ts";

/** What a place of a report is called: a figure as the form has it, a text by its part; else its pointer. */
export function nameAt(form: EditionForm | undefined, pointer: string): string {
  if (!form) return pointer;
  const cell =
    cellsByPointer(form).get(pointer) ?? cellsByPointer(form).get(pointer.slice(0, pointer.lastIndexOf("/")));
  if (cell) return inLanguage([cell.label, cell.labelEn]);
  const place = textPlaces(form).find((text) => pointer === text.pointer || pointer.startsWith(`${text.pointer}/`));
  if (!place) return pointer;
  const at = /^\/(\d+)/.exec(pointer.slice(place.pointer.length))?.[1];
  const number = at === undefined ? "" : inLanguage([`第${Number(at) + 1}段`, ` ¶ ${Number(at) + 1}`]);
  return `${inLanguage([place.label, place.en])}${number}`;
}

/** One place at which two drafts differ. */
export interface Differing {
  readonly pointer: string;
  readonly mine: string | undefined;
  readonly theirs: string | undefined;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function* leaves(value: unknown, pointer = ""): Generator<readonly [pointer: string, text: string]> {
  if (typeof value !== "object" || value === null) {
    if (value !== undefined && value !== "") yield [pointer, textOf(value)];
  } else
    for (const [key, inner] of Object.entries(value))
      yield* leaves(inner, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

/** Every place at which one draft has something else than another, in the order of the first; what is empty is not there. */
export function differing(mine: DraftReport, theirs: DraftReport): Differing[] {
  const [own, other] = [new Map(leaves(mine)), new Map(leaves(theirs))];
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((pointer) =>
    own.get(pointer) === other.get(pointer) ? [] : [{ pointer, mine: own.get(pointer), theirs: other.get(pointer) }],
  );
}
