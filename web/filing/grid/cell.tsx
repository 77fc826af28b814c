import { useLayoutEffect, useRef } from "preact/hooks";
import type { TableCell } from "../../../src/compose/blocks.ts";
import { printedFigure } from "../../../src/compose/tables.ts";
import { cellsByPointer, getCell } from "../../../src/form/cells.ts";
import { inLanguage } from "../i18n.ts";
import { runningTotal } from "../model/draft.ts";
import { t } from "../texts.ts";
import type { GridState } from "./state.ts";

export interface CellProps {
  readonly grid: GridState;
  readonly cell: TableCell;
  readonly pointer: string;
  readonly lastYear: boolean;
  /** Whether F1 says what it counts. */
  readonly helped: boolean;
  /** The ids of the remarks that speak of it, and whether one is an error. */
  readonly remarks: readonly string[];
  readonly broken: "error" | "warning" | undefined;
}

/** Last year's figure at the same place, as printed. */
export function lastYearText(grid: GridState, pointer: string): string | undefined {
  const previous = grid.model.previous.value;
  const cell = cellsByPointer(grid.model.form.value).get(pointer);
  const value = previous && getCell(previous, pointer);
  if (!cell || value === undefined) return undefined;
  return printedFigure(cell, value);
}

/** One figure: an input in a grid cell, so that every keyboard, input method and screen reader knows how to type in it. */
export function Cell({ grid, cell, pointer, lastYear, helped, remarks, broken }: CellProps) {
  const input = useRef<HTMLInputElement>(null);
  const { label, labelEn, total, type } = cellsByPointer(grid.model.form.value).get(pointer)!;
  const active = grid.cursor.value.pointer === pointer;
  const editing = grid.editing.value?.pointer === pointer ? grid.editing.value : undefined;
  const text = editing ? editing.text : grid.textAt(pointer);
  const partial = total && runningTotal(grid.model.form.value, grid.model.report.value, pointer)?.partial === true;
  const before = lastYear ? lastYearText(grid, pointer) : undefined;
  const id = `cell${pointer.replaceAll("/", "-")}`;

  // While nothing is edited the whole text is selected, so that typing replaces it, with any input method.
  useLayoutEffect(() => {
    if (active && !editing && document.activeElement === input.current) input.current?.select();
  });

  const names = ["figure", total && "computed", partial && "partial", active && "active", broken];
  const describedBy = [...remarks, ...(before === undefined ? [] : [`${id}-last`])].join(" ");
  return (
    <td
      role="gridcell"
      class={[...names, grid.selected.value.has(pointer) && "selected"].filter(Boolean).join(" ")}
      colSpan={cell.colSpan ?? 1}
      aria-selected={active || grid.selected.value.has(pointer)}
      aria-readonly={total ? "true" : undefined}
      data-cell={pointer}
    >
      <input
        ref={input}
        id={id}
        data-pointer={pointer}
        class={editing ? "editing" : ""}
        value={text}
        tabIndex={active ? 0 : -1}
        readOnly={total}
        aria-label={`${inLanguage([label, labelEn])}${total ? `（${t(partial ? "partialTotal" : "computedTotal")}）` : ""}`}
        aria-keyshortcuts={helped ? "F1" : undefined}
        aria-invalid={broken === "error" ? "true" : undefined}
        aria-describedby={describedBy === "" ? undefined : describedBy}
        inputMode={type === "count" ? "numeric" : "text"}
        autocomplete="off"
        spellcheck={false}
        size={Math.max(1, text.length)}
      />
      {before !== undefined && (
        <span class="last-year" id={`${id}-last`}>
          {t("lastYearFigure", { value: before })}
        </span>
      )}
    </td>
  );
}
