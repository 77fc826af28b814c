import { shortened, visible } from "../src/basics/visible.ts";
import { nearest } from "../src/check/messages.ts";
import { ProblemError } from "./problem.ts";
import { fits, type Parameter } from "./route.ts";

/** What was asked for, by name; what was not given is absent. */
export type Query = Readonly<Record<string, string>>;

/** The 400 for a parameter of the query that will not do. */
const badParameter = (detail: string, detailEn: string): ProblemError =>
  new ProblemError({ status: 400, title: "参数不对", titleEn: "Bad parameter", detail, detailEn });

/** A text of the query as it was meant (application/x-www-form-urlencoded). @throws ProblemError 400 when it is no UTF-8 */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw badParameter("参数不是UTF-8的百分号编码", "The query is not percent-encoded UTF-8");
  }
}

function unknown(name: string, known: readonly string[]): ProblemError {
  const shown = visible(shortened(name, 40));
  const meant = nearest(name, known);
  if (meant !== undefined)
    return badParameter(
      `没有参数 ${shown}，是不是 ${meant}？`,
      `There is no parameter ${shown}; did you mean ${meant}?`,
    );
  return known.length > 0
    ? badParameter(
        `没有参数 ${shown}，可用的有：${known.join("、")}`,
        `There is no parameter ${shown}; there are ${known.join(", ")}`,
      )
    : badParameter(`没有参数 ${shown}，这里不用参数`, `There is no parameter ${shown}; none is taken here`);
}

/**
 * The query of an address, of which every part must be understood: who writes `dryrun=true` does not want the report
 * published.
 * @param search from the question mark on, or empty
 * @throws ProblemError 400 for a parameter that is unknown, given twice, or of another form
 */
export function readQuery(search: string, parameters: readonly Parameter[]): Query {
  const query: Record<string, string> = {};
  for (const part of search.replace(/^\?/, "").split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = decoded(at < 0 ? part : part.slice(0, at));
    const parameter = parameters.find((known) => known.name === name);
    if (!parameter)
      throw unknown(
        name,
        parameters.map((known) => known.name),
      );
    const { zh, en } = parameter.expected;
    const wrong = (): ProblemError =>
      badParameter(`${name} 应为${/^[a-z]/.test(zh) ? " " : ""}${zh}`, `${name} must be ${en}`);
    if (Object.hasOwn(query, name))
      throw badParameter(`参数 ${name} 只能写一次`, `The parameter ${name} may be given once`);
    // Twelve characters of the address are four bytes of UTF-8, one code point.
    if (at < 0 || part.length > 8192) throw wrong();
    const value = decoded(part.slice(at + 1));
    if (value === "" || !fits(value, parameter.schema)) throw wrong();
    query[name] = value;
  }
  return query;
}
