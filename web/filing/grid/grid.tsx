import { useLayoutEffect, useRef } from "preact/hooks";
import type { Finding } from "../../../src/basics/finding.ts";
import type { TableCell } from "../../../src/compose/blocks.ts";
import { findingText } from "../findings/text.ts";
import { inLanguage, labelOf } from "../i18n.ts";
import { placesOf, within } from "../model/findings.ts";
import { t } from "../texts.ts";
import { Cell } from "./cell.tsx";
import { asHtml, asTsv, copied } from "./clipboard.ts";
import { type Leaving, press } from "./keys.ts";
import type { Layout, LayoutRow } from "./layout.ts";
import { cursorAt } from "./moves.ts";
import type { GridState } from "./state.ts";

interface GridProps {
  readonly grid: GridState;
  /** What is to be shown of this table. */
  readonly findings: readonly Finding[];
  /** The figures that are said to be missing; their cells are marked, without a text for each. */
  readonly missing: readonly Finding[];
  readonly lastYear: boolean;
  /** The tables of the other parts, to know theirs when they are pasted here. */
  readonly others: readonly Layout[];
}

/** Whether all rows stand under one head, which then stays in sight. */
const isTree = ({ section: { parts } }: Layout): boolean => parts.length === 1 && parts[0]?.rows !== undefined;

/** A finding with the row that it is told under: the lowest of its cells. */
interface Remark {
  readonly id: string;
  readonly finding: Finding;
  readonly row: number;
}

const remarksOf = (layout: Layout, findings: readonly Finding[]): Remark[] =>
  findings.flatMap((finding, i): Remark[] => {
    const rows = placesOf(finding).flatMap((place) => layout.byPointer.get(place)?.row ?? []);
    return rows.length === 0 ? [] : [{ id: `remark-${layout.table.id}-${i}`, finding, row: Math.max(...rows) }];
  });

function Remarks({ remarks, columns }: { readonly remarks: readonly Remark[]; readonly columns: number }) {
  return (
    <tr class="remarks">
      <td role="gridcell" colSpan={columns}>
        <div class="remark-box">
          {remarks.map(({ id, finding }) => (
            <p key={id} id={id} class={`remark ${finding.level}`}>
              <b>{t(finding.level)}</b> {findingText(finding)}
            </p>
          ))}
        </div>
      </td>
    </tr>
  );
}

