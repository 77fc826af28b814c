/** What the tables of any edition say besides figures, to tell rows of a table from text where a file does not. */
import { forms } from "../../form/forms.ts";
import { labelsOf } from "../../form/label-index.ts";

export const { isLabel: isTableLabel, beginsLabel: beginsTableLabel, isTitle: isSectionTitle } = labelsOf(forms);

/** Whether a text may be a figure's: digits with what people write beside them, or a mark for nothing. */
export const isFigure = (text: string): boolean =>
  /^[+\-−–—¥￥]?[\d.,／/]+(?:[件项个条次宗份起例部元]|万元?)?$|^(?:[/\\\-−–—]+|无)$/u.test(
    text.normalize("NFKC").trim(),
  );
