import { useId } from "preact/hooks";
import type { Finding } from "../../../src/basics/finding.ts";
import type { TableCell } from "../../../src/compose/blocks.ts";
import { inLanguage } from "../i18n.ts";
import { placesOf, within } from "../model/findings.ts";
import { Cell } from "./cell.tsx";
import { HelpButton } from "./help-panel.tsx";
import type { LayoutRow } from "./layout.ts";
import { type Remark, remarksAt } from "./remarks.tsx";
import type { GridState } from "./state.ts";

/** What a table's cells are drawn with. */
export interface Drawing {
  readonly grid: GridState;
  readonly remarks: readonly Remark[];
  /** The figures that are said to be missing; their cells are marked, without a text for each. */
  readonly missing: readonly Finding[];
  readonly lastYear: boolean;
}

interface CellProps extends Drawing {
  readonly cell: TableCell;
  readonly row: LayoutRow;
  /** Which of the row's cells it is. */
  readonly index: number;
}

/** How grave what is found of a figure is. */
function gravest(own: readonly Remark[], lacks: boolean): "error" | "warning" | undefined {
  const levels = own.map(({ finding }) => finding.level);
  if (lacks || levels.includes("error")) return "error";
  return levels.includes("warning") ? "warning" : undefined;
}

/** A label that reaches over rows reaches over their remarks as well: how many rows these are. */
function reachedRemarks({ row }: LayoutRow, rowSpan: number, remarks: readonly Remark[]): number {
  if (row === undefined || rowSpan === 1) return 0;
  return new Set(remarks.flatMap((r) => r.row ?? []).filter((r) => r >= row && r < row + rowSpan)).size;
}

/** A label, a head or a note. */
function LabelCell({ grid, remarks, cell, row, index }: CellProps) {
  const { layout } = grid;
  const id = useId();
  const english = layout.english.get(cell.text);
  const text = inLanguage([cell.text, english ?? cell.text]);
  const lang = english ? undefined : "zh-CN";
  const { rowSpan = 1, colSpan = 1 } = cell;
  const spans = { rowSpan: rowSpan + reachedRemarks(row, rowSpan, remarks), colSpan };
  if (cell.role === "note")
    return (
      <td role="gridcell" class="note" lang={lang} {...spans}>
        {text}
      </td>
    );
  const innermost = cell.role === "rowHeader" && row.cells[index + 1]?.pointer !== undefined;
  const ofColumn = cell.role === "columnHeader" ? layout.headHelp[row.part]?.get(cell.text) : undefined;
  const help = (innermost ? row.help : ofColumn) ?? [];
  const scope = cell.role === "rowHeader" ? (rowSpan > 1 ? "rowgroup" : "row") : colSpan > 1 ? "colgroup" : "col";
  return (
    <th scope={scope} class={`${cell.role}${innermost ? " innermost" : ""}`} lang={lang} {...spans}>
      {help.length > 0 ? (
        <>
          <span id={id}>{text}</span>
          <HelpButton grid={grid} help={help} describedBy={id} />
        </>
      ) : (
        text
      )}
    </th>
  );
}

/** One cell of the table: a figure to be edited, or what is printed beside it. */
export function GridCell(props: CellProps) {
  const { grid, cell, remarks, missing, lastYear } = props;
  const { pointer } = cell;
  if (pointer === undefined) return <LabelCell {...props} />;
  const own = remarksAt(remarks, pointer);
  const lacks = missing.some((finding) => placesOf(finding).some((place) => within(pointer, place)));
  return (
    <Cell
      grid={grid}
      cell={cell}
      pointer={pointer}
      lastYear={lastYear}
      helped={props.row.help.length > 0}
      broken={gravest(own, lacks)}
      remarks={own.map(({ id }) => id)}
    />
  );
}
