import { sentence } from "../basics/sentence.ts";
import type { Difference } from "../check/differences.ts";
import type { Block, TableRow } from "./blocks.ts";
import { signatureDate } from "./numerals.ts";

/** Why a published version gives way to another. */
export interface Correction {
  readonly version: number;
  readonly supersedes: number;
  /** ISO date of the publication that is corrected. */
  readonly supersededDate: string;
  readonly reason: string;
  readonly differences: readonly Difference[];
}

/** A text that is put in or taken out is quoted up to here; the whole is in the data. */
const QUOTED = 60;
const quoted = (text: string | null): string => {
  if (text === null) return "（无）";
  const characters = [...text.replaceAll("\n", "　")];
  return characters.length > QUOTED ? `${characters.slice(0, QUOTED).join("")}……` : characters.join("");
};

const isFigure = ({ before, after }: Difference): boolean =>
  [before, after].every((text) => text === null || /^[+-]?[\d.]+(元|万元)?$/.test(text));

/** 更正说明, on a page of its own at the end: which version is corrected, and why. */
export const correctionNotice = ({ version, supersedes, supersededDate, reason }: Correction): Block[] => [
  { kind: "heading", level: 1, number: "", text: "更正说明", id: "correction", newPage: true },
  {
    kind: "paragraph",
    text: `本报告为第${version}版，更正${signatureDate(supersededDate)}公布的第${supersedes}版。更正理由：${sentence(reason)}`,
  },
];

/** 更正说明 with every difference in a sentence, for the printed page. */
export function composeCorrection(correction: Correction): Block[] {
  const { differences } = correction;
  const sentences = differences.map((d) =>
    isFigure(d)
      ? sentence(`${d.label}，原为${d.before ?? "（无）"}，更正为${d.after ?? "（无）"}`)
      : sentence(`${d.label}，原文“${quoted(d.before)}”，更正为“${quoted(d.after)}”`),
  );
  return [
    ...correctionNotice(correction),
    { kind: "paragraph", text: differences.length > 0 ? `更正内容共${differences.length}处：` : "内容没有改动。" },
    ...sentences.map((text): Block => ({ kind: "paragraph", text })),
  ];
}

/** The differences as a table, for a page that can hold any number of them. */
export function differencesTable(list: readonly Difference[]): Block {
  const row = (d: Difference): TableRow => ({
    cells: [
      { role: "rowHeader", text: d.label },
      { role: "data", text: d.before ?? "（无）" },
      { role: "data", text: d.after ?? "（无）" },
    ],
  });
  return {
    kind: "table",
    id: "differences",
    label: "更正前后对照",
    columns: [{ role: "label", width: 130 }, { role: "number" }, { role: "number" }],
    parts: [
      {
        head: [
          {
            cells: ["项目", "更正前", "更正后"].map((text) => ({ role: "columnHeader" as const, text })),
          },
        ],
        body: list.map(row),
      },
    ],
  };
}

/** Whose report is withdrawn, and why. */
export interface Withdrawal {
  readonly organ: string;
  readonly year: number;
  readonly supersedes: number;
  readonly supersededDate: string;
  readonly reason: string;
  /** ISO date of the withdrawal. */
  readonly date: string;
}

/** Which version was taken out of the public, and why. */
export interface Redaction {
  readonly organ: string;
  readonly year: number;
  readonly version: number;
  /** ISO date of the version's publication. */
  readonly publishedDate: string;
  readonly reason: string;
  /** ISO date of the redaction. */
  readonly date: string;
}

/** What stands in the place of a version that was taken out of the public. */
export const composeRedaction = (r: Redaction): Block[] => [
  { kind: "title", lines: [r.organ, `${r.year}年政府信息公开工作年度报告（第${r.version}版）撤下说明`] },
  {
    kind: "paragraph",
    text: `${signatureDate(r.publishedDate)}公布的${r.year}年政府信息公开工作年度报告第${r.version}版，已被后一版取代，其内容现已撤下，不再公开。撤下理由：${sentence(r.reason)}`,
  },
  { kind: "paragraph", text: "公布记录和各文件的哈希值仍予保留，供查验。现行的一版不受影响。" },
  { kind: "signature", organ: r.organ, date: signatureDate(r.date) },
];

/** What stands in the place of a report that was withdrawn. */
export const composeWithdrawal = (w: Withdrawal): Block[] => [
  { kind: "title", lines: [w.organ, `${w.year}年政府信息公开工作年度报告撤回说明`] },
  {
    kind: "paragraph",
    text: `${signatureDate(w.supersededDate)}公布的${w.year}年政府信息公开工作年度报告（第${w.supersedes}版）已经撤回。撤回理由：${sentence(w.reason)}`,
  },
  { kind: "paragraph", text: "已公布的各版仍按原网址保存，供查验。" },
  { kind: "signature", organ: w.organ, date: signatureDate(w.date) },
];
