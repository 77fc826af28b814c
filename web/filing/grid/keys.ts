/** What the keys do in a table. */
import { following, type Move, moved } from "./moves.ts";
import type { GridState } from "./state.ts";

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "home",
  End: "end",
};

/** Whether the next Tab leaves the table, as Escape announced. */
export interface Leaving {
  next: boolean;
}

/** Tab: to the next figure that can be typed; out of the table at its end, or after Escape. */
function tab(event: KeyboardEvent, grid: GridState, leaving: Leaving): boolean {
  grid.commit();
  if (leaving.next) return false;
  const next = following(grid.layout, grid.cursor.value.pointer, event.shiftKey, (pointer) => !grid.isTotal(pointer));
  if (next === undefined) return false;
  grid.go({ pointer: next, column: grid.layout.byPointer.get(next)!.left });
  return true;
}

/**
 * Handles a key in a table's cell.
 * @returns whether the key is done with; the browser has it otherwise
 */
export function press(event: KeyboardEvent, grid: GridState, leaving: Leaving): boolean {
  const { key, shiftKey, altKey } = event;
  // An input method has the key.
  if (event.isComposing || key === "Process") return false;
  const far = event.ctrlKey || event.metaKey;
  const editing = grid.editing.value;
  if (key === "Tab") return tab(event, grid, leaving);
  if (key !== "Shift" && key !== "Control") leaving.next = false;
  if (altKey) return false;
  if (key === "Enter") {
    if (!editing && !shiftKey) grid.begin(false);
    const typing = grid.editing.value;
    if (editing || shiftKey || !typing) {
      grid.commit();
      grid.go(moved(grid.layout, grid.cursor.value, shiftKey ? "up" : "down"));
    }
    return true;
  }
  if (key === "F1") {
    grid.showHelp(grid.helpHere);
    return grid.helpHere !== undefined;
  }
  if (key === "Escape" && grid.help.value && !editing) {
    grid.help.value = undefined;
    return true;
  }
  if (key === "Escape") {
    leaving.next = !editing;
    grid.cancel();
    grid.go(grid.cursor.value);
    return true;
  }
  if (key === "F2") {
    if (!editing) grid.begin(false);
    else grid.editing.value = { ...editing, typed: false };
    return true;
  }
  const move = MOVES[key];
  if (move) {
    if (editing && !editing.typed) return false;
    grid.commit();
    grid.go(moved(grid.layout, grid.cursor.value, move, far), shiftKey);
    return true;
  }
  if (editing) return false;
  const types = key === "Delete" || key === "Backspace" || (key.length === 1 && !far);
  if (types && grid.selected.value.size === 0 && grid.isTotal(grid.cursor.value.pointer)) {
    grid.tellComputed();
    return true;
  }
  if (key === "Delete" || key === "Backspace") {
    grid.clear();
    return true;
  }
  if (far && key.toLowerCase() === "a") {
    const all = grid.layout.data.flat();
    grid.anchor.value = all[0]!.pointer;
    grid.cursor.value = { pointer: all.at(-1)!.pointer, column: all.at(-1)!.left };
    return true;
  }
  return false;
}
