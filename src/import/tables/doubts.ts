/** Settles rows that have a text too few or too many. */

import type { Finding } from "../../basics/finding.ts";
import type { EditionForm } from "../../form/form.ts";
import type { FormCell } from "../../form/form-cells.ts";
import { readCell } from "../figures.ts";
import { about, doubtfulRow, missingInRow, quoted } from "../findings.ts";
import { type Alignment, agreed, alignments, type Stand } from "./align.ts";
import { equationsOf } from "./equations.ts";
import type { Doubt } from "./row.ts";
import { type State, type States, stateOf } from "./states.ts";

const isCell = (cell: FormCell | undefined): cell is FormCell => cell !== undefined;

/** What a text amounts to at any place of its row; money is for its own place alone. */
function standOf(doubt: Doubt, index: number): Stand {
  const reading = readCell(doubt.texts[index]!.cell, { type: "signed" });
  if (reading.kind === "blank") return "blank";
  return reading.kind === "figure" && typeof reading.value === "number" ? reading.value : "unread";
}

interface Settled {
  readonly states: readonly State[];
  readonly finding: Finding;
}

/** The state of a cell where an alignment has it. */
function stateAt(doubt: Doubt, cell: FormCell, way: Alignment): State {
  const at = way.texts.get(cell.pointer);
  const value = way.figures.get(cell.pointer);
  if (at === undefined)
    return {
      cell,
      how: value === undefined ? "missing" : cell.total ? "computed" : "implied",
      ...(value === undefined ? {} : { value }),
      notes: [],
      sure: "likely",
    };
  const { like, unit, where } = doubt;
  return stateOf({ cell, source: doubt.texts[at]!, where, like: Math.min(like, 0.9), ...(unit ? { unit } : {}) });
}

/** Settles a row, or says that it cannot be. */
function settle(doubt: Doubt, form: EditionForm, figureOf: (pointer: string) => number | undefined): Settled {
  const cells = doubt.columns.filter(isCell);
  const label = { zh: doubt.row.label, en: doubt.row.label };
  const texts = doubt.texts.map(({ text }) => text);
  const [has, wants] = [texts.length, doubt.columns.length];
  const stands = doubt.texts.map((_, i) => standOf(doubt, i));
  const ways =
    cells.length === doubt.columns.length
      ? alignments(cells, stands, { equations: equationsOf(form), figureOf })
      : { all: [], holding: [] };
  const long = has > wants;
  const same = agreed(ways.holding, cells);
  // Of a row that breaks off the last cell is the one that is not there.
  const last = ways.holding.at(-1);
  const harmless = (way: Alignment): boolean => way.over.every((i) => stands[i] === 0 || stands[i] === "blank");
  const decided =
    last !== undefined &&
    (ways.holding.length === 1 || cells.every(({ pointer }) => same.has(pointer))) &&
    last.empty.every(({ pointer }) => last.figures.has(pointer));
  const candidates = cells.filter((cell) => ways.holding.some(({ empty }) => empty.includes(cell)));
  if (decided) {
    const states = cells.map((cell) => stateAt(doubt, cell, last));
    if (!long) return { states, finding: missingInRow(doubt.where, has, wants, last.empty, last.figures, candidates) };
    const over = last.over.map((i) => quoted(texts[i]!) || "空").join("、");
    return {
      states,
      finding: about(
        "I-LONG",
        ways.holding.every(harmless) ? "warning" : "error",
        cells,
        `${doubt.where.zh}（${label.zh}）有${has}格，应有${wants}格；按合计关系多出的是“${over}”，没有填入，其余已填入`,
        `${doubt.where.en} (${label.en}) has ${has} cells and should have ${wants}; by the sums “${over}” is too many and was left out`,
      ),
    };
  }
  const kept = agreed(ways.holding.length > 0 ? ways.holding : ways.all, cells);
  const left = cells.filter(({ pointer }) => !kept.has(pointer));
  const way = ways.holding[0] ?? ways.all[0];
  const states = cells.map((cell): State => {
    if (way && kept.has(cell.pointer)) return { ...stateAt(doubt, cell, way), sure: "likely" };
    return { cell, how: "missing", notes: [], sure: "unsure" };
  });
  return {
    states,
    finding: doubtfulRow({
      ...{ where: doubt.where, label, has, wants, left, texts },
      candidates: candidates.length > 0 ? candidates : cells,
      tried: ways.all.length,
      holding: ways.holding.length,
    }),
  };
}

/**
 * Settles every row in doubt, those first that settle others.
 * @returns the findings; the cells' states are put with the others
 */
export function settleDoubts(
  form: EditionForm,
  doubts: readonly Doubt[],
  states: States,
  figureOf: (pointer: string) => number | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const add = ({ states: settled, finding }: Settled): void => {
    for (const state of settled) states.set(state.cell.pointer, state);
    findings.push(finding);
  };
  let open = doubts.filter((doubt) => {
    const before = doubt.columns.filter(isCell).filter(({ pointer }) => states.has(pointer));
    if (before.length === 0) return true;
    const texts = doubt.texts.map(({ text }) => text.trim()).filter((text) => text !== "");
    const known = before.map(({ pointer }) => states.get(pointer)!.source?.trim() ?? "");
    let at = 0;
    for (const text of known) if (text === texts[at]) at += 1;
    if (at < texts.length) {
      // What is blank there and a figure here is no 0.
      for (const state of before.map(({ pointer }) => states.get(pointer)!))
        if (state.how === "blank") states.set(state.cell.pointer, { ...state, how: "unread", sure: "unsure" });
      findings.push(
        about(
          "I-DUPLICATE",
          "error",
          before,
          `${doubt.where.zh}（${doubt.row.label}）在前面已经有了，这一行格数不对而数值不同，没有采用：${texts.join("｜")}`,
          `${doubt.where.en} (${doubt.row.label}) comes again, with another number of cells and other figures, and was not used: ${texts.join(" | ")}`,
        ),
      );
    }
    return false;
  });
  const rows = new Set<unknown>();
  open = open.filter(({ row }) => !rows.has(row) && rows.add(row));
  for (let again = true; again && open.length > 0; ) {
    again = false;
    for (const doubt of open) {
      const settled = settle(doubt, form, figureOf);
      if (settled.finding.level === "error") continue;
      add(settled);
      open = open.filter((other) => other !== doubt);
      again = true;
      break;
    }
  }
  for (const doubt of open) add(settle(doubt, form, figureOf));
  return findings;
}
