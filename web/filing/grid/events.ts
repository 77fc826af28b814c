/** What a table does when it is typed in, clicked, copied from and pasted into. */
import type { HTMLAttributes } from "preact";
import { whenSteady } from "../steady.ts";
import { asHtml, asTsv, copied } from "./clipboard.ts";
import { type Leaving, press } from "./keys.ts";
import type { Layout } from "./layout.ts";
import { cursorAt } from "./moves.ts";
import type { GridState } from "./state.ts";

type Handlers = HTMLAttributes<HTMLTableElement>;

/** A table on the page, and what is under way in it. */
export interface GridTarget {
  readonly grid: GridState;
  readonly table: { readonly current: HTMLTableElement | null };
  readonly leaving: Leaving;
  readonly dragging: { current: boolean };
  /** The tables of the other parts, to know theirs when they are pasted here. */
  readonly others: readonly Layout[];
}

const pointerOf = (target: EventTarget | null): string | undefined =>
  (target as HTMLElement | null)?.closest<HTMLElement>("[data-cell]")?.dataset["cell"];

const keyboard = ({ grid, table, leaving }: GridTarget): Handlers => ({
  onKeyDown(event) {
    if (pointerOf(event.target) !== undefined && press(event, grid, leaving)) event.preventDefault();
  },
  onInput(event) {
    const { value } = event.target as HTMLInputElement;
    if (grid.editing.value) grid.type(value);
    else grid.begin(true, value);
  },
  onFocusIn(event) {
    const pointer = pointerOf(event.target);
    if (pointer !== undefined && pointer !== grid.cursor.value.pointer) {
      grid.commit();
      grid.go(cursorAt(grid.layout, pointer));
    }
    if (event.target instanceof HTMLInputElement) event.target.select();
  },
  onFocusOut(event) {
    if (!table.current?.contains(event.relatedTarget as Node | null)) whenSteady(() => grid.commit());
  },
});

const mouse = ({ grid, table, dragging }: GridTarget): Handlers => ({
  onMouseDown(event) {
    const pointer = pointerOf(event.target);
    if (pointer === undefined || event.button !== 0) return;
    if (event.shiftKey) {
      event.preventDefault();
      grid.commit();
      grid.go(cursorAt(grid.layout, pointer), true);
    } else if (grid.editing.value?.pointer !== pointer) {
      dragging.current = true;
      grid.commit();
      grid.go(cursorAt(grid.layout, pointer));
      const input = table.current?.querySelector<HTMLInputElement>(`input[data-pointer="${pointer}"]`);
      event.preventDefault();
      input?.focus();
    }
  },
  onMouseOver(event) {
    const pointer = pointerOf(event.target);
    if (dragging.current && event.buttons === 1 && pointer !== undefined) grid.go(cursorAt(grid.layout, pointer), true);
    else dragging.current = false;
  },
  onDblClick(event) {
    if (pointerOf(event.target) !== undefined) grid.begin(false);
  },
});

function clipboard({ grid, others }: GridTarget): Handlers {
  const copy = (event: ClipboardEvent, cut: boolean): void => {
    if (pointerOf(event.target) === undefined || grid.editing.value || !event.clipboardData) return;
    event.preventDefault();
    const rows = grid.copyRows();
    event.clipboardData.setData("text/plain", asTsv(rows));
    event.clipboardData.setData("text/html", asHtml(rows));
    if (cut) grid.clear();
  };
  return {
    onPaste(event) {
      if (pointerOf(event.target) === undefined || !event.clipboardData) return;
      const got = copied(event.clipboardData, grid.layout, others);
      if (got.kind === "text" && grid.editing.value) return;
      event.preventDefault();
      if (got.kind === "text") grid.fillWith(got.text);
      else if (got.kind === "grid") grid.paste(got.grid);
      else grid.outcome.value = { kind: "elsewhere", layout: got.layout };
    },
    onCopy: (event) => copy(event, false),
    onCut: (event) => copy(event, true),
  };
}

/** The handlers of a table's events. */
export const gridEvents = (target: GridTarget): Handlers => ({
  ...keyboard(target),
  ...mouse(target),
  ...clipboard(target),
});
