/** Every finding of an import, in both languages. */

import type { Finding, FindingCell, Level, Message } from "../basics/finding.ts";
import type { FormCell } from "../form/form-cells.ts";
import type { Money } from "./figures.ts";
import type { Note } from "./note.ts";

const MOST_NAMED = 8;

const cellOf = ({ pointer, label }: Pick<FormCell, "pointer" | "label">): FindingCell => ({ pointer, label });

/** The labels of cells, the first of many. */
export function named(cells: readonly FormCell[]): Message {
  const [zh, en] = [cells.map(({ label }) => label), cells.map(({ labelEn }) => labelEn)].map((all) =>
    all.slice(0, MOST_NAMED),
  ) as [string[], string[]];
  const more = cells.length > MOST_NAMED;
  return {
    zh: `${zh.join("、")}${more ? `等${cells.length}格` : ""}`,
    en: `${en.join(", ")}${more ? ` and ${cells.length - MOST_NAMED} more` : ""}`,
  };
}

/** A text as a message quotes it. */
export const quoted = (text: string): string => {
  const characters = [...text.replace(/\s+/gu, " ").trim()];
  return characters.length > 40 ? `${characters.slice(0, 40).join("")}……` : characters.join("");
};

/** A figure as a message shows it. */
export const shownFigure = (value: number | Money): string =>
  typeof value === "number" ? String(value) : `${value.amount}${value.unit}`;

/** A finding about cells of the form. */
export const about = (id: string, level: Level, cells: readonly FormCell[], zh: string, en: string): Finding => ({
  id,
  level,
  message: zh,
  messageEn: en,
  cells: cells.map(cellOf),
});

/** A finding about something else of a report, or about nothing in it. */
export const remark = (id: string, level: Level, zh: string, en: string, pointer?: string, label = ""): Finding => ({
  id,
  level,
  message: zh,
  messageEn: en,
  cells: pointer === undefined ? [] : [{ pointer, label }],
});

/** How notes are called. */
export const NOTES: Readonly<Record<Note, Message>> = {
  fullWidth: { zh: "全角数字或符号", en: "full-width digits or signs" },
  space: { zh: "空格", en: "spaces" },
  separator: { zh: "千分位分隔符", en: "thousands separators" },
  sign: { zh: "正负号", en: "signs" },
  dash: { zh: "以“/”“—”“无”表示的零", en: "marks for nothing read as 0" },
  counter: { zh: "数字后的量词", en: "counters after the number" },
  decimal: { zh: "多余的小数位", en: "decimals that say nothing" },
  zeros: { zh: "多余的零", en: "zeros that say nothing" },
  converted: { zh: "换算单位", en: "converted units" },
  unitTaken: { zh: "没有写明单位", en: "units not stated" },
  remark: {
    zh: "数字后面括注的说明（取括号前的数）",
    en: "brackets after the figure (the figure before them was taken)",
  },
  struck: { zh: "划去的文字（没有读）", en: "struck text that was left out" },
  mark: { zh: "注释的标记（没有读）", en: "marks of notes that were left out" },
  hidden: { zh: "页面上看不见的文字（没有读）", en: "text that is not shown and was left out" },
};

/** What was left out beside a figure has a finding of its own. */
const isNormal = (note: Note): boolean => note !== "struck" && note !== "mark" && note !== "hidden";

/** What was normalized, in sum. */
export function normalized(all: readonly { readonly cell: FormCell; readonly notes: readonly Note[] }[]): Finding[] {
  const cells = all.map(({ cell, notes }) => ({ cell, notes: notes.filter(isNormal) }));
  const counts = new Map<Note, number>();
  for (const { notes } of cells) for (const note of notes) counts.set(note, (counts.get(note) ?? 0) + 1);
  if (counts.size === 0) return [];
  const touched = cells.filter(({ notes }) => notes.length > 0).map(({ cell }) => cell);
  const zh = [...counts].map(([note, count]) => `${NOTES[note].zh}${count}格`).join("、");
  const en = [...counts].map(([note, count]) => `${NOTES[note].en} (${count})`).join(", ");
  return [about("I-NORMALIZED", "information", touched, `以下写法已经规范：${zh}`, `Normalized: ${en}`)];
}

