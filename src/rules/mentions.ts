import type { Finding } from "../basics/finding.ts";
import { textOf } from "./topics.ts";

/** The parameter of `x-mentions`. */
export interface MentionsParameter {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  readonly section: string;
  readonly words: readonly string[];
}

/** The narrative mentions what the notice asks for, such as the 信息处理费; stands on the body. */
export function check(body: readonly unknown[], parameter: MentionsParameter): Finding[] {
  const text = textOf(body);
  return parameter.words
    .filter((word) => !text.includes(word))
    .map((word) => ({
      id: parameter.id,
      level: parameter.level,
      message: `“${parameter.section}”没有提到“${word}”：应写明发出收费通知的件数、总金额和实际收取的总金额`,
      messageEn: `“${parameter.section}” does not mention “${word}” (the information-processing fee): notices issued, amount charged and amount collected`,
      cells: [{ pointer: "", label: parameter.section }],
    }));
}
