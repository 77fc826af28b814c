import type { Finding, FindingCell } from "../basics/finding.ts";
import { cellsByPointer, type Figure, figureAt } from "../form/cells.ts";
import type { EditionForm, RuleData } from "../form/form.ts";
import { memoizePerForm } from "../form/memo.ts";
import { expandRelation, type Relation, type RelationCase, type Term } from "../form/relations.ts";
import { equation, mendsEquation } from "./equation.ts";
import { each, type Keyword, standing } from "./keyword.ts";

/** The rules as terms and places, worked out once. */
const relationsOf = memoizePerForm((form) => {
  const relations = form.rules.filter((rule) => rule.keyword === "relation");
  return new Map(relations.map((rule) => [rule.id, expandRelation(form, rule)]));
});

interface Read extends Term {
  readonly pointer: string;
  readonly figure: Figure;
}

/** Longer sums are quoted by their terms that are not 0, and marked as such. */
const QUOTED_TERMS = 6;

const holds = {
  "=": (a: bigint, b: bigint) => a === b,
  "<=": (a: bigint, b: bigint) => a <= b,
  ">=": (a: bigint, b: bigint) => a >= b,
};
const sum = (terms: readonly Read[]): bigint => terms.reduce((s, t) => s + BigInt(t.sign) * BigInt(t.figure.value), 0n);

function quote(terms: readonly Read[], language: "zh" | "en"): string {
  if (terms.length === 0) return "0";
  const shown = terms.length > QUOTED_TERMS ? terms.filter((t) => t.figure.value !== 0) : terms;
  const [open, close] = language === "zh" ? ["（", "）"] : [" (", ")"];
  const parts = shown.map((t, i) => {
    const label = language === "zh" ? t.label : t.en;
    const operator = t.sign < 0 ? (language === "zh" ? "－" : " − ") : i > 0 ? (language === "zh" ? "＋" : " + ") : "";
    const computed = t.figure.computed ? (language === "zh" ? "，计算得出" : ", computed") : "";
    return `${operator}${label}${open}${t.figure.value}${computed}${close}`;
  });
  if (parts.length === 0) return language === "zh" ? "各项均为0，合计0" : "all items 0, sum 0";
  if (terms.length === 1) return parts.join("");
  return `${parts.join("")}${language === "zh" ? "＝" : " = "}${sum(terms)}`;
}

function describe(
  relation: Relation,
  instance: RelationCase,
  left: readonly Read[],
  right: readonly Read[],
): { message: string; messageEn: string } {
  const difference = sum(left) - sum(right);
  const size = difference < 0n ? -difference : difference;
  const zh = `${instance.label}：${quote(left, "zh")}`;
  const en = `${instance.en}: ${quote(left, "en")}`;
  switch (relation.op) {
    case "=":
      return {
        message: `${zh}，${quote(right, "zh")}，相差${size}`,
        messageEn: `${en}; ${quote(right, "en")}; difference ${size}`,
      };
    case "<=":
      return {
        message: `${zh}，大于${quote(right, "zh")}，多${size}`,
        messageEn: `${en} exceeds ${quote(right, "en")} by ${size}`,
      };
    case ">=":
      return {
        message: `${zh}，小于${quote(right, "zh")}，不应出现`,
        messageEn: `${en} is less than ${quote(right, "en")}`,
      };
  }
}

/**
 * Where a relation of a section does not hold. A place with a cell that is missing or of the wrong type is passed
 * over: the schema reports that cell already.
 * @param section this report's section; `previous` is last year's, for terms that look there
 */
export function relationFindings(section: unknown, previous: unknown, rule: RuleData, form: EditionForm): Finding[] {
  const key = rule.section!;
  const cells = cellsByPointer(form);
  const now = { [key]: section };
  const then = { [key]: previous };
  return relationsOf(form)
    .get(rule.id)!
    .flatMap((relation) =>
      relation.over.flatMap((instance): Finding[] => {
        const read = (terms: readonly Term[]): Read[] =>
          terms.flatMap((term): Read[] => {
            const pointer = `/${key}/${term.path.replace("{}", instance.path)}`;
            const figure = figureAt(form, term.of ? then : now, pointer);
            return figure ? [{ ...term, pointer, figure }] : [];
          });
        const left = read(relation.left);
        const right = read(relation.right);
        const all = [...left, ...right];
        if (all.length < relation.left.length + relation.right.length) return [];
        // Computed from cells that other places compare: nothing of its own to say.
        if (all.every((term) => term.figure.computed)) return [];
        if (relation.op === "=" && right.length === 1 && right[0]?.figure.computed) return [];
        if (holds[relation.op](sum(left), sum(right))) return [];
        return [
          {
            id: relation.id,
            level: relation.level,
            ...describe(relation, instance, left, right),
            cells: all.map(
              (term): FindingCell => ({
                pointer: term.of ? term.pointer : term.pointer.slice(key.length + 1),
                label: cells.get(term.pointer)?.label ?? term.label,
                value: term.figure.value,
                ...(term.of ? { of: term.of } : {}),
              }),
            ),
          },
        ];
      }),
    );
}

/** Relations within one report; stands on the section. */
export const check = each((section: unknown, rule, form) => relationFindings(section, undefined, rule, form));

export const keyword: Keyword = {
  name: "relation",
  type: "object",
  file: "relation.ts",
  check,
  value: /* @__PURE__ */ standing("table", "relation"),
  says: equation,
  mends: mendsEquation,
};
