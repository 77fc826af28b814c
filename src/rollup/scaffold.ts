import { scaffolds } from "../../generated/scaffolds.ts";
import type { EditionForm } from "../form/form.ts";
import type { Scaffold, ScaffoldItem } from "./scaffold-data.ts";

/** Stands for a figure that is not known: the checks take it for what a template left. */
const UNKNOWN = "【　】";

/**
 * The narratives of an edition's scaffold with figures in their places, by the key of the section.
 * @param printed a figure as sentences have it; undefined where it is not known
 */
export function scaffoldOf(
  form: EditionForm,
  printed: (pointer: string) => string | undefined,
): ReadonlyMap<string, readonly ScaffoldItem[]> {
  const scaffold: Scaffold | undefined = scaffolds.find(({ edition }) => edition === form.edition);
  return new Map(
    Object.entries(scaffold?.sections ?? {}).map(([key, items]) => [
      key,
      items.map((item) => ({
        ...item,
        text: item.text.replace(/\{(\/[\w/]+)\}/g, (_, pointer: string) => printed(pointer) ?? UNKNOWN),
      })),
    ]),
  );
}