export const missingSection = (table: string, cells: readonly FormCell[], blank: boolean, en: string): Finding =>
  about(
    "I-MISSING",
    "error",
    cells,
    blank ? `${table}的数据格全部是空白，没有当作0` : `没有找到${table}（要找的是行、列标题，与表在文件里的位置无关）`,
    blank ? `Every figure of ${en} is blank; none was taken as 0` : `${en} was not found by its labels`,
  );

export const missingCells = (what: Message, cells: readonly FormCell[], computed: boolean): Finding =>
  about(
    "I-MISSING",
    computed ? "warning" : "error",
    cells,
    `文件里没有${what.zh}${computed ? "，按各项之和计算" : ""}`,
    `The file has no ${what.en}${computed ? "; the sums were computed" : ""}`,
  );

export const missingInRow = (
  where: Message,
  has: number,
  wants: number,
  empty: readonly FormCell[],
  figures: ReadonlyMap<string, number>,
  candidates: readonly FormCell[],
): Finding => {
  const values = empty.map(({ pointer }) => figures.get(pointer)).join("、");
  const others = candidates.filter((cell) => !empty.includes(cell));
  const missing = named(empty);
  const any = others.length > 0 && empty.length + others.length === wants;
  const also = any ? { zh: "这一行的其他任何一格", en: "any other cell of the row" } : named(others);
  return about(
    "I-MISSING",
    "warning",
    empty,
    `${where.zh}只有${has}格，应有${wants}格，缺${missing.zh}，按合计关系取${values}${
      others.length > 0 ? `（缺的也可能是${also.zh}，各格数值都一样）` : ""
    }`,
    `${where.en} has ${has} cells of ${wants}; missing is ${missing.en}, taken as ${values} by the sums${
      others.length > 0 ? ` (it may also be ${also.en}; the figures are the same)` : ""
    }`,
  );
};

/** A row with cells too few or too many, where nothing decides which. */
export interface DoubtfulRow {
  readonly where: Message;
  readonly label: Message;
  readonly has: number;
  readonly wants: number;
  /** Cells of the form that were not filled in. */
  readonly left: readonly FormCell[];
  readonly candidates: readonly FormCell[];
  readonly texts: readonly string[];
  /** In how many ways the row was read: none where its columns are not the form's, or the ways are too many. */
  readonly tried: number;
  /** In how many of them the sums hold. */
  readonly holding: number;
}

/** What was tried to decide which cell is too many. */
function triedWords({ tried, holding }: DoubtfulRow): Message {
  if (tried === 0)
    return {
      zh: "各列不都是格式里的，没有可以核对的合计关系",
      en: "its columns are not all the form's, so that no sums could be tried",
    };
  if (holding === 0)
    return {
      zh: `去掉多余格的${tried}种办法都试过，合计关系都不成立`,
      en: `all ${tried} ways to leave cells out were tried, and the sums hold in none`,
    };
  return {
    zh: `去掉多余格的${tried}种办法都试过，合计关系在${holding}种里成立而数值不同`,
    en: `all ${tried} ways to leave cells out were tried; the sums hold in ${holding} with different figures`,
  };
}

export const doubtfulRow = (row: DoubtfulRow): Finding => {
  const { where, label, has, wants, left, candidates, texts } = row;
  const [out, which] = [named(left), named(candidates)];
  const shown = texts.map((text) => (text.trim() === "" ? "空" : quoted(text))).join("｜");
  const long = has > wants;
  const tried = triedWords(row);
  return about(
    long ? "I-LONG" : "I-SHORT",
    "error",
    left,
    `${where.zh}（${label.zh}）有${has}格，应有${wants}格，不能断定${
      long ? `多了哪一格（${tried.zh}）` : `缺的是哪一格：可能是${which.zh}`
    }。这一行是：${shown}。没有填入：${out.zh}`,
    `${where.en} (${label.en}) has ${has} cells and should have ${wants}; it cannot be told which is ${
      long ? `too many (${tried.en})` : `missing: perhaps ${which.en}`
    }. The row reads ${shown}. Left out: ${out.en}`,
  );
};
