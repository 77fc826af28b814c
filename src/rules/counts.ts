import type { Finding, FindingCell } from "../basics/finding.ts";
import { visible } from "../basics/visible.ts";
import { figureAt, getCell, totalsByPointer } from "../form/cells.ts";
import type { EditionForm } from "../form/form.ts";
import type { FormCell } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import { narrativeTexts } from "../form/narrative.ts";
import { countsIn, type Mention } from "../narrative/counts.ts";
import { cellsOf } from "../narrative/figure-refs.ts";
import type { Keyword } from "./keyword.ts";

/** The parameter of `x-counts`. */
export interface CountsParameter {
  readonly edition: string;
  /** Whether it stands on `{ report, previous }` and is about growth since last year. */
  readonly growth: boolean;
  /** The rules and what they are about, from the report's root, as in `requests/results`; the narrowest first. */
  readonly rules: readonly {
    readonly id: string;
    readonly level: "error" | "warning" | "information";
    readonly of: readonly string[];
  }[];
}

/** The sum of cells, money in 万元; undefined when one is missing or unsound. */
function sumOf(form: EditionForm, report: unknown, pointers: readonly string[]): number | undefined {
  let sum = 0;
  for (const pointer of pointers) {
    const amount = getCell(report, `${pointer}/amount`);
    const scale = getCell(report, `${pointer}/unit`) === "元" ? 1e-4 : 1;
    const figure = typeof amount === "string" ? Number(amount) * scale : figureAt(form, report, pointer)?.value;
    if (figure === undefined || Number.isNaN(figure)) return undefined;
    sum += figure;
  }
  return sum;
}

const pointersOf = (cells: readonly FormCell[]): string[] => cells.map((cell) => cell.pointer);

/** Every figure of a report that a sentence may mean, the plainest first; none where a cell is not sound. */
function readingsOf(form: EditionForm, report: unknown, mention: Mention): number[] {
  const { cells, section, column, alternatives = [] } = mention;
  const plain = sumOf(form, report, pointersOf(cells));
  if (plain === undefined) return [];
  const others = alternatives.map((row) => sumOf(form, report, pointersOf(cellsOf(form, { section, row, column }))));
  // A total that is not the sum of its parts has a finding of its own.
  const totals = totalsByPointer(form);
  const parts = pointersOf(cells).flatMap((pointer) => totals.get(pointer)?.parts ?? [pointer]);
  return [plain, ...others.map((other) => other ?? plain), sumOf(form, report, parts) ?? plain];
}

/** The label of a cell, or what the labels of several have in common; of rows that are counted together, all. */
function labelOf({ cells, row }: Mention, key: "label" | "labelEn", slash: string, and: string): string {
  const labels = cells.map((cell) => cell[key]);
  if (row.includes("+")) return labels.join(and);
  const common = labels
    .map((label) => label.split(slash))
    .reduce((shared, parts) => shared.filter((part) => parts.includes(part)))
    .join(slash);
  // The last part, which the labels do not share, ends with the quotation mark of all.
  return labels[0]!.endsWith("”") && !common.endsWith("”") ? `${common}”` : common;
}

/** The sentence around what it states. */
function quote(text: string, { at, end, sentence }: Mention): string {
  const from = at - sentence > 32 ? at - 24 : sentence;
  const stop = end + text.slice(end, end + 9).search(/[。！？!?]|$/);
  const to = Math.min(end + 8, stop);
  const cut = text.slice(from, to).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
  return visible(`${from > sentence ? "…" : ""}${cut.trim()}${to < stop ? "…" : ""}`);
}

/** The region that an organ's report is on, where it is a government's or its office's. */
const REGION = /([省市县区州旗盟乡镇])(?:人民政府(?:办公[室厅])?)?$/;

/** Whether what a sentence states may be of more than the organ's own report: 全市 in a bureau's. */
function isOfWider(said: string, organ: string): boolean {
  const own = REGION.exec(organ)?.[1];
  return organ !== "" && [...said.matchAll(/[全我本]([省市县区州旗盟乡镇])/gu)].some(([, region]) => region !== own);
}

/**
 * The narrative states no figure that the tables contradict; stands on the report, or on `{ report, previous }` where
 * it is about growth. A figure that is contradicted by no plausible reading alone is found.
 */
