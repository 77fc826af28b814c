import type { CellType, EditionForm } from "./form.ts";
import { type FormCell, formCells } from "./form-cells.ts";
import { memoizePerForm } from "./memo.ts";
import { type TotalCell, totalCells } from "./totals.ts";

/** The value at an RFC 6901 JSON Pointer, own properties only; undefined where there is none. */
export function getCell(root: unknown, pointer: string): unknown {
  let value = root;
  for (const key of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Sets the value at a JSON Pointer, making the objects on the way. */
export function setCell(root: object, pointer: string, value: unknown): void {
  const keys = pointer.split("/").slice(1);
  const last = keys.pop();
  let at = root as Record<string, unknown>;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  if (last !== undefined) at[last] = value;
}

/** Whether a value is what a cell of this type holds, so that a rule may compute with it. */
export function isSound(value: unknown, type: CellType = "count"): value is number {
  return Number.isSafeInteger(value) && type !== "money" && (type === "signed" || (value as number) >= 0);
}

/** The totals of a form by pointer. */
export const totalsByPointer = memoizePerForm(
  (form): ReadonlyMap<string, TotalCell> => new Map(totalCells(form).map((cell) => [cell.pointer, cell])),
);

/** The cells of a form by pointer. */
export const cellsByPointer = memoizePerForm(
  (form): ReadonlyMap<string, FormCell> => new Map(formCells(form).map((cell) => [cell.pointer, cell])),
);

/** A figure as rules compute with it: as sent or, for a total that was left out, as computed. Undefined when it is not sound. */
export interface Figure {
  readonly value: number;
  readonly computed: boolean;
}

/** Reads a figure of a report that may be incomplete or wrong elsewhere. */
export function figureAt(form: EditionForm, root: unknown, pointer: string): Figure | undefined {
  const sent = getCell(root, pointer);
  if (sent !== undefined) {
    return isSound(sent, cellsByPointer(form).get(pointer)?.type) ? { value: sent, computed: false } : undefined;
  }
  const total = totalsByPointer(form).get(pointer);
  if (!total) return undefined;
  let sum = 0;
  for (const part of total.parts) {
    const figure = figureAt(form, root, part);
    if (!figure) return undefined;
    sum += figure.value;
  }
  return Number.isSafeInteger(sum) ? { value: sum, computed: true } : undefined;
}
