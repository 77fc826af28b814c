import type { CellType, EditionForm } from "../form/form.ts";
import { type FormCell, formCells } from "../form/form-cells.ts";
import { forms as allForms } from "../form/forms.ts";
import { memoizePerForm } from "../form/memo.ts";

/** A cell as the dataset names it: one for each key, whichever editions have it. */
export interface DatasetCell {
  /** JSON Pointer, e.g. `/requests/received/naturalPerson`. */
  readonly pointer: string;
  /** Its column in the wide table, e.g. `requests_received_natural_person`. */
  readonly column: string;
  /** Money in one edition is money in the column. */
  readonly type: CellType;
  /** False where the figures of organs are no sum in any edition that has the cell. */
  readonly adds: boolean;
  readonly label: string;
  readonly labelEn: string;
  /** The editions that have it, oldest first. */
  readonly editions: readonly string[];
}

/** The names of the cells of a pointer: camel case is no case in SQL. */
const named = (pointer: string, joined: string): string =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/[^a-z0-9_]/g, "_"))
    .join(joined);

/**
 * Every cell of some editions in the order of the form, those that came later after those before. Of two keys that would
 * have one name each gets a longer one.
 */
export function cellsOf(forms: readonly EditionForm[]): readonly DatasetCell[] {
  const cells = new Map<string, DatasetCell>();
  for (const form of forms)
    for (const { pointer, type, adds, label, labelEn } of formCells(form)) {
      const before = cells.get(pointer);
      cells.set(pointer, {
        pointer,
        column: named(pointer, "_"),
        type: before?.type === "money" || type === "money" ? "money" : type,
        adds: adds || before?.adds === true,
        label,
        labelEn,
        editions: [...(before?.editions ?? []), form.edition],
      });
    }
  const all = [...cells.values()];
  const taken = Map.groupBy(all, ({ column }) => column);
  return all.map((cell) =>
    taken.get(cell.column)!.length === 1 ? cell : { ...cell, column: named(cell.pointer, "__") },
  );
}

/** The cells of every edition that there is. */
export const allCells = (): readonly DatasetCell[] => cellsOf(allForms);

/** How the place of each cell is told, by the latest edition that has it. */
export const cellPlaces = (): ReadonlyMap<string, CellPlace> =>
  new Map(allForms.flatMap((form) => placesOf(form).map((place) => [place.cell.pointer, place] as const)));

/** How a cell's place is told in the tidy table. */
export interface CellPlace {
  readonly cell: FormCell;
  /** e.g. 表三. */
  readonly table: string;
  /** e.g. 三、本年度办理结果／（一）予以公开; empty where the part has no rows. */
  readonly row: string;
  readonly column: string;
}

/** The cells of an edition, by pointer in code-unit order: as the tidy table has them. */
export const placesOf = memoizePerForm((form): readonly CellPlace[] =>
  formCells(form)
    .map((cell): CellPlace => {
      const names = (parts: readonly { readonly label: string }[]): string =>
        parts.map(({ label }) => label).join("／");
      return {
        cell,
        table: cell.section.table,
        row: cell.row ? names([...cell.row.parents, cell.row.node]) : "",
        column: names([...cell.column.parents, cell.column.node]),
      };
    })
    .sort((a, b) => (a.cell.pointer < b.cell.pointer ? -1 : 1)),
);
