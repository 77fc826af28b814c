/** What the tables of any edition say besides figures, to tell rows of a table from text where a file does not. */
import { leafColumns, leafRows, type Section } from "../../form/form.ts";
import { forms } from "../../form/forms.ts";
import { labelKey } from "../locate.ts";

interface Labelled {
  readonly label: string;
}

const withParents = ({ node, parents }: { readonly node: Labelled; readonly parents: readonly Labelled[] }): string[] =>
  [...parents, node].map(({ label }) => label);

const labelsOf = (section: Section, form: (typeof forms)[number]): string[] => {
  const columns = (of: Parameters<typeof leafColumns>[1]): string[] => leafColumns(form, of).flatMap(withParents);
  switch (section.kind) {
    case "narrative":
      return [];
    case "blocks":
      return [
        section.rowHead,
        ...section.blocks.flatMap((block) => [
          block.label,
          ...columns(block.columns),
          ...leafRows(block.rows).flatMap(withParents),
        ]),
      ];
    case "matrix":
      return [
        section.note,
        section.columnsLabel,
        ...columns(section.columns),
        ...leafRows(section.rows).flatMap(withParents),
      ];
    case "row":
      return columns(section.columns);
  }
};

const tableLabels = new Set(
  forms.flatMap((form) => form.sections.flatMap((section) => labelsOf(section, form).map(labelKey))),
);
const sectionTitles = new Set(forms.flatMap((form) => form.sections.map(({ label }) => labelKey(label))));

/** Whether a text is the label of a row or a column, a caption or a note of a table of some edition. */
export const isTableLabel = (text: string): boolean => tableLabels.has(labelKey(text));

/** Whether a text is the beginning of such a label, or all of it. */
export function beginsTableLabel(text: string): boolean {
  const key = labelKey(text);
  return key !== "" && [...tableLabels].some((label) => label.startsWith(key));
}

/** Whether a text is the title of a section of some edition. */
export const isSectionTitle = (text: string): boolean => sectionTitles.has(labelKey(text));

/** Whether a text may be a figure's: digits with what people write beside them, or a mark for nothing. */
export const isFigure = (text: string): boolean =>
  /^[+\-−–—¥￥]?[\d.,／/]+(?:[件项个条次宗份起例部元]|万元?)?$|^(?:[/\\\-−–—]+|无)$/u.test(
    text.normalize("NFKC").trim(),
  );
