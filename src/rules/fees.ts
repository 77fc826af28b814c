import type { Finding } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import { cellsByPointer, figureAt, getCell } from "../form/cells.ts";
import type { EditionForm, RuleData } from "../form/form.ts";
import { numberAt } from "../narrative/numbers.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { anyOf, proseOf, sentencesOf } from "./prose.ts";

const NAMES = {
  notices: ["收费通知的件数", "notices issued"],
  asked: ["总金额", "the amount charged"],
  paid: ["实际收取的金额", "the amount collected"],
} as const;
type Part = keyof typeof NAMES;
const PARTS = Object.keys(NAMES) as Part[];

/** What the narrative says of the fee. */
interface Fees {
  /** Where that begins. */
  readonly pointer: string;
  readonly sentences: readonly string[];
  /** 件 and 元, where they are given. */
  readonly given: ReadonlyMap<Part, number>;
}

const MONEY = /(?:\d[\d.]{0,20}[万亿]?|[〇零一二两三四五六七八九十百千万]{1,12})元/gu;
const PIECES = /(?:\d{1,9}|[〇零一二两三四五六七八九十百千万]{1,9})[件份次张起笔]/gu;

/** The parts of the fee that sentences give, clause by clause; the larger where one is given twice. */
function givenIn(sentences: readonly string[], paid: RegExp): ReadonlyMap<Part, number> {
  const given = new Map<Part, number>();
  const add = (part: Part, value = 0): void => void given.set(part, Math.max(value, given.get(part) ?? 0));
  for (const clause of sentences.flatMap((s) => s.replace(/(\d),(?=\d{3}(?!\d))/g, "$1").split(/[,、:]/))) {
    for (const { index } of clause.matchAll(MONEY))
      add(paid.test(clause.slice(0, index)) ? "paid" : "asked", numberAt(clause, index)?.value);
    if (/通知|收费|处理费/.test(clause))
      for (const { index } of clause.matchAll(PIECES)) add("notices", numberAt(clause, index)?.value);
  }
  return given;
}

/** What a report says of the fee where the notice asks for it; undefined where it does not. */
function feesOf(report: unknown, form: EditionForm, paid: readonly string[]): Fees | undefined {
  const names = form.rules.find(({ keyword: own }) => own === "mentions");
  if (!names) return undefined;
  const found = proseOf(report)
    .filter(({ section }) => section === names.section)
    .flatMap(({ pointer, text }) =>
      sentencesOf(text).flatMap((sentence) => (anyOf(names.phrases!).test(sentence) ? [{ pointer, sentence }] : [])),
    );
  const sentences = found.map(({ sentence }) => sentence);
  return found[0] && { pointer: found[0].pointer, sentences, given: givenIn(sentences, anyOf(paid)) };
}

type Work = (rule: RuleData, fees: Fees, report: unknown, form: EditionForm) => Finding[];

/** N-FEE-PARTS: of number, amount asked and amount paid, all are given or none. */
const parts: Work = (rule, { pointer, given }) => {
  const missing = PARTS.filter((part) => !given.has(part));
  if (missing.length === 0 || Math.max(0, ...given.values()) === 0) return [];
  return [
    finding(
      rule,
      `信息处理费没有写明${missing.map((part) => NAMES[part][0]).join("、")}`,
      `Of the information-processing fee, ${missing.map((part) => NAMES[part][1]).join(" and ")} are not given`,
      [{ pointer, label: "文字" }],
    ),
  ];
};

/** N-FEE-ROW: the fee is denied, and the table has requests that were ended since it was not paid. */
const row: Work = (rule, { pointer, sentences, given }, report, form) => {
  const denial = sentences.find((sentence) => anyOf(rule.unless!).test(sentence));
  const figure = figureAt(form, report, rule.cell!);
  if (denial === undefined || !figure?.value || [...given.values()].some((value) => value > 0)) return [];
  const { label, labelEn } = cellsByPointer(form).get(rule.cell!)!;
  const shown = visible(shortened(denial, 40));
  return [
    finding(
      rule,
      `正文“${shown}”，${label}却为${figure.value}：有逾期未缴费的申请，就发出过收费通知`,
      `The narrative says “${shown}”, but ${labelEn} is ${figure.value}: a fee that was overdue had been asked for`,
      [
        { pointer, label: "文字" },
        { pointer: rule.cell!, label, value: figure.value },
      ],
    ),
  ];
};

/** T2-FEE: the fee is one of those of 第二十条第（八）项, and no more than all of them. */
const table: Work = (rule, { pointer, given }, report, form) => {
  const [paid = 0, amount] = [given.get("paid"), getCell(report, `${rule.cell}/amount`)];
  if (typeof amount !== "string" || !/^\d{1,15}(\.\d{1,6})?$/.test(amount)) return [];
  const unit = getCell(report, `${rule.cell}/unit`) === "元" ? 1 : 10_000;
  const decimals = amount.split(".")[1]?.length ?? 0;
  // What was rounded to its last decimal may be half of one more.
  const most = (Number(amount) + (decimals > 0 ? 0.5 / 10 ** decimals : 0)) * unit;
  if (paid <= most + 1e-6) return [];
  const { label, labelEn } = cellsByPointer(form).get(rule.cell!)!;
  const shown = `${amount}${unit === 1 ? "元" : "万元"}`;
  return [
    finding(
      rule,
      `正文写实际收取信息处理费${paid}元，多于${label}（${shown}）：信息处理费是其中一项`,
      `The fee of ${paid} yuan that was collected is more than ${labelEn} (${shown}), which includes it`,
      [
        { pointer, label: "文字", value: paid },
        { pointer: rule.cell!, label, value: shown },
      ],
    ),
  ];
};

const WORK: Readonly<Record<string, Work>> = { "N-FEE-PARTS": parts, "N-FEE-ROW": row, "T2-FEE": table };

/** What the narrative states on the 信息处理费 is complete and agrees with the tables; stands on the report. */
export const check = each((report: unknown, rule, form) => {
  const fees = feesOf(report, form, rule.phrases!);
  return fees ? WORK[rule.id]!(rule, fees, report, form) : [];
});

export const keyword: Keyword = {
  name: "fees",
  type: "object",
  file: "fees.ts",
  check,
  value: /* @__PURE__ */ standing("report", "fees"),
  says: ({ id }) =>
    ({
      "N-FEE-PARTS": {
        zh: "信息处理费的件数、总金额、实际收取金额只写了一部分",
        en: "some of number, amount asked and amount paid of the fee are given, and not the others",
      },
      "N-FEE-ROW": {
        zh: "正文说没有收取信息处理费，而有因逾期未缴费不再处理的申请",
        en: "fees are denied while requests were ended since their fee was overdue",
      },
      "T2-FEE": {
        zh: "正文写的实际收取金额多于表二的行政事业性收费",
        en: "the fee received is above the administrative fees of the table",
      },
    })[id]!,
  mends: ({ id }) =>
    ({
      "N-FEE-PARTS": {
        zh: "写全发出收费通知的件数、总金额和实际收取金额",
        en: "give the number of notices, the amount asked and the amount paid",
      },
      "N-FEE-ROW": {
        zh: "核对因逾期未缴费不再处理的件数，改正正文或者表格",
        en: "check the requests that were ended for an overdue fee, and correct the text or the table",
      },
      "T2-FEE": {
        zh: "核对实际收取金额和行政事业性收费金额，注意单位（元、万元），改正填错的",
        en: "check the fee received and the administrative fees, their units too, and correct the wrong one",
      },
    })[id]!,
};
