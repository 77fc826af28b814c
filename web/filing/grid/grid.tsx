import { useLayoutEffect, useRef } from "preact/hooks";
import type { Finding } from "../../../src/basics/finding.ts";
import { inLanguage, labelOf } from "../i18n.ts";
import { t } from "../texts.ts";
import { gridEvents } from "./events.ts";
import { HelpPanel } from "./help-panel.tsx";
import type { Leaving } from "./keys.ts";
import type { Layout, LayoutRow } from "./layout.ts";
import { Remarks, RemarksHere, remarksAt, remarksOf } from "./remarks.tsx";
import type { GridState } from "./state.ts";
import { type Drawing, GridCell } from "./table-cell.tsx";

interface GridProps {
  readonly grid: GridState;
  /** What is to be shown of this table. */
  readonly findings: readonly Finding[];
  /** Those of them that are told below the table, with the ids of the elements that have them. */
  readonly told: ReadonlyMap<Finding, string>;
  /** The figures that are said to be missing; their cells are marked, without a text for each. */
  readonly missing: readonly Finding[];
  readonly lastYear: boolean;
  /** The tables of the other parts, to know theirs when they are pasted here. */
  readonly others: readonly Layout[];
}

/** Whether all rows stand under one head, which then stays in sight. */
const isTree = ({ section: { parts } }: Layout): boolean => parts.length === 1 && parts[0]?.rows !== undefined;

/** The heads of each part apart from its rows: they stay while these are scrolled. */
const groupsOf = (rows: readonly LayoutRow[]): LayoutRow[][] =>
  rows.reduce<LayoutRow[][]>((all, row) => {
    const last = all.at(-1);
    if (last?.[0] && last[0].part === row.part && last[0].head === row.head) last.push(row);
    else all.push([row]);
    return all;
  }, []);

/** The rows of one group, each with its remarks under it. */
function Rows({ rows, drawing }: { readonly rows: readonly LayoutRow[]; readonly drawing: Drawing }) {
  const { grid, remarks } = drawing;
  return (
    <tbody class={rows[0]!.head ? "heads" : ""}>
      {rows.flatMap((row, i) => {
        const own = remarks.filter((remark) => remark.row === row.row && row.row !== undefined);
        const tr = (
          <tr key={i} class={row.head ? "head" : "body"}>
            {row.cells.map((cell, c) => (
              <GridCell key={cell.pointer ?? c} {...drawing} cell={cell} row={row} index={c} />
            ))}
          </tr>
        );
        return own.length === 0
          ? [tr]
          : [tr, <Remarks key={`${i}-remarks`} remarks={own} columns={grid.layout.columns - row.held} />];
      })}
    </tbody>
  );
}

/** A section's table as the official form has it, edited like a spreadsheet. */
export function Grid({ grid, findings, told, missing, lastYear, others }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  const leaving = useRef<Leaving>({ next: false });
  const dragging = useRef(false);
  const { layout } = grid;
  const remarks = remarksOf(layout, findings, told);
  const { pointer: at } = grid.cursor.value;

  // The focus follows the cursor as long as it is in the table.
  useLayoutEffect(() => {
    const focused = document.activeElement as HTMLElement | null;
    if (!focused || !table.current?.contains(focused) || focused.dataset["pointer"] === at) return;
    table.current.querySelector<HTMLInputElement>(`input[data-pointer="${at}"]`)?.focus();
  }, [at]);

  const drawing = { grid, remarks, missing, lastYear };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: it scrolls, and is named */}
      <div class="scroll" role="region" aria-label={`${layout.table.label}：${t("scrollHint")}`}>
        <table
          ref={table}
          role="grid"
          class={`form-table${isTree(layout) ? " tree" : ""}`}
          aria-label={inLanguage([layout.table.label, `Table: ${labelOf(layout.section)}`])}
          aria-describedby={`hint-${layout.table.id}`}
          aria-multiselectable="true"
          {...gridEvents({ grid, table, leaving: leaving.current, dragging, others })}
        >
          {groupsOf(layout.rows).map((rows, g) => (
            <Rows key={g} rows={rows} drawing={drawing} />
          ))}
        </table>
      </div>
      <RemarksHere remarks={remarksAt(remarks, at).filter(({ row }) => row !== layout.byPointer.get(at)?.row)} />
      <HelpPanel grid={grid} />
    </>
  );
}
