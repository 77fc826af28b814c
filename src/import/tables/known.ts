/** Texts that stand in the form's own tables beside figures. */
import { keyOf, likeness } from "../../form/label.ts";
import type { FormLabels } from "../../form/label-index.ts";
import { figureLike } from "../locate.ts";

/** Whether a text alone in a row of a table belongs to the table. */
export function isOfTable(text: string, { labels }: FormLabels): boolean {
  if (figureLike(text)) return true;
  if (keyOf(text) === "") return true;
  // A note may follow a label; the long note of the form itself may be worded otherwise.
  const forms = [text, text.replace(/[（(][^（()）]*[)）]\s*$/u, "")].map(keyOf);
  return (
    forms.some((own) => labels.has(own)) ||
    [...labels.keys()].some((key) => key.length > 20 && likeness(forms[0]!, key) > 0)
  );
}

/** Whether a text is within a label or a title of the form, as the lines are that a label is broken over. */
export function isPartOfLabel(text: string, { labels, titles, isNearLabel }: FormLabels): boolean {
  const key = keyOf(text);
  return key === "" || isNearLabel(text) || [...labels.keys(), ...titles].some((label) => label.includes(key));
}

/** Whether a text among a section's tables is one of the form's own: its label, a caption, 续表, the unit. */
export const isOfForm = (text: string, labels: FormLabels): boolean =>
  isWord(text, labels) ||
  labels.isNearLabel(text) ||
  text
    .trim()
    .split(/\s+/u)
    .every((word) => isWord(word, labels));

function isWord(text: string, known: FormLabels): boolean {
  const line = text.normalize("NFKC").replace(/\s/gu, "");
  if (
    /^(?:\(?续上?表?\)?|\(?(?:计量|数据|金额)?单位[::].{1,8}|第?\d+页?|[-—]\d+[-—]|附?表[一二三四五六七\d]+)$/u.test(
      line,
    )
  )
    return true;
  let rest = keyOf(text.replace(/表[一二三四\d]/gu, ""));
  for (const label of [...known.titles, ...known.labels.keys()].sort((a, b) => b.length - a.length))
    rest = rest.replace(label, "");
  return rest === "" || isOfTable(text, known);
}
