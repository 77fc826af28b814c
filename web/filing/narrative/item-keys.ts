/** What the keys do in a paragraph or heading. */
import { type Edited, type Item, itemOf, join, shift, split, withKind } from "./items.ts";

/** Where in a narrative a key was pressed, and how its items are changed. */
export interface ItemAt {
  readonly items: readonly Item[];
  readonly at: number;
  /** Whether there may be headings. */
  readonly headings: boolean;
  /** @returns whether anything was changed */
  readonly edit: (edited: Edited | undefined) => boolean;
  /** Puts the caret into another item. */
  readonly goTo: (at: number, caret: number) => void;
}

/** Ctrl+Alt+0, 2, 3, 4: what the item becomes. */
function kindKey(event: KeyboardEvent, { items, at, edit }: ItemAt, caret: number): boolean {
  const digit = Number(event.code.slice(-1));
  return edit({ items: withKind(items, at, digit === 0 ? "paragraph" : (digit as 2 | 3 | 4)), at, caret });
}

/** Backspace before the first character, Delete behind the last: joins with the neighbour. */
function joinKey(key: string, { items, at, edit }: ItemAt, start: number, length: number): boolean {
  const next = items[at + 1];
  if (key === "Backspace" && start === 0) return edit(join(items, at));
  if (key === "Delete" && start === length && next)
    return edit(join(items.with(at + 1, itemOf("paragraph", next.text)), at + 1));
  return false;
}

/** Arrows at the first and the last character: to the neighbour. */
function arrowKey(key: string, { items, at, goTo }: ItemAt, start: number, length: number): boolean {
  const before = items[at - 1];
  if (key === "ArrowUp" && start === 0 && before) {
    goTo(at - 1, before.text.length);
    return true;
  }
  if (key === "ArrowDown" && start === length && at + 1 < items.length) {
    goTo(at + 1, 0);
    return true;
  }
  return false;
}

/**
 * Handles a key in an item's field.
 * @returns whether the key is done with; the browser has it otherwise
 */
export function pressInItem(event: KeyboardEvent, place: ItemAt): boolean {
  if (event.isComposing || event.key === "Process") return false;
  const { selectionStart: start, selectionEnd: end, value } = event.currentTarget as HTMLTextAreaElement;
  const { key, altKey, ctrlKey, shiftKey } = event;
  const { items, at, edit } = place;
  if (key === "Enter") return edit(split(items, at, start, end));
  if (altKey && !ctrlKey && (key === "ArrowUp" || key === "ArrowDown"))
    return edit(shift(items, at, key === "ArrowUp" ? -1 : 1));
  if (altKey && ctrlKey && place.headings && /^Digit[0234]$/.test(event.code)) return kindKey(event, place, start);
  if (start !== end) return false;
  return joinKey(key, place, start, value.length) || (!shiftKey && arrowKey(key, place, start, value.length));
}
