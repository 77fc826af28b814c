/** What is known of each cell of the form while its tables are put together. */

import type { Finding } from "../../basics/finding.ts";
import type { FormCell } from "../../form/form-cells.ts";
import type { How, Sureness } from "../account.ts";
import type { Doubt } from "../doubt.ts";
import { type FigureKind, type Money, readCell } from "../figures.ts";
import { about, quoted, shownFigure } from "../findings.ts";
import type { Note } from "../note.ts";
import type { SourceCell } from "../source.ts";
import type { Entry } from "./row.ts";

export interface State {
  readonly cell: FormCell;
  readonly how: How;
  readonly source?: string;
  readonly value?: number | Money;
  readonly notes: readonly Note[];
  readonly sure: Sureness;
  /** Of a cell that was not read: why. */
  readonly doubt?: Doubt;
}

export type States = Map<string, State>;

/** How an entry's text is to be read. */
export const kindOf = ({ type, units }: FormCell, unit?: Entry["unit"]): FigureKind => ({
  type,
  ...(units ? { units } : {}),
  ...(unit ? { unit } : {}),
});

/** What one entry says. */
export function stateOf({ cell, source, like, unit }: Entry): State {
  const reading = readCell(source.cell, kindOf(cell, unit));
  const base = { cell, source: source.text, notes: [], sure: like < 1 ? "likely" : "certain" } as const;
  if (reading.kind === "blank") return { ...base, how: "blank" };
  if (reading.kind === "unread")
    return { ...base, how: "unread", sure: "unsure", ...(reading.doubt ? { doubt: reading.doubt } : {}) };
  // The form's own head says 万元; a file's that does not leaves it to be assumed.
  const bare = cell.type === "money" && !/元|万|亿/u.test(source.text) && !isZero(reading.value);
  const assumed = bare && unit === undefined && !reading.notes.includes("dash");
  const notes =
    assumed && !reading.notes.includes("unitTaken") ? [...reading.notes, "unitTaken" as const] : reading.notes;
  return { ...base, how: "read", value: reading.value, notes, sure: assumed ? "likely" : base.sure };
}

const isZero = (value: number | Money | undefined): boolean =>
  typeof value === "number" ? value === 0 : value !== undefined && /^[0.]+$/.test(value.amount);

const meaning = (state: State): string =>
  state.value === undefined ? (state.source ?? "").trim() : shownFigure(state.value);

interface Read {
  readonly states: States;
  readonly findings: readonly Finding[];
}

/** Cells that one merged cell stands for: nothing may stand for each, a figure may not. */
function unmerged(entries: readonly Entry[]): { kept: Entry[]; shared: Entry[][] } {
  const by = new Map<SourceCell, Entry[]>();
  for (const entry of entries) by.set(entry.source.cell, [...(by.get(entry.source.cell) ?? []), entry]);
  const shared = [...by.values()].filter((group) => {
    if (new Set(group.map(({ cell }) => cell.pointer)).size === 1) return false;
    const state = stateOf(group[0]!);
    return state.how === "unread" || (state.how === "read" && !isZero(state.value));
  });
  const out = new Set(shared.flat());
  return { kept: entries.filter((entry) => !out.has(entry)), shared };
}

/** Reads every entry; a cell that comes twice is taken if both say the same. */
export function readEntries(entries: readonly Entry[]): Read {
  const states: States = new Map();
  const findings: Finding[] = [];
  const { kept, shared } = unmerged(entries);
  const first = new Map<string, Entry>();
  const twice = new Map<string, Entry[]>();
  for (const entry of kept) {
    const state = stateOf(entry);
    const { pointer } = entry.cell;
    const before = states.get(pointer);
    if (!before) {
      states.set(pointer, state);
      first.set(pointer, entry);
    } else if (meaning(before) !== meaning(state) || before.how !== state.how) {
      if (before.how === "blank") states.set(pointer, state);
      if (before.how !== "blank" && state.how !== "blank")
        twice.set(pointer, [...(twice.get(pointer) ?? [first.get(pointer)!]), entry]);
    }
  }
  for (const [pointer, of] of twice) {
    const { cell } = of[0]!;
    states.set(pointer, { cell, how: "unread", source: of[0]!.source.text, notes: [], sure: "unsure" });
    const [zh, en] = (["zh", "en"] as const).map((lang) =>
      of.map(({ where, source }) => `${where[lang]}${lang === "zh" ? "是" : ": "}“${quoted(source.text)}”`),
    ) as [string[], string[]];
    findings.push(
      about(
        "I-DUPLICATE",
        "error",
        [cell],
        `${cell.label}出现不止一次而数值不同：${zh.join("，")}；没有填入`,
        `${cell.labelEn} comes more than once with different figures (${en.join(", ")}); left out`,
      ),
    );
  }
  for (const group of shared) {
    const cells = group.map(({ cell }) => cell);
    const { source, where } = group[0]!;
    for (const cell of cells)
      states.set(cell.pointer, { cell, how: "unread", source: source.text, notes: [], sure: "unsure" });
    findings.push(
      about(
        "I-MERGED",
        "error",
        cells,
        `${where.zh}的“${quoted(source.text)}”是合并的一格，占${cells.length}个数据格，不能断定是哪一格的；没有填入`,
        `“${quoted(source.text)}” in ${where.en} is one merged cell over ${cells.length} figures; left out`,
      ),
    );
  }
  return { states, findings };
}
