/** Whose report it is, of which year, of which date, and where the file says so. */

import type { Finding } from "../basics/finding.ts";
import { usccCheckCharacter } from "../rules/check-character.ts";
import type { ImportOptions } from "./account.ts";
import type { SourceDocument } from "./document.ts";
import { quoted, remark } from "./findings.ts";
import type { Line } from "./lines.ts";
import type { Outline } from "./outline/outline.ts";
import { bare, tidy } from "./outline/text.ts";
import { type Title, titleWithin } from "./outline/title.ts";

export interface Identity {
  readonly year?: number;
  readonly organ?: string;
  readonly uscc?: string;
  readonly signed?: string;
  readonly findings: readonly Finding[];
}

const YEAR = ["/year", "报告年度"] as const;
const ORGAN = ["/organ/name", "机关名称"] as const;
const USCC = ["/organ/uscc", "统一社会信用代码"] as const;
const SIGNED = ["/signed", "成文日期"] as const;

/** A title somewhere else than over the report, with what it was found in. */
function otherTitle(
  document: SourceDocument,
  options: ImportOptions,
): (Title & { zh: string; en: string }) | undefined {
  for (const [text, zh, en] of [
    [document.title, "网页或文件的标题属性", "the title that the file gives itself"],
    [options.name, "文件名", "the file's name"],
  ] as const) {
    const title = text === undefined ? undefined : titleWithin(text);
    if (title) return { ...title, zh: `${zh}“${quoted(text!)}”`, en: `${en}, “${quoted(text!)}”` };
  }
  return undefined;
}

/** The codes in the text whose check character is right. */
function codesIn(lines: readonly Line[]): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const line of lines) {
    const text = line.kind === "text" ? line.text : line.cells.map((cell) => cell.text).join(" ");
    for (const [code] of text.normalize("NFKC").matchAll(/\b[0-9A-HJ-NPQRTUWXY]{18}\b/g))
      if (usccCheckCharacter(code) === code[17]) codes.add(code);
  }
  return codes;
}

/** Finds out year, organ, code and date; what the one who imports says goes before what the file says. */
export function identify(
  document: SourceDocument,
  lines: readonly Line[],
  outline: Outline,
  options: ImportOptions,
): Identity {
  const findings: Finding[] = [];
  const { own } = document;
  const elsewhere = otherTitle(document, options);
  const { title, signature } = outline;
  if (!title && !own)
    findings.push(
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
    );

  const two = own ? undefined : (title ?? elsewhere)?.otherYear;
  const filedYear = own?.year ?? (title ?? elsewhere)?.year;
  // Of two years neither is taken.
  const year = options.year ?? (two === undefined ? filedYear : undefined);
  if (year === undefined && two !== undefined)
    findings.push(
      remark(
        "I-YEAR",
        "error",
        `标题里有两个年度（${two}年和${filedYear}年），不能断定是哪一年度`,
        `The title names two years, ${two} and ${filedYear}; which is the report's cannot be told`,
        ...YEAR,
      ),
    );
  else if (year === undefined)
    findings.push(remark("I-YEAR", "error", "没有找到报告年度", "The year was not found", ...YEAR));
  else if (filedYear !== undefined && filedYear !== year)
    findings.push(
      remark(
        "I-YEAR",
        "warning",
        `文件写的是${filedYear}年度，按指定取${year}年度`,
        `The file says ${filedYear}; ${year} was taken as told`,
        ...YEAR,
      ),
    );
  else if (title && elsewhere && elsewhere.year !== title.year && options.year === undefined)
    findings.push(
      remark(
        "I-YEAR",
        "warning",
        `标题是${title.year}年度，${elsewhere.zh}是${elsewhere.year}年度，取${year}年度`,
        `The title says ${title.year}, ${elsewhere.en} says ${elsewhere.year}; ${year} was taken`,
        ...YEAR,
      ),
    );

  const titled = title?.organ ?? outline.otherTitles.findLast((t) => t.organ && t.year === title?.year)?.organ;
  const signing = signature?.organ;
  const fallback = titled ?? signing ?? elsewhere?.organ;
  // A title has the place alone where the signature has the organ: 杭州市 of 杭州市人民政府.
  const longer = titled && signing && bare(signing).startsWith(bare(titled)) ? signing : fallback;
  const filed = own?.organ ?? (longer === undefined ? undefined : tidy(longer));
  const organ = options.organ ?? filed;
  if (organ === undefined)
    findings.push(remark("I-ORGAN", "error", "没有找到机关名称", "The organ's name was not found", ...ORGAN));
  else if (options.organ !== undefined && filed !== undefined && bare(filed) !== bare(options.organ))
    findings.push(
      remark(
        "I-ORGAN",
        "warning",
        `文件里的机关名称是“${filed}”，按指定取“${organ}”`,
        `The file names “${filed}”; “${organ}” was taken as told`,
        ...ORGAN,
      ),
    );
  else if (options.organ === undefined && titled && signing && bare(titled) !== bare(signing))
    findings.push(
      remark(
        "I-ORGAN",
        "warning",
        `标题里的机关是“${titled}”，落款是“${signing}”，取“${organ}”`,
        `The title names “${titled}” and the signature “${signing}”; “${organ}” was taken`,
        ...ORGAN,
      ),
    );
  else if (options.organ === undefined && !own && !titled && signing)
    findings.push(
      remark(
        "I-ORGAN",
        "warning",
        `标题里没有机关名称，按落款取“${organ}”`,
        `The title names no organ; “${organ}” was taken from the signature`,
        ...ORGAN,
      ),
    );

  let uscc = options.uscc ?? own?.uscc ?? document.uscc;
  if (uscc === undefined) {
    const codes = [...codesIn(lines)];
    const listed = codes.slice(0, 3).join("、");
    // Of several it may be anybody's.
    if (codes.length === 1) uscc = listed;
    const [level, zh, en] = uscc
      ? ([
          "information",
          `统一社会信用代码${uscc}取自文中`,
          `The unified social credit code ${uscc} is from the text`,
        ] as const)
      : codes.length > 1
        ? ([
            "warning",
            `文中有${codes.length}个统一社会信用代码（${listed}），不能断定是哪个机关的，请补上`,
            `The text has ${codes.length} unified social credit codes (${listed}), and it cannot be told whose; please add it`,
          ] as const)
        : ([
            "warning",
            "文件里没有统一社会信用代码，请补上",
            "The file does not state the unified social credit code; please add it",
          ] as const);
    findings.push(remark("I-USCC", level, zh, en, ...USCC));
  }

  const dated = own?.signed ?? signature?.date;
  const signed = options.signed ?? dated;
  if (signed === undefined)
    findings.push(
      remark(
        "I-SIGNED",
        "error",
        "没有找到成文日期（落款的年月日）",
        "The date of signing was not found at the end",
        ...SIGNED,
      ),
    );
  else if (dated !== undefined && dated !== signed)
    findings.push(
      remark(
        "I-SIGNED",
        "warning",
        `文件的成文日期是${dated}，按指定取${signed}`,
        `The file is dated ${dated}; ${signed} was taken as told`,
        ...SIGNED,
      ),
    );
  return {
    findings,
    ...(year === undefined ? {} : { year }),
    ...(organ === undefined ? {} : { organ }),
    ...(uscc === undefined ? {} : { uscc }),
    ...(signed === undefined ? {} : { signed }),
  };
}
