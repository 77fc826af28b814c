/** What of a file is nowhere in the report. */

import type { Finding } from "../basics/finding.ts";
import type { EditionForm } from "../form/form.ts";
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

/** Lists rows and texts between title and signature that found no place, and counts what lies around. */
export function leftOver(
  document: SourceDocument,
  form: EditionForm,
  lines: readonly Line[],
  found: Scan,
  outline: Outline,
  placed: ReadonlySet<Line>,
): LeftOver {
  const leftOut: LeftOut[] = [];
  const findings: Finding[] = [];
  const outside = new Set(outline.outside);
  const ofTables = new Set([...found.sections.values()].flat().map((at) => lines[at]!));
  const tables = new Set([...ofTables].flatMap((line) => (line.kind === "row" ? [line.table] : [])));
  for (const { at, text, figures, below } of found.unplaced) {
    const line = lines[at]!;
    if (outside.has(line) && !(line.kind === "row" && tables.has(line.table))) continue;
    leftOut.push({ text, where: line.where.zh });
    findings.push(
      remark(
        "I-UNPLACED",
        figures ? "error" : "warning",
        `${line.where.zh}${below ? `（“${quoted(below)}”的下一行）` : ""}“${quoted(text)}”在${form.edition}年版格式里没有位置，没有填入`,
        `${line.where.en}${below ? ` (below “${quoted(below)}”)` : ""}, “${quoted(text)}”, has no place in edition ${form.edition} of the form and was left out`,
      ),
    );
  }
  for (const { line, text } of document.own ? [] : straysIn(lines, found)) {
    leftOut.push({ text, where: line.where.zh });
    findings.push(
      remark(
        "I-UNPLACED",
        "warning",
        `${line.where.zh}有文字“${quoted(text)}”，不是格式里的项目，没有填入`,
        `${line.where.en} has “${quoted(text)}”, which is none of the form's words, and was left out`,
      ),
    );
  }
  for (const section of form.sections) {
    if (section.kind === "narrative" || document.own) continue;
    for (const line of outline.sections.get(section.key) ?? []) {
      const { text, where } = line;
      if (placed.has(line) || isFormText(text, document.format)) continue;
      leftOut.push({ text: text.trim(), where: where.zh });
      findings.push(
        remark(
          "I-UNPLACED",
          "warning",
          `“${section.number}、${section.label}”里除表格外还有文字“${quoted(text)}”，不像是一段说明，没有放进报告`,
          `“${section.en}” has a text beside its table, “${quoted(text)}”, that is no paragraph and was left out`,
        ),
      );
    }
  }
  if (found.headless.length > 0) {
    const [zh, en] = (["zh", "en"] as const).map((lang) => [
      ...new Set(found.headless.map((at) => lines[at]!.where[lang])),
    ]) as [string[], string[]];
    findings.push(
      remark(
        "I-HEADS",
        "warning",
        `${zh[0]}起${zh.length}行没有列标题，各格按格式的次序填入`,
        `${en.length} rows from ${en[0]} on have no heads of columns; their figures were taken in the form's order`,
      ),
    );
  }
  for (const { at, row, group } of found.astray) {
    const { where } = lines[at]!;
    findings.push(
      about(
        "I-GROUP",
        "warning",
        row.cells,
        `${where.zh}“${row.label}”在“${quoted(group)}”之下，格式里不是这样；按行标题填入，请核对`,
        `${where.en}, “${row.label}”, is under “${quoted(group)}”, which it is not in the form; it was taken by its own label`,
      ),
    );
  }
  const after = new Set(document.own ? [] : lines.slice(outline.to).filter(isProse));
  for (const line of after) {
    leftOut.push({ text: textOf(line).trim(), where: line.where.zh });
    findings.push(
      remark(
        "I-UNPLACED",
        "warning",
        `落款之后还有一段文字“${quoted(textOf(line))}”，没有放进报告`,
        `A paragraph after the signature, “${quoted(textOf(line))}”, was left out`,
      ),
    );
  }
  const around = [...outside].filter((line) => !after.has(line) && !ofTables.has(line) && textOf(line).trim() !== "");
  if (around.length > 0) {
    const characters = around.reduce((sum, line) => sum + [...textOf(line)].length, 0);
    leftOut.push({ text: `报告以外的文字${around.length}处，共${characters}字`, where: "标题之前、落款之后和导航里" });
  }
  return { leftOut, findings };
}