export function check(value: unknown, { edition, growth, rules }: CountsParameter): Finding[] {
  const form = formOf(edition);
  if (!form) throw new Error(`no edition ${edition}`);
  const [report, previous] = growth ? [getCell(value, "/report"), getCell(value, "/previous")] : [value];
  const [year, organ] = [getCell(report, "/year"), getCell(report, "/organ/name")];
  const known = new Map<string, { readonly now: readonly number[]; readonly before: number | undefined }>();
  const figuresOf = (mention: Mention) => {
    const key = [mention.path, ...(mention.alternatives ?? [])].join();
    const figures = known.get(key) ?? {
      now: readingsOf(form, report, mention),
      before: sumOf(form, previous, pointersOf(mention.cells)),
    };
    known.set(key, figures);
    return figures;
  };

  const findingOf = (mention: Mention, pointer: string, text: string): Finding[] => {
    const { path, measure, value: stated, step, cells } = mention;
    const { now, before = 0 } = figuresOf(mention);
    const rule = rules.find(({ of }) => growth || of.some((of) => path === of || path.startsWith(`${of}/`)));
    if (!rule || now.length === 0 || growth !== (measure !== "") || (measure === "%" && before === 0)) return [];
    const expected = now.map((figure) =>
      measure === "" ? figure : (figure - before) / (measure === "%" ? before / 100 : 1),
    );
    // Rounded or cut off, a figure is less than one of its last digit away.
    if (expected.some((figure) => Math.abs(figure - stated) < step - 1e-9)) return [];
    const [label, labelEn] = [labelOf(mention, "label", "／", "与"), labelOf(mention, "labelEn", " / ", " and ")];
    const quoted = quote(text, mention);
    const grown = measure && `${Number(expected[0]!.toFixed(2))}${measure === "%" ? "%" : ""}`;
    const zh = growth ? `上年为${before}、本年为${now[0]}，变化为${grown}` : `为${now[0]}`;
    const en = growth ? ` was ${before} last year and is ${now[0]}, a change of ${grown}` : ` is ${now[0]}`;
    const each = (of: "previous" | undefined): FindingCell[] =>
      cells.map((cell) => ({
        pointer: cell.pointer,
        label: cell.label,
        value: sumOf(form, of ? previous : report, [cell.pointer])!,
        ...(of ? { of } : {}),
      }));
    return [
      {
        id: rule.id,
        level: rule.level,
        message: `正文“${quoted}”与表不符：${label}${cells.length > 1 ? "合计" : ""}${zh}`,
        messageEn: `The narrative says “${quoted}”, but ${labelEn}${en}`,
        cells: [{ pointer, label: "文字", value: stated }, ...each(undefined), ...(growth ? each("previous") : [])],
      },
    ];
  };

  if (!Number.isSafeInteger(year)) return [];
  const author = { year: year as number, organ: typeof organ === "string" ? organ : "" };
  return narrativeTexts(report).flatMap(({ pointer, text }) =>
    countsIn(text, form, author)
      .filter(({ sentence, end }) => !isOfWider(text.slice(sentence, end), author.organ))
      .flatMap((mention) => findingOf(mention, pointer, text)),
  );
}

export const keyword: Keyword = {
  name: "counts",
  type: "object",
  file: "counts.ts",
  check,
  value(form, { on }): CountsParameter | undefined {
    if (on !== "report" && on !== "comparison") return undefined;
    const growth = on === "comparison";
    const rules = form.rules
      .filter((rule) => rule.keyword === "counts" && growth === (rule.needs === "previous"))
      .map(({ id, level, section, rows }) => ({
        id,
        level,
        of: Array.isArray(rows) ? rows.map((row) => `${section}/${row}`) : section ? [section] : [],
      }));
    const depth = (rule: { readonly of: readonly string[] }) => rule.of[0]?.split("/").length ?? 0;
    const ordered = rules.toSorted((a, b) => depth(b) - depth(a));
    return rules.length === 0 ? undefined : { edition: form.edition, growth, rules: ordered };
  },
  says({ needs, section, rows }, form) {
    if (needs)
      return {
        zh: "正文里写的同比增减（同比增长N%、比上年减少N件）与两年的表不符",
        en: "the narrative states what a figure grew or shrank by (同比增长N%, 比上年减少N件), and the two years' tables say otherwise",
      };
    const table = form.sections.find(({ key }) => key === section)!;
    const within = Array.isArray(rows) ? `${rows.join(", ")} of ` : "";
    return {
      zh: `正文里写的件数与${table.kind === "table" ? table.table : table.label}不符`,
      en: `the narrative states a count (${within}${table.en}) that the table contradicts, with both quoted`,
    };
  },
  mends: ({ needs }) =>
    needs
      ? {
          zh: "重新计算增减，改正正文或者填错的数",
          en: "work the change out again, and correct the text or the wrong figure",
        }
      : {
          zh: "对照台账改正正文或者表格里写错的一处，使两处一致；口径不同的，在正文里写明",
          en: "correct the text or the table by the records, so that they agree; say in the text where it counts otherwise",
        },
};
