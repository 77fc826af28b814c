import { _, type CodeKeywordDefinition, type JSONType, type KeywordCxt, stringify } from "ajv";
import type { Finding } from "../basics/finding.ts";

/** What a keyword's check returns: findings whose pointers are relative to the value that the keyword stands on. */
export type Check<Data, Parameter> = (data: Data, parameter: Parameter) => readonly Finding[];

/**
 * An AJV keyword that reports findings: every finding becomes one AJV error with the finding as its parameter.
 *
 * The check is named by its module, so that the standalone code imports it instead of generating it.
 * @param file the module in this folder that exports `check`
 */
export function findingKeyword<Data, Parameter>(
  keyword: string,
  type: JSONType | JSONType[],
  check: Check<Data, Parameter>,
  file: string,
): CodeKeywordDefinition {
  return {
    keyword,
    type,
    error: { message: "finding", params: ({ params }) => _`{ finding: ${params["finding"]} }` },
    code(cxt: KeywordCxt) {
      const { gen, data, schema } = cxt;
      const call = gen.scopeValue("func", {
        key: file,
        ref: check,
        code: _`require(${`../src/rules/${file}`}).check`,
      });
      const parameter = gen.scopeValue("schema", { key: schema, ref: schema, code: stringify(schema) });
      gen.forOf("finding", _`${call}(${data}, ${parameter})`, (finding) => {
        cxt.setParams({ finding });
        cxt.error();
      });
    },
  };
}
