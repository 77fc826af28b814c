import { addDecimals } from "../form/amounts.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { Figures } from "./figure-row.ts";

/** The figures of several reports added up, each pointer by itself. */
export function sumFigures(all: readonly Figures[]): Figures {
  const sums: Record<string, number | string> = {};
  for (const figures of all)
    for (const [pointer, value] of Object.entries(figures)) {
      const before = sums[pointer];
      sums[pointer] =
        typeof value === "number"
          ? ((before as number | undefined) ?? 0) + value
          : addDecimals((before as string | undefined) ?? "0", value, 1n);
    }
  return sums;
}

/** The cells of an edition, by JSON Pointer, in the order of the form. */
export function cellsOfEdition(edition: string): readonly string[] {
  const form = formOf(edition);
  return form ? formCells(form).map(({ pointer }) => pointer) : [];
}
