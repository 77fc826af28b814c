/** Whose report it is, of which year, of which date, and where the file says so. */

import type { Finding } from "../../basics/finding.ts";
import type { ImportOptions, Offer } from "../account.ts";
import type { SourceDocument } from "../document.ts";
import { remark } from "../findings.ts";
import type { Line } from "../lines.ts";
import type { Outline } from "../outline/outline.ts";
import type { Title } from "../outline/title.ts";
import { type Claim, nameYear, otherOrgan, otherTitle, periodYear, publicationDay } from "./claims.ts";
import { codeIn } from "./code.ts";
import { organOf } from "./organ.ts";
import { yearOf } from "./year.ts";

export interface Identity {
  readonly year?: number;
  readonly organ?: string;
  readonly uscc?: string;
  readonly signed?: string;
  readonly findings: readonly Finding[];
  readonly offers: readonly Offer[];
}

function titleFindings({ own }: SourceDocument, { title }: Outline, elsewhere: Claim<Title> | undefined): Finding[] {
  if (title || own) return [];
  return [
    elsewhere
      ? remark(
          "I-TITLE",
          "warning",
          `正文里没有报告标题，取自${elsewhere.zh}`,
          `The text has no title; it was taken from ${elsewhere.en}`,
        )
      : remark(
          "I-TITLE",
          "error",
          "没有找到报告标题（……年政府信息公开工作年度报告）",
          "No title of a report was found",
        ),
  ];
}

/** The 成文日期: of the signature; a day on which the page was published is offered, for it may be another. */
function signing(
  document: SourceDocument,
  outline: Outline,
  given: string | undefined,
): Pick<Identity, "signed" | "findings" | "offers"> {
  const remarked = (level: Finding["level"], zh: string, en: string): readonly Finding[] => [
    remark("I-SIGNED", level, zh, en, "/signed", "成文日期"),
  ];
  const dated = document.own?.signed ?? outline.signature?.date;
  const signed = given ?? dated;
  if (signed === undefined) {
    const day = publicationDay(document, outline);
    return {
      findings: remarked(
        "error",
        `没有找到成文日期（落款的年月日）${day ? `；${day.zh}是${day.value}，如果就是成文日期，请确认后采用` : ""}`,
        `The date of signing was not found at the end${day ? `; ${day.en} says ${day.value}: please confirm that it is the same day` : ""}`,
      ),
      offers: day ? [{ pointer: "/signed", value: day.value, source: day.zh, sourceEn: day.en }] : [],
    };
  }
  if (dated === undefined || dated === signed) return { signed, findings: [], offers: [] };
  const findings = remarked(
    "warning",
    `文件的成文日期是${dated}，按指定取${signed}`,
    `The file is dated ${dated}; ${signed} was taken as told`,
  );
  return { signed, findings, offers: [] };
}

/** Finds out year, organ, code and date; what the import was asked to take goes before what the file states. */
export function identify(
  document: SourceDocument,
  lines: readonly Line[],
  outline: Outline,
  options: ImportOptions,
): Identity {
  const { own } = document;
  const { title, signature } = outline;
  const elsewhere = otherTitle(document, options);
  const year = yearOf({
    given: options.year,
    own: own?.year,
    title,
    elsewhere,
    period: periodYear(lines),
    name: nameYear(options.name),
  });
  const organ = organOf({
    given: options.organ,
    own: own?.organ,
    titled: title?.organ ?? outline.otherTitles.findLast((t) => t.organ && t.year === title?.year)?.organ,
    signing: signature?.organ,
    elsewhere: elsewhere?.value.organ,
    around: otherOrgan(document, lines, outline),
  });
  const known = options.uscc ?? own?.uscc ?? document.uscc;
  const code = known === undefined ? codeIn(lines) : { uscc: known, findings: [] };
  const date = signing(document, outline, options.signed);
  return {
    findings: [
      ...titleFindings(document, outline, elsewhere),
      ...year.findings,
      ...organ.findings,
      ...code.findings,
      ...date.findings,
    ],
    offers: date.offers,
    ...(year.year === undefined ? {} : { year: year.year }),
    ...(organ.organ === undefined ? {} : { organ: organ.organ }),
    ...(code.uscc === undefined ? {} : { uscc: code.uscc }),
    ...(date.signed === undefined ? {} : { signed: date.signed }),
  };
}
