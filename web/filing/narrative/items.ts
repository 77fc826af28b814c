/** A narrative as paragraphs and headings, and what typing, keys and paste do to them. Nothing is changed in place. */
import type { Report } from "../../../generated/report.ts";
import { composeNarrative } from "../../../src/compose/compose.ts";

export type Item =
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "heading"; readonly level: 2 | 3 | 4; readonly text: string };

/** 段落, or the level of a heading. */
export type Kind = "paragraph" | 2 | 3 | 4;

/** The items with where the caret goes. */
export interface Edited {
  readonly items: readonly Item[];
  readonly at: number;
  readonly caret: number;
}

export const kindOfItem = (item: Item): Kind => (item.type === "heading" ? item.level : "paragraph");
export const itemOf = (kind: Kind, text: string): Item =>
  kind === "paragraph" ? { type: "paragraph", text } : { type: "heading", level: kind, text };

/** What a report has as a body, however unsound: what is no paragraph or heading is shown as a paragraph. */
export function itemsOf(body: unknown): Item[] {
  if (!Array.isArray(body)) return [];
  return body.map((item: unknown): Item => {
    const { type, level, text } = (typeof item === "object" && item !== null ? item : {}) as Record<string, unknown>;
    const known = typeof text === "string" ? text : typeof item === "string" ? item : "";
    return type === "heading" && (level === 2 || level === 3 || level === 4)
      ? { type, level, text: known }
      : { type: "paragraph", text: known };
  });
}

/** The number of each item as it will be printed; empty of a paragraph. */
export const numbersOf = (items: readonly Item[]): string[] =>
  composeNarrative({ key: "" }, items as Report["overview"]["body"]).map((block) =>
    block.kind === "heading" ? block.number : "",
  );

const replaced = (items: readonly Item[], at: number, count: number, ...by: readonly Item[]): Item[] => [
  ...items.slice(0, at),
  ...by,
  ...items.slice(at + count),
];

export const withText = (items: readonly Item[], at: number, text: string): Item[] =>
  replaced(items, at, 1, { ...items[at]!, text });

export const withKind = (items: readonly Item[], at: number, kind: Kind): Item[] =>
  replaced(items, at, 1, itemOf(kind, items[at]!.text));

/** Enter: what stands after the caret becomes a paragraph of its own. */
export function split(items: readonly Item[], at: number, start: number, end: number): Edited {
  const item = items[at]!;
  const [before, after] = [item.text.slice(0, start).trimEnd(), item.text.slice(end).trimStart()];
  // A heading is followed by text; a new item before one leaves it what it is.
  const [first, second]: readonly Item[] =
    item.type === "heading" && start === 0 && before === ""
      ? [{ type: "paragraph", text: "" }, item]
      : [
          { ...item, text: before },
          { type: "paragraph", text: after },
        ];
  return { items: replaced(items, at, 1, first!, second!), at: at + 1, caret: 0 };
}

/** Backspace at the start: joins with the item before; of a heading alone takes away that it is one. */
export function join(items: readonly Item[], at: number): Edited | undefined {
  const [before, item] = [items[at - 1], items[at]!];
  if (item.type === "heading" && item.text !== "") return { items: withKind(items, at, "paragraph"), at, caret: 0 };
  if (!before) return item.type === "heading" ? { items: withKind(items, at, "paragraph"), at, caret: 0 } : undefined;
  if (before.text === "") return { items: replaced(items, at - 1, 1), at: at - 1, caret: 0 };
  return {
    items: replaced(items, at - 1, 2, { ...before, text: before.text + item.text }),
    at: at - 1,
    caret: before.text.length,
  };
}

export function remove(items: readonly Item[], at: number): Edited {
  const rest = replaced(items, at, 1);
  const kept: Item[] = rest.length > 0 ? rest : [{ type: "paragraph", text: "" }];
  const to = Math.min(at, kept.length - 1);
  return { items: kept, at: to, caret: kept[to]!.text.length };
}

export function shift(items: readonly Item[], at: number, by: -1 | 1): Edited | undefined {
  const to = at + by;
  if (to < 0 || to >= items.length) return undefined;
  const copy = [...items];
  [copy[at], copy[to]] = [copy[to]!, copy[at]!];
  return { items: copy, at: to, caret: 0 };
}

/** What a pasted text was taken for. */
export interface Taken {
  readonly items: readonly Item[];
  readonly headings: number;
  readonly trimmed: number;
}

const NUMBERS: readonly (readonly [2 | 3 | 4, RegExp])[] = [
  [2, /^[（(][一二三四五六七八九十百]{1,4}[）)]\s*/u],
  [4, /^[（(]\d{1,2}[）)]\s*/u],
  [3, /^\d{1,2}[.．、](?!\d)\s*/u],
];
/** A heading is short and no sentence. */
const isHeading = (text: string): boolean => text !== "" && [...text].length <= 40 && !/[。；;！？!?：:]$/u.test(text);

/** Lines of a copied text as paragraphs and headings: indents go, and so do the numbers of headings. */
export function takeLines(text: string): Taken {
  let [headings, trimmed] = [0, 0];
  const items = text
    .replace(/\r\n?|[\u2028\u2029\u000b\u000c\u0085]/g, "\n")
    .split("\n")
    .flatMap((line): Item[] => {
      const bare = line.replace(/\t/g, " ").trim();
      if (bare === "") return [];
      if (bare !== line) trimmed += 1;
      for (const [level, number] of NUMBERS) {
        const rest = bare.replace(number, "");
        if (rest !== bare && isHeading(rest)) {
          headings += 1;
          return [{ type: "heading", level, text: rest }];
        }
      }
      return [{ type: "paragraph", text: bare }];
    });
  return { items, headings, trimmed };
}

/** Puts lines in the place of a selected text: the first goes on with what stands before it, the last with what stands after. */
export function insertLines(
  items: readonly Item[],
  at: number,
  start: number,
  end: number,
  lines: readonly Item[],
): Edited {
  const item = items[at]!;
  const [before, after] = [item.text.slice(0, start), item.text.slice(end)];
  const [first] = lines;
  if (!first) return { items, at, caret: start };
  const head: Item = before === "" ? first : { ...item, text: before + first.text };
  const all = [head, ...lines.slice(1)];
  const last = all.at(-1)!;
  all[all.length - 1] = { ...last, text: last.text + after };
  return { items: replaced(items, at, 1, ...all), at: at + all.length - 1, caret: last.text.length };
}

/** Characters as a clerk counts them: without spaces. */
export const characterCount = (items: readonly Item[]): number =>
  items.reduce((sum, { text }) => sum + [...text.replace(/\s/gu, "")].length, 0);
