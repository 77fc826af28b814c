/** From what the tables say to every cell of the form: blanks, totals, cells that are nowhere. */

import type { Finding, Message } from "../../basics/finding.ts";
import { totalsByPointer } from "../../form/cells.ts";
import type { EditionForm } from "../../form/form.ts";
import { type FormCell, formCells } from "../../form/form-cells.ts";
import { labelledTables } from "../../form/label-index.ts";
import type { AccountCell } from "../account.ts";
import { doubtWords } from "../doubt.ts";
import { about, missingCells, missingSection, named, normalized, quoted, shownFigure } from "../findings.ts";
import { settleDoubts } from "./doubts.ts";
import { orderFindings } from "./order.ts";
import type { Scan } from "./scan.ts";
import { readEntries, type State, type States } from "./states.ts";
import { wholeFindings } from "./whole.ts";
import { settleWrapped } from "./wrapped.ts";

export interface Settled {
  /** Every cell of the form, in its order. */
  readonly cells: readonly AccountCell[];
  /** What goes into the report, by pointer. */
  readonly values: ReadonlyMap<string, AccountCell["value"]>;
  readonly findings: readonly Finding[];
}

/** The figure of a cell as far as it is known; of a blank 0, of a total that is not there the sum. */
function valueIn(form: EditionForm, states: States, pointer: string): number | undefined {
  const state = states.get(pointer);
  if (typeof state?.value === "number") return state.value;
  const total = totalsByPointer(form).get(pointer);
  if (state?.how === "blank" && !total) return 0;
  if (!total || state?.how === "unread") return undefined;
  let sum = 0;
  for (const part of total.parts) {
    const value = valueIn(form, states, part);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

/** A section without a single figure is no row of zeros. */
function blankSections(form: EditionForm, { doubts }: Scan, states: States): Finding[] {
  return labelledTables(form).flatMap(({ section, rows }) => {
    const cells = rows.flatMap((row) => row.cells);
    const has = cells.map(({ pointer }) => states.get(pointer)).filter((state) => state !== undefined);
    if (has.some(({ how }) => how !== "blank") || doubts.some(({ row }) => row.section === section)) return [];
    for (const { cell } of has)
      states.set(cell.pointer, { ...states.get(cell.pointer)!, how: "missing", sure: "unsure" });
    const table = `${section.table}（${section.label}）`;
    return [missingSection(table, cells, has.length > 0, `table ${section.key}`)];
  });
}

const isMissing = (states: States, { pointer }: FormCell): boolean => !states.has(pointer);

/** More rows of one table than these are reported in one finding. */
const MOST_ROWS = 3;

/** Rows that are missing as one finding: the first and the last by name. */
function foldedRows(table: string, key: string, rows: readonly { what: Message; cells: FormCell[] }[]) {
  const [first, last] = [rows[0]!.cells[0]!.row!.node, rows.at(-1)!.cells[0]!.row!.node];
  return {
    what: {
      zh: `${table}的${rows.length}行（从“${first.label}”到“${last.label}”）`,
      en: `${rows.length} rows of ${key}, from “${first.en}” to “${last.en}”`,
    },
    cells: rows.flatMap(({ cells }) => cells),
  };
}

/** Cells that the file has not, row by row or column by column. */
function missing(form: EditionForm, states: States): { readonly what: Message; readonly cells: FormCell[] }[] {
  return labelledTables(form).flatMap(({ section, rows }) => {
    const all = rows.flatMap((row) => row.cells);
    if (all.every((cell) => states.get(cell.pointer)?.how === "missing" || isMissing(states, cell))) return [];
    let groups: { what: Message; cells: FormCell[] }[] = [];
    const rest: FormCell[] = [];
    for (const { label, cells } of rows) {
      const out = cells.filter((cell) => isMissing(states, cell));
      if (out.length === cells.length)
        groups.push({
          what: { zh: `${section.table}“${label}”这一行`, en: `row “${label}” of ${section.key}` },
          cells: out,
        });
      else rest.push(...out);
    }
    if (groups.length > MOST_ROWS) groups = [foldedRows(section.table, section.key, groups)];
    // By column of a table whose rows all share them.
    const byColumn = new Map<string, FormCell[]>();
    for (const cell of rest) {
      const column = cell.row && section.parts.length === 1 ? cell.column.path : cell.pointer;
      byColumn.set(column, [...(byColumn.get(column) ?? []), cell]);
    }
    for (const cells of byColumn.values()) {
      const heads = cells.length > 1 ? named(cells) : named(cells);
      groups.push({ what: heads, cells });
    }
    return groups;
  });
}

/**
 * Totals of a row of sums that are blank where others of it are not, and whose last part could be the total itself: what
 * is missing may be another cell, and the rest have moved up.
 */
function movedUp(form: EditionForm, states: States, computed: readonly FormCell[]): Finding[] {
  const totals = totalsByPointer(form);
  return computed.flatMap((cell) => {
    const { section, pointer } = cell;
    const others = [...totals.keys()].filter((other) => other.startsWith(`/${section.key}/`) && other !== pointer);
    if (cell.row || !others.some((other) => states.get(other)?.how === "read")) return [];
    const parts = totals.get(pointer)!.parts.flatMap((part) => states.get(part) ?? []);
    const values = parts.map(({ value }) => (typeof value === "number" ? value : 0));
    const last = values.at(-1) ?? 0;
    const rest = values.slice(0, -1).reduce((sum, value) => sum + value, 0);
    if (last === 0 || last < rest) return [];
    const before = parts.at(-1)!.cell;
    return [
      about(
        "I-SHORT",
        "warning",
        [...parts.map((state) => state.cell), cell],
        `${cell.label}是空白，而${before.label}（${last}）不小于它前面各格之和（${rest}）：可能缺的是前面的一格，其后的数都前移了，请核对`,
        `${cell.labelEn} is blank, and ${before.labelEn} (${last}) is no less than the sum of those before it (${rest}): perhaps another cell is missing and the rest moved up`,
      ),
    ];
  });
}

/** Totals that are blank or not there, as the sums of their parts where those are known. */
function computeTotals(form: EditionForm, states: States): Finding[] {
  const computed: FormCell[] = [];
  let filed = 0;
  for (const [pointer] of totalsByPointer(form)) {
    const state = states.get(pointer);
    if (state?.how === "read") filed += 1;
    if (state?.how !== "blank") continue;
    const value = valueIn(form, states, pointer);
    states.set(
      pointer,
      value === undefined ? { ...state, how: "missing", sure: "unsure" } : { ...state, how: "computed", value },
    );
    if (value !== undefined) computed.push(state.cell);
  }
  if (computed.length === 0) return [];
  const names = named(computed);
  // Where other totals were filed, one that is blank may be a figure that went astray.
  return [
    about(
      "I-COMPUTED",
      filed > 0 ? "warning" : "information",
      computed,
      `有${computed.length}格总计是空白，按各项之和计算：${names.zh}`,
      `${computed.length} totals are blank and were computed: ${names.en}`,
    ),
    ...movedUp(form, states, computed),
  ];
}

function unreadFindings(states: readonly State[], reported: ReadonlySet<string>): Finding[] {
  return states
    .filter(({ how, cell }) => how === "unread" && !reported.has(cell.pointer))
    .map(({ cell, source = "", doubt }) => {
      const why = doubt && doubtWords(doubt);
      return about(
        "I-UNREAD",
        "error",
        [cell],
        `${cell.label}的“${quoted(source)}”不能断定是什么数${why ? `（${why.zh}）` : ""}，没有填入`,
        `“${quoted(source)}” at ${cell.labelEn} is no figure that can be told${why ? ` (${why.en})` : ""}; left out`,
      );
    });
}

/** What stood beside figures and was left out. */
function besideFindings({ entries }: Scan): Finding[] {
  const beside = entries.filter(({ source }) => source.cell.unseen !== undefined);
  const [first] = beside;
  if (!first) return [];
  const cells = beside.map(({ cell }) => cell);
  const left = quoted((first.source.cell.unseen ?? []).map(({ text }) => text).join(" "));
  return [
    about(
      "I-HIDDEN",
      "warning",
      cells,
      `${named(cells).zh}旁有划去的、看不见的文字或注释号（${first.cell.label}旁是“${left}”），没有读取`,
      `Struck or hidden text or a note's mark beside ${named(cells).en} was left out (“${left}” at ${first.cell.labelEn})`,
    ),
  ];
}

function unitFindings(states: readonly State[]): Finding[] {
  return states.flatMap(({ cell, source = "", value, notes }) => {
    const [converted, assumed] = [notes.includes("converted"), notes.includes("unitTaken")];
    if (value === undefined || !(converted || assumed)) return [];
    const shown = shownFigure(value);
    // A head with another unit than the form's may itself be the mistake.
    const stated = /元|万|圆/u.test(source);
    return [
      about(
        "I-UNIT",
        assumed || !stated ? "warning" : "information",
        [cell],
        `${cell.label}的“${quoted(source)}”${assumed ? `没有写明单位，当作${shown}` : `${stated ? "" : "按标题的单位"}换算为${shown}`}`,
        `“${quoted(source)}” at ${cell.labelEn} ${assumed ? "states no unit and was taken as" : `was converted${stated ? "" : " by the unit of its head"} to`} ${shown}`,
      ),
    ];
  });
}

/** Settles every cell of the form. */
export function settle(form: EditionForm, found: Scan): Settled {
  const { states, findings } = readEntries(found.entries);
  const figureOf = (pointer: string) => valueIn(form, states, pointer);
  const wrapped = settleWrapped(form, found.entries, states);
  const short = settleDoubts(form, found.doubts, states, figureOf);
  const wholes = wholeFindings(found, states);
  const blank = blankSections(form, found, states);
  const blanks = [...states.values()].filter(({ how, cell }) => how === "blank" && !cell.total);
  for (const state of blanks) states.set(state.cell.pointer, { ...state, value: 0, sure: "likely" });
  const lost = missing(form, states).map(({ what, cells }) => {
    const sums = cells.map((cell) => (cell.total ? figureOf(cell.pointer) : undefined));
    const computed = sums.every((sum) => sum !== undefined);
    for (const [i, cell] of cells.entries()) {
      const value = sums[i];
      const how = value === undefined ? "missing" : "computed";
      states.set(cell.pointer, { cell, how, notes: [], sure: "likely", ...(value === undefined ? {} : { value }) });
    }
    return missingCells(what, cells, computed);
  });
  const totals = computeTotals(form, states);
  const all = formCells(form).map(
    (cell): State => states.get(cell.pointer) ?? { cell, how: "missing", notes: [], sure: "unsure" },
  );
  const reported = new Set(findings.flatMap(({ cells }) => cells.map(({ pointer }) => pointer)));
  const names = named(blanks.map(({ cell }) => cell));
  return {
    cells: all.map(({ cell: { pointer, label, labelEn }, ...rest }) => ({ pointer, label, labelEn, ...rest })),
    values: new Map(all.flatMap(({ cell, value }) => (value === undefined ? [] : [[cell.pointer, value]]))),
    findings: [
      ...wrapped,
      ...short,
      ...wholes,
      ...besideFindings(found),
      ...orderFindings(found.entries, labelledTables(form)),
      ...blank,
      ...lost,
      ...findings,
      ...unreadFindings(all, reported),
      ...(blanks.length > 0
        ? [
            about(
              "I-BLANK",
              "warning",
              blanks.map(({ cell }) => cell),
              `有${blanks.length}格是空白，当作0：${names.zh}`,
              `${blanks.length} blank cells were taken as 0: ${names.en}`,
            ),
          ]
        : []),
      ...totals,
      ...unitFindings(all),
      ...normalized(all),
    ],
  };
}
