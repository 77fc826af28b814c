/** Which edition of the form a file is on, by its labels alone. */
import type { EditionForm } from "../../form/form.ts";
import { formOf, forms } from "../../form/forms.ts";
import { bestOf, keyOf } from "../../form/label.ts";
import { shapeOf } from "../../form/label-index.ts";
import type { Line } from "../lines.ts";
import { figureLike } from "../locate.ts";

/** Labels that one edition alone has, by key. */
interface Sign {
  readonly key: string;
  readonly editions: ReadonlySet<string>;
}

let signs: readonly Sign[] | undefined;

/** Every label of every edition, with the editions that have it. */
function allSigns(): readonly Sign[] {
  if (signs) return signs;
  const editions = new Map<string, Set<string>>();
  for (const form of forms)
    for (const { rows, heads, others } of shapeOf(form))
      for (const key of [...rows.map((row) => row.key), ...heads, ...others])
        editions.set(key, (editions.get(key) ?? new Set()).add(form.edition));
  signs = [...editions].map(([key, of]) => ({ key, editions: of }));
  return signs;
}

export interface EditionVotes {
  /** The edition that more labels are of; absent when none or as many are of another. */
  readonly form?: EditionForm;
  /** Labels of one edition alone that the file has, by edition. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** Counts the labels that only one edition has. */
export function votesOf(lines: readonly Line[]): EditionVotes {
  const found = new Map<string, Map<string, string>>();
  for (const line of lines) {
    if (line.kind !== "row") continue;
    for (const { text } of line.cells) {
      if (figureLike(text) || text.length > 80) continue;
      const best = bestOf(keyOf(text), allSigns(), (sign) => sign.key);
      if (!best || best.like < 0.9 || best.of.editions.size > 1) continue;
      const [edition] = best.of.editions;
      const labels = found.get(edition!) ?? new Map<string, string>();
      found.set(edition!, labels.set(best.of.key, text.trim()));
    }
  }
  const labels = new Map([...found].map(([edition, of]) => [edition, [...of.values()]] as const));
  const ranked = [...labels].sort(([, a], [, b]) => b.length - a.length);
  const form = ranked[0] && ranked[0][1].length > (ranked[1]?.[1].length ?? 0) ? formOf(ranked[0][0]) : undefined;
  return { labels, ...(form ? { form } : {}) };
}
