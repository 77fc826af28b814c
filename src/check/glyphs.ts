import type { Report } from "../../generated/report.ts";
import type { FaceName } from "../basics/faces.ts";
import type { Finding, Message } from "../basics/finding.ts";
import { narrativeTexts } from "../form/narrative.ts";

/** Which characters can be printed, and in which face. */
export interface Coverage {
  /** The characters of a text that no face has, each once. */
  missing(text: string): readonly string[];
  /** The characters of a text that 仿宋 lacks and another face sets, each once. */
  fallbacks(text: string): readonly { readonly character: string; readonly face: FaceName }[];
}

const FACE_LABELS: Readonly<Record<FaceName, string>> = {
  fangsong: "仿宋",
  kaiti: "楷体",
  heiti: "黑体",
  biaosong: "小标宋",
  songti: "宋体",
  rare: "宋体（扩展区）",
};
const nameOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** Scripts whose letters join, stack or turn, which is not set here, and others that no face has: a text in one is refused as such. */
const SCRIPTS: readonly (readonly [script: RegExp, zh: string, en: string])[] = [
  [/\p{Script=Mongolian}/u, "蒙古文、满文", "Mongolian or Manchu"],
  [/\p{Script=Tibetan}/u, "藏文", "Tibetan"],
  [/\p{Script=Arabic}/u, "维吾尔文、哈萨克文、柯尔克孜文（阿拉伯字母）", "Uyghur, Kazakh or Kyrgyz (Arabic letters)"],
  [/\p{Script=Yi}/u, "彝文", "Yi"],
  [/[\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}]/u, "傣文", "Dai"],
  [/\p{Script=Hangul}/u, "朝鲜文", "Korean"],
  [/[\p{Script=Lisu}\p{Script=Miao}\p{Script=Phags_Pa}]/u, "傈僳文、苗文或八思巴文", "Lisu, Miao or Phags-pa"],
];
const EMOJI = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u;

/** What is said of characters that no face has: of a whole script once, of each other one by itself. */
function refusals(characters: readonly string[]): readonly (Message & { readonly characters: string })[] {
  let left = characters;
  const scripts = SCRIPTS.flatMap(([script, zh, en]) => {
    const own = left.filter((character) => script.test(character));
    if (own.length === 0) return [];
    left = left.filter((character) => !own.includes(character));
    return {
      zh: `${zh}不能印出：请改用规范汉字，原文另附`,
      en: `${en} cannot be printed: please write it in Chinese characters and attach the original`,
      characters: own.join(""),
    };
  });
  const single = left.map((character) => {
    const [of, ofEn] = EMOJI.test(character) ? ["表情符号", "emoji"] : ["字符", "character"];
    return {
      zh: `${of}“${character}”（${nameOf(character)}）没有可用的字形，不能印出`,
      en: `No font has the ${ofEn} “${character}” (${nameOf(character)})`,
      characters: character,
    };
  });
  return [...scripts, ...single];
}

/** Characters that no face has are errors: never an empty box on a page. Ideographs that 仿宋 lacks are reported. */
export function glyphFindings(report: Report, fonts: Coverage): Finding[] {
  const texts = [{ pointer: "/organ/name", text: report.organ.name }, ...narrativeTexts(report)];
  return texts.flatMap(({ pointer, text }): Finding[] => [
    ...refusals(fonts.missing(text)).map(
      ({ zh, en, characters }): Finding => ({
        id: "F-GLYPH",
        level: "error",
        message: zh,
        messageEn: en,
        cells: [{ pointer, label: "文字", value: characters }],
      }),
    ),
    ...fonts
      .fallbacks(text)
      .filter(({ character }) => /\p{Script=Han}/u.test(character))
      .map(
        ({ character, face }): Finding => ({
          id: "F-FALLBACK",
          level: "information",
          message: `仿宋没有字符“${character}”（${nameOf(character)}），以${FACE_LABELS[face]}代印`,
          messageEn: `The body face lacks “${character}” (${nameOf(character)}); it is set in ${face}`,
          cells: [{ pointer, label: "文字", value: character }],
        }),
      ),
  ]);
}
