/** The organ's 统一社会信用代码, where a file has it. */

import type { Finding } from "../../basics/finding.ts";
import { codesInText } from "../../form/uscc.ts";
import { usccCheckCharacter } from "../../rules/check-character.ts";
import { remark } from "../findings.ts";
import type { Line } from "../lines.ts";

/** The codes in the text whose check character is right. */
function codesIn(lines: readonly Line[]): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const line of lines) {
    const text = line.kind === "text" ? line.text : line.cells.map((cell) => cell.text).join(" ");
    for (const code of codesInText(text.normalize("NFKC"))) if (usccCheckCharacter(code) === code[17]) codes.add(code);
  }
  return codes;
}

/** @returns the code if the text has one alone, for of several it may be anybody's */
export function codeIn(lines: readonly Line[]): { readonly uscc?: string; readonly findings: readonly Finding[] } {
  const [only, ...others] = codesIn(lines);
  const remarked = (level: Finding["level"], zh: string, en: string): readonly Finding[] => [
    remark("I-USCC", level, zh, en, "/organ/uscc", "统一社会信用代码"),
  ];
  if (only === undefined)
    return {
      findings: remarked(
        "warning",
        "文件里没有统一社会信用代码，请补上",
        "The file does not state the unified social credit code; please add it",
      ),
    };
  if (others.length === 0)
    return {
      uscc: only,
      findings: remarked(
        "information",
        `统一社会信用代码${only}取自文中`,
        `The unified social credit code ${only} is from the text`,
      ),
    };
  const listed = [only, ...others].slice(0, 3).join("、");
  const count = others.length + 1;
  return {
    findings: remarked(
      "warning",
      `文中有${count}个统一社会信用代码（${listed}），不能断定是哪个机关的，请补上`,
      `The text has ${count} unified social credit codes (${listed}), and it cannot be told whose; please add it`,
    ),
  };
}
