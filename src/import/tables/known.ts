/** Texts that stand in the form's own tables beside figures. */
import { forms } from "../../form/forms.ts";
import { keyOf, likeness } from "../../form/label.ts";
import { shapeOf } from "../../form/label-index.ts";
import { figureLike } from "../locate.ts";

let keys: ReadonlySet<string> | undefined;

/** Labels, captions and heads of every edition. */
const allKeys = (): ReadonlySet<string> => {
  keys ??= new Set(
    forms.flatMap((form) =>
      shapeOf(form).flatMap(({ rows, heads, others }) => [
        ...rows.flatMap(({ bare, key }) => (bare ? [] : [key])),
        ...heads,
        ...others,
      ]),
    ),
  );
  return keys;
};

/** Whether a text alone in a row of a table belongs to the table. */
export function isOfTable(text: string): boolean {
  if (figureLike(text)) return true;
  if (keyOf(text) === "") return true;
  // A note may follow a label; the long note of the form itself may be worded otherwise.
  const forms = [text, text.replace(/[（(][^（()）]*[)）]\s*$/u, "")].map(keyOf);
  return (
    forms.some((own) => allKeys().has(own)) ||
    [...allKeys()].some((key) => key.length > 20 && likeness(forms[0]!, key) > 0)
  );
}

/** Whether a text among a section's tables is one of the form's own: its label, a caption, 续表, the unit. */
export const isOfForm = (text: string): boolean => isWord(text) || text.trim().split(/\s+/u).every(isWord);

function isWord(text: string): boolean {
  const line = text.normalize("NFKC").replace(/\s/gu, "");
  if (
    /^(?:\(?续上?表?\)?|\(?(?:计量|数据|金额)?单位[::].{1,8}|第?\d+页?|[-—]\d+[-—]|附?表[一二三四五六七\d]+)$/u.test(
      line,
    )
  )
    return true;
  let rest = keyOf(text.replace(/表[一二三四\d]/gu, ""));
  const labels = forms.flatMap((form) => form.sections.map(({ label }) => keyOf(label)));
  for (const label of [...labels, ...allKeys()].sort((a, b) => b.length - a.length)) rest = rest.replace(label, "");
  return rest === "" || isOfTable(text);
}
