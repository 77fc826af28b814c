import type { Message } from "../src/basics/finding.ts";
import type { EditionForm, RuleData } from "../src/form/form.ts";
import { expandRelation, type Term } from "../src/form/relations.ts";

/** A rule of a form, as people are told of it. */
export interface Rule extends Pick<RuleData, "id" | "level"> {
  /** Whether it needs last year's report. */
  readonly comparesWithLastYear: boolean;
  readonly says: Message;
}

const MOST = 7;
const SIGNS: Readonly<Record<string, string>> = { "=": "＝", "<=": "≤", ">=": "≥" };

function sum(terms: readonly Term[], of: (term: Term) => string, plus: string, minus: string): string {
  if (terms.length === 0) return "0";
  const all = terms.map((term, i) => `${term.sign < 0 ? minus : i > 0 ? plus : ""}${of(term)}`);
  return all.length > MOST ? `${all[0]}${plus}…${all.at(-1)}` : all.join("");
}

/** A relation as an equation, and where it holds. */
function equation(form: EditionForm, rule: RuleData): Message {
  const relations = expandRelation(form, rule);
  const over = relations.flatMap((relation) => relation.over);
  const { left, right, op } = relations[0]!;
  const section = form.sections.find(({ key }) => key === rule.section)!;
  const table = section.kind === "narrative" ? { zh: "", en: "" } : { zh: section.table, en: section.en };
  const [first] = over;
  const several = over.length > MOST || rule.rows === "all" || rule.columns === "all";
  const zh = several ? `${table.zh}每${rule.columns ? "列" : "行"}` : over.map(({ label }) => label).join("、");
  const en = several
    ? `${table.en}, each ${rule.columns ? "column" : "row"}`
    : `${first!.en}${over.length > 1 ? " …" : ""}`;
  return {
    zh: `${zh}：${sum(left, (t) => t.label, "＋", "－")}${SIGNS[op]}${sum(right, (t) => t.label, "＋", "－")}`,
    en: `${en}: ${sum(left, (t) => t.en, " + ", " − ")} ${SIGNS[op] === "＝" ? "=" : SIGNS[op]} ${sum(right, (t) => t.en, " + ", " − ")}`,
  };
}

/** What the other keywords look at. */
const KEYWORDS: Readonly<Record<string, (rule: RuleData) => Message>> = {
  jump: ({ factor, difference }) => ({
    zh: `与上年相差超过${factor}倍且超过${difference}的数字`,
    en: `a figure more than ${factor} times last year's and more than ${difference} away from it`,
  }),
  topics: () => ({ zh: "“总体情况”缺少应当写到的方面", en: "a topic that the overview has to treat is missing" }),
  mentions: () => ({ zh: "“其他需要报告的事项”没有写到信息处理费", en: "the fee notice is not mentioned" }),
  counts: ({ needs }) =>
    needs
      ? {
          zh: "文字里写的同比增减与两年的表不符",
          en: "a growth that the text states differs from the tables of both years",
        }
      : { zh: "文字里写的数字与表不符", en: "a count that the text states differs from the tables" },
  editionYear: () => ({ zh: "格式版本与报告年度不符", en: "the edition is not that of the report year" }),
  signingDate: () => ({
    zh: "成文日期在年度结束之前（错误）或期限之后（警告）",
    en: "signed before the year's end (error) or after the deadline (warning)",
  }),
  checkCharacter: () => ({
    zh: "统一社会信用代码的校验码不对（GB 32100）",
    en: "the code of the organ fails its check character (GB 32100)",
  }),
  personalData: () => ({
    zh: "公开的文字里有身份证号（错误），手机号、电子邮件地址、银行卡号（警告）",
    en: "a text made public has an identity-card number (error), a mobile number, an e-mail address or a bank card (warning)",
  }),
};

/** The rules of a form, in its order. */
export const rulesOf = (form: EditionForm): Rule[] =>
  form.rules.map((rule) => {
    const { id, level, keyword, needs } = rule;
    const says = keyword === "relation" ? equation(form, rule) : KEYWORDS[keyword]?.(rule);
    if (!says) throw new Error(`no words for the keyword ${keyword}`);
    return { id, level, comparesWithLastYear: needs === "previous", says };
  });
