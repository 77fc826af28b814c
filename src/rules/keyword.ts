import type { JSONType } from "ajv";
import type { Finding, FindingCell, Message } from "../basics/finding.ts";
import type { EditionForm, RuleData } from "../form/form.ts";
import { formOf } from "../form/forms.ts";
import type { Stand } from "../form/json-schema.ts";

/** A keyword of the schemas: the rules of one kind, with all that there is to know of them. */
export interface Keyword {
  /** In schemas, with `x-` before it. */
  readonly name: string;
  /** In the edition's rules, where that is another. */
  readonly of?: string;
  readonly type: JSONType | JSONType[];
  /** The module in this folder that exports `check`. */
  readonly file: string;
  readonly check: (data: never, parameter: never) => readonly Finding[];
  /** Its value at a place of the schema of an edition; undefined where it does not stand. */
  value(form: EditionForm, stand: Stand): unknown;
  /** What a rule of it finds. */
  says(rule: RuleData, form: EditionForm): Message;
  /** What whoever filed the report is to do about it. */
  mends(rule: RuleData, form: EditionForm): Message;
}

/** Which rule of which edition: what it needs to know stands there. */
export interface RuleParameter {
  readonly edition: string;
  readonly id: string;
}

/** The rules of a keyword that stand here: those of a section on its body or table, those that need last year's on both reports. */
const rulesAt = (form: EditionForm, keyword: string, stand: Stand): RuleData[] =>
  form.rules.filter(
    (rule) =>
      rule.keyword === keyword &&
      (rule.needs === "previous") === (stand.on === "comparison") &&
      (!("section" in stand) || rule.section === stand.section.key),
  );

/** The id and level of the one rule of a keyword, for those that need no more; undefined where there is none. */
export function idOf(form: EditionForm, keyword: string): Pick<RuleData, "id" | "level"> | undefined {
  const rule = form.rules.find((own) => own.keyword === keyword);
  return rule && { id: rule.id, level: rule.level };
}

/** The value of a keyword that stands in one kind of place: the rules that it checks there. */
export const standing =
  (on: Stand["on"], keyword: string) =>
  (form: EditionForm, stand: Stand): readonly RuleParameter[] | undefined => {
    const rules = stand.on === on ? rulesAt(form, keyword, stand) : [];
    return rules.length === 0 ? undefined : rules.map(({ id }) => ({ edition: form.edition, id }));
  };

/** A check of what its rules say one by one. */
export const each =
  <Data>(work: (data: Data, rule: RuleData, form: EditionForm) => Finding[]) =>
  (data: Data, parameters: readonly RuleParameter[]): Finding[] =>
    parameters.flatMap(({ edition, id }) => {
      const form = formOf(edition);
      const rule = form?.rules.find((own) => own.id === id);
      if (!form || !rule) throw new Error(`no rule ${id} in edition ${edition}`);
      return work(data, rule, form);
    });

/** What a rule found. */
export const finding = (
  { id, level }: Pick<RuleData, "id" | "level">,
  message: string,
  messageEn: string,
  cells: readonly FindingCell[],
): Finding => ({ id, level, message, messageEn, cells });
