import type { Finding } from "../basics/finding.ts";

/** What may not stand in a text that is printed as it is, with the name that people know it by. */
const FORBIDDEN: readonly (readonly [RegExp, string, string])[] = [
  [/[\n\r\u2028\u2029\u0085\v\f]/u, "换行符（请分成几个段落）", "a line break (use several paragraphs)"],
  [/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/u, "控制字符", "a control character"],
  [/\t/u, "制表符", "a tab"],
  [/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u, "双向文字控制符", "a bidirectional control"],
  [
    /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u,
    "字形选择符（请去掉；字按通用的字形印出）",
    "a variation selector (leave it out; the character is printed in its common form)",
  ],
  [/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u, "不可见字符", "an invisible character"],
  [/\p{M}{5}/u, "叠起来的附加符号", "one of many stacked marks"],
  [/\p{Cs}/u, "不成对的代理项", "a lone surrogate"],
  [/[\p{Co}\p{Noncharacter_Code_Point}]/u, "专用区字符或非字符", "a private-use character or noncharacter"],
];

/** The text with what may not stand in it left out: what broke it becomes a space, what was not to be seen, nothing. */
export const plain = (text: string): string =>
  FORBIDDEN.reduce(
    (cleaned, [pattern]) => cleaned.replace(new RegExp(pattern, "gu"), (c) => (/\s/u.test(c) ? " " : "")),
    text,
  ).trim();

const codePointName = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** The text is one line of printable characters, and spaces do not stand at its ends; stands on the text. */
export function check(text: string): Finding[] {
  const finding = (message: string, messageEn: string): Finding[] => [
    { id: "S-TEXT", level: "error", message, messageEn, cells: [{ pointer: "", label: "文字" }] },
  ];
  for (const [pattern, zh, en] of FORBIDDEN) {
    const match = pattern.exec(text);
    if (match) {
      const position = [...text.slice(0, match.index)].length + 1;
      const name = codePointName(match[0]);
      return finding(
        `第${position}个字符是${zh}（${name}），不能印出`,
        `Character ${position} is ${en} (${name}) and cannot be printed`,
      );
    }
  }
  if (/^\s|\s$/u.test(text))
    return finding("首尾不能有空格；段首缩进由系统排版", "No spaces at either end; the indent is set by the system");
  return [];
}