/** A section's table as the official form has it, edited like a spreadsheet. */
export function Grid({ grid, findings, missing, lastYear, others }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  const leaving = useRef<Leaving>({ next: false });
  const dragging = useRef(false);
  const { layout } = grid;
  const remarks = remarksOf(layout, findings);
  const { pointer: at } = grid.cursor.value;

  // The focus follows the cursor as long as it is in the table.
  useLayoutEffect(() => {
    const focused = document.activeElement as HTMLElement | null;
    if (!focused || !table.current?.contains(focused) || focused.dataset["pointer"] === at) return;
    table.current.querySelector<HTMLInputElement>(`input[data-pointer="${at}"]`)?.focus();
  }, [at]);

  const pointerOf = (target: EventTarget | null): string | undefined =>
    (target as HTMLElement | null)?.closest<HTMLElement>("[data-cell]")?.dataset["cell"];
  const label = (cell: TableCell) => {
    const english = layout.english.get(cell.text);
    return { text: inLanguage([cell.text, english ?? cell.text]), lang: english ? undefined : "zh-CN" };
  };

  const drawn = (cell: TableCell, row: LayoutRow, key: number) => {
    if (cell.pointer !== undefined) {
      const pointer = cell.pointer;
      const own = remarks.filter(({ finding }) => placesOf(finding).some((place) => within(pointer, place)));
      const levels = own.map(({ finding }) => finding.level);
      const lacks = missing.some((finding) => placesOf(finding).some((place) => within(pointer, place)));
      const broken = lacks || levels.includes("error") ? "error" : levels.includes("warning") ? "warning" : undefined;
      return (
        <Cell
          key={pointer}
          grid={grid}
          cell={cell}
          pointer={pointer}
          lastYear={lastYear}
          broken={broken}
          remarks={own.map(({ id }) => id)}
        />
      );
    }
    const { text, lang } = label(cell);
    // A label that reaches over rows reaches over their remarks as well.
    const { rowSpan = 1, colSpan = 1 } = cell;
    const reached =
      row.row === undefined || rowSpan === 1
        ? 0
        : new Set(remarks.map((r) => r.row).filter((r) => r >= row.row! && r < row.row! + rowSpan)).size;
    const spans = { rowSpan: rowSpan + reached, colSpan };
    if (cell.role === "note")
      return (
        <td key={key} role="gridcell" class="note" lang={lang} {...spans}>
          {text}
        </td>
      );
    const innermost = cell.role === "rowHeader" && row.cells[key + 1]?.pointer !== undefined;
    const scope = cell.role === "rowHeader" ? (rowSpan > 1 ? "rowgroup" : "row") : colSpan > 1 ? "colgroup" : "col";
    return (
      <th key={key} scope={scope} class={`${cell.role}${innermost ? " innermost" : ""}`} lang={lang} {...spans}>
        {text}
      </th>
    );
  };

  const onPaste = (event: ClipboardEvent) => {
    if (pointerOf(event.target) === undefined || !event.clipboardData) return;
    const got = copied(event.clipboardData, layout, others);
    if (got.kind === "text" && grid.editing.value) return;
    event.preventDefault();
    if (got.kind === "text") grid.fillWith(got.text);
    else if (got.kind === "grid") grid.paste(got.grid);
    else grid.told.value = { kind: "elsewhere", layout: got.layout };
  };
  const onCopy = (event: ClipboardEvent, cut: boolean) => {
    if (pointerOf(event.target) === undefined || grid.editing.value || !event.clipboardData) return;
    event.preventDefault();
    const rows = grid.copyRows();
    event.clipboardData.setData("text/plain", asTsv(rows));
    event.clipboardData.setData("text/html", asHtml(rows));
    if (cut) grid.clear();
  };

  // The heads of each part apart from its rows: they stay while these are scrolled.
  const groups = layout.rows.reduce<LayoutRow[][]>((all, row) => {
    const last = all.at(-1);
    if (last?.[0] && last[0].part === row.part && last[0].head === row.head) last.push(row);
    else all.push([row]);
    return all;
  }, []);
  // What is said of the cell in hand may stand under a row that is out of sight.
  const here = remarks.filter(({ finding }) => placesOf(finding).some((place) => within(at, place)));
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
          onKeyDown={(event) => {
            if (pointerOf(event.target) !== undefined && press(event, grid, leaving.current)) event.preventDefault();
          }}
          onInput={(event) => {
            const { value } = event.target as HTMLInputElement;
            if (grid.editing.value) grid.type(value);
            else grid.begin(true, value);
          }}
          onFocusIn={(event) => {
            const pointer = pointerOf(event.target);
            if (pointer !== undefined && pointer !== grid.cursor.value.pointer) {
              grid.commit();
              grid.go(cursorAt(layout, pointer));
            }
            if (event.target instanceof HTMLInputElement) event.target.select();
          }}
          onFocusOut={(event) => {
            if (!table.current?.contains(event.relatedTarget as Node | null)) grid.commit();
          }}
          onMouseDown={(event) => {
            const pointer = pointerOf(event.target);
            if (pointer === undefined || event.button !== 0) return;
            if (event.shiftKey) {
              event.preventDefault();
              grid.commit();
              grid.go(cursorAt(layout, pointer), true);
            } else if (grid.editing.value?.pointer !== pointer) {
              dragging.current = true;
              grid.commit();
              grid.go(cursorAt(layout, pointer));
              const input = table.current?.querySelector<HTMLInputElement>(`input[data-pointer="${pointer}"]`);
              event.preventDefault();
              input?.focus();
            }
          }}
          onMouseOver={(event) => {
            const pointer = pointerOf(event.target);
            if (dragging.current && event.buttons === 1 && pointer !== undefined)
              grid.go(cursorAt(layout, pointer), true);
            else dragging.current = false;
          }}
          onDblClick={(event) => {
            if (pointerOf(event.target) !== undefined) grid.begin(false);
          }}
          onPaste={onPaste}
          onCopy={(event) => onCopy(event, false)}
          onCut={(event) => onCopy(event, true)}
        >
          {groups.map((group, g) => (
            <tbody key={g} class={group[0]!.head ? "heads" : ""}>
              {group.flatMap((row, i) => {
                const own = remarks.filter((remark) => remark.row === row.row && row.row !== undefined);
                const tr = (
                  <tr key={i} class={row.head ? "head" : "body"}>
                    {row.cells.map((cell, c) => drawn(cell, row, c))}
                  </tr>
                );
                return own.length === 0
                  ? [tr]
                  : [tr, <Remarks key={`${i}-remarks`} remarks={own} columns={layout.columns - row.held} />];
              })}
            </tbody>
          ))}
        </table>
      </div>
      {/* Read out with the cell, which the remarks in the table describe. */}
      {here.length > 0 && (
        <div class="here" aria-hidden="true">
          {here.map(({ id, finding }) => (
            <p key={id} class={`remark ${finding.level}`}>
              <b>{t(finding.level)}</b> {findingText(finding)}
            </p>
          ))}
        </div>
      )}
    </>
  );
}
