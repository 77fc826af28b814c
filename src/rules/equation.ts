import type { Message } from "../basics/finding.ts";
import type { EditionForm, RuleData } from "../form/form.ts";
import { expandRelation, type Term } from "../form/relations.ts";

const MOST = 7;
const SIGNS: Readonly<Record<string, string>> = { "=": "＝", "<=": "≤", ">=": "≥" };

function sum(terms: readonly Term[], of: (term: Term) => string, plus: string, minus: string): string {
  if (terms.length === 0) return "0";
  const all = terms.map((term, i) => `${term.sign < 0 ? minus : i > 0 ? plus : ""}${of(term)}`);
  return all.length > MOST ? `${all[0]}${plus}…${all.at(-1)}` : all.join("");
}

/** A relation as an equation, and where it holds. */
export function equation(rule: RuleData, form: EditionForm): Message {
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

/** What is to be done where the two sides differ. */
export function mendsEquation({ needs, level }: RuleData): Message {
  if (needs)
    return {
      zh: "核对两年的数，改正填错的；机构合并、拆分或者口径变化的，说明原因",
      en: "check the figures of both years and correct the wrong one; explain a merger, a split or another way of counting",
    };
  return level === "error"
    ? {
        zh: "对照台账核对列出的各格，改正填错的数，使等式成立",
        en: "check the cells by the records, and correct the wrong figure so that the equation holds",
      }
    : {
        zh: "对照台账核对列出的各格，改正填错的数；确实如此的，说明原因",
        en: "check the cells by the records, and correct the wrong figure; explain what is so",
      };
}
