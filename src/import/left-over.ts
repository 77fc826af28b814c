/** What of a file is nowhere in the report. */

import type { Finding } from "../basics/finding.ts";
import { type EditionForm, tablesOf } from "../form/form.ts";
import type { FormLabels } from "../form/label-index.ts";
import type { LeftOut } from "./account.ts";
import type { SourceDocument } from "./document.ts";
import { about, quoted, remark } from "./findings.ts";
import type { Line } from "./lines.ts";
import type { Outline } from "./outline/outline.ts";
import type { Scan } from "./tables/scan.ts";
import { isFormText, straysIn } from "./unaccounted.ts";

export interface LeftOver {
  readonly leftOut: readonly LeftOut[];
  readonly findings: readonly Finding[];
}

const textOf = (line: Line): string =>
  line.kind === "text" ? line.text : line.cells.map(({ text }) => text).join("　");

/** What sites say at the foot of every page. */
const OF_SITE = /版权所有|网站标识|浏览器|转载|备案号|免责声明|ICP/u;
/** A paragraph that may have been part of the report. */
const isProse = (line: Line): boolean =>
  line.kind === "text" &&
  !line.aside &&
  line.text.trim().length >= 12 &&
  /[。；！]\s*$/u.test(line.text) &&
  !OF_SITE.test(line.text);

/** What the parts of a report are looked through for what has no place in it. */
export interface Found {
  readonly document: SourceDocument;
  readonly form: EditionForm;
  readonly lines: readonly Line[];
  readonly scan: Scan;
  readonly outline: Outline;
  readonly labels: FormLabels;
}

/** A text that was left out, with the finding that says so. */
const omitted = (text: string, where: string, finding: Finding): LeftOver => ({
  leftOut: [{ text, where }],
  findings: [finding],
});

/** Rows of tables, and cells of them, that the form has no place for. */
function unplacedRows({ form: { edition }, lines, scan, outline }: Found, tables: ReadonlySet<Line>): LeftOver[] {
  const outside = new Set(outline.outside);
  const ofTables = new Set([...tables].flatMap((line) => (line.kind === "row" ? [line.table] : [])));
  return scan.unplaced.flatMap(({ at, text, figures, below }) => {
    const line = lines[at]!;
    if (outside.has(line) && !(line.kind === "row" && ofTables.has(line.table))) return [];
    const { zh, en } = line.where;
    return omitted(
      text,
      zh,
      remark(
        "I-UNPLACED",
        figures ? "error" : "warning",
        `${zh}${below ? `（“${quoted(below)}”的下一行）` : ""}“${quoted(text)}”在${edition}年版格式里没有位置，没有填入`,
        `${en}${below ? ` (below “${quoted(below)}”)` : ""}, “${quoted(text)}”, has no place in edition ${edition} of the form and was left out`,
      ),
    );
  });
}

/** Texts in the form's tables that are none of its words. */
const strayTexts = ({ lines, scan, labels }: Found): LeftOver[] =>
  straysIn(lines, scan, labels).map(({ line: { where }, text }) =>
    omitted(
      text,
      where.zh,
      remark(
        "I-UNPLACED",
        "warning",
        `${where.zh}有文字“${quoted(text)}”，不是格式里的项目，没有填入`,
        `${where.en} has “${quoted(text)}”, which is none of the form's words, and was left out`,
      ),
    ),
  );

/** Texts beside the tables of a section that are no paragraphs; `placed` are those that are. */
function textsBesideTables({ document, form, outline, labels }: Found, placed: ReadonlySet<Line>): LeftOver[] {
  return tablesOf(form).flatMap((section) =>
    (outline.sections.get(section.key) ?? [])
      .filter((line) => !placed.has(line) && !isFormText(line.text, document.format, labels))
      .map(({ text, where }) =>
        omitted(
          text.trim(),
          where.zh,
          remark(
            "I-UNPLACED",
            "warning",
            `“${section.number}、${section.label}”里除表格外还有文字“${quoted(text)}”，不像是一段说明，没有放进报告`,
            `“${section.en}” has a text beside its table, “${quoted(text)}”, that is no paragraph and was left out`,
          ),
        ),
      ),
  );
}

/** Rows whose columns have no heads. */
function headlessRows({ lines, scan: { headless } }: Found): Finding[] {
  if (headless.length === 0) return [];
  const placesIn = (language: "zh" | "en"): string[] => [...new Set(headless.map((at) => lines[at]!.where[language]))];
  const [zh, en] = [placesIn("zh"), placesIn("en")];
  return [
    remark(
      "I-HEADS",
      "warning",
      `${zh[0]}起${zh.length}行没有列标题，各格按格式的次序填入`,
      `${en.length} rows from ${en[0]} on have no heads of columns; their figures were taken in the form's order`,
    ),
  ];
}

/** Rows under a group that is not theirs. */
const rowsAstray = ({ lines, scan }: Found): Finding[] =>
  scan.astray.map(({ at, row, group }) => {
    const { where } = lines[at]!;
    return about(
      "I-GROUP",
      "warning",
      row.cells,
      `${where.zh}“${row.label}”在“${quoted(group)}”之下，格式里不是这样；按行标题填入，请核对`,
      `${where.en}, “${row.label}”, is under “${quoted(group)}”, which it is not in the form; it was taken by its own label`,
    );
  });

const paragraphsAfter = (after: ReadonlySet<Line>): LeftOver[] =>
  [...after].map((line) =>
    omitted(
      textOf(line).trim(),
      line.where.zh,
      remark(
        "I-UNPLACED",
        "warning",
        `落款之后还有一段文字“${quoted(textOf(line))}”，没有放进报告`,
        `A paragraph after the signature, “${quoted(textOf(line))}”, was left out`,
      ),
    ),
  );

/** What lies around the report, counted. */
function surroundings(lines: readonly Line[]): LeftOut[] {
  const around = lines.filter((line) => textOf(line).trim() !== "");
  if (around.length === 0) return [];
  const characters = around.reduce((sum, line) => sum + [...textOf(line)].length, 0);
  return [{ text: `报告以外的文字${around.length}处，共${characters}字`, where: "标题之前、落款之后和导航里" }];
}

/**
 * Lists rows and texts between title and signature that found no place, and counts what lies around.
 * @param placed the lines of text that are in the report, beside its tables
 */
export function leftOver(found: Found, placed: ReadonlySet<Line>): LeftOver {
  const { document, lines, scan, outline } = found;
  // A document of this system has nothing in its tables and after its signature but what this system put there.
  const foreign = !document.own;
  const tables = new Set([...scan.sections.values()].flat().map((at) => lines[at]!));
  const after = new Set(foreign ? lines.slice(outline.to).filter(isProse) : []);
  const inside = [
    ...unplacedRows(found, tables),
    ...(foreign ? strayTexts(found) : []),
    ...(foreign ? textsBesideTables(found, placed) : []),
  ];
  const behind = paragraphsAfter(after);
  return {
    leftOut: [
      ...[...inside, ...behind].flatMap(({ leftOut }) => leftOut),
      ...surroundings([...new Set(outline.outside)].filter((line) => !after.has(line) && !tables.has(line))),
    ],
    findings: [
      ...inside.flatMap(({ findings }) => findings),
      ...headlessRows(found),
      ...rowsAstray(found),
      ...behind.flatMap(({ findings }) => findings),
    ],
  };
}
