import type { Report } from "../../generated/report.ts";
import type { Block } from "../compose/blocks.ts";
import { compose } from "../compose/compose.ts";
import {
  type Correction,
  composeRedaction,
  composeWithdrawal,
  type Redaction,
  type Withdrawal,
} from "../compose/notices.ts";
import { printedTitle } from "../form/title.ts";
import type { Seal } from "../typeset/signature.ts";

/** What the files of a version are made of: a report, or the notice that stands in one's place. Can be cloned. */
export type Content =
  | { readonly of: "report"; readonly report: Report; readonly seal?: Seal; readonly correction?: Correction }
  | { readonly of: "withdrawal"; readonly uscc: string; readonly withdrawal: Withdrawal }
  | {
      readonly of: "redaction";
      readonly uscc: string;
      readonly redaction: Redaction;
      /** Whether the version has a `correction.json`. */
      readonly withCorrection: boolean;
    };

/** What a document says of itself. */
export interface DocumentMetadata {
  readonly title: string;
  /** The organ. */
  readonly author: string;
  readonly subject: string;
  readonly keywords: readonly string[];
  /** The document's identity, a URN: organ and year. */
  readonly identifier: string;
  /** The 成文日期 (ISO): the only date in the file, so that the same report gives the same bytes. */
  readonly date: string;
}

/** Whose a document is. */
export interface Subject {
  readonly uscc: string;
  readonly organ: string;
  readonly year: number;
}

interface Common {
  readonly subject: Subject;
  readonly metadata: DocumentMetadata;
  /** What it says, without the 更正说明 of a correction, which each format sets as it can. */
  readonly blocks: readonly Block[];
  /** The same as data: `report.json`. */
  readonly source: Uint8Array;
}

/** A report, composed. */
export interface ComposedReport extends Common {
  readonly of: "report";
  readonly report: Report;
  readonly seal?: Seal;
  readonly correction?: Correction;
}

/** A notice in a report's place, composed. */
export interface ComposedNotice extends Common {
  readonly of: "notice";
  /** What became of the report: 撤回 or 撤下. */
  readonly word: string;
  readonly reason: string;
}

/** What every format is written from. */
export type Composed = ComposedReport | ComposedNotice;

/** Data as they are published. */
export const dataFile = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

const identifierOf = ({ uscc, year }: Subject): string => `urn:nianbao:${uscc}:${year}`;

/** What a report's document says of itself. */
export function metadataOf({ organ, edition, year, signed }: Report): DocumentMetadata {
  return {
    title: `${organ.name}${printedTitle(edition, year)}`,
    author: organ.name,
    subject: "政府信息公开工作年度报告",
    keywords: ["政府信息公开", "年度报告", String(year), organ.name, organ.uscc],
    identifier: identifierOf({ uscc: organ.uscc, organ: organ.name, year }),
    date: signed,
  };
}

/** A report, ready to be written. */
export function composedReport(content: Extract<Content, { of: "report" }>): ComposedReport {
  const { report } = content;
  const { organ, year } = report;
  return {
    ...content,
    subject: { uscc: organ.uscc, organ: organ.name, year },
    metadata: metadataOf(report),
    blocks: compose(report),
    source: dataFile(report),
  };
}

function composedNotice(
  { uscc, ...of }: Subject & Pick<Withdrawal, "reason" | "date">,
  word: string,
  /** What the title says after the organ and the year. */
  called: string,
  data: unknown,
  blocks: readonly Block[],
): ComposedNotice {
  const { organ, year, reason, date } = of;
  const subject = { uscc, organ, year };
  return {
    of: "notice",
    subject,
    word,
    reason,
    metadata: {
      title: `${organ}${year}年${called}`,
      author: organ,
      subject: `政府信息公开工作年度报告${word}说明`,
      keywords: ["政府信息公开", "年度报告", word, String(year), organ, uscc],
      identifier: identifierOf(subject),
      date,
    },
    blocks,
    source: dataFile(data),
  };
}

/** What is to be written, composed once for all formats. */
export function composed(content: Content): Composed {
  switch (content.of) {
    case "report":
      return composedReport(content);
    case "withdrawal": {
      const { uscc, withdrawal } = content;
      const { organ, year, reason, supersedes, date } = withdrawal;
      const data = { withdrawn: true, uscc, organ, year, supersedes, reason, date };
      const called = "政府信息公开工作年度报告撤回说明";
      return composedNotice({ uscc, ...withdrawal }, "撤回", called, data, composeWithdrawal(withdrawal));
    }
    case "redaction": {
      const { uscc, redaction } = content;
      const { organ, year, version, reason, date } = redaction;
      const data = { redacted: true, uscc, organ, year, version, reason, date };
      const called = `政府信息公开工作年度报告（第${version}版）撤下说明`;
      return composedNotice({ uscc, ...redaction }, "撤下", called, data, composeRedaction(redaction));
    }
  }
}
