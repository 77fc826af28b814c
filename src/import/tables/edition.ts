/** Which edition of the form a file is on: the one that has most of its labels. */

import type { EditionForm } from "../../form/form.ts";
import { bestOf, keyOf } from "../../form/label.ts";
import { labelledTables } from "../../form/label-index.ts";
import { memoizePerForm } from "../../form/memo.ts";
import type { Line } from "../lines.ts";
import { figureLike } from "../locate.ts";

const keysOf = memoizePerForm((form): readonly string[] => [
  ...new Set(
    labelledTables(form).flatMap(({ rows, heads, others }) => [...rows.map(({ key }) => key), ...heads, ...others]),
  ),
]);

/** How well a key has to name a label to be counted for its edition. */
const SURE = 0.9;
const LONGEST = 80;

/** The label of a form that a key names for sure. */
function labelIn(form: EditionForm, key: string): string | undefined {
  const best = bestOf(key, keysOf(form), (label) => label);
  return best && best.like >= SURE ? best.of : undefined;
}

export interface EditionVotes {
  /** The edition that has most labels of the file; absent when none or another has as many. */
  readonly form?: EditionForm;
  /** Labels of one edition alone that the file has, by edition. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** Counts the labels of each edition that a file's tables have. */
export function votesOf(lines: readonly Line[], forms: readonly EditionForm[]): EditionVotes {
  const covered = new Map(forms.map((form) => [form, new Set<string>()]));
  const alone = new Map<string, Map<string, string>>();
  const texts = lines.flatMap((line) => (line.kind === "row" ? line.cells.map(({ text }) => text) : []));
  for (const text of new Set(texts)) {
    if (figureLike(text) || text.length > LONGEST) continue;
    const named = forms.flatMap((form) => {
      const label = labelIn(form, keyOf(text));
      if (label !== undefined) covered.get(form)!.add(label);
      return label === undefined ? [] : [{ form, label }];
    });
    const [only, other] = named;
    if (!only || other) continue;
    const { edition } = only.form;
    alone.set(edition, (alone.get(edition) ?? new Map<string, string>()).set(only.label, text.trim()));
  }
  const [first, second] = [...covered].sort(([, a], [, b]) => b.size - a.size);
  return {
    ...(first && first[1].size > (second?.[1].size ?? 0) ? { form: first[0] } : {}),
    labels: new Map([...alone].map(([edition, of]) => [edition, [...of.values()]])),
  };
}

/** The labels that a form has nothing like: 规范性文件 is no other's than 行政规范性文件. */
export const foreignTo = (form: EditionForm, labels: readonly string[]): string[] =>
  labels.filter((label) => bestOf(keyOf(label), keysOf(form), (key) => key) === undefined);
