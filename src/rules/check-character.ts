import type { Finding } from "../basics/finding.ts";
import { idOf, type Keyword } from "./keyword.ts";

/** GB 32100—2015, 表1: the characters of a 统一社会信用代码 by value. */
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** The check character of the first 17 characters (GB 32100—2015, 附录 A: weights 3^i mod 31). Undefined for a foreign character. */
export function usccCheckCharacter(code: string): string | undefined {
  let weight = 1;
  let sum = 0;
  for (const character of code.slice(0, 17)) {
    const value = CHARACTERS.indexOf(character);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return CHARACTERS[(31 - (sum % 31)) % 31];
}

/** The 统一社会信用代码 ends with its check character; stands on the code. */
export function check(
  code: string,
  parameter: { readonly id: string; readonly level: "error" | "warning" | "information" },
): Finding[] {
  const expected = code.length === 18 ? usccCheckCharacter(code) : undefined;
  // Another length or a foreign character is the pattern's to report.
  if (expected === undefined || expected === code[17]) return [];
  return [
    {
      id: parameter.id,
      level: parameter.level,
      message: `统一社会信用代码${code}的校验码应为${expected}，实为${code[17]}，请核对全部十八位`,
      messageEn: `Unified social credit code ${code}: check character should be ${expected} but is ${code[17]}; please check all 18 characters`,
      cells: [{ pointer: "", label: "统一社会信用代码", value: code }],
    },
  ];
}

export const keyword: Keyword = {
  name: "checkCharacter",
  type: "string",
  file: "check-character.ts",
  check,
  value: (form, { on }) => (on === "uscc" ? idOf(form, "checkCharacter") : undefined),
  says: () => ({
    zh: "统一社会信用代码的校验码不对（GB 32100）",
    en: "the organ's 统一社会信用代码 fails its GB 32100 check character",
  }),
  mends: () => ({ zh: "对照统一社会信用代码证书，改正代码", en: "correct the code by the organ's certificate" }),
};
