/** 整改通知: what an organ is to correct in its reports, for the superior office to date, sign and send. */

import type { Finding, Level } from "../basics/finding.ts";
import { sentence } from "../basics/sentence.ts";
import { visible } from "../basics/visible.ts";
import type { Block } from "../compose/blocks.ts";
import { chineseNumeral } from "../compose/numerals.ts";
import type { EditionForm } from "../form/form.ts";
import { formForYear, forms } from "../form/forms.ts";
import { printedTitle } from "../form/title.ts";
import { furtherRules, type Rule, rulesOf } from "../rules/catalogue.ts";
import { type FileSummary, type FindingsOf, isOfContent, LEVELS, type OrganSummary } from "./summary.ts";
import { cellsOf, nameOf } from "./words.ts";

export interface Notice {
  readonly title: string;
  /** Whom it is to. */
  readonly organ: string;
  readonly blocks: readonly Block[];
}

/** What is left to the office that sends it: this program knows neither its name nor its days. */
const OFFICE = "（印发单位）";
const DATE = "＿＿＿＿年＿＿月＿＿日";

/** What becomes of findings of a level. */
const SEVERITY: Readonly<Record<Level, string>> = {
  error: "错误，改正后才能公布",
  warning: "须核实的问题，改正或者书面说明原因",
  information: "提示，供参考，不必答复",
};

/** Of one finding; a row of a table has no more. */
const MAX_CELLS = 20;

const further: readonly Rule[] = Object.values(furtherRules).flat();
const ruleIn = (form: EditionForm | undefined, id: string): Rule | undefined =>
  [...(form ? [form] : []), ...forms.toReversed()].flatMap(rulesOf).find((rule) => rule.id === id) ??
  further.find((rule) => rule.id === id);

/** The findings of one rule at one level. */
interface Point {
  readonly id: string;
  readonly rule: Rule | undefined;
  readonly findings: readonly Finding[];
}

/** What the organ is told of: what it can do something about, and of what only informs what its report says. */
function pointsOf(findings: readonly Finding[], level: Level, form: EditionForm | undefined): Point[] {
  const byId = Map.groupBy(
    findings.filter((finding) => finding.level === level && (level !== "information" || isOfContent(finding.id))),
    ({ id }) => id,
  );
  return [...byId]
    .map(([id, found]): Point => ({ id, rule: ruleIn(form, id), findings: found }))
    .filter(({ rule }) => rule === undefined || rule.mends !== undefined);
}

const paragraph = (text: string): Block => ({ kind: "paragraph", text });

function pointBlocks({ id, rule, findings }: Point, number: number, anchor: string): Block[] {
  const found = findings.flatMap((finding, i): Block[] => {
    const cells = cellsOf(finding, MAX_CELLS);
    const counted = findings.length > 1 ? `（${i + 1}）` : "";
    return [
      paragraph(`${counted}${sentence(visible(finding.message))}`),
      ...(cells === "" ? [] : [paragraph(sentence(`位置：${cells}`))]),
    ];
  });
  return [
    { kind: "heading", level: 3, number: `${number}.`, text: `${rule?.says.zh ?? "其他问题"}（${id}）`, id: anchor },
    ...found,
    ...(rule?.mends ? [paragraph(sentence(`怎么改：${rule.mends.zh}`))] : []),
  ];
}

interface Part {
  readonly file: FileSummary;
  readonly levels: readonly { readonly level: Level; readonly points: readonly Point[] }[];
}

function partOf(file: FileSummary, findingsOf: FindingsOf): Part {
  const form = file.year === undefined ? undefined : formForYear(file.year);
  const findings = findingsOf(file);
  const levels = LEVELS.map((level) => ({ level, points: pointsOf(findings, level, form) }));
  return { file, levels: levels.filter(({ points }) => points.length > 0) };
}

const reportName = ({ year }: FileSummary): string => {
  const form = year === undefined ? undefined : formForYear(year);
  return form && year !== undefined ? printedTitle(form.edition, year) : "政府信息公开工作年度报告（没有读出年度）";
};

function partBlocks({ file, levels }: Part, at: number): Block[] {
  const id = `report-${at + 1}`;
  let number = 0;
  const list = levels.flatMap(({ level, points }, i): Block[] => {
    const count = points.reduce((sum, { findings }) => sum + findings.length, 0);
    return [
      {
        kind: "heading",
        level: 2,
        number: `（${chineseNumeral(i + 1)}）`,
        text: `${SEVERITY[level]}（${count}处）`,
        id: `${id}-${level}`,
      },
      ...points.flatMap((point) => {
        number += 1;
        return pointBlocks(point, number, `${id}-${number}`);
      }),
    ];
  });
  return [
    { kind: "heading", level: 1, number: `${chineseNumeral(at + 1)}、`, text: reportName(file), id },
    paragraph(`核查的文件：${visible(file.path)}。`),
    ...list,
  ];
}

/**
 * The notice to an organ: for each of its reports, by severity and by rule, what is wrong, where, and what is to be done.
 * @returns undefined where nothing has to be corrected or explained
 */
export function noticeOf(organ: OrganSummary, findingsOf: FindingsOf): Notice | undefined {
  const parts = organ.files
    .filter(({ outcome }) => outcome !== "same")
    .map((file) => partOf(file, findingsOf))
    .filter(({ levels }) => levels.some(({ level }) => level !== "information"));
  if (parts.length === 0) return undefined;
  const name = visible(nameOf(organ));
  const title = "关于政府信息公开工作年度报告整改的通知";
  return {
    title,
    organ: name,
    blocks: [
      { kind: "title", lines: [title] },
      { kind: "paragraph", text: `${name}：`, flush: true },
      paragraph("经核查，你单位报送的政府信息公开工作年度报告有以下问题，现予通知，请逐项核实、整改。"),
      ...parts.flatMap(partBlocks),
      paragraph(`请于${DATE}前完成整改，将改正后的报告和有关说明报送我单位。`),
      { kind: "signature", organ: OFFICE, date: DATE },
    ],
  };
}
